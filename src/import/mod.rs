//! From the files that councils hold to stored records, with every problem told.
//!
//! A file becomes a [`table`](csv::table), whatever its encoding, column order and line ends; a kind of file reads its rows cell by
//! cell, and each row or value that breaks a [rule](rules) becomes an [issue](report::Issue). Nothing stops at the first.

mod authorities;
mod confirm;
pub mod csv;
pub mod error;
mod files;
mod heading;
mod kind;
mod leaver_words;
mod lists;
mod prepare;
mod published;
pub mod report;
pub mod rules;
mod ssd;
pub mod ssda903;

pub use confirm::Confirmations;
pub use kind::Kind;
pub use prepare::{PreparedImport, Request, prepare};
pub use report::text::{Form, Words};

/// A child's identifier as it is stored: trimmed, upper case, and without what spreadsheets add to numbers.
pub fn identifier(text: &str) -> String {
    csv::cell::identifier(text)
}

/// Reads a date as files give it: `2023-09-30`, `30/09/2023` and the other forms of [`cell`](csv::cell).
pub fn day(text: &str) -> Option<crate::period::Date> {
    csv::cell::date(text)
}
