//! Figures that others have published: councils' own reports, national statistics.

use sea_orm::entity::prelude::*;

/// One published figure.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "published_value")]
pub struct Model {
    /// ONS code of the authority whose report it is or whom the figure compares; of the area itself in national data.
    #[sea_orm(primary_key, auto_increment = false)]
    pub authority_id: String,
    /// Who published it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The document or file it stands in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub document: String,
    /// Whom the figure describes: `local`, `england`, `statistical_neighbours`, `target`, or a region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    /// Code of the indicator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator: String,
    /// Code of the period, or its label as printed where no code fits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// The breakdown, `all` for none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: String,
    /// The group within the breakdown, `all` for none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    /// Number of the import that brought the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: i64,
    /// First day of the period.
    pub period_start: Option<Date>,
    /// Last day of the period.
    pub period_end: Option<Date>,
    /// Snapshot, year to date, financial year: as published.
    pub basis: Option<String>,
    /// Percent, count, per 10,000 and so on.
    pub unit: Option<String>,
    /// The figure; empty where none is printed.
    pub value: Option<f64>,
    /// Its numerator, where printed.
    pub numerator: Option<f64>,
    /// Its denominator, where printed.
    pub denominator: Option<f64>,
    /// The figure as printed.
    pub raw: Option<String>,
    /// The mark printed in place of a figure.
    pub symbol: Option<String>,
    /// Published, provisional, revised: as the source says.
    pub status: Option<String>,
    /// The title as printed.
    pub title: Option<String>,
    /// A note by whoever transcribed it.
    pub note: Option<String>,
    /// Number of the import that retired the row; empty while it is current.
    pub known_to: Option<i64>,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
