//! The records of reading: keys of children, tombstones of erased ones, and on PostgreSQL the records themselves, which
//! the embedded database keeps in a file of their own.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::draft::{self, Draft};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::create(manager, tables(manager.get_database_backend())).await?;
        // Children who are known already get a key each; both expressions draw on the database's strong random source.
        let key = match manager.get_database_backend() {
            DatabaseBackend::Postgres => {
                "decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')"
            }
            _ => "randomblob(32)",
        };
        let sql = format!("INSERT INTO child_key SELECT authority_id, child_id, {key} FROM child");
        manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::drop(manager, tables(manager.get_database_backend())).await
    }
}

/// Makes the tables of the records where they are missing.
pub async fn make_audit_tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    draft::create(manager, of_records()).await
}

fn tables(backend: DatabaseBackend) -> Vec<Draft> {
    let mut tables = vec![
        Draft::unversioned("child_key").keyed_by([string("authority_id"), string("child_id")]).with([blob("key")]),
        Draft::unversioned("erasure").keyed_by([string("authority_id"), blob("mark")]).with([date("erased_on")]),
    ];
    if backend == DatabaseBackend::Postgres {
        tables.extend(of_records());
    }
    tables
}

fn of_records() -> Vec<Draft> {
    vec![
        Draft::unversioned("audit_entry")
            .keyed_by([big_integer("seq")])
            .with([big_integer("at"), string("text"), blob("prev"), blob("hash")])
            .indexed_by(["at", "seq"])
            .of_long_rows(),
        Draft::unversioned("audit_trace").keyed_by([blob("trace"), big_integer("seq")]),
    ]
}
