//! Episodes of care as a return gives them: one legal status, one placement (file `episodes`).

use sea_orm::entity::prelude::*;

/// One episode in one return.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "episode")]
pub struct Model {
    /// ONS code of the authority.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// The authority's own identifier of the child, text: leading zeros count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: String,
    /// Date the episode began (DECOM).
    #[sea_orm(primary_key, auto_increment = false)]
    pub started_on: Date,
    /// The year in which the return ends: 2024 for 2023-24.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_year: i32,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// Why it began (RNE).
    pub reason_new: Option<String>,
    /// Legal status (LS).
    pub legal_status: Option<String>,
    /// Category of need (CIN).
    pub need: Option<String>,
    /// Placement type (PLACE).
    pub place: Option<String>,
    /// Who provides the placement (PLACE_PROVIDER).
    pub provider: Option<String>,
    /// Date the episode ended (DEC); empty while open.
    pub ended_on: Option<Date>,
    /// Why it ended (REC); X1 where care goes on.
    pub reason_ceased: Option<String>,
    /// Why the placement ended (REASON_PLACE_CHANGE).
    pub reason_change: Option<String>,
    /// Postcode of the home (HOME_POST).
    pub home_postcode: Option<String>,
    /// Postcode of the placement (PL_POST).
    pub placement_postcode: Option<String>,
    /// Ofsted's number of the setting or agency (URN).
    pub urn: Option<String>,
    /// Authority where the placement is, where the collection derived it (PL_LA).
    pub pl_la: Option<String>,
    /// IN or OUT of the responsible authority, where derived (PL_LOCATION).
    pub pl_location: Option<String>,
    /// Miles between home and placement, where derived (PL_DISTANCE).
    pub pl_distance: Option<f64>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
    /// Line of the file in which the import that brought the row found it.
    pub file_row: Option<i32>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
