//! Permanence: both adoption files.

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
    vec![
        Draft::of_a_child("adoption_record")
            .keyed_by([string("record"), integer("number"), integer("return_year")])
            .with([
                date_null("birth_date"),
                date_null("decided_on"),
                date_null("matched_on"),
                date_null("placed_on"),
                date_null("ceased_on"),
                string_null("reason_ceased"),
                boolean_null("foster_carer"),
                integer_null("adopters"),
                string_null("adopters_sex"),
                string_null("adopters_legal_status"),
            ]),
    ]
}
