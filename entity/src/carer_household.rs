//! Carer households and their approvals.

use sea_orm::entity::prelude::*;

/// One approval of one household.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "carer_household")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the household.
    #[sea_orm(primary_key, auto_increment = false)]
    pub household_id: String,
    /// Approved from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub approved_on: Date,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Kind of approval: mainstream, kinship, short break and so on.
    pub kind: Option<String>,
    /// Approval ended; empty while approved.
    pub ended_on: Option<Date>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// Places the household is approved for.
    pub approved_places: Option<i32>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
