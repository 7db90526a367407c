//! Prints what was imported, and what was wrong with it.

use std::io::{Write, stdout};

use super::formats;
use crate::cli::Failure;
use crate::cli::output::{self, say, tell};
use crate::import::{Form, Words};
use crate::store::Store;
use crate::store::rows::Import;

/// In which form an import is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// In words.
    Text,
    /// Every issue, a row each.
    Csv,
    /// The import, its files and every issue.
    Json,
}

/// Prints every import, newest first.
pub async fn list(store: &Store) -> Result<(), Failure> {
    let imports = store.imports(None).await?;
    if imports.is_empty() {
        tell!("Nothing has been imported yet.");
    }
    for import in &imports {
        say!("{}", line(import))?;
    }
    Ok(())
}

/// Prints one import with its files and every issue.
pub async fn show(store: &Store, number: i64, format: Format) -> Result<(), Failure> {
    let report = store.import(number).await?;
    let mut out = stdout().lock();
    let written = match format {
        Format::Text => {
            let words = Words { files: &report.files, issues: &report.issues, form: Form::Whole };
            write!(out, "{}\n{words}", line(&report.import))
        }
        Format::Csv => formats::csv(&report, out),
        Format::Json => formats::json(&report, out),
    };
    output::written(written)
}

/// Number, time, kind, whose, which year, what became of it.
fn line(import: &Import) -> String {
    let whose = import.authority_id.as_deref().unwrap_or("reference data");
    let year = import.return_year.map(|year| format!(" year ending {year}")).unwrap_or_default();
    let up_to = import.up_to.map(|day| format!(" up to {day}")).unwrap_or_default();
    let fate = match (import.undoes, import.undone_by) {
        (Some(other), _) => format!(" (undoes {other})"),
        (None, Some(other)) => format!(" (undone by {other})"),
        (None, None) => String::new(),
    };
    let at = import.received_at.format("%Y-%m-%d %H:%M:%S");
    format!("{}  {at}  {}  {whose}{year}{up_to}: {}{fate}", import.number, import.kind, import.summary)
}
