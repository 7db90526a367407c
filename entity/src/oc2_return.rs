//! The yearly health flags of children looked after for twelve months (file `oc2`).

use sea_orm::entity::prelude::*;

/// One child in one return.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oc2_return")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// The year in which the return ends: 2024 for 2023-24.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_year: i32,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Birth date, repeated from the header.
    pub birth_date: Option<Date>,
    /// Strengths and difficulties total, 0 to 40.
    pub sdq_score: Option<i32>,
    /// Why there is no score.
    pub sdq_reason: Option<String>,
    /// Convicted or cautioned in the year.
    pub convicted: Option<bool>,
    /// Development checks up to date (under 5).
    pub health_check: Option<bool>,
    /// Immunisations up to date.
    pub immunisations: Option<bool>,
    /// Teeth checked in the year.
    pub teeth_check: Option<bool>,
    /// Annual health assessment done.
    pub health_assessment: Option<bool>,
    /// Substance misuse problem identified.
    pub substance_misuse: Option<bool>,
    /// Received help for it.
    pub intervention_received: Option<bool>,
    /// Was offered help and refused.
    pub intervention_offered: Option<bool>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
