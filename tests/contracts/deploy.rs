//! The files to run the program with are all told of on the page about running it, and agree with the program.

use std::fs;

use lookedafter::config::SETTINGS;

use crate::repository;

fn page() -> String {
    fs::read_to_string(repository("docs/running.md")).unwrap()
}

#[test]
fn every_file_of_deploy_has_its_place_on_the_page_or_in_another() {
    let files: Vec<_> = fs::read_dir(repository("deploy")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let texts: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy();
        assert!(page().contains(&format!("](../deploy/{name})")) || texts.contains(&format!("./{name}")), "{name}");
    }
}

#[test]
fn every_setting_that_deploy_and_the_page_name_is_one() {
    let files =
        fs::read_dir(repository("deploy")).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    for text in files.chain([page()]) {
        for (at, _) in text.match_indices("LOOKEDAFTER_") {
            let name: String =
                text[at..].chars().take_while(|letter| letter.is_ascii_uppercase() || *letter == '_').collect();
            let is_known = SETTINGS.iter().any(|setting| setting.name == name) || name == "LOOKEDAFTER_COMMIT";
            assert!(is_known, "{name}");
        }
    }
    let file = fs::read_to_string(repository("deploy/lookedafter.toml")).unwrap();
    let keys = file.lines().filter_map(|line| line.trim_start_matches("# ").split_once(" = ")).map(|(key, _)| key);
    for key in keys {
        assert!(SETTINGS.iter().any(|setting| setting.key == key), "{key}");
    }
}

#[test]
fn what_proxies_and_the_container_forward_to_is_where_the_program_listens() {
    let default = |key: &str| SETTINGS.iter().find(|setting| setting.key == key).unwrap().default;
    for file in ["nginx.conf", "Caddyfile", "lookedafter.toml", "compose.yaml"] {
        let text = fs::read_to_string(repository("deploy").join(file)).unwrap();
        assert!(text.contains(default("listen")), "{file}");
        assert!(file == "nginx.conf" || file == "Caddyfile" || text.contains(default("metrics_listen")), "{file}");
    }
}
