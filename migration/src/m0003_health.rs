//! Health: dated events and the yearly flags.

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
        Draft::of_a_child("health_event").keyed_by([string("kind"), date("dated_on"), string("source")]).with([
            date_null("due_on"),
            date_null("done_on"),
            string_null("status"),
        ]),
        Draft::of_a_child("sdq_score")
            .keyed_by([date("scored_on"), string("source")])
            .with([integer_null("score"), string_null("reason")]),
        Draft::of_a_child("substance_misuse")
            .keyed_by([date("identified_on"), string("source")])
            .with([string_null("substance"), boolean_null("intervention_received")]),
        Draft::of_a_child("oc2_return").keyed_by([integer("return_year")]).with([
            date_null("birth_date"),
            integer_null("sdq_score"),
            string_null("sdq_reason"),
            boolean_null("convicted"),
            boolean_null("health_check"),
            boolean_null("immunisations"),
            boolean_null("teeth_check"),
            boolean_null("health_assessment"),
            boolean_null("substance_misuse"),
            boolean_null("intervention_received"),
            boolean_null("intervention_offered"),
        ]),
    ]
}
