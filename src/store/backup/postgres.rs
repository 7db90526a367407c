//! A database of PostgreSQL, dumped and restored by PostgreSQL's own programs, with every row counted.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use migration::{SchemaManager, row_security};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

use super::{BackupError, RowCounts};
use crate::audit::{Bytes, Digest, GENESIS};
use crate::store::{Store, StoreError, Waits, connect::open};

/// The tables of the database that are not PostgreSQL's own, and whether row security would hide rows of each.
const TABLES: &str = "SELECT relname::text, row_security_active(c.oid) FROM pg_class c \
                      WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY relname";

/// Whether there are tables.
const ANY_TABLE: &str = "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace \
                         WHERE relkind IN ('r', 'p') AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%')";

/// The last audit record.
const LAST: &str = "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1";

/// What a dump holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dump {
    /// How many rows each table has.
    pub rows: RowCounts,
    /// The last audit record: its place and digest; before the first, 0.
    pub head: (u64, Digest),
}

/// Dumps a database into a new file, as a login that row security does not hold, and tells how many rows each table has,
/// in the database and in the dump alike.
///
/// # Errors
/// [`BackupError::HeldByRowSecurity`], [`BackupError::Lacks`]; `pg_dump` is not here or fails.
pub async fn dump_postgres(url: &str, file: &Path) -> Result<Dump, BackupError> {
    let connections = open(url, 1, Waits::default()).await?;
    let moment = connections.moment().await?;
    let stored = counts(&moment).await?;
    let head = head(&moment).await?;
    let snapshot: String = text(&moment, "SELECT pg_export_snapshot()").await?;
    let mut dump = program("pg_dump", url)?;
    dump.args(["--format=custom", "--no-owner", "--no-privileges"]);
    dump.arg(format!("--snapshot={snapshot}")).arg("--file").arg(file);
    // The moment lasts until the dump has ended.
    blocking(move || run("pg_dump", dump)).await?;
    moment.commit().await?;
    let (of, whole) = (file.to_owned(), stored.clone());
    blocking(move || {
        let dumped = dumped(&of)?;
        File::open(&of)?.sync_all()?;
        for (table, stored) in whole {
            let dumped = dumped.get(&table).copied().unwrap_or_default();
            if dumped != stored {
                return Err(BackupError::Lacks { table, stored, dumped });
            }
        }
        Ok(())
    })
    .await?;
    Ok(Dump { rows: stored, head })
}

