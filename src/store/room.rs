//! Room on the disk of an embedded database: looked for before an import, and given back after one that failed. The log
//! beside the file (its write-ahead file) keeps the size to which an import made it grow, whatever became of that.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;

use super::{Batch, Store, StoreError, disk, embedded::beside};

/// What a row takes in the log and then in the file, at least, in bytes.
const OF_A_ROW: u64 = 280;

/// What an import takes besides.
const OF_AN_IMPORT: u64 = 512 << 10;

/// A log that is longer is emptied.
const LONG: u64 = 16 << 20;

/// How long others may keep the log from being emptied.
const PATIENCE: Duration = Duration::from_secs(2);

const MIB: u64 = 1 << 20;

impl Store {
    /// Refuses an import for which an embedded database has no room.
    ///
    /// # Errors
    /// [`StoreError::TooLittleRoom`].
    pub fn check_room(&self, batch: &Batch) -> Result<(), StoreError> {
        let Some(free) = self.file().and_then(|file| disk::free(&file)) else { return Ok(()) };
        let needs = OF_AN_IMPORT + OF_A_ROW * batch.rows.count() as u64;
        if free >= needs {
            return Ok(());
        }
        Err(StoreError::TooLittleRoom { needs: needs.div_ceil(MIB), free: free / MIB })
    }

    /// Empties the log beside the file if it has grown long and nobody needs it.
    pub async fn shorten_log(&self) {
        let log = self.file().map(|file| beside(&file, "-wal"));
        if log.and_then(|log| std::fs::metadata(log).ok()).is_some_and(|found| found.len() > LONG) {
            self.checkpoint(Duration::ZERO).await;
        }
    }

    /// Empties the log beside the file, unless others keep it from that.
    pub(super) async fn empty_log(&self) {
        self.checkpoint(PATIENCE).await;
    }

    async fn checkpoint(&self, patience: Duration) {
        let Some(file) = self.file() else { return };
        let emptied = tokio::task::spawn_blocking(move || {
            let connection = Connection::open(file)?;
            connection.busy_timeout(patience)?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))
        });
        match emptied.await {
            Ok(Err(error)) => tracing::warn!(%error, "the log beside the database could not be emptied"),
            Ok(Ok(true)) => tracing::debug!("the log beside the database is in use, and was not emptied"),
            Ok(Ok(false)) | Err(_) => {}
        }
    }

    /// The file of an embedded database.
    fn file(&self) -> Option<PathBuf> {
        self.connections.file()
    }
}
