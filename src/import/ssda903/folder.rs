//! A folder of CSV files as the tables of one return.

use std::path::Path;

use crate::import::csv::columns;
use crate::import::csv::table::{Table, read_csv};
use crate::import::error::ImportError;
use crate::import::files::{SourceFile, files_in};
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
use crate::import::ssda903::extract::ReturnKey;
use crate::import::ssda903::kind::ReturnFile;
use crate::import::ssda903::xml;

/// One table of a return.
pub struct Part {
    /// Which file of the return it is.
    pub file: ReturnFile,
    /// Its rows; nothing where the file was refused whole.
    pub table: Option<Table>,
}

/// Columns that the collection derives, so that an authority's own files need not have them.
const DERIVED: [&str; 3] = ["PL_LA", "PL_LOCATION", "PL_DISTANCE"];

/// Reads a folder of files, or one XML file, into tables.
///
/// # Errors
/// When nothing could be read, or nothing looks like a part of a return.
pub fn parts(path: &Path, wanted: &ReturnKey<'_>, report: &mut Report) -> Result<Vec<Part>, ImportError> {
    if path.is_file() {
        let file = SourceFile::read(path)?;
        return xml::parts(&file, report)?.ok_or_else(|| nothing(path, "a folder of CSV files or one XML file"));
    }
    let mut found: Vec<(Part, bool)> = Vec::new();
    let mut wholes = Vec::new();
    for file in files_in(path)? {
        let file = match SourceFile::read(&file) {
            Ok(file) => file,
            Err(_) => {
                let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                report.tell(Issue::of_file(&name.into(), &rules::UNREADABLE));
                continue;
            }
        };
        if file.has_ending("xml") {
            wholes.push(file);
        } else if let Some(part) = part(&file, wanted, report) {
            let exact = part.file.is_exactly(&file.name);
            found.push((part, exact));
        }
    }
    if found.is_empty()
        && let [whole] = wholes.as_slice()
        && let Some(parts) = xml::parts(whole, report)?
    {
        return Ok(parts);
    }
    wholes.iter().for_each(|whole| report.tell(Issue::of_file(&whole.name, &rules::UNKNOWN)));
    if found.is_empty() {
        return Err(nothing(path, "header.csv, episodes.csv and the other files of the return"));
    }
    one_of_each(found, report)
}

fn nothing(path: &Path, expected: &str) -> ImportError {
    ImportError::NothingRecognised { path: path.to_owned(), expected: expected.to_owned() }
}

/// Reads one file. Nothing if it is no part of a return.
fn part(source: &SourceFile, wanted: &ReturnKey<'_>, report: &mut Report) -> Option<Part> {
    let named = ReturnFile::by_name(&source.name);
    if named.is_none() && !source.has_ending("csv") && !source.has_ending("txt") {
        report.tell(Issue::of_file(&source.name, &rules::UNKNOWN));
        return None;
    }
    let mut told = Report::default();
    let table = read_csv(&source.name, &source.bytes, &mut told);
    let Some(file) = table.as_ref().map_or(named, ReturnFile::recognise) else {
        report.tell(Issue::of_file(&source.name, &rules::UNKNOWN));
        return None;
    };
    let whole = table.as_ref().map_or(0, |table| table.given);
    let table = table.and_then(|table| wanted.pick(table, &mut told));
    let given = table.as_ref().map_or(whole, |table| table.given);
    report.file(&source.name, file.name(), &source.digest, given);
    report.issues.append(&mut told.issues);
    let table = table.filter(|table| columns::fit(table, file.columns(), file.needed(), &DERIVED, report));
    Some(Part { file, table })
}

/// Two files may be the same part; the one with the plain name is taken, and without one nobody can tell which to take.
fn one_of_each(found: Vec<(Part, bool)>, report: &mut Report) -> Result<Vec<Part>, ImportError> {
    let mut parts: Vec<(Part, bool)> = Vec::new();
    for (part, exact) in found {
        match parts.iter_mut().find(|(other, _)| other.file == part.file) {
            None => parts.push((part, exact)),
            Some((_, other_exact)) if exact == *other_exact => {
                return Err(ImportError::TwoOfOneKind { part: part.file.name() });
            }
            Some(taken) => {
                let left = if exact { std::mem::replace(taken, (part, exact)).0 } else { part };
                if let Some(table) = left.table {
                    report.tell(Issue::of_file(&table.file, &rules::SAME_KIND));
                }
            }
        }
    }
    Ok(parts.into_iter().map(|(part, _)| part).collect())
}
