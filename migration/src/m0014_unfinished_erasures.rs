//! Which erasures are not finished, because the database has not been cleaned since: a process that was killed in
//! between leaves that to the next one.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::{
    draft::{self, Draft},
    row_security,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::create(manager, tables()).await?;
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => row_security::raise(manager).await,
            _ => Ok(()),
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::drop(manager, tables()).await
    }
}

fn tables() -> Vec<Draft> {
    vec![Draft::unversioned("unfinished_erasure").keyed_by([big_integer("import_number")])]
}
