//! Applications to become a carer.

use sea_orm::entity::prelude::*;

/// One application.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "carer_application")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the application.
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Kind of approval asked for.
    pub kind: Option<String>,
    /// Date of the application.
    pub applied_on: Option<Date>,
    /// Date of the decision.
    pub decided_on: Option<Date>,
    /// Approved, refused, withdrawn.
    pub outcome: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
