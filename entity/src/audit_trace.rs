//! Which audit records are about which child, known by the trace under the key of the child.

use sea_orm::entity::prelude::*;

/// One child in one record.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_trace")]
pub struct Model {
    /// The trace.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub trace: Vec<u8>,
    /// The place of the record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
