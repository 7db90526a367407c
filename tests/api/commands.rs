//! Grants, shares and agreements from the command line.

use chrono::{Days, Utc};

use crate::program::{Terminal, text};

fn lines(terminal: &Terminal, arguments: &[&str]) -> Vec<String> {
    let ended = terminal.run(arguments, &[]);
    assert!(ended.status.success(), "{arguments:?}: {}", text(&ended.stderr));
    text(&ended.stdout).lines().map(str::to_owned).collect()
}

fn refused(terminal: &Terminal, arguments: &[&str], status: i32, words: &str) {
    let ended = terminal.run(arguments, &[]);
    let told = text(&ended.stderr);
    assert_eq!((ended.status.code(), told.contains(words)), (Some(status), true), "{arguments:?}: {told}");
    assert!(ended.stdout.is_empty(), "{arguments:?}");
}

/// The arguments that give a grant for this role until this day.
fn add<'a>(role: &'a str, to: &'a str) -> Vec<&'a str> {
    let subject = if role == "public" { "public" } else { "someone" };
    vec![
        "grant",
        "add",
        "--subject",
        subject,
        "--role",
        role,
        "--authority",
        "E09000015",
        "--organisation",
        "Harrow",
        "--agreement",
        "ISA-7",
        "--from",
        "2024-01-01",
        "--to",
        to,
    ]
}

#[test]
fn a_grant_is_given_listed_suspended_and_ended() {
    let terminal = Terminal::new();
    let soon = (Utc::now().date_naive() + Days::new(10)).to_string();
    let ids: Vec<String> = [
        ("analyst", "2099-12-31"),
        ("panel_member", soon.as_str()),
        ("public", "2099-12-31"),
        ("analyst", "2024-01-31"),
    ]
    .iter()
    .map(|(role, to)| lines(&terminal, &add(role, to)).concat())
    .collect();
    let listed = lines(&terminal, &["grant", "list"]);
    assert_eq!(listed.len(), 4);
    let fields: Vec<&str> = listed[1].split('\t').collect();
    let expected =
        [ids[1].as_str(), "in force", "someone", "panel_member", "E09000015", "Harrow", "ISA-7", "2024-01-01", &soon];
    assert_eq!(fields, expected);
    assert_eq!(lines(&terminal, &["grant", "list", "--expiring", "30"]), [listed[1].clone()]);
    assert!(lines(&terminal, &["grant", "suspend", &ids[0]])[0].contains("\tsuspended\t"));
    assert!(lines(&terminal, &["grant", "end", &ids[1]])[0].contains("\tended\t"));
    refused(&terminal, &["grant", "end", "G-nothing"], 1, "there is no such grant");
}

#[test]
fn a_grant_that_breaks_a_rule_is_refused_in_plain_words() {
    let terminal = Terminal::new();
    refused(&terminal, &add("inspector", "2024-01-21"), 1, "number of the inspection");
    refused(&terminal, &[&add("inspector", "2024-01-22")[..], &["--inspection", "10273"]].concat(), 1, "21 days");
    refused(&terminal, &add("police_yot", "2025-02-01"), 1, "12 months");
    refused(&terminal, &add("analyst", "2023-12-31"), 1, "before the first");
    refused(&terminal, &add("astronaut", "2024-12-31"), 2, "the roles are");
    refused(&terminal, &["grant", "add", "--subject", "someone"], 2, "--role");
    assert!(lines(&terminal, &["grant", "list"]).is_empty());
}

#[test]
fn agreements_are_recorded_and_an_unknown_child_is_shared_with_nobody() {
    let terminal = Terminal::new();
    let agreement = ["agreement", "add", "ISA-7", "--parties", "Harrow and the agency", "--legal-basis", "section 10"];
    lines(&terminal, &agreement);
    lines(&terminal, &[&agreement[..], &["--expires", "2026-03-31"]].concat());
    let listed = lines(&terminal, &["agreement", "list"]);
    assert_eq!(listed, ["ISA-7\tHarrow and the agency\tsection 10\t-\t2026-03-31"]);
    assert!(lines(&terminal, &["audit", "verify"])[0].starts_with("whole: 2 records"), "both stand in the record");
    let whom = ["--authority", "E09000015", "--child", "C1", "--organisation", "Agency"];
    let days = ["--from", "2024-01-01", "--to", "2024-12-31"];
    refused(&terminal, &[&["share", "add"], &whom[..], &days[..]].concat(), 1, "no such child");
    refused(&terminal, &[&["share", "end"], &whom[..]].concat(), 1, "no such share");
    let backwards = ["--from", "2024-01-01", "--to", "2023-12-31"];
    refused(&terminal, &[&["share", "add"], &whom[..], &backwards[..]].concat(), 2, "before");
}
