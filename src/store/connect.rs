//! Opening the database: a SQLite file for one machine, PostgreSQL for a team.

use std::path::{Path, PathBuf};
use std::sync::{Arc, atomic::AtomicI64};
use std::time::{Duration, Instant};

use migration::{Migrator, MigratorTrait, row_security};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sea_orm::{
    ConnectOptions, Database, DbErr, RuntimeErr,
    sqlx::{
        self, ConnectOptions as _, Connection,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use tokio::time::timeout;

use super::{
    StoreError, Waits, checksum, embedded,
    error::{is_away, is_locked},
    pool,
    session::Connections,
};

/// How long to wait before a locked database is tried again.
const PAUSE: Duration = Duration::from_millis(20);

/// Enough for requests that read at once on a small server. A page of records uses four.
const CONNECTIONS: u32 = 8;

/// How many rows SQLite reads ahead of us.
const ROWS_AHEAD: usize = 1_000;

/// The owner of the tables only changes them.
const OWNER_CONNECTIONS: u32 = 1;

/// Signing in, and whether the database answers, take a moment each.
const ENTRANCE_CONNECTIONS: u32 = 2;

/// The address of an embedded database in a file, whatever signs its path holds.
pub fn sqlite_at(file: &Path) -> String {
    let path = file.to_string_lossy();
    format!("sqlite://{}?mode=rwc", utf8_percent_encode(&path, SIGNS))
}

/// The file of an embedded database, as the driver reads its address.
pub(super) fn file_of(url: &str) -> Option<PathBuf> {
    let options: SqliteConnectOptions = url.parse().ok()?;
    Some(options.get_filename().to_owned()).filter(|file| !file.starts_with(":memory:"))
}

/// Signs that are written as they are in the path of an address.
const SIGNS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'_').remove(b'-').remove(b'~');

/// Records in the database. Cheap to clone: clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) connections: Connections,
    /// Connections for what must not wait behind pages of records: signing in, and whether the database answers.
    pub(super) entrance: Connections,
    owner: Option<String>,
    /// The import up to which the reference data have been checked.
    pub(super) reference_checked: Arc<AtomicI64>,
}

/// How many connections to a database there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The most that may be open at once.
    pub most: u32,
    /// Those that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
}

/// A change to the database's tables, and whether it has been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name: a number and a theme.
    pub name: String,
    /// Whether this database has it.
    pub applied: MigrationState,
}

/// Whether a change has been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationState {
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
        Self::connect_waiting(url, Waits::default()).await
    }

    /// The same, and waits no longer than these.
    ///
    /// # Errors
    /// As above.
    pub async fn connect_waiting(url: &str, waits: Waits) -> Result<Self, StoreError> {
        let connections = open(url, CONNECTIONS, waits).await?;
        let mut few = options(url, ENTRANCE_CONNECTIONS, waits)?;
        let entrance = Database::connect(few.connect_lazy(true).clone()).await.map_err(StoreError::Unreachable)?;
        let (entrance, reference_checked) = (Connections::new(entrance, waits), Arc::new(AtomicI64::new(-1)));
        Ok(Self { connections, entrance, owner: None, reference_checked })
    }

    /// The same, where another login owns the tables: it is used to change them, and for nothing else.
    pub fn owned_by(self, url: Option<&str>) -> Self {
        Self { owner: url.map(str::to_owned), ..self }
    }

    /// Brings the tables up to date, and lets the login in that reads and writes them. Two processes may do so at once.
    ///
    /// # Errors
    /// [`StoreError::NotPermitted`] if the login does not own the tables, and no other was named.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let owner = self.owner().await?;
        let pending = owner.pending().await?;
        if pending.len() == Migrator::get_migration_files().len() && owner.has_foreign_tables().await? {
            return Err(StoreError::ForeignTables);
        }
        if !pending.is_empty() {
            let transaction = owner.owner(None).await?;
            if let Some(table) = checksum::check_all(&transaction).await?.into_iter().next() {
                return Err(StoreError::Damaged(table));
            }
            Migrator::up(&transaction, None).await?;
            checksum::keep_all(&transaction).await?;
            transaction.commit().await?;
        }
        if let Some((login, false)) = self.connections.login().await? {
            let transaction = owner.owner(None).await?;
            row_security::let_in(&transaction, &login).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// Every change that this program knows, oldest first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn changes(&self) -> Result<Vec<Change>, StoreError> {
        let pending = self.owner().await?.pending().await?;
        let all = Migrator::get_migration_files();
        Ok(all
            .iter()
            .map(|change| Change {
                name: change.name().to_owned(),
                applied: if pending.iter().any(|name| name == change.name()) {
                    MigrationState::Pending
                } else {
                    MigrationState::Yes
                },
            })
            .collect())
    }

    /// Makes sure that the database keeps the records of authorities apart from its login.
    ///
    /// # Errors
    /// [`StoreError::Unbound`] for a superuser, or a login that bypasses row security or may become such a one.
    pub async fn check_login(&self) -> Result<(), StoreError> {
        if self.connections.is_bound().await? { Ok(()) } else { Err(StoreError::Unbound) }
    }

    /// Ends every connection, those of clones too.
    ///
    /// # Errors
    /// The database fails.
    pub async fn close(self) -> Result<(), StoreError> {
        self.entrance.close().await?;
        self.connections.close().await
    }

    /// How many connections there are just now.
    pub fn pool(&self) -> Pool {
        self.connections.pool()
    }

    /// Connections of the login that owns the tables.
    pub(super) async fn owner(&self) -> Result<Connections, StoreError> {
        match &self.owner {
            Some(url) => open(url, OWNER_CONNECTIONS, self.connections.waits()).await,
            None => Ok(self.connections.clone()),
        }
    }
}

