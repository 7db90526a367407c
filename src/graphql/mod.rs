//! The public schema: views of figures and records.

pub mod documents;
pub mod limits;
