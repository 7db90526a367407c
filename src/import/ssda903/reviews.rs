//! Reviews held.

use crate::care::codes::Participation;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::Review;

/// Reads the reviews.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<Review>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &Review| (row.child_id.clone(), row.held_on);
    one_a_key(&table.file, rows, &rules::REVIEW_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<Review> {
    let child_id = people.child(row, &header::NO_HEADER_REVIEW)?;
    let held_on = row.needed_date("REVIEW", &rules::REVIEW_DATE)?;
    let known = |code: &str| Participation::parse(code).is_some();
    let participation = row.given_code("REVIEW_CODE", known, &rules::PARTICIPATION);
    Some(Review { child_id, held_on, participation, ..Review::default() })
}
