//! Published figures, targets and comments.

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
        Draft::of_reference("published_value")
            .keyed_by([
                string("authority_id"),
                string("source"),
                string("document"),
                string("area"),
                string("indicator"),
                string("period"),
                string("dimension"),
                string("category"),
            ])
            .with([
                date_null("period_start"),
                date_null("period_end"),
                string_null("basis"),
                string_null("unit"),
                double_null("value"),
                double_null("numerator"),
                double_null("denominator"),
                string_null("raw"),
                string_null("symbol"),
                string_null("status"),
                string_null("title"),
                string_null("note"),
            ]),
        Draft::of_reference("target").keyed_by([string("authority_id"), string("indicator"), string("period")]).with([
            double("value"),
            double_null("amber_fraction"),
            double_null("amber_points"),
            string_null("note"),
        ]),
        Draft::of_reference("commentary")
            .keyed_by([string("authority_id"), string("indicator"), string("period"), string("source")])
            .with([string("text")]),
    ]
}
