//! A sign of life: whether a table that every request needs can be read, found out in a moment whatever is stuck.

use sea_orm::{ConnectionTrait, Statement, TransactionTrait};

use super::{Connections, Role, act_as};
use crate::store::{Store, StoreError};

/// The table may be locked for so long, in milliseconds.
const LOCKED: &str = "SELECT set_config('lock_timeout', '500', true)";

/// Reads next to nothing.
const LOOK: &str = "SELECT 1 FROM \"grant\" LIMIT 1";

impl Store {
    /// Whether grants can be read, without which nobody is let in.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.entrance.look_at_grants().await
    }
}

impl Connections {
    async fn look_at_grants(&self) -> Result<(), StoreError> {
        let look = Statement::from_string(self.db.get_database_backend(), LOOK);
        if !self.is_postgres() {
            self.db.query_one_raw(look).await?;
            return Ok(());
        }
        let transaction = self.begun(|| self.db.begin()).await?;
        transaction.execute_unprepared(LOCKED).await?;
        act_as(&transaction, Role::Access, "").await?;
        transaction.query_one_raw(look).await?;
        Ok(())
    }
}
