//! Carers: households, people, applications, and which placement is with whom.

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
        Draft::of_an_authority("carer_household").keyed_by([string("household_id"), date("approved_on")]).with([
            string_null("kind"),
            date_null("ended_on"),
            string_null("end_reason"),
            integer_null("approved_places"),
        ]),
        Draft::of_an_authority("carer").keyed_by([string("household_id"), string("carer_id")]).with([
            string_null("role"),
            integer_null("birth_year"),
            string_null("gender"),
            string_null("ethnicity"),
        ]),
        Draft::of_an_authority("carer_application").keyed_by([string("application_id")]).with([
            string_null("kind"),
            date_null("applied_on"),
            date_null("decided_on"),
            string_null("outcome"),
        ]),
        Draft::of_a_child("placement_link").keyed_by([date("started_on")]).with([string("household_id")]),
    ]
}
