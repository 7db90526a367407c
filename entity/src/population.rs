//! How many children aged 0 to 17 live in an authority, by age, gender or ethnicity: the denominator of rates.

use sea_orm::entity::prelude::*;

/// One estimate for one group.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "population")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The estimate of 30 June of this year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mid_year: i32,
    /// `all`, `age`, `gender` or `ethnicity`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// The group within the dimension; `all` for the dimension `all`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Children in the group; a projection may be a fraction.
    pub count: f64,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
