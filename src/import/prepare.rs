//! From a path to a batch that is ready to be stored. Nothing is written here.

use std::path::{Path, PathBuf};

use crate::import::authorities::Authorities;
use crate::import::confirm::{self, Confirmations};
use crate::import::csv::table::read_csv;
use crate::import::error::ImportError;
use crate::import::files::{SourceFile, files_in};
use crate::import::kind::Kind;
use crate::import::report::Report;
use crate::import::ssda903::{self, ReturnYear};
use crate::import::{lists, published, ssd};
use crate::period::Date;
use crate::store::rows::Rows;
use crate::store::{Batch, StoredState};

/// What is to be imported.
#[derive(Clone, Debug)]
pub enum Request {
    /// A yearly return: a folder, or one XML file.
    Return {
        /// Where it is.
        path: PathBuf,
        /// ONS code of the authority.
        authority: String,
        /// The year.
        year: ReturnYear,
    },
    /// A list, or a folder of tables.
    List {
        /// What it holds.
        kind: Kind,
        /// Where it is.
        path: PathBuf,
        /// ONS code of the authority, where the kind or the rows need it.
        authority: Option<String>,
        /// Last day that it knows of, if that was said.
        up_to: Option<Date>,
    },
}

/// What was read: everything that is to be told, and the batch, or why there is none.
#[derive(Debug)]
pub struct PreparedImport {
    /// What is to be told.
    pub report: Report,
    /// What is to be stored.
    pub batch: Result<Batch, ImportError>,
}

impl Request {
    /// What [`Store::held`](crate::store::Store::held) is asked for: whose records are imported, and the year in which a
    /// return ends.
    pub fn scope(&self) -> (Option<&str>, Option<i32>) {
        match self {
            Self::Return { authority, year, .. } => (Some(authority), Some(year.ending)),
            Self::List { kind, authority, .. } => (authority.as_deref().filter(|_| kind.holds_records()), None),
        }
    }
}

/// Reads and checks what is to be imported, beside what is stored. What looks like a mistake is refused unless it is
/// confirmed.
pub fn prepare(request: Request, held: &StoredState, confirmed: Confirmations) -> PreparedImport {
    let PreparedImport { report, batch } = read(request, held, confirmed);
    let batch = batch.and_then(|batch| {
        if !confirmed.authority && batch.authority.is_some() {
            confirm::check_authority(&report, held)?;
        }
        Ok(Batch { may_retire_most: confirmed.retires, ..batch })
    });
    PreparedImport { report, batch }
}

fn read(request: Request, held: &StoredState, confirmed: Confirmations) -> PreparedImport {
    match request {
        Request::Return { path, authority, year } => {
            let ssda903::ReadReturn { report, rows } = ssda903::read(&path, &authority, year, held, confirmed);
            let batch = Batch {
                authority: Some(authority),
                kind: "ssda903".to_owned(),
                return_year: Some(year.ending),
                up_to: year.up_to,
                ..Batch::default()
            };
            complete(batch, report, rows)
        }
        Request::List { kind, path, authority, up_to } => {
            let mut report = Report::default();
            let areas = Authorities::new(held.areas.clone(), authority.clone());
            let rows = if kind.holds_records() && authority.is_none() {
                Err(ImportError::AuthorityNeeded)
            } else {
                rows_of(kind, &path, &areas, &mut report)
            };
            report.settle();
            let rows = rows.and_then(|rows| if report.used() == 0 { Err(ImportError::NoRows) } else { Ok(rows) });
            let authority = authority.filter(|_| kind.holds_records());
            complete(Batch { authority, kind: kind.name().to_owned(), up_to, ..Batch::default() }, report, rows)
        }
    }
}

fn rows_of(kind: Kind, path: &Path, areas: &Authorities, report: &mut Report) -> Result<Rows, ImportError> {
    let files = sources(kind, path)?;
    if kind == Kind::Ssd {
        return ssd::read(&files, report).ok_or_else(|| nothing(kind, path));
    }
    let mut all: Option<Rows> = None;
    for file in &files {
        let Some(table) = read_csv(&file.name, &file.bytes, report) else { continue };
        report.file(&file.name, kind.name(), &file.digest, table.given);
        let rows = match kind {
            Kind::Published => published::read(&table, areas, report),
            _ => lists::read(kind, &table, areas, report),
        };
        match (&mut all, rows) {
            (Some(all), Some(rows)) => {
                all.published_value.get_or_insert_default().extend(rows.published_value.into_iter().flatten());
            }
            (None, rows) => all = rows,
            (Some(_), None) => {}
        }
    }
    all.ok_or(ImportError::PartNeeded { part: "file" })
}

