//! What someone meets who types a command for the first time, or wrongly: each time what is wrong and what to do.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use crate::program::{Terminal, text};

/// What a command says that does not do its work.
fn refused(terminal: &Terminal, arguments: &[&str], settings: &[(&str, &str)], status: i32) -> String {
    let ended = terminal.run(arguments, settings);
    let told = text(&ended.stderr);
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(status), 0), "{arguments:?} {settings:?}: {told}");
    told
}

fn synthesised() -> Terminal {
    let terminal = Terminal::new();
    let made = ["synthesise", "--authority", "E09000015", "--children", "40", "--out", "returns"];
    let made = terminal.run(&[&made[..], &["--from", "2021-04-01", "--to", "2023-03-31"]].concat(), &[]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    terminal
}

#[test]
fn an_authority_that_does_not_exist_is_told_with_the_one_that_was_meant() {
    let terminal = synthesised();
    let import = |code| ["import", "ssda903", "returns/2022-23", "--authority", code, "--year-ending", "2023"];
    for (given, meant) in [("E0900015", "E09000015 (Harrow)"), ("Harrow", "E09000015 (Harrow)"), ("382", "(Kirklees)")]
    {
        let told = refused(&terminal, &import(given), &[], 1);
        assert!(
            told.contains("no ONS code of a local authority")
                && told.contains("; did you mean")
                && told.contains(meant),
            "{told}"
        );
        let told = refused(&terminal, &["token", "--role", "analyst", "--authority", given], &[], 2);
        assert!(told.contains(meant), "{told}");
    }
    // A code of the right form may be somebody's own: it is told, and imported.
    for (code, remark) in [
        ("E06000999", "note: no English authority has the code E06000999"),
        ("E10000027", "since then it is E06000066 (Somerset)"),
        ("E09000015", ""),
    ] {
        let ended = terminal.run(&[&import(code)[..], &["--confirm", "authority"]].concat(), &[]);
        let told = text(&ended.stderr);
        assert!(ended.status.success() && told.contains(remark), "{told}");
        assert_eq!(told.contains("note:"), !remark.is_empty(), "{told}");
    }
    let token = terminal.run(&["token", "--role", "analyst", "--authority", "E08000034"], &[]);
    let told = text(&token.stderr);
    assert!(told.contains("nothing has been imported for E08000034 yet") && told.contains("60 minutes"), "{told}");
}

#[test]
fn a_wrong_folder_year_or_file_is_told_with_what_to_do() {
    let terminal = synthesised();
    let import = |path, year| ["import", "ssda903", path, "--authority", "E09000015", "--year-ending", year];
    for (path, year, words) in [
        ("nowhere", "2023", "nowhere was not found"),
        (".", "2023", "holds no files"),
        ("returns", "2023", "did you mean one of the folders returns/2021-22, returns/2022-23?"),
        ("returns/leavers.csv", "2023", "expected a folder of CSV files or one XML file"),
        ("returns/2021-22", "2023", "--confirm year"),
    ] {
        let told = refused(&terminal, &import(path, year), &[], 1);
        assert!(told.contains(words), "{path}: {told}");
    }
    assert!(refused(&terminal, &import("returns/2022-23", "2022-23"), &[], 2).contains("2023 for 2022-23"));
    assert!(text(&terminal.run(&["import", "list"], &[]).stderr).contains("Nothing has been imported yet"));
    assert!(refused(&terminal, &[], &[], 2).contains("Commands:"));
}

#[test]
fn an_address_that_cannot_be_listened_on_is_told_with_what_to_do() {
    let terminal = Terminal::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for command in ["serve", "demo"] {
        let told = refused(&terminal, &[command, "--listen", &taken], &[], 1);
        assert!(told.contains("another program listens there") && told.contains("--listen"), "{told}");
        let told = refused(&terminal, &[command, "--listen", "8080"], &[], 2);
        assert!(told.contains("such as 127.0.0.1:8080"), "{told}");
    }
    let told = refused(&terminal, &["serve"], &[("LOOKEDAFTER_LISTEN", "8080")], 1);
    assert!(told.contains("LOOKEDAFTER_LISTEN: write address and port"), "{told}");
}

#[test]
fn a_database_that_cannot_be_opened_is_told_with_its_place_and_without_its_password() {
    let terminal = Terminal::new();
    let file = terminal.folder.path().join("file");
    std::fs::write(&file, "no database").unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let listening = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("postgres://me:hunter2@nowhere.invalid:{}/care", listening.local_addr().unwrap().port());
    for (setting, value, words) in [
        ("LOOKEDAFTER_DATA", "file", "choose one that you may write to"),
        ("LOOKEDAFTER_DATA", "/proc/nothing", "choose one that you may write to"),
        ("DATABASE_URL", "sqlite://nowhere/x.sqlite", "is its folder there"),
        ("DATABASE_URL", "sqlite://file", "is not a database of SQLite"),
        ("DATABASE_URL", &silent, "does PostgreSQL run there"),
        ("DATABASE_URL", "postgres://me:hunter2@127.0.0.1:port/care", "postgres://USER:PASSWORD@HOST:5432/NAME"),
        ("DATABASE_URL", "mysql://x", "must begin with sqlite: or postgres:"),
    ] {
        let told = refused(&terminal, &["import", "list"], &[(setting, value)], 1);
        assert!(told.contains(words) && !told.contains("hunter2"), "{value}: {told}");
    }
}

#[test]
fn a_reader_that_stops_early_ends_a_command_quietly() {
    let terminal = synthesised();
    let import = ["import", "ssda903", "returns/2022-23", "--authority", "E09000015", "--year-ending", "2023"];
    assert!(terminal.run(&import, &[]).status.success());
    let grant = ["--authority", "E09000015", "--organisation", "Harrow", "--agreement", "STAFF"];
    let grant = [&["grant", "add", "--subject", "someone", "--role", "analyst"], &grant[..]].concat();
    let today = chrono::Utc::now().date_naive().to_string();
    for arguments in [
        &["import", "list"][..],
        &["import", "show", "1"],
        &["import", "show", "1", "--format", "json"],
        &["schema"],
        &["schema", "--role", "analyst"],
        &["config"],
        &["migrate", "status"],
        &[&grant[..], &["--from", &today, "--to", &today]].concat(),
        &["grant", "list"],
        &["token", "--role", "analyst", "--authority", "E09000015"],
        &["retention", "--authority", "E09000015"],
        &["audit", "verify"],
        &["import", "undo", "1"],
    ] {
        // Both ends of the pipes are closed before the command prints anything.
        let (out, errors) = (closed(), closed());
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookedafter"));
        command.args(arguments).current_dir(terminal.folder.path()).env_clear().stdout(out).stderr(errors);
        assert_eq!(command.status().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_data_folder_may_have_any_name() {
    let terminal = Terminal::new();
    for name in ["my data", "100% ours?", "caf\u{e9} #1"] {
        let made =
            terminal.run(&["token", "--role", "analyst", "--authority", "E09000015"], &[("LOOKEDAFTER_DATA", name)]);
        assert!(made.status.success(), "{name}: {}", text(&made.stderr));
        assert!(terminal.folder.path().join(name).join("lookedafter.sqlite").is_file(), "{name}");
    }
}

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}
