//! Who may read what of an authority, and until when.

use sea_orm::entity::prelude::*;

/// One grant.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "grant")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// Identifier of the grant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant_id: String,
    /// Whom it is granted to: the subject of the token.
    pub subject: String,
    /// The role it grants.
    pub role: String,
    /// The organisation of the subject.
    pub organisation: Option<String>,
    /// The agreement it rests on.
    pub agreement: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// First day of the records it opens.
    pub records_from: Option<Date>,
    /// Last day of the records it opens.
    pub records_to: Option<Date>,
    /// Number of the inspection, for inspectors.
    pub inspection_number: Option<String>,
    /// Day it was suspended; empty while in force.
    pub suspended_on: Option<Date>,
    /// Who signs the tokens of the subject, exactly as they say; empty for the development issuer.
    pub issuer: Option<String>,
    /// ONS codes of the authorities for which the subject commissions health services, parted by spaces.
    pub commissions: Option<String>,
    /// Who made the grant.
    pub made_by: Option<String>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
