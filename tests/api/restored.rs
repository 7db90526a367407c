//! A backup that was made while others asked, restored elsewhere: the same answers, and nothing that was withdrawn since.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::{User, databases, needs};
use crate::program::{Serving, Terminal, text};

type Settings<'a> = [(&'a str, &'a str)];

fn run(terminal: &Terminal, arguments: &[&str], settings: &Settings) -> String {
    let ended = terminal.run(arguments, settings);
    assert!(ended.status.success(), "{arguments:?}: {}", text(&ended.stderr));
    text(&ended.stdout).trim().to_owned()
}

fn refused(terminal: &Terminal, arguments: &[&str], settings: &Settings, words: &str) {
    let ended = terminal.run(arguments, settings);
    let told = text(&ended.stderr);
    assert_eq!((ended.status.code(), told.contains(words)), (Some(1), true), "{arguments:?}: {told}");
}

/// Imports invented returns, and gives a grant: its identifier.
fn fill(terminal: &Terminal, settings: &Settings) -> String {
    let invented = ["--children", "15", "--from", "2022-04-01", "--to", "2023-09-30", "--out", "returns"];
    run(terminal, &[&["synthesise", "--authority", HARROW], &invented[..]].concat(), settings);
    let import = |rest: &[&str]| run(terminal, &[&["import"], rest, &["--authority", HARROW]].concat(), settings);
    import(&["ssda903", "returns/2022-23", "--year-ending", "2023"]);
    import(&["ssda903", "returns/2023-24", "--year-ending", "2024", "--up-to", "2023-09-30"]);
    import(&["carers", "returns/carers.csv", "--up-to", "2023-09-30"]);
    let grant = ["--subject", "someone", "--role", "analyst", "--authority", HARROW, "--organisation", "Harrow"];
    let days = ["--agreement", "ISA-7", "--from", "2024-01-01", "--to", "2099-12-31"];
    run(terminal, &[&["grant", "add"], &grant[..], &days].concat(), settings)
}

/// What is answered to every operation of the contract, by those who see most and least of it.
async fn answers(address: &str, terminal: &Terminal, settings: &Settings<'_>) -> Vec<Value> {
    let variables = json!({
        "authority": HARROW, "period": "2023-24-Q2", "indicator": "cla_number", "by": "GENDER", "on": "2023-06-30",
        "first": 20, "indicators": ["cla_number", "dental_checks_pct"], "from": "2022-23-Q1", "to": "2023-24-Q2",
    });
    let mut answers = Vec::new();
    for role in ["analyst", "data_steward"] {
        let token = run(terminal, &["token", "--role", role, "--authority", HARROW], settings);
        let user = User::at(address, Some(token)).with("X-Purpose", "performance-monitoring");
        let operations = "breakdown catalogue children leavers-and-carers scorecard trend values why";
        for name in operations.split(' ') {
            let answer = user.query_with(&operation(name), variables.clone()).await;
            answers.push(json!({"data": answer.json["data"], "errors": answer.json["errors"]}));
        }
    }
    answers
}

