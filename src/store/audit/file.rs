//! The embedded file of records. Every answer waits for its record, so nothing stands between it and the file: whoever
//! brings a record writes it, in one commit with whatever others have brought meanwhile. Only what has to wait, for
//! another process or for the signing of a head, is written on a thread that may.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use tokio::sync::oneshot;

use super::{
    AuditError,
    chain::{self, Chain, PendingRecord, Place, TRIES, chained},
    reserve::Reserve,
    statements::HEAD,
};
use crate::audit::{Body, Bytes, GENESIS, SealedRecord, Trace};

const RECORD: &str = "INSERT INTO audit_entry (seq, at, text, prev, hash) VALUES (?, ?, ?, ?, ?)";
const TRACE: &str = "INSERT INTO audit_trace (trace, seq) VALUES (?, ?)";

/// Most records in one commit.
const MOST: usize = 64;

/// With so many waiting, nobody waits for more.
const GROUP: usize = 8;

/// How long the last record vouches for the next one.
const FRESH: Duration = Duration::from_secs(5);

/// How long a try waits for another process that has the file.
const TRYING: Duration = Duration::from_millis(500);

/// After so many tries the log beside the file is emptied.
const MANY_TRIES: u32 = 64;

/// Writes as much as a long record would.
const TRY: &str = "CREATE TABLE IF NOT EXISTS audit_try (number INTEGER PRIMARY KEY, filler BLOB NOT NULL); \
                   INSERT OR REPLACE INTO audit_try VALUES (1, zeroblob(16384))";

/// How often the room that is kept for records is looked after.
const LOOK: Duration = Duration::from_secs(10);

/// Writes to the file. Cheap to clone: clones share it.
#[derive(Clone)]
pub(super) struct FileWriter(Arc<Shared>);

struct Shared {
    file: Mutex<File>,
    waiting: Mutex<Vec<PendingRecord>>,
    /// How long another process is waited for that has the file.
    patience: Duration,
}

/// The file, open for writing. Every call blocks its thread.
struct File {
    connection: Connection,
    chain: Chain,
    reserve: Arc<Reserve>,
    /// When the file was last written to, as far as that went well.
    written: Option<Instant>,
    tries: u32,
    is_closed: bool,
}

impl FileWriter {
    /// Opens a file that has its tables already.
    pub(super) fn open(path: &Path, chain: Chain, reserve: Reserve, patience: Duration) -> Result<Self, AuditError> {
        let connection = Connection::open(path)?;
        // What is stored outlives the process; it is brought to the disk, and the log emptied, when a head is signed.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        let every = chain.sign_every;
        reserve.fill();
        let reserve = Arc::new(reserve);
        tokio::spawn(keep_room(Arc::downgrade(&reserve)));
        let file = Mutex::new(File { connection, chain, reserve, written: None, tries: 0, is_closed: false });
        let shared = Arc::new(Shared { file, waiting: Mutex::default(), patience });
        tokio::spawn(sign_now_and_then(Arc::downgrade(&shared), every));
        Ok(Self(shared))
    }

    /// Stores a record and tells its place.
    pub(super) async fn append(&self, body: Body) -> Result<u64, AuditError> {
        let (reply, mut stored) = oneshot::channel();
        let waiting = {
            let mut waiting = locked(&self.0.waiting);
            waiting.push((body, reply));
            waiting.len()
        };
        if waiting < GROUP {
            // Others who are about to bring theirs do so now, and the first to come back here writes them all.
            tokio::task::yield_now().await;
            if let Ok(done) = stored.try_recv() {
                return done;
            }
        }
        if !self.0.write(Duration::ZERO) {
            let shared = Arc::clone(&self.0);
            tokio::task::spawn_blocking(move || shared.write(shared.patience));
        }
        stored.await.map_err(|_| AuditError::Closed)?
    }

    /// Makes sure that a record could be stored.
    pub(super) async fn try_writing(&self) -> Result<(), AuditError> {
        let shared = Arc::clone(&self.0);
        let tried = tokio::task::spawn_blocking(move || {
            let mut outcome = Err(AuditError::Closed);
            shared.alone(|file| outcome = file.try_writing());
            outcome
        });
        tried.await.map_err(|_| AuditError::Closed)?
    }

    /// Stores what waits, signs the head and ends: nothing is stored any more.
    pub(super) async fn close(&self) {
        let shared = Arc::clone(&self.0);
        let closed = tokio::task::spawn_blocking(move || {
            shared.write(shared.patience);
            shared.alone(File::close);
        });
        let _ = closed.await;
    }
}

impl Shared {
    /// Does something with the file while nobody writes, and then writes what was left to us meanwhile.
    fn alone(&self, act: impl FnOnce(&mut File)) {
        act(&mut locked(&self.file));
        self.write(self.patience);
    }

