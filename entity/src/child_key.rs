//! The key of each child, under which the child stands in the audit records. Erasure destroys it.

use sea_orm::entity::prelude::*;

/// The key of one child.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "child_key")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// 32 random bytes.
    #[sea_orm(column_type = "Blob")]
    pub key: Vec<u8>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
