//! Children whose records are shared with an organisation, such as an adoption agency.

use sea_orm::entity::prelude::*;

/// One child shared with one organisation from one day to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_share")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// The organisation, as its grants name it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: String,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
