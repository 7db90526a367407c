//! Keeping the record of reading: one writer that stores what waits in one statement, heads that are signed, and
//! questions about what was recorded.
//!
//! On SQLite the records have a file of their own, so that they are written while an import holds the database; on
//! PostgreSQL they have tables beside the others.

mod error;
mod heads;
mod place;
mod read;
mod roll;
mod statements;
#[cfg(test)]
mod tests;
mod writer;

use std::sync::Arc;

use chrono::Utc;
use tokio::sync::{mpsc, oneshot};

use super::{Store, session::Session};
use crate::audit::{Body, Fact};
pub use error::AuditError;
use heads::Heads;
pub use place::AuditPlace;
pub use read::Search;
pub use roll::Rolled;
use writer::{Asked, Writer};

/// How many records may wait before those who bring more have to.
const MOST_WAITING: usize = 1_024;

/// The record of reading. Cheap to clone: clones share one writer.
#[derive(Clone)]
pub struct AuditLog {
    store: Store,
    heads: Arc<Heads>,
    node: Arc<str>,
    writer: mpsc::Sender<Asked>,
}

impl AuditLog {
    /// Opens the records that belong to a database. Nothing is written, and no head signed, before the first record.
    ///
    /// # Errors
    /// The file, its key or its heads cannot be used, or the database fails.
    pub async fn open(store: &Store, place: AuditPlace) -> Result<Self, AuditError> {
        let store = match place.database_url() {
            Some(url) => {
                let own = Store::connect(&url).await?;
                let transaction = own.connections.owner(None).await?;
                migration::make_audit_tables(&migration::SchemaManager::new(&transaction)).await?;
                transaction.commit().await?;
                own
            }
            None => store.clone(),
        };
        let heads = Arc::new(Heads::open(&place)?);
        let (writer, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(Writer::new(store.connections.clone(), Arc::clone(&heads))?.run(waiting));
        Ok(Self { store, heads, node: node().into(), writer })
    }

    /// Records what happened; returns its place once it is stored. Whoever is refused must not answer.
    ///
    /// # Errors
    /// [`AuditError`] if it cannot be stored.
    pub async fn append(&self, fact: impl Into<Fact>) -> Result<u64, AuditError> {
        let body = Body::new(Utc::now(), &self.node, fact.into()).map_err(|_| AuditError::Unreadable(0))?;
        let (reply, stored) = oneshot::channel();
        self.writer.send(Asked::Append(body, reply)).await.map_err(|_| AuditError::Closed)?;
        stored.await.map_err(|_| AuditError::Closed)?
    }

    /// Stores what waits, signs the head and ends the writer.
    pub async fn close(&self) {
        let (reply, done) = oneshot::channel();
        if self.writer.send(Asked::Close(reply)).await.is_ok() {
            let _ = done.await;
        }
    }

    fn is_sqlite(&self) -> bool {
        !self.store.connections.is_postgres()
    }

    async fn session(&self) -> Result<Session, AuditError> {
        Ok(self.store.connections.auditor().await?)
    }
}

/// Which copy of the program this is: the machine and the number of the process.
fn node() -> String {
    format!("{}/{}", whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()), std::process::id())
}
