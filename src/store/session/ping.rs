//! A sign of life: whether a table that every request needs can be read, found out in a moment whatever is stuck.

use sea_orm::{ConnectionTrait, Statement, TransactionTrait};

use super::{Connections, Role, act_as};
use crate::store::{Store, StoreError};

/// The table may be locked for so long, in milliseconds.
const LOCKED: &str = "SELECT set_config('lock_timeout', '500', true)";

impl Store {
    /// Whether grants can be read, without which nobody is let in.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.entrance.look_at(Role::Access, "grant").await
    }
}

impl Connections {
    /// Whether the records of reading can be reached.
    pub(in crate::store) async fn ping_audit(&self) -> Result<(), StoreError> {
        self.look_at(Role::Auditor, "audit_entry").await
    }

    async fn look_at(&self, role: Role, table: &str) -> Result<(), StoreError> {
        let look = format!("SELECT 1 FROM \"{table}\" LIMIT 1");
        let look = Statement::from_string(self.db.get_database_backend(), look);
        if !self.is_postgres() {
            self.db.query_one_raw(look).await?;
            return Ok(());
        }
        let transaction = self.begun(|| self.db.begin()).await?;
        transaction.execute_unprepared(LOCKED).await?;
        act_as(&transaction, role, "").await?;
        transaction.query_one_raw(look).await?;
        Ok(())
    }
}
