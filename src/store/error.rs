//! What can go wrong with the database, in words for the caller; the cause goes to the log.

use std::borrow::Cow;
use std::path::PathBuf;

use sea_orm::{DbErr, RuntimeErr, sqlx};
use thiserror::Error;

use super::{Shortage, WrongFile};

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
    /// The file at the address is none of ours, or no longer whole.
    #[error("{0} {1}")]
    WrongFile(PathBuf, WrongFile),
    /// The database of PostgreSQL has tables, and none of ours.
    #[error("the database holds tables of another program and none of ours, and was left as it is: name an empty one")]
    ForeignTables,
    /// There is no room to write.
    #[error("{0}: nothing was changed")]
    NoRoom(Shortage, #[source] DbErr),
    /// There is too little room for an import.
    #[error(
        "the disk is full, or nearly: the import needs about {needs} MiB and {free} MiB are free; nothing was imported"
    )]
    TooLittleRoom {
        /// What it needs, in MiB.
        needs: u64,
        /// What is free, in MiB.
        free: u64,
    },
    /// Another one holds what is needed locked for longer than we wait.
    #[error(
        "waiting for another one took too long: an import is being written, or a session holds a lock in the \
         database; try again when it has ended"
    )]
    Busy(#[source] DbErr),
    /// The database refused a statement.
    #[error("the database failed")]
    Failed(#[source] DbErr),
    /// What a table holds does not agree with its checksum.
    #[error(
        "the database is damaged: the rows of {0} do not agree with their checksum. Run `lookedafter check`, and restore a \
         backup (docs/backup.md)"
    )]
    Damaged(String),
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

/// How PostgreSQL's codes for failures of a connection begin.
const CONNECTION: &str = "08";

/// Its codes for a server that has ended a connection or takes nobody in: ended by an administrator or in a crash, starting,
/// too many connections.
const AWAY: [&str; 4] = ["57P01", "57P02", "57P03", "53300"];

/// Its codes for what took too long because of others: a lock that was not to be had, a statement that was not done in time,
/// two that waited for each other.
const LOCKED: [&str; 3] = ["55P03", "57014", "40P01"];

impl StoreError {
    /// Whether the same may succeed as soon as the database is there again, or others have let go of it.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Busy(_))
    }

    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownDatabase => "UNKNOWN_DATABASE",
            Self::BadAddress => "DATABASE_ADDRESS",
            Self::Unreachable(_) => "DATABASE_UNREACHABLE",
            Self::WrongFile(..) | Self::ForeignTables => "DATABASE_WRONG_FILE",
            Self::NoRoom(Shortage::Disk, _) | Self::TooLittleRoom { .. } => "DISK_FULL",
            Self::NoRoom(Shortage::FileSize, _) => "FILE_SIZE_LIMIT",
            Self::Busy(_) => "DATABASE_BUSY",
            Self::Failed(_) => "DATABASE_FAILED",
            Self::Damaged(_) => "DATABASE_DAMAGED",
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
        if let Some(shortage) = Shortage::of(&error) {
            return Self::NoRoom(shortage, error);
        }
        if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) || cause_of(&error).is_some_and(is_away) {
            return Self::Unreachable(error);
        }
        if code_of(&error).as_deref() == Some(NO_RIGHT) {
            return Self::NotPermitted(error);
        }
        if is_locked(&error) { Self::Busy(error) } else { Self::Failed(error) }
    }
}

fn cause_of(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}

fn code_of(error: &DbErr) -> Option<Cow<'_, str>> {
    match cause_of(error)? {
        sqlx::Error::Database(cause) => cause.code(),
        _ => None,
    }
}

/// Whether an error says that the database is not there just now: nobody listens, the connection has ended or none was to
/// be had, or the server starts, stops or takes nobody in.
pub(super) fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code.starts_with(CONNECTION) || AWAY.contains(&&*code))
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Whether a connection turned out to have ended when it was used, so that another one may be tried.
pub(super) fn has_died(error: &DbErr) -> bool {
    let cause = match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause)) => Some(&**cause),
        error => cause_of(error),
    };
    cause.is_some_and(|cause| is_away(cause) && !matches!(cause, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed))
}

/// Whether another one holds a lock for longer than we wait. Of SQLite's it is said in these words only.
pub(super) fn is_locked(error: &DbErr) -> bool {
    code_of(error).is_some_and(|code| LOCKED.contains(&&*code)) || error.to_string().contains("database is locked")
}
