//! Sessions: as whom, and for which authority, the database is asked. There is no other way to ask it anything.
//!
//! On PostgreSQL a session is a transaction with a role and an authority of its own, and the database shows it that
//! role's tables and that authority's rows alone, whatever the query says: see `migration::row_security`. Both are
//! set for the transaction only, so that the next one on the same connection begins with neither. SQLite knows no
//! roles: there a session is the connection itself.

use std::{future::Future, path::PathBuf, pin::Pin, time::Duration};

use futures_util::future::Either;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, QueryStream, SqliteTransactionMode, Statement, StreamTrait, TransactionOptions, TransactionStream,
    TransactionTrait, Value,
};

mod lasting;
mod login;
mod ping;

use sea_orm::{ConnAcquireErr, prelude::async_trait};

use super::{Pool, StoreError, Waits, error::has_died};

/// How long to wait before another connection is tried.
const PAUSE: Duration = Duration::from_millis(10);

/// What is waited for where it is not known who holds it.
const DATABASE: &str = "the database to answer";

/// What whoever writes waits for.
const OTHERS: &str = "another command that writes to the database";

/// The lock that keeps PostgreSQL's importers in line: any number that nobody else uses.
const IMPORT_LOCK: i64 = 0x6c6f_6f6b_6564;

/// Sets the role, and the authority whose rows may be seen; their names begin with the database's.
const AS: &str = "SELECT set_config('role', current_database() || '_' || $1, true), \
                  set_config('lookedafter.authority', $2, true)";

/// Sets the authority.
const OF: &str = "SELECT set_config('lookedafter.authority', $1, true)";

/// As whom the database is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Reads what belongs to no authority alone: names, population, published figures, targets, neighbours.
    Aggregates,
    /// Reads the records of one authority.
    Child,
    /// Brings records and retires them; never changes or destroys one.
    Importer,
    /// Reads the records of reading, and adds to them.
    Auditor,
    /// Reads and keeps grants, agreements and shares.
    Access,
}

impl Role {
    /// The end of its name in the database.
    fn name(self) -> &'static str {
        match self {
            Self::Aggregates => "agg",
            Self::Child => "child",
            Self::Importer => "importer",
            Self::Auditor => "auditor",
            Self::Access => "access",
        }
    }
}

/// The connections to a database.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    db: DatabaseConnection,
    waits: Waits,
}

impl Connections {
    /// Connections that have been opened.
    pub(super) fn new(db: DatabaseConnection, waits: Waits) -> Self {
        Self { db, waits }
    }

    /// How long the database is waited for.
    pub(super) fn waits(&self) -> Waits {
        self.waits
    }

