//! Orders that deprive a child of liberty (file `dolo`, from 2026-27).

use sea_orm::entity::prelude::*;

/// One order.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deprivation_of_liberty")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// First day of the order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_on: Date,
    /// The year in which the return ends: 2024 for 2023-24.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_year: i32,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Last day; empty while in force.
    pub ended_on: Option<Date>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
