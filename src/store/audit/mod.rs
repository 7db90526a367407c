//! Keeping the record of reading: writers that chain what they are brought, heads that are signed, and questions about
//! what was recorded.
//!
//! On SQLite the records have a file of their own, so that they are written while an import holds the database; on
//! PostgreSQL they have tables beside the others.

mod chain;
mod error;
mod file;
mod heads;
mod place;
mod read;
mod reserve;
mod roll;
mod statements;
mod tables;
#[cfg(test)]
mod tests;
mod withdrawals;

use std::{path::Path, sync::Arc};

use chrono::Utc;
use tokio::sync::{mpsc, oneshot};

use super::{Pool, Store, Waits, connect::sqlite_at, session::Session};
use crate::audit::{Body, Digest, Fact, SignedWithdrawal, Withdrawal};
use chain::Chain;
pub use error::AuditError;
use file::FileWriter;
use heads::Heads;
pub use place::AuditPlace;
pub use read::Search;
use reserve::Reserve;
pub use reserve::make_room;
pub use roll::{Clock, RollResult};
use tables::WriterCommand;
use withdrawals::Withdrawals;

/// How many records may wait before those who bring more have to.
const MOST_WAITING: usize = 1_024;

/// The record of reading. Cheap to clone: clones share one writer.
#[derive(Clone)]
pub struct AuditLog {
    store: Store,
    heads: Arc<Heads>,
    withdrawals: Arc<Withdrawals>,
    node: Arc<str>,
    writer: Writer,
}

#[derive(Clone)]
enum Writer {
    File(FileWriter),
    Tables(mpsc::Sender<WriterCommand>),
}

impl AuditLog {
    /// Opens the records that belong to a database. Nothing is written, and no head signed, before the first record.
    ///
    /// # Errors
    /// The file, its key or its heads cannot be used, or the database fails.
    pub async fn open(store: &Store, place: AuditPlace) -> Result<Self, AuditError> {
        let waits = store.connections.waits();
        let own = match place.database() {
            Some(path) => Some((make(path, waits).await?, path)),
            None => None,
        };
        let has_records = match &own {
            Some((store, _)) => statements::head(&store.connections.auditor().await?).await?.0 > 0,
            // Another machine may have written those, and signed them with a key of its own.
            None => false,
        };
        let heads = Arc::new(Heads::open(&place, has_records)?);
        let chain = Chain::new(Arc::clone(&heads), place.sign_every)?;
        let withdrawals = Arc::new(Withdrawals::of(&place, heads.key()));
        let (store, writer) = match own {
            Some((store, path)) => {
                (store, Writer::File(FileWriter::open(path, chain, Reserve::of(&place), waits.lock)?))
            }
            None => {
                let (writer, waiting) = mpsc::channel(MOST_WAITING);
                tokio::spawn(tables::Writer::new(store.connections.clone(), chain).run(waiting));
                (store.clone(), Writer::Tables(writer))
            }
        };
        Ok(Self { store, heads, withdrawals, node: node().into(), writer })
    }

    /// Makes sure that a record could be written now, without writing one.
    ///
    /// # Errors
    /// It could not.
    pub async fn try_writing(&self) -> Result<(), AuditError> {
        match &self.writer {
            Writer::File(file) => file.try_writing().await,
            Writer::Tables(_) => tables::try_writing(&self.store.entrance.auditor().await?).await,
        }
    }

    /// Records what happened; returns its place once it is stored. Whoever is refused must not answer.
    ///
    /// # Errors
    /// [`AuditError`] if it cannot be stored.
    pub async fn append(&self, fact: impl Into<Fact>) -> Result<u64, AuditError> {
        let body = Body::new(Utc::now(), &self.node, fact.into()).map_err(|_| AuditError::Unreadable(0))?;
        let writer = match &self.writer {
            Writer::File(file) => return file.append(body).await,
            Writer::Tables(writer) => writer,
        };
        let (reply, stored) = oneshot::channel();
        writer.send(WriterCommand::Append(body, reply)).await.map_err(|_| AuditError::Closed)?;
        stored.await.map_err(|_| AuditError::Closed)?
    }