/// The first child that is exported to nobody: an identifier out of the returns.
fn a_child(terminal: &Terminal) -> String {
    let header = fs::read_to_string(terminal.folder.path().join("returns/2022-23/header.csv")).unwrap();
    header.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

fn state_of(terminal: &Terminal, settings: &Settings, grant: &str) -> String {
    let listed = run(terminal, &["grant", "list"], settings);
    let line = listed.lines().find(|line| line.starts_with(grant)).unwrap_or_default().to_owned();
    line.split('\t').nth(1).unwrap_or_default().to_owned()
}

/// Asks while a backup is made.
async fn back_up_under_load(serving: &Serving, terminal: &Terminal, settings: &Settings<'_>, file: &str) -> Vec<Value> {
    let expected = answers(&serving.address, terminal, settings).await;
    let asked = answers(&serving.address, terminal, settings);
    let mut command = terminal.command(&["backup", file], settings);
    let (made, again) = tokio::join!(tokio::task::spawn_blocking(move || command.output().unwrap()), asked);
    let made = made.unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert_eq!(again, expected);
    expected
}

#[actix_web::test]
async fn a_backup_of_files_is_restored_with_the_same_answers_and_what_was_withdrawn_stays_so() {
    let (from, to) = (Terminal::new(), Terminal::new());
    let grant = fill(&from, &[]);
    let child = a_child(&from);
    let file = from.folder.path().join("backup.tar").display().to_string();
    let serving = Serving::start(&from);
    let expected = back_up_under_load(&serving, &from, &[], &file).await;
    refused(&from, &["backup", &file], &[], "is there already");
    refused(&from, &["restore", &file], &[], "there is a database already");
    // Elsewhere, where nothing is.
    run(&to, &["restore", &file], &[]);
    refused(&to, &["restore", &file], &[], "there is a database already");
    let restored = Serving::start(&to);
    assert_eq!(answers(&restored.address, &to, &[]).await, expected);
    restored.stop();
    assert!(run(&to, &["audit", "verify"], &[]).contains("whole"));
    // In place of a database that was lost, after a child was erased and a grant ended.
    run(&from, &["erase", &child, "--authority", HARROW, "--reason", "asked"], &[]);
    run(&from, &["grant", "suspend", &grant], &[]);
    serving.stop();
    let records = records(&run(&from, &["audit", "verify"], &[]));
    let data = from.folder.path().join("data");
    let list = fs::read(data.join("withdrawals.jsonl")).unwrap();
    assert!(!holds(&list, child.as_bytes()) && holds(&list, b"erasure"));
    for beside in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(data.join(format!("lookedafter.sqlite{beside}")));
    }
    run(&from, &["restore", &file], &[]);
    assert!(!holds(&fs::read(data.join("lookedafter.sqlite")).unwrap(), child.as_bytes()));
    refused(&from, &["audit", "subject", &child, "--authority", HARROW], &[], "no such child");
    assert_eq!(state_of(&from, &[], &grant), "suspended");
    assert!(self::records(&run(&from, &["audit", "verify"], &[])) > records);
    // An import does not bring the child back.
    let again = ["import", "ssda903", "returns/2022-23", "--authority", HARROW, "--year-ending", "2023"];
    run(&from, &again, &[]);
    refused(&from, &["audit", "subject", &child, "--authority", HARROW], &[], "no such child");
    // What was lost with the folder is withdrawn again where the list was kept elsewhere.
    let third = Terminal::new();
    fs::create_dir(third.folder.path().join("data")).unwrap();
    fs::write(third.folder.path().join("data/withdrawals.jsonl"), list).unwrap();
    close(&third);
    run(&third, &["restore", &file], &[]);
    refused(&third, &["audit", "subject", &child, "--authority", HARROW], &[], "no such child");
    assert_eq!(state_of(&third, &[], &grant), "suspended");
}

/// Closes the data folder to others.
fn close(terminal: &Terminal) {
    let closed = Command::new("chmod").args(["-R", "go=", "data"]).current_dir(terminal.folder.path()).status();
    assert!(closed.unwrap().success());
}

/// How many records `audit verify` told of.
fn records(told: &str) -> u64 {
    told.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|found| found == part)
}

#[test]
fn a_backup_with_another_byte_is_refused_and_nothing_is_done() {
    let (from, to) = (Terminal::new(), Terminal::new());
    fill(&from, &[]);
    run(&from, &["backup", "backup.tar"], &[]);
    let whole = fs::read(from.folder.path().join("backup.tar")).unwrap();
    let file = to.folder.path().join("changed.tar");
    for part in 0..8 {
        let mut changed = whole.clone();
        changed[whole.len() * part / 8 + 100] ^= 0x10;
        fs::write(&file, &changed).unwrap();
        refused(&to, &["restore", "changed.tar"], &[], "is damaged");
    }
    assert!(!to.folder.path().join("data/lookedafter.sqlite").exists());
    fs::write(&file, &whole).unwrap();
    run(&to, &["restore", "changed.tar"], &[]);
}

