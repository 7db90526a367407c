//! Copies of a whole database while others use it: a file of SQLite by its own interface for backups, a database of
//! PostgreSQL by PostgreSQL's own programs.

mod error;
mod postgres;
mod sqlite;

use std::collections::BTreeMap;

pub use error::BackupError;
pub use postgres::{check_postgres_empty, dump_postgres, restore_postgres};
pub use sqlite::{copy_sqlite, faults_of_sqlite, settle_sqlite};

/// How many rows each table holds.
pub type RowCounts = BTreeMap<String, u64>;
