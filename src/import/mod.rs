//! From the files that councils hold to stored records, with every problem told.
//!
//! A file becomes a [`table`], whatever its encoding, column order and line ends; a kind of file reads its rows cell by
//! cell, and each row or value that breaks a [rule](rules) becomes an [issue](report::Issue). Nothing stops at the first.

mod authorities;
mod cell;
mod columns;
mod confirm;
mod date_cell;
mod decode;
pub mod error;
mod files;
mod heading;
mod keys;
mod kind;
mod leaver_words;
mod lines;
mod lists;
mod notes;
mod period_cell;
mod prepare;
mod published;
mod reader;
pub mod report;
pub mod rule;
pub mod rules;
mod shown;
pub mod spot;
mod ssd;
pub mod ssda903;
mod table;
mod words;

pub use confirm::Confirmed;
pub use kind::Kind;
pub use prepare::{Prepared, Request, prepare};
pub use words::{Form, Words};

/// A child's identifier as it is stored: trimmed, upper case, and without what spreadsheets add to numbers.
pub fn identifier(text: &str) -> String {
    cell::identifier(text)
}

/// Reads a date as files give it: `2023-09-30`, `30/09/2023` and the other forms of [`cell`].
pub fn day(text: &str) -> Option<crate::period::Date> {
    cell::date(text)
}
