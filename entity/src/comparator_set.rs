//! Editions of the statistical neighbours: a new edition is current from a date.

use sea_orm::entity::prelude::*;

/// One edition.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "comparator_set")]
pub struct Model {
    /// Name of the edition, often its year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// What the edition calls itself.
    pub title: Option<String>,
    /// First day on which the edition is current, where the file or its name says so.
    pub current_from: Option<Date>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
