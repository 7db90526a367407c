//! A return that was given a wrong year: its own days say so.

use std::collections::HashSet;

use crate::import::csv::cell;
use crate::import::csv::table::{Row, Table};
use crate::import::error::ImportError;
use crate::import::ssda903::folder::Part;
use crate::import::ssda903::kind::ReturnFile;
use crate::import::ssda903::year::ReturnYear;
use crate::period::Date;
use crate::store::StoredState;
use crate::store::rows::Rows;

/// Of so many in a hundred alike, two returns are one.
const ALIKE: usize = 90;

/// Refuses a return if more than half of its episodes have no day in its year.
pub fn check_days(parts: &[Part], year: ReturnYear) -> Result<(), ImportError> {
    let episodes = parts.iter().find(|part| part.file == ReturnFile::Episodes).and_then(|part| part.table.as_ref());
    let Some(table) = episodes else { return Ok(()) };
    let (mut outside, mut of) = (0, 0);
    for (start, end) in spans(table) {
        of += 1;
        if start > year.window.to || end.is_some_and(|end| end <= year.window.from) {
            outside += 1;
        }
    }
    if 2 * outside > of { Err(ImportError::WrongYear { year: year.ending, outside, of }) } else { Ok(()) }
}

/// First day of each episode, and the first day after it; one that cannot be read lasts.
fn spans(table: &Table) -> impl Iterator<Item = (Date, Option<Date>)> {
    let (start, end) = (table.position("DECOM"), table.position("DEC"));
    let date = |row: &Row, place: Option<usize>| row.cells.get(place?).and_then(cell::date);
    table.rows.iter().filter_map(move |row| Some((date(row, start)?, date(row, end))))
}

/// Refuses a return that begins its episodes as another year's does, and has no date of its own year.
pub fn check_copies(rows: &Rows, held: &StoredState, year: ReturnYear) -> Result<(), ImportError> {
    let episodes = rows.episode.as_deref().unwrap_or_default();
    if episodes.is_empty() || held.starts.is_empty() || rows.have_a_date_in(year.window) {
        return Ok(());
    }
    let own: HashSet<(&str, Date)> = episodes.iter().map(|row| (row.child_id.as_str(), row.started_on)).collect();
    for (other, starts) in &held.starts {
        let alike = starts.iter().filter(|(child, start)| own.contains(&(child.as_str(), *start))).count();
        // Of both returns: a small one that is part of a large one is another return.
        if alike * 100 >= ALIKE * own.len().max(starts.len()) {
            return Err(ImportError::AnotherYear { year: year.ending, other: *other, alike, of: own.len() });
        }
    }
    Ok(())
}
