//! Dated records of substance misuse.

use sea_orm::entity::prelude::*;

/// One record.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "substance_misuse")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// Date it was identified.
    #[sea_orm(primary_key, auto_increment = false)]
    pub identified_on: Date,
    /// The kind of import that gave the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// The substance, as coded.
    pub substance: Option<String>,
    /// Whether the child received help.
    pub intervention_received: Option<bool>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
