//! Placements, worked out from the chain of episodes and stored again after each import.

use sea_orm::entity::prelude::*;

/// One placement.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "placement")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// First day of the placement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_on: Date,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Day it ended; empty while it lasts.
    pub ended_on: Option<Date>,
    /// Placement type, by its latest episode.
    pub place: Option<String>,
    /// Who provides it.
    pub provider: Option<String>,
    /// Why it ended.
    pub reason_change: Option<String>,
    /// Miles between home and placement.
    pub distance: Option<f64>,
    /// The carer household, where `placement_link` names one.
    pub household_id: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
