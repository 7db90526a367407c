//! The disk under the database: how much room it has, and what is said once there is none.

use std::io;
use std::path::Path;

use sea_orm::{DbErr, RuntimeErr, sqlx};
use thiserror::Error;

/// What there is too little of to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Shortage {
    /// The disk has no room.
    #[error("the disk is full")]
    Disk,
    /// A file may not grow any more.
    #[error("a file has reached the largest size that this process may write (ulimit -f)")]
    FileSize,
}

/// SQLite's codes for a disk without room: for a page, and for the index of its write-ahead file.
const FULL: [i32; 2] = [13, 4874];

/// SQLite's code for a write that failed otherwise.
const WRITE_FAILED: i32 = 778;

/// PostgreSQL's code for a disk without room.
const PG_FULL: &str = "53100";

impl Shortage {
    /// What a database error says of room.
    pub(super) fn of(error: &DbErr) -> Option<Self> {
        match error {
            DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause) => {
                let RuntimeErr::SqlxError(cause) = cause else { return None };
                Self::of_sqlx(cause)
            }
            _ => None,
        }
    }

    /// The same of an error of the driver.
    pub(super) fn of_sqlx(error: &sqlx::Error) -> Option<Self> {
        let sqlx::Error::Database(cause) = error else { return None };
        let code = cause.code()?;
        if code == PG_FULL {
            return Some(Self::Disk);
        }
        // PostgreSQL's codes have five signs, SQLite's at most four.
        code.parse().ok().filter(|_| code.len() < PG_FULL.len()).and_then(Self::of_code)
    }

    /// The same of SQLite, asked directly.
    pub(super) fn of_sqlite(error: &rusqlite::Error) -> Option<Self> {
        Self::of_code(error.sqlite_error()?.extended_code)
    }

    /// The same of a file.
    pub fn of_file(error: &io::Error) -> Option<Self> {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Self::Disk),
            io::ErrorKind::FileTooLarge => Some(Self::FileSize),
            _ => None,
        }
    }

    fn of_code(code: i32) -> Option<Self> {
        match code {
            code if FULL.contains(&code) => Some(Self::Disk),
            WRITE_FAILED if files_are_limited() => Some(Self::FileSize),
            _ => None,
        }
    }
}

/// Whether this process may write files of a certain size only.
fn files_are_limited() -> bool {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::Fsize).current.is_some();
    #[cfg(not(unix))]
    false
}

/// How many bytes may still be written where a file or folder is; nothing where nobody can say.
pub fn free(place: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let folder = if place.is_dir() { place } else { place.parent()? };
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = place;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_too_little_of_is_told_in_words() {
        let full = io::Error::from_raw_os_error(28);
        assert_eq!(Shortage::of_file(&full).unwrap().to_string(), "the disk is full");
        assert_eq!(Shortage::of_file(&io::Error::from_raw_os_error(27)), Some(Shortage::FileSize));
        assert_eq!(Shortage::of_file(&io::Error::from_raw_os_error(13)), None);
        assert_eq!((Shortage::of_code(13), Shortage::of_code(4874)), (Some(Shortage::Disk), Some(Shortage::Disk)));
        assert_eq!(Shortage::of_code(5), None);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(free(folder.path()), free(&folder.path().join("a file that is not there")));
        assert!(free(folder.path()).unwrap() > 0);
    }
}
