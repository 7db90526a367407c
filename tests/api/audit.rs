//! The record of reading and the rights of a child, as a person at a terminal has them.

use std::process::{Command, Output};

use serde_json::Value;

const CHILD: &str = "CANARY-4417";
const POSTCODE: &str = "ZX8 8QQ";
const OF: [&str; 3] = [CHILD, "--authority", "E09000015"];

/// A data folder with one return, in which two children are.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(place.0.path().join("return")).unwrap();
        let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";
        place.file("header.csv", &format!("{header}\n{CHILD},1,05/06/2010,WBRI,,,\nB2,2,15/01/2008,MWAS,,,\n"));
        let header = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
        let rest = "S,C2,N1,U6,PR1,,,,";
        let rows = format!("{CHILD},01/05/2023,{rest}{POSTCODE},{POSTCODE},\nB2,01/05/2023,{rest},,\n");
        place.file("episodes.csv", &format!("{header}\n{rows}"));
        assert_eq!(place.import(), 0);
        place
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join("return").join(name), text).unwrap();
    }

    fn import(&self) -> i32 {
        let args = ["import", "ssda903", "return", "--authority", "E09000015", "--year-ending", "2024"];
        self.run(&args).status.code().unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookedafter"));
        command.current_dir(self.0.path()).env_clear().args(args).output().unwrap()
    }

    /// Exit status, standard output, standard error.
    fn told(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.run(args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn data(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join("data").join(name)).unwrap_or_default()
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_child_is_looked_up_exported_and_erased_and_all_of_it_is_recorded() {
    let place = Place::new();
    let export = [&["export", "subject"], &OF[..], &["--out", "out"]].concat();
    assert_eq!(place.told(&export).0, 0);
    let text = std::fs::read_to_string(place.0.path().join("out/subject.txt")).unwrap();
    assert!(text.contains("EPISODE") && text.contains(POSTCODE) && text.contains("export"), "{text}");
    let json: Value = serde_json::from_slice(&std::fs::read(place.0.path().join("out/subject.json")).unwrap()).unwrap();
    assert_eq!(json["records"]["episode"][0]["placement_postcode"], POSTCODE);
    assert_eq!(json["readings"][0]["fact"]["administration"]["act"], "export");
    assert_eq!(place.told(&export).0, 1, "files that are there are not written over");

    let (status, table, _) =
        place.told(&[&["audit", "subject"], &OF[..], &["--reason", "asked by the child"]].concat());
    assert!(status == 0 && table.lines().count() == 3, "{table}");
    let (_, found, _) = place.told(&[&["audit", "subject"], &OF[..], &["--json"]].concat());
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found[0]["fact"]["administration"]["reason"], "asked by the child");
    assert_eq!(place.told(&["audit", "subject", "nobody", "--authority", "E09000015"]).0, 1);

    assert_eq!(place.told(&[&["erase"], &OF[..], &["--reason", &format!("of {CHILD}")]].concat()).0, 2);
    let erase = [&["erase"], &OF[..], &["--reason", "court order"]].concat();
    let (status, number, words) = place.told(&erase);
    assert_eq!((status, number.as_str()), (0, "2\n"), "{words}");
    for file in
        ["lookedafter.sqlite", "lookedafter.sqlite-wal", "audit.sqlite", "audit.sqlite-wal", "audit-heads.jsonl"]
    {
        assert!(!holds(&place.data(file), CHILD) && !holds(&place.data(file), POSTCODE), "{file}");
    }
    assert!(holds(&place.data("audit.sqlite"), "court order") || holds(&place.data("audit.sqlite-wal"), "court order"));
    assert_eq!(place.told(&[&["audit", "subject"], &OF[..]].concat()).0, 1);
    assert_eq!(place.told(&erase).0, 0, "erased before, and cleaned again");
    assert_eq!(place.import(), 0);
    assert!(!holds(&place.data("lookedafter.sqlite"), CHILD) && !holds(&place.data("lookedafter.sqlite-wal"), CHILD));

    let (status, words, _) = place.told(&["audit", "verify"]);
    assert!(status == 0 && words.starts_with("whole: 7 records, 1 to 7, signed up to 7"), "{words}");
}

#[test]
fn an_identifier_is_found_in_any_case_and_with_blanks_around_it() {
    let place = Place::new();
    let of = |command: &[&str], child: &str| place.told(&[command, &[child, "--authority", "E09000015"]].concat());
    for child in ["canary-4417", " Canary-4417 ", "CANARY-4417"] {
        assert_eq!(of(&["audit", "subject"], child).0, 0, "{child:?}");
    }
    let (status, table, _) = of(&["audit", "subject"], "canary-4417");
    assert!(status == 0 && table.lines().count() == 4, "{table}");
    let share = ["share", "add", "--from", "2026-01-01", "--to", "2026-12-31", "--organisation", "Coram", "--child"];
    assert_eq!(of(&share, "canary-4417").0, 0);
    let named = ["erase", "--reason", "of Canary-4417"];
    assert_eq!(of(&named, "canary-4417").0, 2, "a reason does not name the child in any case");
    let (status, _, words) = of(&["export", "subject", "--out", "out"], "canary-4417");
    assert_eq!(status, 0, "{words}");
    assert!(std::fs::read_to_string(place.0.path().join("out/subject.txt")).unwrap().contains(CHILD));
    assert_eq!(of(&["erase", "--reason", "court order"], "canary-4417").0, 0);
    let (status, _, words) = of(&["erase", "--reason", "court order"], "canary-4417");
    assert!(status == 0 && words.contains("erased before"), "{words}");
    assert_eq!(of(&["audit", "subject"], "canary-4418").0, 1);
}

#[test]
fn a_changed_record_is_told_with_its_place() {
    let place = Place::new();
    for _ in 0..3 {
        assert_eq!(place.told(&["audit", "verify"]).0, 0);
    }
    let path = place.0.path().join("data/audit.sqlite");
    // A signed head is on the disk, so what SQLite keeps beside the file is not needed any more.
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(16).position(|part| part == b"whole from 1 to ").unwrap();
    bytes[at] = b'W';
    std::fs::write(&path, bytes).unwrap();
    let (status, words, _) = place.told(&["audit", "verify"]);
    assert_eq!(status, 1);
    assert!(words.starts_with("broken: record ") && words.contains("changed"), "{words}");
}

#[test]
fn nothing_is_rolled_away_before_its_time() {
    let place = Place::new();
    assert_eq!(place.told(&["audit", "verify"]).0, 0);
    let (status, words, _) = place.told(&["audit", "roll"]);
    assert_eq!((status, words.as_str()), (0, ""));
    assert!(place.told(&["audit", "verify"]).1.starts_with("whole: 2 records"));
    assert!(place.data("audit-key.pem").starts_with(b"-----BEGIN PRIVATE KEY-----"));
}

#[test]
fn imports_tokens_grants_and_agreements_are_recorded_with_who_did_it_and_why() {
    let place = Place::new();
    let token = ["token", "--role", "analyst", "--authority", "E09000015"];
    let grant = "grant add --subject s --role analyst --authority E09000015 --organisation Harrow --agreement ISA-7 \
                 --from 2024-01-01 --to 2024-06-30 --reason";
    let grant = [&grant.split_whitespace().collect::<Vec<_>>()[..], &["new starter"]].concat();
    let agreement = ["agreement", "add", "ISA-7", "--parties", "both", "--legal-basis", "s10", "--reason", "signed"];
    for args in [&token[..], &grant, &agreement, &["import", "undo", "1"]] {
        assert_eq!(place.told(args).0, 0, "{args:?}");
    }
    let recorded = [&place.data("audit.sqlite")[..], &place.data("audit.sqlite-wal")].concat();
    for (act, words) in [
        ("import", "\"reason\":\"import\",\"authority\":\"E09000015\",\"object\":\"ssda903 2024\""),
        ("grant-added", "\"reason\":\"lookedafter token\",\"authority\":\"E09000015\""),
        ("grant-added", "\"reason\":\"new starter\",\"authority\":\"E09000015\""),
        ("agreement-added", "\"reason\":\"signed\""),
        ("import-undone", "\"reason\":\"import undo\",\"authority\":\"E09000015\",\"object\":\"1\""),
    ] {
        assert!(holds(&recorded, words) && holds(&recorded, &format!("\"act\":\"{act}\"")), "{act} {words}");
    }
    let refused = place.told(&["import", "ssda903", "nowhere", "--authority", "E09000015", "--year-ending", "2024"]);
    assert_ne!(refused.0, 0);
    assert!(
        place.told(&["audit", "verify"]).1.starts_with("whole: 5 records"),
        "what was not imported is not recorded"
    );
}

#[test]
fn children_past_retention_are_listed_and_erased_on_record_and_nobody_else_is() {
    let place = Place::new();
    let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";
    place.file("header.csv", &format!("{header}\nOLD-1,1,05/06/2000,WBRI,,,\n"));
    let header = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
    place.file("episodes.csv", &format!("{header}\nOLD-1,01/05/2012,S,C2,N1,U6,PR1,01/09/2012,E4A,,,,\n"));
    let old = ["import", "ssda903", "return", "--authority", "E09000015", "--year-ending", "2013"];
    assert_eq!(place.told(&old).0, 0);
    let retention = ["retention", "--authority", "E09000015"];
    assert_eq!((place.told(&retention).0, place.told(&retention).1.as_str()), (0, "OLD-1\n"));
    let (status, number, words) = place.told(&[&retention[..], &["--erase"]].concat());
    assert_eq!((status, number.as_str()), (0, "1\n"), "{words}");
    assert_eq!(place.told(&retention).1, "");
    assert!(!holds(&place.data("lookedafter.sqlite"), "OLD-1") && holds(&place.data("lookedafter.sqlite"), CHILD));
    let recorded = [&place.data("audit.sqlite")[..], &place.data("audit.sqlite-wal")].concat();
    assert!(holds(&recorded, "past retention: in none of the last 10 returns") && !holds(&recorded, "OLD-1"));
}