    /// Whether the database knows roles.
    pub(super) fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Postgres
    }

    /// A reader of reference data, and of when imports were made.
    pub(super) async fn reference(&self) -> Result<Session, StoreError> {
        self.session(Role::Aggregates, "").await
    }

    /// A reader of one authority's records.
    pub(super) async fn records(&self, authority: &str) -> Result<Session, StoreError> {
        self.session(Role::Child, authority).await
    }

    /// A reader of the book of imports.
    pub(super) async fn book(&self) -> Result<Session, StoreError> {
        self.session(Role::Importer, "").await
    }

    /// A reader and keeper of grants and agreements, before an authority is known.
    pub(super) async fn access(&self) -> Result<Session, StoreError> {
        self.session(Role::Access, "").await
    }

    /// A keeper of what one authority shares.
    pub(super) async fn access_of(&self, authority: &str) -> Result<Session, StoreError> {
        self.session(Role::Access, authority).await
    }

    /// A keeper of grants and agreements, or of what one authority shares, whose changes stand all at once.
    pub(super) async fn keeper(&self, authority: &str) -> Result<Session, StoreError> {
        if self.is_postgres() {
            return self.session(Role::Access, authority).await;
        }
        Ok(Session { with: With::Transaction(self.alone().await?), waits: self.waits })
    }

    /// A reader of the records of reading, who may add to them.
    pub(super) async fn auditor(&self) -> Result<Session, StoreError> {
        self.session(Role::Auditor, "").await
    }

    /// Runs a statement that no transaction may hold, as the login itself: for whoever owns the tables.
    pub(super) async fn maintain(&self, sql: &str) -> Result<(), StoreError> {
        self.db.execute_unprepared(sql).await?;
        Ok(())
    }

    /// The same with an answer.
    pub(super) async fn maintain_and_tell(&self, sql: &str) -> Result<Option<QueryResult>, StoreError> {
        Ok(self.db.query_one_raw(Statement::from_string(self.db.get_database_backend(), sql)).await?)
    }

    /// A reader of one authority's records, all of one moment.
    pub(super) async fn snapshot(&self, authority: &str) -> Result<DatabaseTransaction, StoreError> {
        let isolation = self.is_postgres().then_some(IsolationLevel::RepeatableRead);
        self.begun(|| async move {
            let transaction = self.db.begin_with_config(isolation, None).await?;
            act_as(&transaction, Role::Child, authority).await?;
            Ok(transaction)
        })
        .await
    }

    /// The login itself, all that it sees of one moment: for whoever copies the whole database.
    pub(super) async fn moment(&self) -> Result<DatabaseTransaction, StoreError> {
        let isolation = self.is_postgres().then_some(IsolationLevel::RepeatableRead);
        Ok(self.db.begin_with_config(isolation, None).await?)
    }

    /// Ends every connection, once nobody uses it.
    pub(super) async fn close(self) -> Result<(), StoreError> {
        Ok(self.db.close().await?)
    }

    /// An importer for an authority, or of reference data, who is alone in writing, whichever process asks.
    pub(super) async fn importer(&self, authority: Option<&str>) -> Result<DatabaseTransaction, StoreError> {
        let transaction = self.alone().await?;
        act_as(&transaction, Role::Importer, authority.unwrap_or_default()).await?;
        Ok(transaction)
    }

    /// The login itself, without a role, alone in writing: for whoever owns the tables.
    pub(super) async fn owner(&self, authority: Option<&str>) -> Result<DatabaseTransaction, StoreError> {
        let transaction = self.alone().await?;
        set_authority(&transaction, authority).await?;
        Ok(transaction)
    }

    /// The file of an embedded database.
    pub(super) fn file(&self) -> Option<PathBuf> {
        if self.is_postgres() {
            return None;
        }
        Some(self.db.get_sqlite_connection_pool().connect_options().get_filename().to_owned())
    }

    /// How many there are just now.
    pub(super) fn pool(&self) -> Pool {
        let (most, open, idle) = if self.is_postgres() {
            let pool = self.db.get_postgres_connection_pool();
            (pool.options().get_max_connections(), pool.size(), pool.num_idle())
        } else {
            let pool = self.db.get_sqlite_connection_pool();
            (pool.options().get_max_connections(), pool.size(), pool.num_idle())
        };
        Pool { most, open, idle: u32::try_from(idle).unwrap_or(u32::MAX) }
    }

    /// The connections as they are, to look beneath.
    #[cfg(test)]
    pub(super) fn raw(&self) -> &DatabaseConnection {
        &self.db
    }

    async fn alone(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        if !self.is_postgres() {
            let begin = self.db.begin_with_options(options);
            return Ok(self.waits.told(OTHERS, Some(self.waits.lock), begin).await?);
        }
        let transaction = self.begun(|| self.db.begin()).await?;
        let lock = format!("SELECT pg_advisory_xact_lock({IMPORT_LOCK})");
        self.waits.told(OTHERS, Some(self.waits.lock), transaction.execute_unprepared(&lock)).await?;
        Ok(transaction)
    }

    async fn session(&self, role: Role, authority: &str) -> Result<Session, StoreError> {
        if !self.is_postgres() {
            return Ok(Session { with: With::Connection(self.db.clone()), waits: self.waits });
        }
        let transaction = self.begun(|| async move {
            let transaction = self.db.begin().await?;
            act_as(&transaction, role, authority).await?;
            Ok(transaction)
        });
        Ok(Session { with: With::Transaction(transaction.await?), waits: self.waits })
    }

    /// The beginning of a transaction, for which the database is waited no longer than for a connection. One that has died
    /// since it was used last is found out here, and nothing is lost by trying the next.
    async fn begun<T, F>(&self, begin: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, DbErr>>,
    {
        let tried = async {
            loop {
                match begin().await {
                    Err(error) if has_died(&error) => tokio::time::sleep(PAUSE).await,
                    done => return done,
                }
            }
        };
        let in_time = tokio::time::timeout(self.waits.connection, tried);
        let begun = self.waits.told(DATABASE, Some(self.waits.connection), in_time).await;
        Ok(begun.unwrap_or(Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))?)
    }
}

