//! Running: imports with their files and issues, and grants.

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
        Draft::unversioned("import")
            .keyed_by([big_integer("number")])
            .with([
                string_null("authority_id"),
                string("kind"),
                integer_null("return_year"),
                date_null("up_to"),
                timestamp_with_time_zone("received_at"),
                big_integer_null("undoes"),
                big_integer_null("undone_by"),
                string("summary"),
            ])
            .indexed_by(["authority_id", "number"]),
        Draft::unversioned("import_file").keyed_by([big_integer("import_number"), string("name")]).with([
            string("table"),
            string("sha256"),
            big_integer("rows"),
            big_integer("used"),
            big_integer("repaired"),
            big_integer("refused"),
        ]),
        Draft::unversioned("import_issue").keyed_by([big_integer("import_number"), integer("issue_number")]).with([
            string("file"),
            big_integer_null("row"),
            string_null("column"),
            string_null("value"),
            string("rule"),
            string("severity"),
            string("message"),
        ]),
        Draft::unversioned("grant")
            .keyed_by([string("authority_id"), string("grant_id")])
            .with([
                string("subject"),
                string("role"),
                string_null("organisation"),
                string("agreement"),
                date("starts_on"),
                date("ends_on"),
                date_null("records_from"),
                date_null("records_to"),
                string_null("inspection_number"),
                date_null("suspended_on"),
            ])
            .indexed_by(["subject"]),
    ]
}
