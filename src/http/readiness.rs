//! Whether requests can be answered just now, found out within a second whatever is stuck.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::fault::Fault;
use super::stopping::Stopping;
use crate::store::{AuditLog, Store};

/// The answer comes within a second, with what the way to it takes.
const WITHIN: Duration = Duration::from_millis(900);
/// How long the database has to answer.
const PATIENCE: Duration = Duration::from_millis(700);
/// How long what was found out counts: many may ask at once, and the database is asked once.
const FRESH: Duration = Duration::from_millis(250);

/// Finds out whether requests can be answered.
pub(super) struct Readiness {
    stopping: Stopping,
    found: Mutex<Option<(Instant, Result<(), Fault>)>>,
}

impl Readiness {
    /// Nothing is known yet.
    pub(super) fn new(stopping: Stopping) -> Self {
        Self { stopping, found: Mutex::default() }
    }

    /// Whether requests can be answered.
    ///
    /// # Errors
    /// The server is stopping, or grants cannot be read, or no audit record written, in time.
    pub(super) async fn check(&self, store: &Store, log: &AuditLog) -> Result<(), Fault> {
        if self.stopping.has_begun() {
            return Err(Fault::Stopping);
        }
        timeout(WITHIN, self.find_out(store, log)).await.unwrap_or(Err(Fault::Database))
    }

    async fn find_out(&self, store: &Store, log: &AuditLog) -> Result<(), Fault> {
        let mut found = self.found.lock().await;
        if let Some((at, known)) = *found
            && at.elapsed() < FRESH
        {
            return known;
        }
        let asked = async { tokio::join!(store.ping(), log.try_writing()) };
        let now = match timeout(PATIENCE, asked).await {
            Ok((Ok(()), Ok(()))) => Ok(()),
            Ok((Ok(()), Err(error))) => {
                tracing::warn!(code = error.code(), %error, "not ready: audit records cannot be written");
                Err(Fault::NotRecorded)
            }
            Ok((Err(error), _)) => {
                tracing::warn!(code = error.code(), "not ready");
                Err(Fault::Database)
            }
            Err(_) => {
                tracing::warn!("not ready: the database does not answer");
                Err(Fault::Database)
            }
        };
        *found = Some((Instant::now(), now));
        now
    }
}
