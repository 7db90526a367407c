//! What the program writes is for its owner alone, whatever the shell that started it would allow.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::helpers::User;
use crate::program::{Serving, Terminal, text};

const CHILDREN: [&str; 2] = ["--authority", "E08000034"];

/// Runs the program under a mask.
fn run(terminal: &Terminal, mask: &str, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_lookedafter");
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("umask {mask}; exec \"$0\" \"$@\""), program]).args(arguments);
    let path = std::env::var_os("PATH").unwrap_or_default();
    shell.current_dir(terminal.folder.path()).env_clear().env("PATH", path).output().unwrap()
}

fn done(terminal: &Terminal, mask: &str, arguments: &[&str]) -> String {
    let ended = run(terminal, mask, arguments);
    assert!(ended.status.success(), "{arguments:?}: {}", text(&ended.stderr));
    text(&ended.stdout)
}

/// Every file and folder below this one, with its mode.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        if path.is_dir() {
            found.extend(modes(&path));
        }
        found.push((path, mode));
    }
    found
}

fn all_are_private(folder: &Path, least: usize) {
    let found = modes(folder);
    assert!(found.len() >= least, "{found:?}");
    for (path, mode) in found {
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, expected, "{}: {mode:o}", path.display());
    }
}

#[actix_web::test]
async fn every_file_is_600_and_every_folder_700_whatever_the_mask() {
    for mask in ["000", "022", "077"] {
        let terminal = Terminal::new();
        let one_year = ["--children", "40", "--from", "2022-04-01", "--to", "2023-03-31", "--out", "invented"];
        done(&terminal, mask, &[&["synthesise"], &CHILDREN[..], &one_year[..]].concat());
        let year = ["import", "ssda903", "invented/2022-23", "--year-ending", "2023"];
        done(&terminal, mask, &[&year[..], &CHILDREN[..]].concat());
        done(&terminal, mask, &[&["token", "--role", "analyst"], &CHILDREN[..]].concat());
        let header = fs::read_to_string(terminal.folder.path().join("invented/2022-23/header.csv")).unwrap();
        let child = header.lines().nth(1).unwrap().split(',').next().unwrap();
        done(&terminal, mask, &[&["export", "subject", child, "--out", "exported"], &CHILDREN[..]].concat());
        // A server holds the files that SQLite keeps beside its own.
        let serving = Serving::start(&terminal);
        User::at(&serving.address, None).query("{ viewer { role } }").await;
        let data = terminal.folder.path().join("data");
        assert!(data.join("lookedafter.sqlite-wal").exists() && data.join("audit.sqlite-shm").exists());
        all_are_private(terminal.folder.path(), 20);
        serving.stop();
    }
}

#[test]
fn a_folder_that_others_can_open_is_refused_by_every_command_until_it_is_closed() {
    let terminal = Terminal::new();
    let data = terminal.folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let set = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(&data, 0o777);
    done(&terminal, "000", &["migrate"]);
    all_are_private(terminal.folder.path(), 2);
    let commands: [&[&str]; 6] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["migrate", "status"],
        &["grant", "list"],
        &["import", "list"],
        &["audit", "verify"],
        &["demo", "--listen", "127.0.0.1:0", "--data", "data"],
    ];
    for (opened, mode) in [(data.clone(), 0o750), (data.join("lookedafter.sqlite"), 0o644)] {
        set(&opened, mode);
        for command in commands {
            let ended = run(&terminal, "022", command);
            assert_eq!((ended.status.code(), ended.stdout.len()), (Some(1), 0), "{command:?}");
            assert_eq!(text(&ended.stderr).lines().last(), Some("chmod -R go= data"), "{}", text(&ended.stderr));
        }
        let mended = Command::new("sh").args(["-c", "chmod -R go= data"]).current_dir(terminal.folder.path()).status();
        assert!(mended.unwrap().success());
        done(&terminal, "022", &["migrate", "status"]);
    }
}
