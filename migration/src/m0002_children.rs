//! Children looked after: what returns say of them, episodes, placements, reviews, times missing.

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
        Draft::unversioned("child").keyed_by([string("authority_id"), string("child_id")]).referring_to_authority(),
        Draft::of_a_child("child_detail").keyed_by([integer("return_year")]).with([
            string_null("sex"),
            date_null("birth_date"),
            string_null("ethnicity"),
            string_null("upn"),
            string_null("mother"),
            date_null("mother_child_birth_date"),
        ]),
        Draft::of_a_child("uasc_status").keyed_by([integer("return_year")]).with([
            string_null("sex"),
            date_null("birth_date"),
            date_null("ended_on"),
        ]),
        Draft::of_a_child("deprivation_of_liberty")
            .keyed_by([date("started_on"), integer("return_year")])
            .with([date_null("ended_on")]),
        Draft::of_a_child("episode").keyed_by([date("started_on"), integer("return_year")]).with([
            string_null("reason_new"),
            string_null("legal_status"),
            string_null("need"),
            string_null("place"),
            string_null("provider"),
            date_null("ended_on"),
            string_null("reason_ceased"),
            string_null("reason_change"),
            string_null("home_postcode"),
            string_null("placement_postcode"),
            string_null("urn"),
            string_null("pl_la"),
            string_null("pl_location"),
            double_null("pl_distance"),
        ]),
        Draft::of_a_child("period_of_care")
            .keyed_by([date("started_on")])
            .with([date_null("ended_on"), string_null("reason_ceased")]),
        Draft::of_a_child("placement").keyed_by([date("started_on")]).with([
            date_null("ended_on"),
            string_null("place"),
            string_null("provider"),
            string_null("reason_change"),
            double_null("distance"),
            string_null("household_id"),
        ]),
        Draft::of_a_child("review")
            .keyed_by([date("held_on"), integer("return_year")])
            .with([string_null("participation")]),
        Draft::of_a_child("missing_episode")
            .keyed_by([date("started_on"), integer("return_year")])
            .with([string_null("kind"), date_null("ended_on")]),
        Draft::of_a_child("previous_permanence").keyed_by([integer("return_year")]).with([
            string_null("kind"),
            string_null("arranged_by"),
            string_null("ordered_on"),
        ]),
    ]
}
