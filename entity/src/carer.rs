//! The people of a carer household.

use sea_orm::entity::prelude::*;

/// One person.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "carer")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the household.
    #[sea_orm(primary_key, auto_increment = false)]
    pub household_id: String,
    /// The authority's own identifier of the carer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub carer_id: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Main or second carer.
    pub role: Option<String>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Gender.
    pub gender: Option<String>,
    /// Ethnicity code.
    pub ethnicity: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
