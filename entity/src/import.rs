//! Imports, numbered in the order in which they were made. Undoing one is an import too.

use sea_orm::entity::prelude::*;

/// One import.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    /// Counts from 1 over all authorities.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The authority it is for; empty for reference data.
    pub authority_id: Option<String>,
    /// What was imported: `ssda903`, `carers`, `undo` and so on.
    pub kind: String,
    /// The year in which the return ends, for a yearly return.
    pub return_year: Option<i32>,
    /// Last day that an unfinished return covers.
    pub up_to: Option<Date>,
    /// When it was received.
    pub received_at: DateTimeUtc,
    /// The import that this one undoes.
    pub undoes: Option<i64>,
    /// The import that undid this one.
    pub undone_by: Option<i64>,
    /// One line for people: rows added, retired and unchanged.
    pub summary: String,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
