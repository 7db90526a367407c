//! Access: agreements, children shared with an organisation, and what a grant says beyond its dates.

use sea_orm_migration::{prelude::*, schema::*};

use crate::draft::{self, Draft};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft::create(manager, tables()).await?;
        for column in columns() {
            manager.alter_table(Table::alter().table("grant").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            let name = Alias::new(column.get_column_name());
            manager.alter_table(Table::alter().table("grant").drop_column(name).take()).await?;
        }
        draft::drop(manager, tables()).await
    }
}

fn tables() -> Vec<Draft> {
    vec![
        Draft::unversioned("agreement").keyed_by([string("agreement_id")]).with([
            string("parties"),
            string("legal_basis"),
            date_null("review_on"),
            date_null("ends_on"),
        ]),
        Draft::unversioned("record_share")
            .keyed_by([string("authority_id"), string("child_id"), string("organisation"), date("starts_on")])
            .with([date("ends_on")]),
        Draft::unversioned("secret").keyed_by([string("name")]).with([string("value")]),
    ]
}

/// Who signed the tokens of the subject, for which authorities health services are commissioned, and who made the
/// grant.
fn columns() -> Vec<ColumnDef> {
    vec![string_null("issuer"), string_null("commissions"), string_null("made_by")]
}
