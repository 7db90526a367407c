//! An import for programs: its issues as CSV, or all of it as JSON. The names of the fields are promised in
//! `docs/importing.md`.

use std::io::{self, Write};

use serde::Serialize;

use crate::period::Date;
use crate::store::ImportReport;
use crate::store::rows::{Import, ImportFile, ImportIssue};

/// An import with everything that is kept of it.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    import: Entry<'a>,
    files: Vec<File<'a>>,
    issues: Vec<Issue<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    number: i64,
    kind: &'a str,
    authority: Option<&'a str>,
    year_ending: Option<i32>,
    up_to: Option<Date>,
    received_at: String,
    undoes: Option<i64>,
    undone_by: Option<i64>,
    summary: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    table: &'a str,
    sha256: &'a str,
    rows: i64,
    used: i64,
    repaired: i64,
    refused: i64,
    replaced: i64,
    lost: i64,
}

#[derive(Serialize)]
struct Issue<'a> {
    file: &'a str,
    row: Option<i64>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
}

/// Writes every issue as a row, beneath a header.
pub fn csv(report: &ImportReport, out: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    // By itself, since an import without issues has a header too.
    writer.write_record(["file", "row", "column", "value", "rule", "severity", "message"])?;
    for row in &report.issues {
        writer.serialize(issue(row))?;
    }
    writer.flush()
}

/// Writes the import, its files and every issue as one object.
pub fn json(report: &ImportReport, mut out: impl Write) -> io::Result<()> {
    let whole = Whole {
        import: entry(&report.import),
        files: report.files.iter().map(file).collect(),
        issues: report.issues.iter().map(issue).collect(),
    };
    serde_json::to_writer_pretty(&mut out, &whole)?;
    writeln!(out)
}

fn entry(import: &Import) -> Entry<'_> {
    Entry {
        number: import.number,
        kind: &import.kind,
        authority: import.authority_id.as_deref(),
        year_ending: import.return_year,
        up_to: import.up_to,
        received_at: import.received_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        undoes: import.undoes,
        undone_by: import.undone_by,
        summary: &import.summary,
    }
}

fn file(file: &ImportFile) -> File<'_> {
    File {
        file: &file.name,
        table: &file.table,
        sha256: &file.sha256,
        rows: file.rows,
        used: file.used,
        repaired: file.repaired,
        refused: file.refused,
        replaced: file.replaced,
        lost: file.lost,
    }
}

fn issue(issue: &ImportIssue) -> Issue<'_> {
    Issue {
        file: &issue.file,
        row: issue.row,
        column: issue.column.as_deref(),
        value: issue.value.as_deref(),
        rule: &issue.rule,
        severity: &issue.severity,
        message: &issue.message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(issues: Vec<ImportIssue>) -> ImportReport {
        let import = Import { number: 7, kind: "ssda903".into(), return_year: Some(2024), ..Import::default() };
        let file = ImportFile { name: "header.csv".into(), rows: 3, used: 2, ..ImportFile::default() };
        ImportReport { import, files: vec![file], issues }
    }

    fn issue(message: &str) -> ImportIssue {
        ImportIssue {
            file: "header, first.csv".into(),
            row: Some(3),
            column: Some("DOB".into()),
            rule: "102".into(),
            severity: "warning".into(),
            message: message.into(),
            ..ImportIssue::default()
        }
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn commas_and_quotation_marks_are_quoted() {
        let report = report(vec![issue("It says \"soon\", which is no date.")]);
        let text = text(|out| csv(&report, out));
        let header = "file,row,column,value,rule,severity,message\n";
        let row = "\"header, first.csv\",3,DOB,,102,warning,\"It says \"\"soon\"\", which is no date.\"\n";
        assert_eq!(text, format!("{header}{row}"));
    }

    #[test]
    fn an_import_without_issues_is_a_header_alone() {
        assert_eq!(text(|out| csv(&report(Vec::new()), out)), "file,row,column,value,rule,severity,message\n");
    }

    #[test]
    fn json_holds_the_import_its_files_and_every_issue() {
        let report = report(vec![issue("One."), issue("Two.")]);
        let whole: serde_json::Value = serde_json::from_str(&text(|out| json(&report, out))).unwrap();
        assert_eq!(
            (&whole["number"], &whole["year_ending"], &whole["authority"]),
            (&7.into(), &2024.into(), &().into())
        );
        assert_eq!((&whole["files"][0]["file"], &whole["files"][0]["used"]), (&"header.csv".into(), &2.into()));
        assert_eq!((&whole["issues"][1]["message"], &whole["issues"][1]["row"]), (&"Two.".into(), &3.into()));
        assert!(whole["issues"][0]["value"].is_null());
    }
}
