//! What remains of children who were erased: enough to know one again, and nothing else.

use sea_orm::entity::prelude::*;

/// One erased child.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The digest of the child's identifier under the secret of erasures.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub mark: Vec<u8>,
    /// Day of the erasure.
    pub erased_on: Date,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
