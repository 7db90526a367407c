//! A connection that stays with one role, for whoever asks in that role all the time and needs no transaction for it.

use sea_orm::sqlx::{self, ConnectOptions, PgConnection};

use super::{Connections, Role};

/// Sets the role for as long as the connection lasts; its name begins with the database's.
const AS: &str = "SELECT set_config('role', current_database() || '_' || $1, false)";

impl Connections {
    /// A new connection to PostgreSQL of someone who may add to the records of reading and nothing else.
    pub(in crate::store) async fn lasting_auditor(&self) -> Result<PgConnection, sqlx::Error> {
        let options = self.db.get_postgres_connection_pool().connect_options();
        let mut connection = options.connect().await?;
        sqlx::query(AS).bind(Role::Auditor.name()).execute(&mut connection).await?;
        Ok(connection)
    }
}