    /// Notes in the list beside the records what is about to be withdrawn, so that it can be done again after an older
    /// backup was restored. Whoever is refused must not do it.
    ///
    /// # Errors
    /// The list cannot be written.
    pub async fn withdraw(&self, withdrawal: Withdrawal) -> Result<(), AuditError> {
        let withdrawals = Arc::clone(&self.withdrawals);
        let added = tokio::task::spawn_blocking(move || withdrawals.add(withdrawal, Utc::now()));
        added.await.map_err(|_| AuditError::Closed)?
    }

    /// Everything that was withdrawn, oldest first.
    ///
    /// # Errors
    /// The list cannot be read, or a line is not signed by our key.
    pub fn withdrawn(&self) -> Result<Vec<SignedWithdrawal>, AuditError> {
        self.withdrawals.read()
    }

    /// Makes the list of withdrawals where it is missing. False if it was missing although there are records, as where a
    /// copy was made by hand without it.
    ///
    /// # Errors
    /// It cannot be made, or the database fails.
    pub async fn make_withdrawals(&self) -> Result<bool, AuditError> {
        let is_new = self.head().await?.0 == 0;
        Ok(!self.withdrawals.make()? || is_new)
    }

    /// The last record: its place and digest; before the first, 0.
    ///
    /// # Errors
    /// The database fails.
    pub async fn head(&self) -> Result<(u64, Digest), AuditError> {
        Ok(statements::head(&self.session().await?).await?)
    }

    /// Whether the record in a place has this digest, or was rolled away.
    ///
    /// # Errors
    /// The database fails.
    pub async fn holds(&self, seq: u64, hash: Digest) -> Result<bool, AuditError> {
        let place = if self.is_sqlite() { "?" } else { "$1" };
        let sql = format!("SELECT hash FROM audit_entry WHERE seq = {place}");
        let found = statements::ask(&self.session().await?, &sql, vec![statements::number(seq)]).await?;
        Ok(match found.first() {
            Some(row) => statements::digest::<32>(row, 0)? == hash,
            None => seq <= self.heads.start()?,
        })
    }

    /// Stores what waits, signs the head and ends the writer.
    pub async fn close(&self) {
        match &self.writer {
            Writer::File(file) => file.close().await,
            Writer::Tables(writer) => {
                let (reply, done) = oneshot::channel();
                if writer.send(WriterCommand::Close(reply)).await.is_ok() {
                    let _ = done.await;
                }
            }
        }
    }

    /// Closes it, and the connections to a file of its own with it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end(self) -> Result<(), AuditError> {
        self.close().await;
        if self.is_sqlite() {
            self.store.clone().close().await?;
        }
        Ok(())
    }

    /// The connections by which a file of its own is read; none where the records are in the database itself.
    pub fn pool(&self) -> Option<Pool> {
        self.is_sqlite().then(|| self.store.pool())
    }

    fn is_sqlite(&self) -> bool {
        !self.store.connections.is_postgres()
    }

    async fn session(&self) -> Result<Session, AuditError> {
        Ok(self.store.connections.auditor().await?)
    }
}

/// Opens the file of records, with its tables.
async fn make(path: &Path, waits: Waits) -> Result<Store, AuditError> {
    let store = Store::connect_waiting(&sqlite_at(path), waits).await?;
    let transaction = store.connections.owner(None).await?;
    migration::make_audit_tables(&migration::SchemaManager::new(&transaction)).await?;
    transaction.commit().await?;
    Ok(store)
}

/// Which copy of the program this is: the machine and the number of the process.
fn node() -> String {
    format!("{}/{}", whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()), std::process::id())
}
