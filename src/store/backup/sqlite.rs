//! A file of SQLite, copied as of one moment while others read and write it.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, backup::Backup};

use super::{BackupError, RowCounts};

/// How long to wait for a lock, and between tries.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// All pages in one step: they are of one moment then, and no writer makes the copy begin again. Writers go on meanwhile,
/// into the write-ahead file.
const ALL_PAGES: i32 = i32::MAX;

/// Copies a database into a new file, proves the copy sound, and tells how many rows its tables hold. Nothing stands beside
/// the copy afterwards, and it is on the disk.
///
/// # Errors
/// [`BackupError::Damaged`] where the copy is not sound; a file cannot be read or written.
pub fn copy_sqlite(from: &Path, to: &Path) -> Result<RowCounts, BackupError> {
    let source =
        Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    source.busy_timeout(PATIENCE)?;
    let mut copy = Connection::open(to)?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    Backup::new(&source, &mut copy)?.run_to_completion(ALL_PAGES, PAUSE, None)?;
    settle(&copy)?;
    let told: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if told != "ok" {
        return Err(BackupError::Damaged(told));
    }
    let counts = counts(&copy)?;
    copy.close().map_err(|(_, error)| error)?;
    File::open(to)?.sync_all()?;
    Ok(counts)
}

/// What is wrong with the pages of a file and with the order of what is in them; nothing if it is sound.
///
/// # Errors
/// It cannot be opened.
pub fn faults_of_sqlite(file: &Path) -> Result<Vec<String>, BackupError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    let told = connection.prepare("PRAGMA integrity_check(10)").and_then(|mut statement| {
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    });
    Ok(match told {
        Ok(told) => told.into_iter().filter(|line| line != "ok").collect(),
        Err(error) => vec![error.to_string()],
    })
}

/// Brings whatever stands beside a file of a database that nobody uses into the file itself.
///
/// # Errors
/// Somebody uses it, or it cannot be written.
pub fn settle_sqlite(file: &Path) -> Result<(), BackupError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(PATIENCE)?;
    settle(&connection)?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(File::open(file)?.sync_all()?)
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
}

fn counts(connection: &Connection) -> rusqlite::Result<RowCounts> {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = connection.prepare(tables)?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?;
    tables
        .map(|table| {
            let table = table?;
            let sql = format!("SELECT count(*) FROM \"{table}\"");
            let rows: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
            Ok((table, rows.unsigned_abs()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_of_one_moment_while_others_write() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.sqlite");
        let writer = Connection::open(&file).unwrap();
        writer.busy_timeout(PATIENCE).unwrap();
        writer.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        writer.execute_batch("CREATE TABLE one (n INTEGER); CREATE TABLE two (n INTEGER)").unwrap();
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    writer
                        .execute_batch("BEGIN; INSERT INTO one VALUES (1); INSERT INTO two VALUES (1); COMMIT")
                        .unwrap();
                }
            });
            for number in 0..20 {
                let to = folder.path().join(format!("copy-{number}.sqlite"));
                let counts = copy_sqlite(&file, &to).unwrap();
                assert_eq!(counts.get("one"), counts.get("two"));
                assert!(!folder.path().join(format!("copy-{number}.sqlite-wal")).exists());
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
