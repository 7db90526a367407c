//! Care leavers: eligibility, the yearly row, contacts.

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
        Draft::of_a_child("leaver")
            .keyed_by([string("eligibility"), date("started_on"), string("source")])
            .with([date_null("ended_on"), string_null("adviser")]),
        Draft::of_a_child("oc3_return").keyed_by([integer("return_year")]).with([
            date_null("birth_date"),
            string_null("in_touch"),
            string_null("activity"),
            string_null("accommodation"),
        ]),
        Draft::of_a_child("leaver_contact").keyed_by([date("contacted_on"), string("source")]).with([
            string_null("in_touch"),
            string_null("activity"),
            string_null("accommodation"),
            string_null("adviser"),
        ]),
    ]
}
