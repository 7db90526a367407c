//! Records in the database: the only place that speaks SQL.

mod batch;
mod connect;
mod error;
mod grants;
pub mod rows;

#[cfg(test)]
#[path = "../../tests/api/helpers/databases.rs"]
mod databases;
#[cfg(test)]
mod schema_tests;

pub use batch::{Batch, Outcome, Progress};
pub use connect::{Applied, Change, Store};
pub use error::StoreError;
