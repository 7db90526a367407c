//! Dated health events: assessments, dental checks, immunisations, development checks.

use sea_orm::entity::prelude::*;

/// One event.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "health_event")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// `ASSESSMENT`, `INITIAL_ASSESSMENT`, `REVIEW_ASSESSMENT`, `DENTAL`, `IMMUNISATION` or `DEVELOPMENT`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The day it was done, else the day it was due.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dated_on: Date,
    /// The kind of import that gave the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// When it was due.
    pub due_on: Option<Date>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// `PLANNED`, `COMPLETED`, `REFUSED` or `CANCELLED`.
    pub status: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
