//! Periods of care, worked out from the chain of episodes and stored again after each import: who was looked after when.

use sea_orm::entity::prelude::*;

/// One period of care.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "period_of_care")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// First day of care.
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_on: Date,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Day care ended, on which the child is no longer looked after; empty while it lasts.
    pub ended_on: Option<Date>,
    /// Why care ended.
    pub reason_ceased: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
