//! The manual lists every rule: this test keeps it so.

use std::fmt::Write;

use crate::import::rules::all;

#[test]
fn the_manual_lists_every_rule() {
    let mut table = String::new();
    for rule in all() {
        writeln!(table, "| `{}` | {} | {} |", rule.code, rule.effect.words(), rule.words).unwrap();
    }
    let manual = include_str!("../../../docs/importing.md");
    assert!(manual.contains(&table), "docs/importing.md should hold this table:\n{table}");
}

#[test]
fn a_code_and_its_effect_name_one_rule() {
    let mut seen = std::collections::HashSet::new();
    for rule in all() {
        assert!(seen.insert((rule.code, rule.effect.words())), "{} is there twice", rule.code);
        assert!(rule.words.ends_with('.'));
    }
}

/// Single codes of a cell such as `542,543`, `INT33-INT36` or `503A-503J`.
fn single_codes(cell: &str) -> Vec<String> {
    let one = |part: &str| -> Vec<String> {
        let Some((first, last)) = part.split_once('-') else { return vec![part.to_owned()] };
        let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbers = first[stem.len()..].parse::<u32>().ok().zip(last.trim_start_matches(stem).parse::<u32>().ok());
        match numbers {
            Some((from, to)) => (from..=to).map(|number| format!("{stem}{number}")).collect(),
            // The letter I is left out, as it looks like a one.
            None => ('A'..='J').filter(|letter| *letter != 'I').map(|c| first.replace('A', &c.to_string())).collect(),
        }
    };
    cell.split(',').flat_map(|part| one(part.trim())).map(|code| code.to_uppercase()).collect()
}

#[test]
fn every_rule_of_the_reference_is_told_with_its_severity() {
    let Some(shared) = crate::needs::shared() else { return };
    let list = shared.join("reference/validation-rules.csv");
    let mut reader = csv::Reader::from_path(list).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 92);
    for row in rows {
        let severity = if &row[4] == "info" { "told only" } else { "row kept as given" };
        for code in single_codes(&row[0]) {
            // Some groups are one rule under the code of the group.
            let known: Vec<_> = all().filter(|rule| rule.code == code || rule.code == &row[0]).collect();
            assert!(!known.is_empty(), "no rule {code}");
            let is_check = crate::import::rules::CHECKS.iter().copied().flatten().any(|rule| rule.code == code);
            assert!(!is_check || known.iter().any(|rule| rule.effect.words() == severity), "{code} is not {severity}");
        }
    }
}
