//! Checksums of what the embedded database holds: one for each table and authority.

use sea_orm::entity::prelude::*;

/// The checksum of one table.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "checksum")]
pub struct Model {
    /// ONS code of the authority; empty for rows that belong to none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The table.
    #[sea_orm(primary_key, auto_increment = false)]
    pub of_table: String,
    /// The sum over its rows, in hexadecimal.
    pub sum: String,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
