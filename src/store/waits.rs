//! How long the database is waited for, and who is told what is waited for.

use std::time::Duration;

use tokio::time::timeout;

/// How long a wait may last before someone at a terminal is told of it.
const SOON: Duration = Duration::from_secs(1);

/// How long the database is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// For a connection.
    pub connection: Duration,
    /// For what another one holds locked.
    pub lock: Duration,
    /// For the end of one statement; as long as it takes, where there is none.
    pub statement: Option<Duration>,
    /// Whether it is said what is waited for.
    pub are_told: bool,
}

impl Default for Waits {
    /// Long ones, for whoever has no one waiting.
    fn default() -> Self {
        let long = Duration::from_secs(120);
        Self { connection: long, lock: long, statement: None, are_told: false }
    }
}

impl Waits {
    /// Those of a command, whose user is told what it waits for.
    pub fn of_command(longest: Duration) -> Self {
        Self { connection: longest, lock: longest, statement: None, are_told: true }
    }

    /// How long a statement may take that waits for a lock and does little.
    pub(super) fn short_statement(&self) -> Duration {
        self.lock + self.connection.min(SOON)
    }

    /// Does some work, and says what it waits for if that is not done soon, and how long at most where there is a limit.
    pub(super) async fn told<T>(&self, what: &str, limit: Option<Duration>, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        if self.are_told
            && let Ok(done) = timeout(SOON, work.as_mut()).await
        {
            return done;
        }
        if self.are_told {
            let limit = limit.map(|limit| format!(", for {} seconds at most", limit.as_secs())).unwrap_or_default();
            tracing::warn!("waiting for {what}{limit}");
        }
        work.await
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::store::{Store, StoreError, databases::databases};

    #[tokio::test]
    async fn whoever_writes_waits_for_another_no_longer_than_for_a_lock() {
        for database in databases() {
            let other = database.store().await;
            let waits = Waits { lock: Duration::from_millis(200), ..Waits::default() };
            let store = Store::connect_waiting(&database.login, waits).await.unwrap();
            let held = other.connections.importer(None).await.unwrap();
            let refused = store.undo(1).await.unwrap_err();
            assert!(matches!(&refused, StoreError::Busy(_)) && refused.is_away(), "{refused:?}");
            held.rollback().await.unwrap();
            let refused = store.undo(1).await.unwrap_err();
            assert!(matches!(refused, StoreError::NoSuchImport(1)), "{refused:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_that_the_server_has_ended_is_away_and_made_again() {
        for database in databases().into_iter().filter(|database| !database.unbound.is_empty()) {
            let store = database.store().await;
            let end = "SELECT pg_terminate_backend(pg_backend_pid())";
            let ended = store.connections.raw().execute_unprepared(end).await.unwrap_err();
            assert!(StoreError::from(ended).is_away());
            assert_eq!(store.latest_import().await.unwrap(), 0);
        }
    }
}
