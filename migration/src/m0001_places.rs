//! Places: authorities, regions, statistical neighbours and population.

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
        Draft::unversioned("authority").keyed_by([string("authority_id")]),
        Draft::of_an_authority("authority_detail").with([
            string("name"),
            string_null("la_code"),
            string_null("region_id"),
        ]),
        Draft::of_reference("region").keyed_by([string("region_id")]).with([string("name")]),
        Draft::of_reference("comparator_set")
            .keyed_by([string("edition")])
            .with([string_null("title"), date_null("current_from")]),
        Draft::of_reference("comparator_member")
            .keyed_by([string("authority_id"), string("edition"), string("neighbour_id")])
            .with([integer("rank"), string_null("closeness")]),
        Draft::of_reference("population")
            .keyed_by([string("authority_id"), integer("mid_year"), string("dimension"), string("category")])
            .with([double("count")]),
    ]
}
