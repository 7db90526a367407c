//! The login itself: which changes it finds made, who it is, and whether the database's own wall holds it.

use migration::{Migrator, MigratorTrait, row_security};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Connections, DATABASE};
use crate::store::StoreError;

/// Whether the login is, or may become, someone whom row security does not hold.
const UNBOUND: &str = "SELECT EXISTS (SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls) \
                       AND pg_has_role(session_user, oid, 'MEMBER'))";

/// Whether there are tables, but for those of an extension and the list of changes.
const FOREIGN: &str = "SELECT EXISTS (SELECT FROM pg_class AS found WHERE relkind IN ('r', 'p') \
                       AND relnamespace = to_regnamespace(quote_ident(current_schema())) \
                       AND relname <> 'seaql_migrations' \
                       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = found.oid AND deptype = 'e'))";

impl Connections {
    /// The names of the changes that have not been made, oldest first.
    pub(in crate::store) async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let read = Migrator::get_pending_migrations_read_only(&self.db);
        let pending = self.waits.told(DATABASE, Some(self.waits.lock), read).await?;
        Ok(pending.iter().map(|change| change.name().to_owned()).collect())
    }

    /// Whether a database of PostgreSQL has tables that nothing of ours has made: to be asked before the first change.
    pub(in crate::store) async fn has_foreign_tables(&self) -> Result<bool, StoreError> {
        if !self.is_postgres() {
            return Ok(false);
        }
        let found = self.db.query_one_raw(Statement::from_string(DbBackend::Postgres, FOREIGN)).await?;
        Ok(found.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }

    /// Who has logged in, and whether they may take the roles; nobody on SQLite, or before there are roles.
    pub(in crate::store) async fn login(&self) -> Result<Option<(String, bool)>, StoreError> {
        if !self.is_postgres() {
            return Ok(None);
        }
        let who = Statement::from_string(DbBackend::Postgres, "SELECT session_user::text");
        let Some(row) = self.db.query_one_raw(who).await? else { return Ok(None) };
        let login: String = row.try_get_by_index(0)?;
        let let_in = row_security::is_let_in(&self.db, &login).await?;
        Ok(Some((login, let_in)))
    }

    /// Whether row security holds the login; there is nothing to hold on SQLite.
    pub(in crate::store) async fn is_bound(&self) -> Result<bool, StoreError> {
        if !self.is_postgres() {
            return Ok(true);
        }
        let unbound = self.db.query_one_raw(Statement::from_string(DbBackend::Postgres, UNBOUND)).await?;
        Ok(unbound.map_or(Ok(false), |row| row.try_get_by_index(0).map(|unbound: bool| !unbound))?)
    }
}
