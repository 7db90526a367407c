//! An authority's target for an indicator; a cumulative indicator has one a quarter.

use sea_orm::entity::prelude::*;

/// One target for one period.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// Code of the indicator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator: String,
    /// Code of the period, or its label as printed where no code fits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// The target, in the indicator's unit.
    pub value: f64,
    /// How far off is still amber, as a fraction of the target.
    pub amber_fraction: Option<f64>,
    /// How far off is still amber, in percentage points.
    pub amber_points: Option<f64>,
    /// A note.
    pub note: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
