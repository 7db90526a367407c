//! The report of an import in plain words, for a terminal.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use crate::store::rows::{ImportFile, ImportIssue};

/// What an import tells: a line for each file, a line for each rule, and as many of the issues as wanted, worst first.
pub struct Words<'a> {
    /// The files.
    pub files: &'a [ImportFile],
    /// The issues.
    pub issues: &'a [ImportIssue],
    /// How many issues are printed one by one; the rest are counted.
    pub most: usize,
}

impl Display for Words<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for file in self.files {
            writeln!(
                out,
                "{} ({}): {} rows, {} used, {} of them repaired, {} refused",
                file.name, file.table, file.rows, file.used, file.repaired, file.refused
            )?;
        }
        self.rules(out)?;
        let mut worst: Vec<&ImportIssue> = self.issues.iter().collect();
        worst.sort_by_key(|issue| rank(&issue.severity));
        for issue in worst.iter().take(self.most) {
            one(out, issue)?;
        }
        let more = worst.len().saturating_sub(self.most);
        if more > 0 && self.most > 0 {
            writeln!(out, "... and {more} more")?;
        }
        Ok(())
    }
}

impl Words<'_> {
    /// Each rule that was broken: how often, and what it says.
    fn rules(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut rules: BTreeMap<(u8, &str, &str), (usize, &str)> = BTreeMap::new();
        for issue in self.issues {
            let times = rules
                .entry((rank(&issue.severity), &issue.rule, &issue.severity))
                .or_insert((0, issue.message.as_str()));
            times.0 += 1;
        }
        for ((_, rule, severity), (times, message)) in rules {
            let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
            writeln!(out, "{severity} {rule}, {times}: {}", first_sentence(message))?;
        }
        Ok(())
    }
}

/// Errors come first.
fn rank(severity: &str) -> u8 {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

/// What all issues of a rule have in common; further sentences are about one row.
fn first_sentence(message: &str) -> &str {
    message.find(". ").and_then(|end| message.get(..=end)).unwrap_or(message)
}

fn one(out: &mut Formatter<'_>, issue: &ImportIssue) -> fmt::Result {
    write!(out, "{} {}", issue.severity, issue.file)?;
    if let Some(row) = issue.row {
        write!(out, ", row {row}")?;
    }
    if let Some(column) = &issue.column {
        write!(out, ", {column}")?;
    }
    if let Some(value) = &issue.value {
        write!(out, " \"{value}\"")?;
    }
    writeln!(out, ": {} [{}]", issue.message, issue.rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_first_then_rules_then_issues_worst_first() {
        let file = ImportFile {
            name: "episodes.csv".into(),
            table: "episodes".into(),
            rows: 3,
            used: 2,
            repaired: 1,
            refused: 1,
            ..ImportFile::default()
        };
        let issue = |row, rule: &str, severity: &str, value: Option<&str>| ImportIssue {
            file: "episodes.csv".into(),
            row: Some(row),
            column: Some("DEC".into()),
            value: value.map(str::to_owned),
            rule: rule.into(),
            severity: severity.into(),
            message: "Something is wrong. Row 2 is used.".into(),
            ..ImportIssue::default()
        };
        let issues = [
            issue(2, "385", "warning", None),
            issue(3, "147", "error", Some("31/02/2024")),
            issue(4, "385", "warning", None),
        ];
        let words = Words { files: &[file], issues: &issues, most: 2 }.to_string();
        assert_eq!(
            words,
            "episodes.csv (episodes): 3 rows, 2 used, 1 of them repaired, 1 refused\n\
             error 147, once: Something is wrong.\n\
             warning 385, 2 times: Something is wrong.\n\
             error episodes.csv, row 3, DEC \"31/02/2024\": Something is wrong. Row 2 is used. [147]\n\
             warning episodes.csv, row 2, DEC: Something is wrong. Row 2 is used. [385]\n\
             ... and 1 more\n"
        );
    }
}
