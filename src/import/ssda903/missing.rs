//! Times missing from care, or away without authorisation.

use crate::care::codes::MissingKind;
use crate::import::csv::duplicates::{ends_later, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::MissingEpisode;

/// Reads the missing periods.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<MissingEpisode>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &MissingEpisode| (row.child_id.clone(), row.started_on);
    let later = |new: &MissingEpisode, old: &MissingEpisode| ends_later(new.ended_on, old.ended_on);
    one_a_key(&table.file, rows, &rules::MISSING_TWICE, report, key, later)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<MissingEpisode> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let started_on = row.needed_date("MIS_START", &rules::MISSING_START)?;
    let ended_on = row.end_date("MIS_END", &rules::MISSING_END)?;
    if ended_on.is_some_and(|end| end < started_on) {
        row.tell(&rules::MISSING_ORDER, "MIS_END");
        return None;
    }
    let kind = row.given_code("MISSING", |code| MissingKind::parse(code).is_some(), &rules::MISSING_KIND);
    Some(MissingEpisode { child_id, started_on, ended_on, kind, ..MissingEpisode::default() })
}
