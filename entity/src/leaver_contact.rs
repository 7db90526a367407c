//! Dated contacts with a care leaver: in touch, activity, accommodation.

use sea_orm::entity::prelude::*;

/// One contact.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leaver_contact")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// Date of the contact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub contacted_on: Date,
    /// The kind of import that gave the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Whether the authority is in touch.
    pub in_touch: Option<String>,
    /// Main activity.
    pub activity: Option<String>,
    /// Accommodation, suitability in the digit.
    pub accommodation: Option<String>,
    /// The personal adviser.
    pub adviser: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
