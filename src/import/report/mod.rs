//! What an import tells: how many rows each file gave, and every problem that was met.

pub mod redact;
pub mod text;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::import::csv::spot::Spot;
use crate::import::report::text::{Form, Words};
use crate::import::rules::rule::{Effect, Rule, Severity};
use crate::store::rows::{ImportFile, ImportIssue};

/// One problem, where it is and what was done about it.
///
/// `value` holds codes and dates only; never a child's identifier, a postcode or free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Name of the file, without its folder.
    pub file: Arc<str>,
    /// Line of the file, counted from 1 with the header, as a spreadsheet shows it; nothing for the whole file.
    pub row: Option<u32>,
    /// The row, which in an XML file may share its line with others.
    pub spot: Option<Spot>,
    /// Column of the value.
    pub column: Option<String>,
    /// The value, where it is safe to show.
    pub value: Option<String>,
    /// Code of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was done with the row.
    pub effect: Effect,
    /// What is wrong, in plain words.
    pub message: Cow<'static, str>,
}

impl Issue {
    /// An issue about a whole file.
    pub fn of_file(file: &Arc<str>, rule: &'static Rule) -> Self {
        Self {
            file: Arc::clone(file),
            row: None,
            spot: None,
            column: None,
            value: None,
            rule: rule.code,
            severity: rule.effect.severity(),
            effect: rule.effect,
            message: Cow::Borrowed(rule.words),
        }
    }

    /// The same issue at one row.
    pub fn at(mut self, row: impl Into<Spot>) -> Self {
        let spot = row.into();
        self.row = Some(spot.line);
        self.spot = Some(spot);
        self
    }

    /// The same issue at one column.
    pub fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// The same issue with the value, if it is safe to show (see [`shown`](crate::import::report::redact::shown)).
    pub fn value(mut self, value: &str) -> Self {
        self.value = crate::import::report::redact::shown(value);
        self
    }

    /// The same issue with a further sentence.
    pub fn because(mut self, detail: impl AsRef<str>) -> Self {
        self.message = Cow::Owned(format!("{} {}", self.message, detail.as_ref()));
        self
    }
}

/// How one file fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Name of the file, without its folder.
    pub name: Arc<str>,
    /// What the file was taken for: `episodes`, `header`, `population`, …
    pub kind: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// Rows given, header and blank lines aside.
    pub rows: usize,
    /// Rows used.
    pub used: usize,
    /// Of the used, rows where a value was left blank or read otherwise than given.
    pub repaired: usize,
    /// Rows refused.
    pub refused: usize,
}

/// Everything that an import tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One entry a file read, in the order of reading.
    pub files: Vec<FileReport>,
    /// Every issue, by file and row.
    pub issues: Vec<Issue>,
}

impl Report {
    /// Notes an issue.
    pub fn tell(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Notes a file that was read with so many rows; `settle` counts the rest.
    pub fn file(&mut self, name: &Arc<str>, kind: impl Into<String>, digest: &str, rows: usize) {
        self.files.push(FileReport {
            name: Arc::clone(name),
            kind: kind.into(),
            digest: digest.to_owned(),
            rows,
            used: rows,
            repaired: 0,
            refused: 0,
        });
    }

    /// Puts the issues in order, says of those in XML files in which element they are, and counts refused and repaired
    /// rows from them. Call once, when all checks have run.
    pub fn settle(&mut self) {
        let order: HashMap<Arc<str>, usize> =
            self.files.iter().enumerate().map(|(place, file)| (Arc::clone(&file.name), place)).collect();
        self.issues.sort_by_key(|issue| {
            (order.get(&issue.file).copied().unwrap_or(usize::MAX), Arc::clone(&issue.file), issue.spot)
        });
        let mut worst: HashMap<(Arc<str>, Spot), Effect> = HashMap::new();
        for issue in &mut self.issues {
            let Some(spot) = issue.spot else { continue };
            let effect = worst.entry((Arc::clone(&issue.file), spot)).or_insert(issue.effect);
            *effect = (*effect).max(issue.effect);
            if let Some(element) = spot.element {
                issue.message = Cow::Owned(format!("{} It is in {element}.", issue.message));
            }
        }
        for file in &mut self.files {
            let effects = || worst.iter().filter(|((name, _), _)| *name == file.name).map(|(_, effect)| *effect);
            let whole = self.issues.iter().any(|i| i.file == file.name && i.effect == Effect::FileRefused);
            file.refused = effects().filter(|effect| *effect == Effect::RowRefused).count().min(file.rows);
            file.repaired = effects().filter(|e| matches!(e, Effect::Cleared | Effect::Repaired)).count();
            if whole {
                (file.refused, file.repaired) = (file.rows, 0);
            }
            file.used = file.rows - file.refused;
        }
    }

    /// The files as they are stored with the import.
    pub fn stored_files(&self) -> Vec<ImportFile> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let file = |file: &FileReport| ImportFile {
            name: file.name.to_string(),
            table: file.kind.clone(),
            sha256: file.digest.clone(),
            rows: count(file.rows),
            used: count(file.used),
            repaired: count(file.repaired),
            refused: count(file.refused),
            ..ImportFile::default()
        };
        self.files.iter().map(file).collect()
    }

    /// The issues as they are stored with the import.
    pub fn stored_issues(&self) -> Vec<ImportIssue> {
        let issue = |issue: &Issue| ImportIssue {
            file: issue.file.to_string(),
            row: issue.row.map(i64::from),
            column: issue.column.clone(),
            value: issue.value.clone(),
            rule: issue.rule.to_owned(),
            severity: issue.severity.word().to_owned(),
            message: issue.message.to_string(),
            ..ImportIssue::default()
        };
        self.issues.iter().map(issue).collect()
    }

    /// The report in plain words.
    pub fn words(&self, form: Form) -> String {
        Words { files: &self.stored_files(), issues: &self.stored_issues(), form }.to_string()
    }

    /// Rows used in all files.
    pub fn used(&self) -> usize {
        self.files.iter().map(|file| file.used).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: Rule = Rule { code: "R", effect: Effect::RowRefused, words: "Refused." };
    const CLEARED: Rule = Rule { code: "C", effect: Effect::Cleared, words: "Cleared." };

    #[test]
    fn a_row_with_two_problems_is_counted_once_by_the_worse() {
        let name: Arc<str> = "episodes.csv".into();
        let mut report = Report::default();
        report.file(&name, "episodes", "", 3);
        report.tell(Issue::of_file(&name, &REFUSED).at(3));
        report.tell(Issue::of_file(&name, &CLEARED).at(2));
        report.tell(Issue::of_file(&name, &CLEARED).at(3));
        report.settle();
        let file = report.files.first().unwrap();
        assert_eq!((file.used, file.repaired, file.refused), (2, 1, 1));
        assert_eq!(report.issues.first().unwrap().row, Some(2), "issues are in row order");
    }
}
