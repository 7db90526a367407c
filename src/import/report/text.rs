//! The report of an import in plain words, for a terminal.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use crate::store::rows::{ImportFile, ImportIssue};

/// What an import tells, in one of two forms.
pub struct Words<'a> {
    /// The files.
    pub files: &'a [ImportFile],
    /// The issues.
    pub issues: &'a [ImportIssue],
    /// How much of it.
    pub form: Form,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line for each file, a line for each rule, and every issue.
    Whole,
    /// The first issue of each rule and how often the rule was broken, then a line for each file.
    Ending,
}

impl Display for Words<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Whole => {
                self.files(out)?;
                for (rule, (times, first)) in self.rules() {
                    let words = first_sentence(&first.message);
                    writeln!(out, "{} {}, {}: {words}", first.severity, rule.1, often(times))?;
                }
                let mut worst: Vec<&ImportIssue> = self.issues.iter().collect();
                worst.sort_by_key(|issue| rank(&issue.severity));
                worst.into_iter().try_for_each(|issue| writeln!(out, "{}", Line(issue)))
            }
            Form::Ending => {
                for (times, first) in self.rules().into_values() {
                    writeln!(out, "{} ({})", Line(first), often(times))?;
                }
                self.files(out)
            }
        }
    }
}

impl Words<'_> {
    fn files(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for file in self.files {
            writeln!(
                out,
                "{} ({}): {} rows, {} used, {} of them repaired, {} refused, {} replaced, {} lost",
                file.name, file.table, file.rows, file.used, file.repaired, file.refused, file.replaced, file.lost
            )?;
        }
        Ok(())
    }

    /// Each rule that was broken, errors first: how often, and the first time.
    fn rules(&self) -> BTreeMap<(u8, &str), (usize, &ImportIssue)> {
        let mut rules: BTreeMap<(u8, &str), (usize, &ImportIssue)> = BTreeMap::new();
        for issue in self.issues {
            rules.entry((rank(&issue.severity), &issue.rule)).or_insert((0, issue)).0 += 1;
        }
        rules
    }
}

fn often(times: usize) -> String {
    if times == 1 { "once".to_owned() } else { format!("{times} times") }
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

/// One issue on one line.
struct Line<'a>(&'a ImportIssue);

impl Display for Line<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self(issue) = self;
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
        write!(out, ": {} [{}]", issue.message, issue.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> ImportFile {
        ImportFile {
            name: "episodes.csv".into(),
            table: "episodes".into(),
            rows: 3,
            used: 2,
            repaired: 1,
            refused: 1,
            replaced: 4,
            lost: 5,
            ..ImportFile::default()
        }
    }

    fn issues() -> [ImportIssue; 3] {
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
        [
            issue(2, "385", "warning", None),
            issue(3, "147", "error", Some("31/02/2024")),
            issue(4, "385", "warning", None),
        ]
    }

    #[test]
    fn the_whole_is_files_then_rules_then_issues_worst_first() {
        let words = Words { files: &[file()], issues: &issues(), form: Form::Whole }.to_string();
        assert_eq!(
            words,
            "episodes.csv (episodes): 3 rows, 2 used, 1 of them repaired, 1 refused, 4 replaced, 5 lost\n\
             error 147, once: Something is wrong.\n\
             warning 385, 2 times: Something is wrong.\n\
             error episodes.csv, row 3, DEC \"31/02/2024\": Something is wrong. Row 2 is used. [147]\n\
             warning episodes.csv, row 2, DEC: Something is wrong. Row 2 is used. [385]\n\
             warning episodes.csv, row 4, DEC: Something is wrong. Row 2 is used. [385]\n"
        );
    }

    #[test]
    fn an_import_ends_with_the_first_issue_of_each_rule_and_the_files() {
        let words = Words { files: &[file()], issues: &issues(), form: Form::Ending }.to_string();
        assert_eq!(
            words,
            "error episodes.csv, row 3, DEC \"31/02/2024\": Something is wrong. Row 2 is used. [147] (once)\n\
             warning episodes.csv, row 2, DEC: Something is wrong. Row 2 is used. [385] (2 times)\n\
             episodes.csv (episodes): 3 rows, 2 used, 1 of them repaired, 1 refused, 4 replaced, 5 lost\n"
        );
    }
}