    /// Writes what waits, as far as that can be done in this time; false if somebody with more time has to.
    fn write(&self, patience: Duration) -> bool {
        // Whoever could not write while we did has left their record to us, so we look again each time we are done.
        while !locked(&self.waiting).is_empty() {
            let mut file = match self.file.try_lock() {
                Ok(file) => file,
                Err(TryLockError::Poisoned(file)) => file.into_inner(),
                Err(TryLockError::WouldBlock) if patience.is_zero() => return true,
                Err(TryLockError::WouldBlock) => locked(&self.file),
            };
            let batch: Vec<PendingRecord> = {
                let mut waiting = locked(&self.waiting);
                let most = waiting.len().min(MOST);
                waiting.drain(..most).collect()
            };
            if batch.is_empty() {
                // Whoever had the file before us has taken everything along.
                continue;
            }
            if let Err(batch) = file.store(batch, patience) {
                locked(&self.waiting).splice(..0, batch);
                return false;
            }
        }
        true
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl File {
    /// Stores records, tells those who brought them, and signs the head if that is due. Gives them back if there is not
    /// time enough for it.
    fn store(&mut self, batch: Vec<PendingRecord>, patience: Duration) -> Result<(), Vec<PendingRecord>> {
        if self.is_closed {
            batch.into_iter().for_each(|(_, reply)| drop(reply.send(Err(AuditError::Closed))));
            return Ok(());
        }
        let in_haste = patience.is_zero();
        if in_haste && self.chain.is_nearly_due(batch.len()) {
            return Err(batch);
        }
        let (bodies, replies): (Vec<Body>, Vec<_>) = batch.into_iter().unzip();
        let reserve = Arc::clone(&self.reserve);
        let written = reserve.help(|| self.write(&bodies, patience));
        self.written = written.is_ok().then(Instant::now);
        match written {
            Err(AuditError::File(error)) if in_haste && error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                return Err(bodies.into_iter().zip(replies).collect());
            }
            Ok((first, is_due)) => {
                chain::answer(replies, first);
                if is_due {
                    self.sign();
                }
            }
            Err(error) => {
                chain::refuse(replies, &error);
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        if !self.is_closed && self.chain.has_written() {
            self.sign();
        }
        self.is_closed = true;
    }

    /// Writes to the file what changes nothing, unless something was written just now.
    fn try_writing(&mut self) -> Result<(), AuditError> {
        if self.is_closed {
            return Err(AuditError::Closed);
        }
        if self.written.is_some_and(|written| written.elapsed() < FRESH) {
            return Ok(());
        }
        self.connection.busy_timeout(TRYING)?;
        self.reserve.help(|| Ok(self.connection.execute_batch(TRY)?))?;
        self.written = Some(Instant::now());
        self.tries += 1;
        if self.tries.is_multiple_of(MANY_TRIES) {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Brings what was written to the disk, and lets the log beside the file begin again.
    fn checkpoint(&self) -> Result<(), AuditError> {
        self.reserve.help(|| Ok(self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?))
    }

    /// Stores records; tells the place of the first, and whether the head has to be signed.
    fn write(&mut self, bodies: &[Body], patience: Duration) -> Result<(u64, bool), AuditError> {
        self.connection.busy_timeout(patience)?;
        for _ in 0..TRIES {
            let head = match self.chain.head.take() {
                Some(head) => head,
                None => self.head()?,
            };
            let (records, traces) = chained(bodies, head);
            match self.insert(&records, &traces) {
                Ok(()) => return Ok((head.0 + 1, self.chain.stored(&records))),
                // Another process has taken the place.
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AuditError::NotStored(None))
    }

    fn insert(&mut self, records: &[SealedRecord], traces: &[(Trace, u64)]) -> rusqlite::Result<()> {
        if let ([record], []) = (records, traces) {
            // One statement is whole by itself.
            return put(&self.connection, record);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        records.iter().try_for_each(|record| put(&transaction, record))?;
        {
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
            self.checkpoint()?;
            self.reserve.help(|| self.chain.signature(head)())?;
            self.chain.signed(head.0);
        }
        Ok(())
    }
}

fn put(connection: &Connection, record: &SealedRecord) -> rusqlite::Result<()> {
    let SealedRecord { seq, at, text, prev, hash } = record;
    connection.prepare_cached(RECORD)?.execute(params![seq.cast_signed(), at, text, prev.0, hash.0]).map(|_| ())
}

impl Drop for File {
    fn drop(&mut self) {
        self.close();
    }
}

/// Fills up the room that is kept for records, once the disk has room again, until nobody writes any more.
async fn keep_room(reserve: Weak<Reserve>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(reserve) = reserve.upgrade() else { return };
        let _ = tokio::task::spawn_blocking(move || reserve.fill()).await;
    }
}

/// Signs the head, until nobody writes any more.
async fn sign_now_and_then(shared: Weak<Shared>, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        let Some(shared) = shared.upgrade() else { return };
        let signed = tokio::task::spawn_blocking(move || {
            shared.alone(|file| {
                if !file.is_closed && file.chain.has_written() {
                    file.sign();
                }
            });
        });
        let _ = signed.await;
    }
}
