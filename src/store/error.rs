//! What can go wrong with the database, in words for the caller; the cause goes to the log.

use sea_orm::{DbErr, RuntimeErr, sqlx};
use thiserror::Error;

/// An error of the store. [`StoreError::code`] is stable; the text names no record.
#[derive(Debug, Error)]
pub enum StoreError {
    /// `DATABASE_URL` is neither SQLite nor PostgreSQL.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    UnknownDatabase,
    /// The address of PostgreSQL cannot be read. It is not repeated: it may hold a password.
    #[error(
        "the address cannot be read; write postgres://USER:PASSWORD@HOST:5432/NAME, with signs in the password as %XX"
    )]
    BadAddress,
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Unreachable(#[source] DbErr),
    /// Another import holds the database for longer than we wait.
    #[error("another import is being written; try again when it is done")]
    Busy(#[source] DbErr),
    /// The database refused a statement.
    #[error("the database failed")]
    Failed(#[source] DbErr),
    /// The login has no right to do this.
    #[error("the database does not permit this to its login: see \"PostgreSQL\" in docs/running.md")]
    NotPermitted(#[source] DbErr),
    /// Row security does not hold the login.
    #[error(
        "the login of DATABASE_URL is a superuser or bypasses row-level security, so that the database would not keep \
         the records of authorities apart. Make it a login of its own (CREATE ROLE care_api LOGIN PASSWORD '...' \
         NOINHERIT; see \"PostgreSQL\" in docs/running.md), or set LOOKEDAFTER_ALLOW_SUPERUSER=true for development"
    )]
    Unbound,
    /// An import that is neither of one authority nor of reference data.
    #[error("an import holds the records of one authority, or reference data, not both")]
    MixedRows,
    /// An import that would retire most of what is stored.
    #[error(
        "{retired} of the {stored} rows stored of the return of the year ending {year} would be retired, so this looks \
         like the wrong files and nothing was imported; if they are meant, add --confirm retires"
    )]
    RetiresMost {
        /// The year in which the return ends.
        year: i32,
        /// Rows that would be retired.
        retired: usize,
        /// Rows that are stored.
        stored: usize,
    },
    /// There is no child with this identifier.
    #[error("there is no such child in the records of the authority")]
    NoSuchChild,
    /// Several children have this identifier but for capital and small letters.
    #[error("several children have this identifier but for capital and small letters; give it exactly as it is stored")]
    SeveralChildren,
    /// There is no grant with this identifier.
    #[error("there is no such grant")]
    NoSuchGrant,
    /// What was deleted could not be overwritten, because others read all the time.
    #[error("freed pages could not be overwritten, because others are reading; try again when they have stopped")]
    NotCleaned,
    /// There is no import of this number.
    #[error("there is no import {0}")]
    NoSuchImport(i64),
    /// The import cannot be undone, because it is not the latest that is still in force.
    #[error("import {number} cannot be undone: {reason}")]
    CannotUndo {
        /// The import that was to be undone.
        number: i64,
        /// Why not, in plain words.
        reason: String,
    },
}

/// PostgreSQL's code for a right that is missing.
const NO_RIGHT: &str = "42501";

impl StoreError {
    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownDatabase => "UNKNOWN_DATABASE",
            Self::BadAddress => "DATABASE_ADDRESS",
            Self::Unreachable(_) => "DATABASE_UNREACHABLE",
            Self::Busy(_) => "DATABASE_BUSY",
            Self::Failed(_) => "DATABASE_FAILED",
            Self::NotPermitted(_) => "DATABASE_NOT_PERMITTED",
            Self::Unbound => "DATABASE_LOGIN_UNBOUND",
            Self::MixedRows => "MIXED_ROWS",
            Self::RetiresMost { .. } => "RETIRES_MOST",
            Self::NoSuchChild => "NO_SUCH_CHILD",
            Self::SeveralChildren => "SEVERAL_CHILDREN",
            Self::NoSuchGrant => "NO_SUCH_GRANT",
            Self::NotCleaned => "NOT_CLEANED",
            Self::NoSuchImport(_) => "NO_SUCH_IMPORT",
            Self::CannotUndo { .. } => "CANNOT_UNDO",
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
            return Self::Unreachable(error);
        }
        if is_not_permitted(&error) {
            return Self::NotPermitted(error);
        }
        if is_locked(&error) { Self::Busy(error) } else { Self::Failed(error) }
    }
}

/// Whether PostgreSQL says that the login has not the right.
fn is_not_permitted(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    matches!(&**cause, sqlx::Error::Database(cause) if cause.code().as_deref() == Some(NO_RIGHT))
}

/// Whether another process holds SQLite's lock, of which it says only this much; PostgreSQL waits without end.
pub(super) fn is_locked(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}
