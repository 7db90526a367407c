//! Row security: on PostgreSQL the database itself shows each authority its own rows alone.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::row_security;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => row_security::raise(manager).await,
            _ => Ok(()),
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => row_security::raze(manager).await,
            _ => Ok(()),
        }
    }
}
