//! The audit records, each chained to the one before it. Rows are added, never changed.

use sea_orm::entity::prelude::*;

/// One record.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Its place in the chain, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// Its canonical bytes: the whole record as JSON.
    pub text: String,
    /// The digest of the record before it.
    #[sea_orm(column_type = "Blob")]
    pub prev: Vec<u8>,
    /// The digest of `prev` and `text`.
    #[sea_orm(column_type = "Blob")]
    pub hash: Vec<u8>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
