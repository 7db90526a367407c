//! Dated eligibility of care leavers.

use sea_orm::entity::prelude::*;

/// One spell of eligibility.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leaver")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// Which duty: relevant, former relevant, qualifying, as the codes have it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub eligibility: String,
    /// Eligible from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_on: Date,
    /// The kind of import that gave the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Until; empty while eligible.
    pub ended_on: Option<Date>,
    /// The personal adviser, where the file names one.
    pub adviser: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
