//! The copies that a backup is made of, taken one after the other while others write, in an order in which they prove whole.
//!
//! Keys and signed heads come first, then the database, then the audit records, which so reach at least as far as the heads
//! and as what the database holds; last the list of withdrawals, which so names at least what the database lacks.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::manifest::{AuditHead, DatabaseKind};
use crate::audit::Digest;
use crate::cli::Failure;
use crate::config::Config;
use crate::signing::private;
use crate::store::{
    AuditLog, AuditPlace, BackupError, RowCounts, Store, copy_sqlite, dump_postgres, settle_sqlite, sqlite_at,
};

/// File names within a backup: those of an embedded database in an empty data folder.
pub(super) const DATABASE: &str = "lookedafter.sqlite";
pub(super) const DUMP: &str = "lookedafter.dump";
pub(super) const DEVELOPMENT_KEY: &str = "development-key.pem";

/// The copies in a folder.
pub(super) struct Copies {
    pub(super) database: DatabaseKind,
    pub(super) rows: RowCounts,
    pub(super) audit: AuditHead,
    /// Their names.
    pub(super) files: Vec<String>,
}

impl Copies {
    /// Makes them in an empty folder, and proves them whole.
    pub(super) async fn made(config: &Config, store: &Store, folder: &Path) -> Result<Self, Failure> {
        let (from, to) = (config.audit_place(), place(config, folder));
        let mut files = Vec::new();
        let keys = [(from.key(), to.key()), (config.data.join(DEVELOPMENT_KEY), folder.join(DEVELOPMENT_KEY))];
        for (from, to) in keys.iter().filter(|(from, _)| from.exists()) {
            copy_lines(from, to)?;
            files.push(name(to));
        }
        copy_lines(from.heads(), to.heads())?;
        files.push(name(to.heads()));
        let (database, rows, head) = match config.database_file() {
            Some(file) => {
                let rows = copied(file, folder.join(DATABASE)).await?;
                files.push(DATABASE.to_owned());
                (DatabaseKind::Sqlite, rows, None)
            }
            None => {
                let dump = dump_postgres(&config.database_backup_url(), &folder.join(DUMP)).await?;
                files.push(DUMP.to_owned());
                (DatabaseKind::Postgresql, dump.rows, Some(dump.head))
            }
        };
        if let (Some(from), Some(to)) = (from.database(), to.database()) {
            copied(from.to_owned(), to.to_owned()).await?;
            files.push(name(to));
        }
        copy_lines(from.withdrawals(), to.withdrawals())?;
        files.push(name(to.withdrawals()));
        let audit = proved(store, &to, folder, head).await?;
        Ok(Self { database, rows, audit, files })
    }
}

/// Where the audit records are in a folder with the files of a backup.
pub(super) fn place(config: &Config, folder: &Path) -> AuditPlace {
    AuditPlace::new(folder, &url(config, folder))
}

/// The address of the database whose files are in a folder; that of PostgreSQL is elsewhere.
pub(super) fn url(config: &Config, folder: &Path) -> String {
    if config.embedded() { sqlite_at(&folder.join(DATABASE)) } else { config.database_url() }
}

/// Proves that the copied records are whole and reach as far as the copied heads.
async fn proved(
    store: &Store,
    place: &AuditPlace,
    folder: &Path,
    head: Option<(u64, Digest)>,
) -> Result<AuditHead, Failure> {
    let copy = match place.database() {
        Some(_) => Store::connect(&sqlite_at(&folder.join(DATABASE))).await?,
        None => store.clone(),
    };
    let log = AuditLog::open(&copy, place.clone()).await?;
    let whole = log.verify().await?.map_err(|broken| {
        Failure::Nothing(format!(
            "the audit records are not whole, and no backup was made: record {}: {}; see lookedafter audit verify",
            broken.seq, broken.fault
        ))
    })?;
    log.withdrawn()?;
    let (last, hash) = match head {
        Some(head) => head,
        None => log.head().await?,
    };
    log.end().await?;
    if let Some(records) = place.database() {
        copy.close().await?;
        settle(vec![folder.join(DATABASE), records.to_owned()]).await?;
    }
    Ok(AuditHead { records: whole.records, last, hash, signed: whole.signed })
}

async fn copied(from: PathBuf, to: PathBuf) -> Result<RowCounts, Failure> {
    let done = tokio::task::spawn_blocking(move || copy_sqlite(&from, &to)).await;
    Ok(done.map_err(|error| BackupError::Io(std::io::Error::other(error)))??)
}

/// Makes one file of each database that nobody uses.
pub(super) async fn settle(files: Vec<PathBuf>) -> Result<(), Failure> {
    let done = tokio::task::spawn_blocking(move || files.iter().try_for_each(|file| settle_sqlite(file))).await;
    Ok(done.map_err(|error| BackupError::Io(std::io::Error::other(error)))??)
}

/// Copies the whole lines of a file, none if it is not there; others may be adding to it.
fn copy_lines(from: &Path, to: &Path) -> Result<(), Failure> {
    let bytes = lines(from)?;
    let failed = |error| Failure::Io(to.display().to_string(), error);
    private(to).and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all())).map_err(failed)
}

/// The whole lines of a file; none if it is not there.
pub(super) fn lines(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(Failure::Io(file.display().to_string(), error)),
    };
    bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1));
    Ok(bytes)
}

/// The name of a file within its folder.
pub(super) fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
