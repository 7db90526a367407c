//! The rows of one return, file by file and each with its line, before they are checked against each other and stored.

use std::sync::Arc;

use crate::import::csv::row::{NumberedRow, plain};
use crate::import::csv::table::Table;
use crate::store::rows::{
    AdoptionRecord, ChildDetail, DeprivationOfLiberty, Episode, MissingEpisode, Oc2Return, Oc3Return,
    PreviousPermanence, Review, Rows, UascStatus, WorkerAllocation,
};

/// The rows of one file.
#[derive(Debug)]
pub struct FileRows<T> {
    /// Name of the file; empty where there is none.
    pub file: Arc<str>,
    /// Its rows that can be used.
    pub rows: Vec<NumberedRow<T>>,
    /// What became of the file.
    pub fate: Fate,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is not in the folder.
    Absent,
    /// It was refused whole.
    Refused,
    /// It was read.
    Read,
}

impl<T> Default for FileRows<T> {
    fn default() -> Self {
        Self { file: Arc::from(""), rows: Vec::new(), fate: Fate::Absent }
    }
}

impl<T> FileRows<T> {
    /// A file that was read by `read`, or refused where there is no table.
    pub fn of(table: Option<&Table>, read: impl FnOnce(&Table) -> Vec<NumberedRow<T>>) -> Self {
        match table {
            Some(table) => Self { file: Arc::clone(&table.file), rows: read(table), fate: Fate::Read },
            None => Self { fate: Fate::Refused, ..Self::default() },
        }
    }

    /// The rows to store. A file that is not there means that the year has no such rows; one that was refused leaves
    /// those of an earlier import.
    fn stored(self) -> Option<Vec<T>> {
        (self.fate != Fate::Refused).then(|| plain(self.rows))
    }

    /// The rows to store of a file that is sent apart: one that is not there leaves those of an earlier import too.
    fn stored_apart(self) -> Option<Vec<T>> {
        (self.fate == Fate::Read).then(|| plain(self.rows))
    }
}

/// One return.
#[derive(Debug, Default)]
pub struct ReturnRows {
    /// The children of the header.
    pub children: FileRows<ChildDetail>,
    /// Episodes.
    pub episodes: FileRows<Episode>,
    /// Reviews held.
    pub reviews: FileRows<Review>,
    /// Unaccompanied asylum-seeking children.
    pub unaccompanied: FileRows<UascStatus>,
    /// Yearly answers on health and offending.
    pub oc2: FileRows<Oc2Return>,
    /// Care leavers.
    pub leavers: FileRows<Oc3Return>,
    /// Children adopted in the year.
    pub adopted: FileRows<AdoptionRecord>,
    /// Decisions that a child should be placed for adoption.
    pub decisions: FileRows<AdoptionRecord>,
    /// Earlier adoptions and orders.
    pub permanence: FileRows<PreviousPermanence>,
    /// Times missing or away.
    pub missing: FileRows<MissingEpisode>,
    /// Social workers.
    pub workers: FileRows<WorkerAllocation>,
    /// Deprivation of liberty orders.
    pub orders: FileRows<DeprivationOfLiberty>,
}

impl ReturnRows {
    /// The rows of a folder that holds only files sent apart; it leaves everything else as it is.
    pub fn rows_sent_apart(self) -> Rows {
        Rows {
            worker_allocation: self.workers.stored_apart(),
            deprivation_of_liberty: self.orders.stored_apart(),
            ..Rows::default()
        }
    }

    /// The rows of a whole return. Two files fill one table of adoptions; where one of them was refused, both wait.
    pub fn rows(self) -> Rows {
        let decisions = self.decisions.stored();
        let adoptions = self.adopted.stored().zip(decisions).map(|(adopted, decided)| [adopted, decided].concat());
        Rows {
            child_detail: Some(plain(self.children.rows)),
            episode: self.episodes.stored(),
            review: self.reviews.stored(),
            uasc_status: self.unaccompanied.stored(),
            oc2_return: self.oc2.stored(),
            oc3_return: self.leavers.stored(),
            adoption_record: adoptions,
            previous_permanence: self.permanence.stored(),
            missing_episode: self.missing.stored(),
            worker_allocation: self.workers.stored_apart(),
            deprivation_of_liberty: self.orders.stored_apart(),
            ..Rows::default()
        }
    }
}
