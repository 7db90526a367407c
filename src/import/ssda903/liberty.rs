//! Deprivation of liberty orders.

use crate::import::csv::duplicates::{ends_later, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::DeprivationOfLiberty;

/// Reads the orders.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<DeprivationOfLiberty>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &DeprivationOfLiberty| (row.child_id.clone(), row.started_on);
    let later = |new: &DeprivationOfLiberty, old: &DeprivationOfLiberty| ends_later(new.ended_on, old.ended_on);
    one_a_key(&table.file, rows, &rules::ORDER_TWICE, report, key, later)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<DeprivationOfLiberty> {
    let child_id = people.child(row, &header::NO_HEADER_APART)?;
    let started_on = row.needed_date("DOLO_START", &rules::ORDER_START)?;
    let ended_on = row.end_date("DOLO_END", &rules::ORDER_END)?;
    if ended_on.is_some_and(|end| end < started_on) {
        row.tell(&rules::ORDER_END, "DOLO_END");
        return None;
    }
    Some(DeprivationOfLiberty { child_id, started_on, ended_on, ..DeprivationOfLiberty::default() })
}
