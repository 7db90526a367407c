//! The yearly row of a care leaver (file `oc3`).

use sea_orm::entity::prelude::*;

/// One young person in one return.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oc3_return")]
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
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Whether the authority is in touch.
    pub in_touch: Option<String>,
    /// Main activity; 0 where not known.
    pub activity: Option<String>,
    /// Accommodation, suitability in the digit; 0 where not known.
    pub accommodation: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