/// The files of a kind: the one given, or those in the folder given.
fn sources(kind: Kind, path: &Path) -> Result<Vec<SourceFile>, ImportError> {
    if !path.is_dir() {
        return Ok(vec![SourceFile::read(path)?]);
    }
    let mut files = Vec::new();
    for path in files_in(path)? {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if is_csv && (matches!(kind, Kind::Published | Kind::Ssd) || stem == kind.name()) {
            files.push(SourceFile::read(&path)?);
        }
    }
    if files.is_empty() { Err(nothing(kind, path)) } else { Ok(files) }
}

fn nothing(kind: Kind, path: &Path) -> ImportError {
    let expected = match kind {
        Kind::Ssd => "ssd_person.csv, ssd_cla_health.csv or ssd_care_leavers.csv".to_owned(),
        Kind::Published => "CSV files of published figures".to_owned(),
        kind => format!("{}.csv", kind.name()),
    };
    ImportError::NothingRecognised { path: path.to_owned(), expected }
}

/// A batch with its rows, files and issues.
fn complete(batch: Batch, report: Report, rows: Result<Rows, ImportError>) -> PreparedImport {
    let batch = rows.map(|rows| Batch { rows, files: report.stored_files(), issues: report.stored_issues(), ..batch });
    PreparedImport { report, batch }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(kind: Kind, file: Option<(&str, &str)>, authority: Option<&str>) -> PreparedImport {
        let folder = tempfile::tempdir().unwrap();
        let name = file.map_or("gone.csv", |(name, text)| {
            std::fs::write(folder.path().join(name), text).unwrap();
            name
        });
        let authority = authority.map(str::to_owned);
        prepare(
            Request::List { kind, path: folder.path().join(name), authority, up_to: None },
            &StoredState::default(),
            Confirmations::default(),
        )
    }

    #[test]
    fn reference_data_belongs_to_nobody_and_records_to_the_authority_named() {
        let areas = list(Kind::Areas, Some(("areas.csv", "ons_code,name\nE09000015,Harrow\n")), Some("E09000015"));
        let batch = areas.batch.unwrap();
        assert_eq!((batch.authority, batch.kind.as_str(), batch.files.len()), (None, "areas", 1));
        let links = Some(("links.csv", "child,start,household\nA1,01/04/2023,H1\nA1,soon,H1\n"));
        let batch = list(Kind::PlacementLinks, links, Some("E09000015")).batch.unwrap();
        assert_eq!(batch.authority.as_deref(), Some("E09000015"));
        let file = batch.files.first().unwrap();
        assert_eq!((file.rows, file.used, file.refused, file.sha256.len()), (2, 1, 1, 64));
        assert_eq!(batch.issues.first().unwrap().severity, "error");
        assert_eq!(list(Kind::PlacementLinks, links, None).batch.unwrap_err().code(), "AUTHORITY_NEEDED");
    }

    #[test]
    fn a_list_that_gives_nothing_is_refused() {
        let code = |text: &str| list(Kind::Areas, Some(("areas.csv", text)), None).batch.unwrap_err().code();
        assert_eq!(code("ons_code,name\nHarrow,E09000015\n"), "NO_ROWS");
        assert_eq!(code("ons_code,name\n"), "NO_ROWS");
        assert_eq!(code("town\nHarrow\n"), "PART_NEEDED");
        assert_eq!(code(""), "PART_NEEDED");
        assert_eq!(list(Kind::Areas, None, None).batch.unwrap_err().code(), "NOT_FOUND");
    }

    #[test]
    fn a_folder_gives_the_file_named_as_the_kind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        std::fs::write(path.join("Areas.csv"), "ons_code,name\nE09000015,Harrow\n").unwrap();
        std::fs::write(path.join("population.csv"), "x\n").unwrap();
        let of = |kind| {
            prepare(
                Request::List { kind, path: path.clone(), authority: None, up_to: None },
                &StoredState::default(),
                Confirmations::default(),
            )
            .batch
        };
        assert!(of(Kind::Areas).is_ok());
        assert_eq!(of(Kind::Targets).unwrap_err().code(), "NOTHING_RECOGNISED");
    }
}
