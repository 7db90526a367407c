//! Visits and plans: social workers of a child.

use sea_orm_migration::{prelude::*, schema::*};

use crate::draft::{self, Draft};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::create(manager, tables()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::drop(manager, tables()).await
    }
}

fn tables() -> Vec<Draft> {
    vec![Draft::of_a_child("worker_allocation").keyed_by([date("started_on"), integer("return_year")]).with([
        string_null("worker_id"),
        date_null("ended_on"),
        string_null("reason"),
    ])]
}
