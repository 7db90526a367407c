//! The statistical neighbours of an authority in one edition, by rank.

use sea_orm::entity::prelude::*;

/// One neighbour of an authority.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "comparator_member")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The edition, see `comparator_set`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: String,
    /// ONS code of the neighbour.
    #[sea_orm(primary_key, auto_increment = false)]
    pub neighbour_id: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// 1 is the closest.
    pub rank: i32,
    /// How close, in the words of the edition.
    pub closeness: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
