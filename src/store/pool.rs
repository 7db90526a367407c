//! Connections to PostgreSQL that are kept: none that has died is handed out, and none that is stuck keeps its place.

use std::time::Duration;

use sea_orm::{
    ConnectOptions,
    sqlx::{self, Connection, PgConnection},
};
use tokio::time::timeout;

use super::Waits;

/// How long a connection that was good may be idle before it is tried again.
const RECENT: Duration = Duration::from_secs(1);

/// Tells the server how long a connection waits for locks, and for the end of a statement; 0 is without end.
const LIMITS: &str = "SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false)";

/// Has connections tried before they are used and when they come back, and tells the server how long they wait.
pub(super) fn keep_alive(options: &mut ConnectOptions, waits: Waits) {
    let (to_be_had, to_be_let_go) = (waits.connection / 2, waits.connection);
    options.test_before_acquire(false);
    options.map_sqlx_postgres_before_acquire(move |connection, known| {
        Box::pin(async move { Ok(known.idle_for < RECENT || answers(connection, to_be_had).await) })
    });
    options.map_sqlx_postgres_pool_opts(move |pool| {
        // Whoever gave up waiting left a statement behind, whose end nobody would wait for on a line that is dead.
        pool.after_release(move |connection, _| Box::pin(async move { Ok(answers(connection, to_be_let_go).await) }))
            .after_connect(move |connection, _| Box::pin(async move { limit(connection, waits).await }))
    });
}

/// Whether a connection answers within a time.
async fn answers(connection: &mut PgConnection, within: Duration) -> bool {
    timeout(within, connection.ping()).await.is_ok_and(|answer| answer.is_ok())
}

/// Tells the server how long this connection waits.
pub(super) async fn limit(connection: &mut PgConnection, waits: Waits) -> Result<(), sqlx::Error> {
    let milliseconds = |time: Duration| time.as_millis().to_string();
    let limits = sqlx::query(LIMITS)
        .bind(milliseconds(waits.lock))
        .bind(waits.statement.map_or_else(|| "0".to_owned(), milliseconds));
    limits.execute(connection).await.map(|_| ())
}