/// Gives a transaction its role and authority, in one statement.
async fn act_as(transaction: &DatabaseTransaction, role: Role, authority: &str) -> Result<(), DbErr> {
    set(transaction, AS, [role.name().into(), authority.into()]).await
}

/// Gives a transaction another authority, once it is known whose rows are asked for; none stands for reference data.
pub(super) async fn set_authority<C: ConnectionTrait>(db: &C, authority: Option<&str>) -> Result<(), DbErr> {
    set(db, OF, [authority.unwrap_or_default().into()]).await
}

async fn set<C: ConnectionTrait>(db: &C, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    }
    Ok(())
}

/// One stretch of questions to the database. What was changed in it stands once it is committed; one that only read
/// need not be, and then nobody waits for its end.
pub(super) struct Session {
    with: With,
    waits: Waits,
}

enum With {
    /// The connection itself: each statement stands by itself.
    Connection(DatabaseConnection),
    /// A transaction with a role and an authority.
    Transaction(DatabaseTransaction),
}

impl Session {
    /// Makes what was changed stand.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.with {
            With::Connection(_) => Ok(()),
            With::Transaction(transaction) => Ok(transaction.commit().await?),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Session {
    fn get_database_backend(&self) -> DbBackend {
        match &self.with {
            With::Connection(db) => db.get_database_backend(),
            With::Transaction(db) => ConnectionTrait::get_database_backend(db),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.with {
            With::Connection(db) => self.waits.told(DATABASE, None, db.execute_raw(statement)).await,
            With::Transaction(db) => self.waits.told(DATABASE, None, db.execute_raw(statement)).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match &self.with {
            With::Connection(db) => self.waits.told(DATABASE, None, db.execute_unprepared(sql)).await,
            With::Transaction(db) => self.waits.told(DATABASE, None, db.execute_unprepared(sql)).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.with {
            With::Connection(db) => self.waits.told(DATABASE, None, db.query_one_raw(statement)).await,
            With::Transaction(db) => self.waits.told(DATABASE, None, db.query_one_raw(statement)).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.with {
            With::Connection(db) => self.waits.told(DATABASE, None, db.query_all_raw(statement)).await,
            With::Transaction(db) => self.waits.told(DATABASE, None, db.query_all_raw(statement)).await,
        }
    }
}

impl StreamTrait for Session {
    type Stream<'b>
        = Either<QueryStream, TransactionStream<'b>>
    where
        Self: 'b;

    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(self)
    }

    fn stream_raw<'b>(
        &'b self,
        statement: Statement,
    ) -> Pin<Box<dyn Future<Output = Result<Self::Stream<'b>, DbErr>> + 'b + Send>> {
        Box::pin(async move {
            Ok(match &self.with {
                With::Connection(db) => Either::Left(db.stream_raw(statement).await?),
                With::Transaction(db) => Either::Right(db.stream_raw(statement).await?),
            })
        })
    }
}
