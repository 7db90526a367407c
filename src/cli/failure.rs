//! Why a command did not do its work, and the exit status that says so.

use std::error::Error;
use std::process::ExitCode;

use crate::auth::development::NotSigned;
use crate::auth::{IssuersError, KeyError};
use crate::config::ConfigError;
use crate::store::{AuditError, BackupError, StoreError};

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command was used wrongly.
    #[error("{0}")]
    Usage(String),
    /// Nothing was done, for this reason.
    #[error("{0}")]
    Nothing(String),
    /// A setting is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database failed.
    #[error("{}", with_cause(.0))]
    Store(#[from] StoreError),
    /// The record of reading failed.
    #[error("{}", with_cause(.0))]
    Audit(#[from] AuditError),
    /// A backup failed.
    #[error("{}", with_cause(.0))]
    Backup(#[from] BackupError),
    /// The development key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The issuers cannot be used.
    #[error(transparent)]
    Issuers(#[from] IssuersError),
    /// A token could not be signed.
    #[error(transparent)]
    Token(#[from] NotSigned),
    /// Nobody reads what is printed any more: whoever did has had enough.
    #[error("nobody reads what is printed")]
    Unread,
    /// A file or socket failed.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
}

impl Failure {
    /// The exit status: 2 for wrong usage, 0 where only the reader went away, 1 for everything else.
    pub fn status(&self) -> ExitCode {
        match self {
            Failure::Usage(_) => ExitCode::from(2),
            Failure::Unread => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

/// Someone at a terminal is told the cause too: it is their own database.
fn with_cause(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
