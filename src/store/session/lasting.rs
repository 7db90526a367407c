//! A connection that stays with one role, for whoever asks in that role all the time and needs no transaction for it.

use sea_orm::sqlx::{self, ConnectOptions, PgConnection};

use super::{Connections, Role};
use crate::store::pool;

/// Sets the role for as long as the connection lasts; its name begins with the database's.
const AS: &str = "SELECT set_config('role', current_database() || '_' || $1, false)";

impl Connections {
    /// A new connection to PostgreSQL of someone who may add to the records of reading and nothing else.
    pub(in crate::store) async fn lasting_auditor(&self) -> Result<PgConnection, sqlx::Error> {
        let made = async {
            let options = self.db.get_postgres_connection_pool().connect_options();
            let mut connection = options.connect().await?;
            pool::limit(&mut connection, self.waits).await?;
            sqlx::query(AS).bind(Role::Auditor.name()).execute(&mut connection).await?;
            Ok(connection)
        };
        tokio::time::timeout(self.waits.connection, made).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }
}
