//! From the bytes of a file to rows and cells: encoding, lines, columns, and what a cell says.

pub mod cell;
pub mod columns;
pub mod date_cell;
pub mod decode;
pub mod duplicates;
pub mod lines;
pub mod notes;
pub mod period_cell;
pub mod row;
pub mod spot;
pub mod table;
