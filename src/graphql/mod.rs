//! The public schema: views of figures and records.
//!
//! [`schema()`] makes what executes operations. [`query`] is the list of what can be asked; `types` has a file for each
//! thing that is answered, [`inputs`] one for each thing that is given, [`vocabulary`] the words with a fixed meaning.
//! No type here is a row of the database, and none computes a figure: they show what [`crate::figures`] answers.

mod access;
mod asking;
mod auditing;
mod checks;
pub mod documents;
mod error;
mod given;
mod ids;
mod inputs;
pub mod limits;
mod loaders;
mod mutation;
mod near;
mod normal;
mod notices;
#[macro_use]
mod paging;
mod query;
mod reach;
mod scalars;
mod schema;
mod shown;
mod skipped;
mod types;
mod visible;
mod vocabulary;

pub use error::UNAVAILABLE;
pub use ids::child_in;
pub use schema::{Api, fields, schema, sdl, sdl_of, words};
