//! Adoption: the rows of both adoption files, told apart by `record`.

use sea_orm::entity::prelude::*;

/// One row of either file.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "adoption_record")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// `ad1` for adopted in the year, `placed_for_adoption` for a decision to place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub record: String,
    /// The row's place among the child's rows of that record in the return, by date, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The year in which the return ends: 2024 for 2023-24.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_year: i32,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Birth date, repeated from the header.
    pub birth_date: Option<Date>,
    /// Date of the decision that adoption is best (DATE_INT, DATE_PLACED).
    pub decided_on: Option<Date>,
    /// Date matched with the adopters (DATE_MATCH).
    pub matched_on: Option<Date>,
    /// Date placed with the adopters, where a file gives it.
    pub placed_on: Option<Date>,
    /// Date decided otherwise (DATE_PLACED_CEASED).
    pub ceased_on: Option<Date>,
    /// Why: RD1 to RD4.
    pub reason_ceased: Option<String>,
    /// Adopted by the former foster carer (FOSTER_CARE).
    pub foster_carer: Option<bool>,
    /// How many adopters (NB_ADOPTR).
    pub adopters: Option<i32>,
    /// Their sex (SEX_ADOPTR).
    pub adopters_sex: Option<String>,
    /// Their legal status (LS_ADOPTR).
    pub adopters_legal_status: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
