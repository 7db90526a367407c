//! Checksums of what the embedded database holds. PostgreSQL has its own.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::draft::{self, Draft};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::create(manager, tables(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::drop(manager, tables(manager.get_database_backend())).await
    }
}

fn tables(backend: DatabaseBackend) -> Vec<Draft> {
    match backend {
        DatabaseBackend::Sqlite => vec![
            Draft::unversioned("checksum").keyed_by([string("authority_id"), string("of_table")]).with([string("sum")]),
        ],
        _ => Vec::new(),
    }
}
