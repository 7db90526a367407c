//! Agreements on sharing information, on which the grants of partners rest.

use sea_orm::entity::prelude::*;

/// One agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement")]
pub struct Model {
    /// Identifier of the agreement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub agreement_id: String,
    /// Who has agreed.
    pub parties: String,
    /// The law that it rests on.
    pub legal_basis: String,
    /// The day on which it is to be looked at again.
    pub review_on: Option<Date>,
    /// Last day; empty where it has none.
    pub ends_on: Option<Date>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
