//! Erasures after which the database has not been cleaned yet: freed pages may still hold what was erased.

use sea_orm::entity::prelude::*;

/// One erasure that is not finished.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unfinished_erasure")]
pub struct Model {
    /// Its number in the book of imports.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_number: i64,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