#[actix_web::test]
async fn a_copy_made_by_hand_still_starts_and_says_what_it_lacks() {
    let (from, to) = (Terminal::new(), Terminal::new());
    fill(&from, &[]);
    let (data, copy) = (from.folder.path().join("data"), to.folder.path().join("data"));
    fs::create_dir(&copy).unwrap();
    for name in ["lookedafter.sqlite", "audit.sqlite", "audit-heads.jsonl", "audit-key.pem", "development-key.pem"] {
        let _ = fs::copy(data.join(name), copy.join(name));
    }
    close(&to);
    let serving = Serving::start(&to);
    assert_eq!(User::at(&serving.address, None).get("/health/ready").await.status, 200);
    let (status, log) = serving.stop();
    assert_eq!(status, Some(0));
    assert!(log.iter().any(|line| line.contains("withdrawals")), "{log:#?}");
    let (_, log) = Serving::start(&to).stop();
    assert!(!log.iter().any(|line| line.contains("no list of withdrawals")), "told once: {log:#?}");
}

/// A new database on the same server, as a superuser makes it.
fn new_database(database: &databases::Database, name: &str) -> [String; 3] {
    // Not always beside the server's programs.
    let beside = needs::postgresql().unwrap().join("psql");
    let psql = if beside.is_file() { beside } else { "psql".into() };
    for sql in
        [format!("CREATE DATABASE {name} OWNER records_owner"), "GRANT pg_read_all_data TO records_unbound".into()]
    {
        let made = Command::new(&psql).args([&database.unbound[0], "-c", &sql]).output().unwrap();
        assert!(made.status.success(), "{}", text(&made.stderr));
    }
    [&database.login, &database.url, &database.unbound[1]].map(|url| url.replace("/postgres?", &format!("/{name}?")))
}

#[actix_web::test]
async fn a_backup_of_postgresql_is_restored_under_another_name_and_one_without_the_children_is_refused() {
    let Some(database) = databases::postgres() else { return };
    let [login, owner, backup] = new_database(&database, "first");
    let second = new_database(&database, "second");
    let (from, to) = (Terminal::new(), Terminal::new());
    let served = [("DATABASE_URL", login.as_str())];
    let owned = [served[0], ("DATABASE_OWNER_URL", owner.as_str())];
    let backed_up = [served[0], ("DATABASE_BACKUP_URL", backup.as_str())];
    run(&from, &["migrate"], &owned);
    let grant = fill(&from, &served);
    let child = a_child(&from);
    let file = from.folder.path().join("backup.tar").display().to_string();
    refused(&from, &["backup", &file], &owned, "row-level security holds the login");
    assert!(!Path::new(&file).exists());
    let serving = Serving::with(&from, &served);
    let expected = answers(&serving.address, &from, &served).await;
    run(&from, &["backup", &file], &backed_up);
    run(&from, &["erase", &child, "--authority", HARROW, "--reason", "asked"], &owned);
    run(&from, &["grant", "end", &grant], &served);
    drop(serving);
    refused(&from, &["restore", &file], &owned, "holds tables already");
    let there = [("DATABASE_URL", second[0].as_str()), ("DATABASE_OWNER_URL", second[1].as_str())];
    run(&to, &["restore", &file], &there);
    refused(&to, &["restore", &file], &there, "holds tables already");
    let restored = Serving::with(&to, &there[..1]);
    assert_eq!(answers(&restored.address, &to, &there[..1]).await, expected);
    drop(restored);
    assert!(run(&to, &["audit", "verify"], &there).contains("whole"));
    assert_eq!(state_of(&to, &there, &grant), "in force");
    // Where heads of newer records are left, the record would be shorter.
    let [login, owner, _] = new_database(&database, "third");
    let there = [("DATABASE_URL", login.as_str()), ("DATABASE_OWNER_URL", owner.as_str())];
    refused(&from, &["restore", &file], &there, "signed up to record");
    // With the list alone, kept beside the keys.
    let third = Terminal::new();
    let (data, copy) = (from.folder.path().join("data"), third.folder.path().join("data"));
    fs::create_dir(&copy).unwrap();
    fs::copy(data.join("withdrawals.jsonl"), copy.join("withdrawals.jsonl")).unwrap();
    close(&third);
    run(&third, &["restore", &file], &there);
    refused(&third, &["audit", "subject", &child, "--authority", HARROW], &there[..1], "no such child");
    assert_eq!(state_of(&third, &there[..1], &grant), "ended");
}
