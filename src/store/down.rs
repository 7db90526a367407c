//! Taking back a change to the tables: what would be lost with it, and doing it.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

use super::{Store, StoreError, checksum};

/// The columns of all tables, on SQLite and on PostgreSQL.
const COLUMNS_IN_SQLITE: &str = "SELECT tables.name, columns.name FROM sqlite_schema AS tables \
                                 JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'";
const COLUMNS_IN_POSTGRES: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
                                   WHERE table_schema = current_schema()";

/// What a table would lose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The table.
    pub table: String,
    /// The column of it, where the table itself stays.
    pub column: Option<String>,
    /// In how many rows.
    pub rows: u64,
}

impl Store {
    /// What the database would lose if the last change to the tables were taken back: rows of tables that go, and values
    /// of columns. It is tried and undone.
    ///
    /// # Errors
    /// [`StoreError::NotPermitted`] if the login does not own the tables, and no other was named.
    pub async fn lost_by_migrating_down(&self) -> Result<Vec<Loss>, StoreError> {
        let owner = self.owner().await?;
        let transaction = owner.owner(None).await?;
        let before = columns(&transaction).await?;
        Migrator::down(&transaction, Some(1)).await?;
        let after = columns(&transaction).await?;
        transaction.rollback().await?;

        let kept: BTreeSet<&str> = after.iter().map(|(table, _)| table.as_str()).collect();
        let mut losses = Vec::new();
        let transaction = owner.owner(None).await?;
        for (table, column) in before.difference(&after) {
            let column = Some(column.clone()).filter(|_| kept.contains(table.as_str()));
            if column.is_none() && losses.iter().any(|loss: &Loss| loss.table == *table) {
                continue;
            }
            let rows = count(&transaction, table, column.as_deref()).await?;
            losses.push(Loss { table: table.clone(), column, rows });
        }
        transaction.rollback().await?;
        // Checksums are made again from the rows.
        losses.retain(|loss| loss.rows > 0 && loss.table != checksum::KEPT);
        Ok(losses)
    }

    /// Takes back the last change to the tables, with what they hold.
    ///
    /// # Errors
    /// [`StoreError::NotPermitted`] if the login does not own the tables, and no other was named.
    pub async fn migrate_down(&self) -> Result<(), StoreError> {
        let transaction = self.owner().await?.owner(None).await?;
        Migrator::down(&transaction, Some(1)).await?;
        checksum::keep_all(&transaction).await?;
        Ok(transaction.commit().await?)
    }
}

async fn columns(db: &DatabaseTransaction) -> Result<BTreeSet<(String, String)>, DbErr> {
    let backend = db.get_database_backend();
    let sql = if backend == sea_orm::DbBackend::Postgres { COLUMNS_IN_POSTGRES } else { COLUMNS_IN_SQLITE };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// How many rows a table has, or values a column.
async fn count(db: &DatabaseTransaction, table: &str, column: Option<&str>) -> Result<u64, DbErr> {
    let backend = db.get_database_backend();
    if backend == sea_orm::DbBackend::Postgres {
        // Until the transaction is undone: the owner sees no rows of authorities otherwise.
        db.execute_unprepared(&format!("ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY")).await?;
    }
    let what = column.map_or_else(|| "*".to_owned(), |column| format!("\"{column}\""));
    let sql = format!("SELECT count({what}) FROM \"{table}\"");
    let row = db.query_one_raw(Statement::from_string(backend, sql)).await?;
    let rows = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    Ok(u64::try_from(rows).unwrap_or_default())
}
