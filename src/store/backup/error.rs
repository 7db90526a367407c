//! What can go wrong with a backup, in words for whoever makes or restores one.

use thiserror::Error;

use crate::store::StoreError;

/// An error of a backup. [`BackupError::code`] is stable; the text names no record.
#[derive(Debug, Error)]
pub enum BackupError {
    /// A file of SQLite cannot be copied.
    #[error("the file of the database cannot be copied")]
    Sqlite(#[from] rusqlite::Error),
    /// A file of SQLite is damaged.
    #[error("the database is damaged, and no backup was made of it: {0}")]
    Damaged(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A program of PostgreSQL is not on this machine.
    #[error("{0} is not here: install PostgreSQL's own programs (Debian: postgresql-client), or put them into PATH")]
    NoProgram(&'static str),
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {told}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it says.
        told: String,
    },
    /// Row security would leave rows out of the dump.
    #[error(
        "row-level security holds the login that makes the backup, so that the children would be left out. Name one that it \
         does not hold in DATABASE_BACKUP_URL (CREATE ROLE lookedafter_backup LOGIN BYPASSRLS PASSWORD '...' IN ROLE \
         pg_read_all_data; see docs/backup.md)"
    )]
    HeldByRowSecurity,
    /// A dump lacks rows.
    #[error("the dump lacks rows: {table} has {stored} in the database and {dumped} in the dump; no backup was made")]
    Lacks {
        /// The table.
        table: String,
        /// Rows in the database.
        stored: u64,
        /// Rows in the dump.
        dumped: u64,
    },
    /// There is something in the database already.
    #[error("the database holds tables already: restore into an empty one (CREATE DATABASE ... OWNER ...)")]
    NotEmpty,
    /// A file cannot be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl BackupError {
    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BACKUP_COPY",
            Self::Damaged(_) => "DATABASE_DAMAGED",
            Self::Store(error) => error.code(),
            Self::NoProgram(_) => "BACKUP_NO_PROGRAM",
            Self::Program { .. } => "BACKUP_PROGRAM",
            Self::HeldByRowSecurity => "BACKUP_LOGIN_HELD",
            Self::Lacks { .. } => "BACKUP_LACKS_ROWS",
            Self::NotEmpty => "DATABASE_NOT_EMPTY",
            Self::Io(_) => "BACKUP_FILE",
        }
    }
}

impl From<sea_orm::DbErr> for BackupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}
