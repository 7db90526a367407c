//! The public schema: views of figures and records.
//!
//! [`schema()`] makes what executes operations, and the schema of each role. [`document`] reads what is asked, checks it
//! and counts what it costs, before anything is executed. [`query`] is the list of what can be asked; `types` has a file
//! for each thing that is answered, [`inputs`] one for each thing that is given, [`vocabulary`] the words with a fixed meaning.
//! No type here is a row of the database, and none computes a figure: they show what [`crate::figures`] answers.

mod auditing;
pub mod document;
mod error;
mod ids;
mod inputs;
mod loaders;
mod mutation;
mod notices;
#[macro_use]
mod paging;
mod query;
mod request;
mod role_types;
mod scalars;
mod schema;
mod suggest;
mod types;
mod vocabulary;

pub use error::UNAVAILABLE;
pub use ids::child_in;
pub use schema::{Api, fields, schema, sdl, sdl_of, words};
