//! The files of an import.

use sea_orm::entity::prelude::*;

/// One file.
#[derive(Clone, Debug, Default, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_file")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_number: i64,
    /// Name of the file, without its folder.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The file's kind: `header`, `episodes` and so on.
    pub table: String,
    /// Digest of its bytes, in hexadecimal.
    pub sha256: String,
    /// Rows read.
    pub rows: i64,
    /// Rows used.
    pub used: i64,
    /// Rows used after a repair.
    pub repaired: i64,
    /// Rows not used.
    pub refused: i64,
    /// Rows, of this or another return, that are left out since this import because a newer return corrects them or
    /// takes them back.
    pub replaced: i64,
    /// Rows, of this or another return, whose child the newer returns lack since this import.
    pub lost: i64,
}

/// Rows are joined by their keys in the queries that need it.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
