//! Dated strengths and difficulties scores.

use sea_orm::entity::prelude::*;

/// One score.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sdq_score")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// Date of the questionnaire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scored_on: Date,
    /// The kind of import that gave the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Total, 0 to 40.
    pub score: Option<i32>,
    /// Why there is no score: SDQ1 to SDQ5.
    pub reason: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
