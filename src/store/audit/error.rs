//! What can go wrong with the record of reading, in words for the caller; the cause goes to the log.

use std::path::PathBuf;

use sea_orm::{DbErr, sqlx::types::chrono::NaiveDate};
use thiserror::Error;

use crate::signing::KeyError;
use crate::store::{Shortage, StoreError};

/// An error of the record of reading. [`AuditError::code`] is stable; the text names no record.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The database of the records failed.
    #[error("the audit records cannot be reached")]
    Store(#[from] StoreError),
    /// The file of the records failed.
    #[error("the audit records cannot be reached")]
    File(#[from] rusqlite::Error),
    /// The tables of the records failed.
    #[error("the audit records cannot be reached")]
    Tables(#[from] sea_orm::sqlx::Error),
    /// The key that signs heads cannot be used.
    #[error("the key of the audit records cannot be used")]
    Key(#[from] KeyError),
    /// There are records, and the key that signed their heads is gone.
    #[error(
        "{0} is missing, and there are audit records that it signed. No other key is made beside them: bring it back from \
         a backup. If it is lost for good, move the audit records and their heads to another folder and keep them; then \
         new ones begin"
    )]
    KeyMissing(PathBuf),
    /// Nothing is rolled away by a clock that may be wrong.
    #[error(
        "nothing was rolled away: the clock says {now}, and the audit records before that were written on {before}. If \
         the clock is right, say so with `lookedafter audit roll --yes`"
    )]
    Clock {
        /// The day that the clock says, or said when records were written again.
        now: NaiveDate,
        /// The day of the last records before it.
        before: NaiveDate,
    },
    /// The file of heads cannot be read or written.
    #[error("the file of signed heads cannot be used: {0}")]
    Heads(PathBuf, #[source] std::io::Error),
    /// A line of the file of heads is not a signed head.
    #[error("line {1} of {0} is not a signed head")]
    NotAHead(PathBuf, usize),
    /// The list of withdrawals cannot be read or written.
    #[error("the list of withdrawals cannot be used: {0}")]
    Withdrawals(PathBuf, #[source] std::io::Error),
    /// A line of the list of withdrawals is not signed by our key.
    #[error("line {1} of {0} is not a withdrawal that our key signed")]
    NotAWithdrawal(PathBuf, usize),
    /// A record is not what a record must be.
    #[error("audit record {0} cannot be read")]
    Unreadable(u64),
    /// A record was not stored; the log tells why.
    #[error("the audit record could not be stored{}", .0.map_or(String::new(), |shortage| format!(": {shortage}")))]
    NotStored(Option<Shortage>),
    /// The writer has ended.
    #[error("the audit records are closed")]
    Closed,
}

impl AuditError {
    /// Whether the same may succeed as soon as the database is there again.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Store(error) => error.is_away(),
            Self::Tables(_) | Self::NotStored(_) | Self::Closed => true,
            _ => false,
        }
    }

    /// What there was too little of, if that was it.
    pub(super) fn shortage(&self) -> Option<Shortage> {
        match self {
            Self::Store(StoreError::NoRoom(shortage, _)) => Some(*shortage),
            Self::File(error) => Shortage::of_sqlite(error),
            Self::Tables(error) => Shortage::of_sqlx(error),
            Self::Heads(_, error) => Shortage::of_file(error),
            Self::NotStored(shortage) => *shortage,
            _ => None,
        }
    }

    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(_) | Self::File(_) | Self::Tables(_) => "AUDIT_UNAVAILABLE",
            Self::Key(_) | Self::KeyMissing(_) => "AUDIT_KEY",
            Self::Heads(..) | Self::NotAHead(..) => "AUDIT_HEADS",
            Self::Withdrawals(..) | Self::NotAWithdrawal(..) => "WITHDRAWALS",
            Self::Unreadable(_) => "AUDIT_UNREADABLE",
            Self::NotStored(_) => "AUDIT_NOT_STORED",
            Self::Closed => "AUDIT_CLOSED",
            Self::Clock { .. } => "AUDIT_CLOCK",
        }
    }
}

impl From<DbErr> for AuditError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}
