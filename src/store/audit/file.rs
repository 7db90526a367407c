//! The embedded file of records. Every answer waits for its record, so nothing stands between it and the file: whoever
//! brings a record stores it, at once if nobody else is writing, and otherwise on a thread that may wait.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, TryLockError, Weak};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};

use super::{
    AuditError,
    chain::{self, Chain, Place, TIME, TRIES, chained},
};
use crate::audit::{Body, Bytes, GENESIS, Sealed, Trace};
use crate::store::connect::PATIENCE;

const HEAD: &str = "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1";
const RECORD: &str = "INSERT INTO audit_entry (seq, at, text, prev, hash) VALUES (?, ?, ?, ?, ?)";
const TRACE: &str = "INSERT INTO audit_trace (trace, seq) VALUES (?, ?)";

/// Writes to the file. Cheap to clone: clones share it.
#[derive(Clone)]
pub(super) struct FileWriter(Arc<Mutex<File>>);

/// The file, open for writing. Every call blocks its thread.
struct File {
    connection: Connection,
    chain: Chain,
    is_closed: bool,
}

impl FileWriter {
    /// Opens a file that has its tables already.
    pub(super) fn open(path: &Path, chain: Chain) -> Result<Self, AuditError> {
        let connection = Connection::open(path)?;
        // What is stored outlives the process; it is brought to the disk, and the log emptied, when a head is signed.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        let file = Arc::new(Mutex::new(File { connection, chain, is_closed: false }));
        tokio::spawn(sign_every_hour(Arc::downgrade(&file)));
        Ok(Self(file))
    }

    /// Stores a record and tells its place.
    pub(super) async fn append(&self, body: Body) -> Result<u64, AuditError> {
        let at_once = match self.0.try_lock() {
            Ok(mut file) => file.append_at_once(&body),
            Err(TryLockError::Poisoned(file)) => file.into_inner().append_at_once(&body),
            Err(TryLockError::WouldBlock) => None,
        };
        match at_once {
            Some(done) => done,
            None => self.wait(move |file| file.append(&body)).await?,
        }
    }

    /// Signs the head and ends: nothing is stored any more.
    pub(super) async fn close(&self) {
        let _ = self.wait(File::close).await;
    }

    async fn wait<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut File) -> T + Send + 'static,
    ) -> Result<T, AuditError> {
        let file = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || task(&mut file.lock().unwrap_or_else(PoisonError::into_inner)));
        done.await.map_err(|_| AuditError::Closed)
    }
}

impl File {
    /// Stores a record if neither another process nor the signing of a head has to be waited for.
    fn append_at_once(&mut self, body: &Body) -> Option<Result<u64, AuditError>> {
        if self.is_closed || self.chain.is_nearly_due() || self.connection.busy_timeout(Duration::ZERO).is_err() {
            return None;
        }
        match self.write(body) {
            Err(AuditError::File(error)) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => None,
            done => Some(done.map(|(seq, _)| seq).map_err(refused)),
        }
    }

    /// Stores a record, and signs the head if that is due.
    fn append(&mut self, body: &Body) -> Result<u64, AuditError> {
        if self.is_closed {
            return Err(AuditError::Closed);
        }
        self.connection.busy_timeout(PATIENCE)?;
        let (seq, is_due) = self.write(body).map_err(refused)?;
        if is_due {
            self.sign();
        }
        Ok(seq)
    }

    fn close(&mut self) {
        if !self.is_closed && self.chain.has_written() {
            self.sign();
        }
        self.is_closed = true;
    }

    /// Stores a record; tells its place, and whether the head has to be signed.
    fn write(&mut self, body: &Body) -> Result<(u64, bool), AuditError> {
        for _ in 0..TRIES {
            let head = match self.chain.head.take() {
                Some(head) => head,
                None => self.head()?,
            };
            let (records, traces) = chained(std::slice::from_ref(body), head);
            match self.insert(&records, &traces) {
                Ok(()) => return Ok((head.0 + 1, self.chain.stored(&records))),
                // Another process has taken the place.
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AuditError::NotStored)
    }

    fn insert(&mut self, records: &[Sealed], traces: &[(Trace, u64)]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(RECORD)?;
            for Sealed { seq, at, text, prev, hash } in records {
                insert.execute(params![seq.cast_signed(), at, text, prev.0, hash.0])?;
            }
            let mut insert = transaction.prepare_cached(TRACE)?;
            for (trace, seq) in traces {
                insert.execute(params![trace.0, seq.cast_signed()])?;
            }
        }
        transaction.commit()
    }

    /// The last record: its place and digest; before the first, what stands for one.
    fn head(&self) -> Result<Place, AuditError> {
        let mut statement = self.connection.prepare_cached(HEAD)?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Ok((0, GENESIS)) };
        let seq = row.get::<_, i64>(0)?.unsigned_abs();
        let hash = row.get_ref(1)?.as_blob().ok().and_then(Bytes::from_slice);
        Ok((seq, hash.ok_or(AuditError::Unreadable(seq))?))
    }

    /// Signs the head, unless it is signed.
    fn sign(&mut self) {
        if let Err(error) = self.try_to_sign() {
            chain::tell_unsigned(&error);
        }
    }

    fn try_to_sign(&mut self) -> Result<(), AuditError> {
        // Not the head that we know: another process may have written since, and one signature serves both.
        let head = self.head()?;
        if self.chain.is_unsigned(head.0) {
            self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
            self.chain.signature(head)()?;
            self.chain.signed(head.0);
        }
        Ok(())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.close();
    }
}

fn refused(error: AuditError) -> AuditError {
    chain::tell(&error);
    AuditError::NotStored
}

/// Signs the head every hour, until the file is closed.
async fn sign_every_hour(file: Weak<Mutex<File>>) {
    loop {
        tokio::time::sleep(TIME).await;
        let Some(file) = file.upgrade() else { return };
        let _ = FileWriter(file)
            .wait(|file| {
                if !file.is_closed && file.chain.has_written() {
                    file.sign()
                }
            })
            .await;
    }
}
