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
    found: Mutex<Option<(Instant, bool)>>,
}

impl Readiness {
    /// Nothing is known yet.
    pub(super) fn new(stopping: Stopping) -> Self {
        Self { stopping, found: Mutex::default() }
    }

    /// Whether requests can be answered.
    ///
    /// # Errors
    /// The server is stopping, or grants or the records of reading cannot be reached in time.
    pub(super) async fn check(&self, store: &Store, log: &AuditLog) -> Result<(), Fault> {
        if self.stopping.has_begun() {
            return Err(Fault::Stopping);
        }
        let is_ready = timeout(WITHIN, self.find_out(store, log)).await.unwrap_or(false);
        if is_ready { Ok(()) } else { Err(Fault::Database) }
    }

    async fn find_out(&self, store: &Store, log: &AuditLog) -> bool {
        let mut found = self.found.lock().await;
        if let Some((at, is_ready)) = *found
            && at.elapsed() < FRESH
        {
            return is_ready;
        }
        let asked = async {
            let (store, log) = tokio::join!(store.ping(), log.ping());
            [store.err().map(|error| error.code()), log.err().map(|error| error.code())]
        };
        let codes = timeout(PATIENCE, asked).await.unwrap_or([Some("NO_ANSWER"), None]);
        let code = codes.into_iter().flatten().next();
        if let Some(code) = code {
            tracing::warn!(code, "not ready");
        }
        *found = Some((Instant::now(), code.is_none()));
        code.is_none()
    }
}
