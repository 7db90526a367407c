//! The manual lists every rule: this test keeps it so.

use std::fmt::Write;

use super::all;

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
