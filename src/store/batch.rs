//! One import as the importers hand it over: whose it is, the files it was read from, what was wrong, and the rows.

use super::rows::{ImportFile, ImportIssue, Rows};
use crate::period::Date;

/// One import, ready to be written in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// ONS code of the authority it is for; `None` for reference data (areas, population, neighbours, targets,
    /// published figures), whose rows name their own.
    pub authority: Option<String>,
    /// What was imported: `ssda903`, `carers`, `population`: the word of the command line.
    pub kind: String,
    /// The year in which the return ends, for a yearly return.
    pub return_year: Option<i32>,
    /// Last day that an unfinished return covers.
    pub up_to: Option<Date>,
    /// Whether most of the rows stored of its year may be retired.
    pub may_retire_most: bool,
    /// The files; `import_number` is filled in by the store.
    pub files: Vec<ImportFile>,
    /// What was wrong; `import_number` and `issue_number` are filled in by the store.
    pub issues: Vec<ImportIssue>,
    /// The rows.
    pub rows: Rows,
}

/// What an import found: how each file fared, and what was wrong, rows of other returns included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The files.
    pub files: Vec<ImportFile>,
    /// What was wrong, in the order in which it was found.
    pub issues: Vec<ImportIssue>,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It differed from what was stored and is import `number` now.
    Written {
        /// Number of the import.
        number: i64,
        /// Rows that are new or replace an older version.
        added: usize,
        /// Rows that were retired: replaced or no longer there.
        retired: usize,
        /// Rows that were there already.
        unchanged: usize,
        /// Rows that were left out, because their children have been erased.
        left_out: usize,
    },
    /// All of it was there already: nothing was written.
    Unchanged {
        /// How many rows were compared.
        rows: usize,
    },
}

/// How far the writing is, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub done: usize,
    /// Rows in all.
    pub of: usize,
}
