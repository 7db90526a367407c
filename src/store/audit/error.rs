//! What can go wrong with the record of reading, in words for the caller; the cause goes to the log.

use std::path::PathBuf;

use sea_orm::DbErr;
use thiserror::Error;

use crate::signing::KeyError;
use crate::store::StoreError;

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
    /// The file of heads cannot be read or written.
    #[error("the file of signed heads cannot be used: {0}")]
    Heads(PathBuf, #[source] std::io::Error),
    /// A line of the file of heads is not a signed head.
    #[error("line {1} of {0} is not a signed head")]
    NotAHead(PathBuf, usize),
    /// A record is not what a record must be.
    #[error("audit record {0} cannot be read")]
    Unreadable(u64),
    /// A record was not stored; the log tells why.
    #[error("the audit record could not be stored")]
    NotStored,
    /// The writer has ended.
    #[error("the audit records are closed")]
    Closed,
}

impl AuditError {
    /// Whether the same may succeed as soon as the database is there again.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Store(error) => error.is_away(),
            Self::Tables(_) | Self::NotStored | Self::Closed => true,
            _ => false,
        }
    }

    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(_) | Self::File(_) | Self::Tables(_) => "AUDIT_UNAVAILABLE",
            Self::Key(_) => "AUDIT_KEY",
            Self::Heads(..) | Self::NotAHead(..) => "AUDIT_HEADS",
            Self::Unreadable(_) => "AUDIT_UNREADABLE",
            Self::NotStored => "AUDIT_NOT_STORED",
            Self::Closed => "AUDIT_CLOSED",
        }
    }
}

impl From<DbErr> for AuditError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}
