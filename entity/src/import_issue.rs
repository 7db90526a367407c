//! What was wrong with rows of an import: each refused or repaired row.

use sea_orm::entity::prelude::*;

/// One issue.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_issue")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_number: i64,
    /// Counts from 1 within the import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub issue_number: i32,
    /// Name of the file.
    pub file: String,
    /// Line in the file, the header being 1.
    pub row: Option<i64>,
    /// The column.
    pub column: Option<String>,
    /// The value: codes and dates only, never free text.
    pub value: Option<String>,
    /// Code of the rule.
    pub rule: String,
    /// `refused`, `repaired` or `warning`.
    pub severity: String,
    /// What is wrong, in plain words.
    pub message: String,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
