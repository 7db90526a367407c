//! Records in the database: the only place that speaks SQL.

mod batch;
pub mod rows;

pub use batch::{Batch, Outcome, Progress};
