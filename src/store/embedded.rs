//! The file of an embedded database before it is opened: made where there is none, and refused where it is not ours. An
//! empty, cut off or foreign file is never taken for a new database.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use thiserror::Error;

/// What is wrong with a file at the address of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrongFile {
    /// It holds nothing.
    #[error(
        "is empty, and no new database: bring the records back from a backup, or move the file away to start with an empty one"
    )]
    Empty,
    /// It holds something else.
    #[error("is not a database of SQLite: bring ours back from a backup, or name another file")]
    NotSqlite,
    /// Its end is missing.
    #[error("is cut off: it has {has} of {needs} bytes; bring the records back from a backup")]
    CutOff {
        /// How many bytes it has.
        has: u64,
        /// How many it says that it has.
        needs: u64,
    },
    /// SQLite cannot make sense of it.
    #[error("is damaged: bring the records back from a backup")]
    Damaged,
    /// It has tables, and none of ours.
    #[error("is the database of another program, and was left as it is: name another file")]
    Foreign,
}

/// What a file of SQLite begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Bytes of SQLite's header.
const HEADER: usize = 100;

/// Bytes before the first page of the write-ahead file, and before each page in it.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// How long another process may keep the file from being looked at.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether a file has tables, and whether ours are among them: the first change to the records, or the records of reading.
const TABLES: &str = "SELECT count(*), count(*) FILTER (WHERE name = 'audit_entry'), \
                      count(*) FILTER (WHERE name = 'seaql_migrations') FROM sqlite_schema WHERE type = 'table'";
const CHANGES: &str =
    "SELECT count(*) = 0 OR count(*) FILTER (WHERE version = 'm0001_places') > 0 FROM seaql_migrations";

/// Makes the file where there is none, whole or not at all; else looks whether it is a database of ours.
///
/// # Errors
/// What is wrong with the file. What keeps it from being read or made is left to whoever opens it.
pub(super) fn prepare(path: &Path) -> Result<(), WrongFile> {
    match header(path) {
        Ok(None) => Err(WrongFile::Empty),
        Ok(Some(header)) => {
            is_whole(path, &header)?;
            is_ours(path)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // A process that is killed here leaves no empty file behind, which would look like records that were lost.
            let _ = make(path);
            Ok(())
        }
        Err(_) => Ok(()),
    }
}

/// The beginning of a file, filled up with zeros; none if the file is empty.
fn header(path: &Path) -> io::Result<Option<[u8; HEADER]>> {
    let mut bytes = [0; HEADER];
    let mut file = File::open(path)?;
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => filled += more,
        }
    }
    Ok((filled > 0).then_some(bytes))
}

/// Two commands may begin at once. Each makes a file of its own and then gives it the final name, which only one can do.
fn make(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!("{name}.{}", uuid::Uuid::new_v4().simple()));
    let made = Connection::open(&draft).and_then(|connection| {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.close().map_err(|(_, error)| error)
    });
    let linked = made.map_err(Into::into).and_then(|()| fs::hard_link(&draft, path).map_err(Into::into));
    fs::remove_file(&draft)?;
    linked
}

/// Whether the file has all the pages that its header counts, but for those that stand in the write-ahead file.
fn is_whole(path: &Path, header: &[u8; HEADER]) -> Result<(), WrongFile> {
    let Some(rest) = header.strip_prefix(MAGIC) else { return Err(WrongFile::NotSqlite) };
    // The header counts its pages rightly only if whoever changed it last says so.
    let number = |at: usize| {
        rest.get(at - MAGIC.len()..).and_then(|rest| rest.first_chunk()).map(|four| u32::from_be_bytes(*four))
    };
    let (changed, counted, pages) = (number(24), number(92), number(28).unwrap_or_default());
    let page = rest.first_chunk().map_or(0, |two| u64::from(u16::from_be_bytes(*two)));
    let page = if page == 1 { 65_536 } else { page };
    let (has, needs) = (fs::metadata(path).map_or(0, |found| found.len()), page * u64::from(pages));
    if changed != counted || has >= needs || page < 512 {
        return Ok(());
    }
    let missing = u32::try_from(has / page).unwrap_or(u32::MAX) + 1..=pages;
    if logged(path, page, missing) { Ok(()) } else { Err(WrongFile::CutOff { has, needs }) }
}

/// Whether all these pages stand in the write-ahead file.
fn logged(path: &Path, page: u64, mut missing: std::ops::RangeInclusive<u32>) -> bool {
    let pages = numbers(&beside(path, "-wal"), page).unwrap_or_default();
    missing.all(|number| pages.contains(&number))
}

/// The pages that a write-ahead file holds.
fn numbers(log: &Path, page: u64) -> io::Result<std::collections::HashSet<u32>> {
    let mut file = File::open(log)?;
    let (mut head, mut frame) = ([0; LOG_HEADER], [0; FRAME_HEADER]);
    file.read_exact(&mut head)?;
    let mut found = std::collections::HashSet::new();
    while file.read_exact(&mut frame).is_ok() {
        // A frame of an earlier round has other salts.
        if frame.get(8..16) != head.get(16..24) {
            break;
        }
        found.extend(frame.first_chunk().map(|four| u32::from_be_bytes(*four)));
        file.seek(SeekFrom::Current(i64::try_from(page).unwrap_or(i64::MAX)))?;
    }
    Ok(found)
}

/// A file that SQLite keeps beside a database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether the tables are ours, or there are none.
fn is_ours(path: &Path) -> Result<(), WrongFile> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let looked = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        let (all, audit, changes) =
            connection.query_row(TABLES, [], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?)))?;
        match (all, audit, changes) {
            (0, ..) | (_, 1.., _) => Ok(true),
            (_, _, 0) => Ok(false),
            _ => connection.query_row(CHANGES, [], |row| row.get(0)),
        }
    });
    match looked {
        Ok(true) => Ok(()),
        Ok(false) => Err(WrongFile::Foreign),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Err(WrongFile::NotSqlite),
            Some(ErrorCode::DatabaseCorrupt) => Err(WrongFile::Damaged),
            // A table with the name of ours, and other columns.
            Some(ErrorCode::Unknown) => Err(WrongFile::Foreign),
            _ => Ok(()),
        },
    }
}