/// Fills an empty database from a dump, as the login that owns it, and gives the roles their rights, whatever the database is
/// called. All of it is there afterwards, or nothing.
///
/// # Errors
/// [`BackupError::NotEmpty`]; `pg_restore` is not here or fails, or the login may not make the roles.
pub async fn restore_postgres(url: &str, file: &Path) -> Result<(), BackupError> {
    check_postgres_empty(url).await?;
    let mut restore = program("pg_restore", url)?;
    restore.args(["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]).arg(file);
    blocking(move || run("pg_restore", restore)).await
}

/// Makes sure that a database has no tables.
///
/// # Errors
/// [`BackupError::NotEmpty`], or the database cannot be reached.
pub async fn check_postgres_empty(url: &str) -> Result<(), BackupError> {
    let moment = open(url, 1, Waits::default()).await?.moment().await?;
    let found = moment.query_one_raw(Statement::from_string(DbBackend::Postgres, ANY_TABLE)).await?;
    let is_filled = found.map_or(Ok(true), |row| row.try_get_by_index(0))?;
    if is_filled { Err(BackupError::NotEmpty) } else { Ok(()) }
}

impl Store {
    /// Whether PostgreSQL keeps checksums of its pages; nothing on SQLite.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_page_checksums(&self) -> Result<Option<bool>, StoreError> {
        if !self.connections.is_postgres() {
            return Ok(None);
        }
        let row = self.connections.maintain_and_tell("SELECT current_setting('data_checksums')").await?;
        let told = row.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
        Ok(Some(told.as_deref() == Some("on")))
    }

    /// Gives the roles of the database their rights, as after a restore into another name.
    ///
    /// # Errors
    /// The login does not own the tables, or may not make the roles.
    pub async fn give_rights(&self) -> Result<(), BackupError> {
        let transaction = self.owner().await?.owner(None).await?;
        row_security::raise(&SchemaManager::new(&transaction)).await?;
        Ok(transaction.commit().await?)
    }
}

/// How many rows each table has, for a login that sees all of them.
async fn counts(moment: &DatabaseTransaction) -> Result<RowCounts, BackupError> {
    let mut counts = RowCounts::new();
    for row in moment.query_all_raw(Statement::from_string(DbBackend::Postgres, TABLES)).await? {
        let table: String = row.try_get_by_index(0)?;
        if row.try_get_by_index(1)? {
            return Err(BackupError::HeldByRowSecurity);
        }
        let sql = format!("SELECT count(*) FROM \"{table}\"");
        let count = moment.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let count: i64 = count.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        counts.insert(table, count.unsigned_abs());
    }
    Ok(counts)
}

async fn head(moment: &DatabaseTransaction) -> Result<(u64, Digest), BackupError> {
    let last = Statement::from_string(DbBackend::Postgres, LAST);
    let Some(row) = moment.query_one_raw(last).await? else { return Ok((0, GENESIS)) };
    let (seq, hash): (i64, Vec<u8>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok((seq.unsigned_abs(), Bytes::from_slice(&hash).unwrap_or(GENESIS)))
}

async fn text(moment: &DatabaseTransaction, sql: &str) -> Result<String, BackupError> {
    let row = moment.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(row.map_or(Ok(String::new()), |row| row.try_get_by_index(0))?)
}

/// How many rows of each table a dump holds: the lines between `COPY` and `\.` in what it would tell a server.
fn dumped(file: &Path) -> Result<RowCounts, BackupError> {
    let program = "pg_restore";
    let mut restore = Command::new(found(program)?);
    restore.args(["--data-only", "--file=-"]).arg(file).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = restore.spawn()?;
    let mut counts = RowCounts::new();
    let mut table: Option<String> = None;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n') {
            let line = line?;
            match &table {
                Some(_) if line == b"\\." => table = None,
                Some(table) => *counts.entry(table.clone()).or_default() += 1,
                None => table = copied(&line),
            }
        }
    }
    if child.wait()?.success() { Ok(counts) } else { Err(failed(program, "the dump cannot be read")) }
}

/// The table of a line such as `COPY public.child (authority_id, child_id) FROM stdin;`.
fn copied(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?;
    let name = line.strip_prefix("COPY ")?.strip_suffix(" FROM stdin;")?.split(" (").next()?;
    Some(name.rsplit('.').next()?.trim_matches('"').to_owned())
}

/// A program of PostgreSQL that asks a server. The password is not among its arguments, which others on the machine can see.
fn program(name: &'static str, url: &str) -> Result<Command, BackupError> {
    let mut address = url::Url::parse(url).map_err(|_| BackupError::Store(StoreError::BadAddress))?;
    let mut command = Command::new(found(name)?);
    if let Some(password) = address.password() {
        let password = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
        command.env("PGPASSWORD", password);
        let _ = address.set_password(None);
    }
    command.arg("--no-password").arg(format!("--dbname={address}"));
    Ok(command)
}

/// Where a program is: in PATH, else where Debian keeps those of each version, the newest first.
fn found(name: &'static str) -> Result<PathBuf, BackupError> {
    let in_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    let folders = in_path.chain(versions.into_iter().map(|(_, folder)| folder));
    folders.map(|folder| folder.join(name)).find(|path| path.is_file()).ok_or(BackupError::NoProgram(name))
}

fn run(program: &'static str, mut command: Command) -> Result<(), BackupError> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() { Ok(()) } else { Err(failed(program, &String::from_utf8_lossy(&output.stderr))) }
}

fn failed(program: &'static str, told: &str) -> BackupError {
    // The first line names the fault; those after it may hold what was being stored.
    BackupError::Program { program, told: told.lines().next().unwrap_or_default().to_owned() }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| BackupError::Io(std::io::Error::other(error)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_copied_rows_is_read() {
        assert_eq!(copied(b"COPY public.child (authority_id, child_id) FROM stdin;").as_deref(), Some("child"));
        assert_eq!(copied(b"COPY public.\"grant\" (authority_id) FROM stdin;").as_deref(), Some("grant"));
        assert_eq!(copied(b"SET row_security = off;"), None);
    }
}
