//! Opening the database: a SQLite file for one machine, PostgreSQL for a team.

use std::time::{Duration, Instant};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use super::{StoreError, error::is_locked};

/// How long an import waits for another one to end.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long to wait before a locked database is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// SQLite reads best through few connections: one may read while the other writes.
const SQLITE_CONNECTIONS: u32 = 2;

/// How many rows SQLite reads ahead of us.
const ROWS_AHEAD: usize = 1_000;

/// Enough for requests that read at once on a small server.
const POSTGRES_CONNECTIONS: u32 = 8;

/// The lock that keeps PostgreSQL's importers in line: any number that nobody else uses.
const IMPORT_LOCK: i64 = 0x6c6f_6f6b_6564;

/// Records in the database. Cheap to clone: clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) db: DatabaseConnection,
}

/// A change to the database's tables, and whether it has been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name: a number and a theme.
    pub name: String,
    /// Whether this database has it.
    pub applied: Applied,
}

/// Whether a change has been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It has.
    Yes,
    /// It has not.
    Pending,
}

impl Store {
    /// Opens `sqlite:FILE` (made if missing) or `postgres://USER@HOST/NAME`.
    ///
    /// # Errors
    /// [`StoreError::UnknownDatabase`] for another kind of address, [`StoreError::Unreachable`] if it cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(PATIENCE);
        if url.starts_with("sqlite:") {
            // A file does not hang up, so a connection need not be tried before each use.
            options.max_connections(SQLITE_CONNECTIONS).test_before_acquire(false).map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .busy_timeout(PATIENCE)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Normal)
                    // The default of 50 lets the reading thread wait for us several times in each page of records.
                    .row_buffer_size(ROWS_AHEAD)
            });
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            options.max_connections(POSTGRES_CONNECTIONS);
        } else {
            return Err(StoreError::UnknownDatabase);
        }
        let begun = Instant::now();
        loop {
            match Database::connect(options.clone()).await {
                Ok(db) => return Ok(Self { db }),
                // A new file's log is being set up by another process, for which SQLite does not wait by itself.
                Err(error) if is_locked(&error) && begun.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(StoreError::Unreachable(error)),
            }
        }
    }

    /// Brings the tables up to date. Two processes may do so at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        if self.pending().await?.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes back the last change to the tables, with what they hold.
    pub async fn migrate_down(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        Migrator::down(&transaction, Some(1)).await?;
        Ok(transaction.commit().await?)
    }

    /// Every change that this program knows, oldest first.
    pub async fn changes(&self) -> Result<Vec<Change>, StoreError> {
        let pending = self.pending().await?;
        let all = Migrator::get_migration_files();
        Ok(all
            .iter()
            .map(|change| Change {
                name: change.name().to_owned(),
                applied: if pending.iter().any(|name| name == change.name()) { Applied::Pending } else { Applied::Yes },
            })
            .collect())
    }

    async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.db).await?;
        Ok(pending.iter().map(|change| change.name().to_owned()).collect())
    }

    /// A transaction that is alone in writing, whichever process asks.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.db.begin_with_options(options).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({IMPORT_LOCK})")).await?;
        }
        Ok(transaction)
    }
}