/// Waits for PostgreSQL while it starts, and says so: a pool would say nothing of what it waits for, nor why in the end.
async fn wait_for(server: &PgConnectOptions, waits: Waits) -> Result<(), StoreError> {
    let begun = Instant::now();
    loop {
        let left = waits.connection.saturating_sub(begun.elapsed());
        let error = match timeout(left, server.connect()).await {
            Ok(Ok(connection)) => {
                let _ = timeout(PAUSE, connection.close()).await;
                return Ok(());
            }
            Ok(Err(error)) => error,
            Err(_) => sqlx::Error::PoolTimedOut,
        };
        if begun.elapsed() >= waits.connection || !is_away(&error) {
            return Err(StoreError::Unreachable(DbErr::Conn(RuntimeErr::SqlxError(error.into()))));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// At most so many connections to a database.
fn options(url: &str, most: u32, waits: Waits) -> Result<ConnectOptions, StoreError> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(waits.connection).max_connections(most);
    if url.starts_with("sqlite:") {
        // A file does not hang up, so a connection need not be tried before each use.
        options.test_before_acquire(false).map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(waits.lock)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                // The default of 50 lets the reading thread wait for us several times in each page of records.
                .row_buffer_size(ROWS_AHEAD)
        });
    } else if is_postgres(url) {
        pool::keep_alive(&mut options, waits);
    } else {
        return Err(StoreError::UnknownDatabase);
    }
    Ok(options)
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

/// Opens a database with at most so many connections.
pub(super) async fn open(url: &str, most: u32, waits: Waits) -> Result<Connections, StoreError> {
    let options = options(url, most, waits)?;
    if let Some(path) = file_of(url).filter(|_| !is_postgres(url)) {
        let looked = tokio::task::spawn_blocking({
            let path = path.clone();
            move || embedded::prepare(&path)
        });
        looked.await.unwrap_or(Ok(())).map_err(|wrong| StoreError::WrongFile(path, wrong))?;
    }
    if is_postgres(url) {
        let server = url.parse().map_err(|_| StoreError::BadAddress)?;
        waits.told("the database to answer", Some(waits.connection), wait_for(&server, waits)).await?;
    }
    let begun = Instant::now();
    loop {
        match Database::connect(options.clone()).await {
            Ok(db) => return Ok(Connections::new(db, waits)),
            // A new file's log is being set up by another process, for which SQLite does not wait by itself.
            Err(error) if is_locked(&error) && begun.elapsed() < waits.lock => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(StoreError::Unreachable(error)),
        }
    }
}
