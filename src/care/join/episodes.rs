//! Episode rows of several returns, made into one chain without overlaps (rulings R1, R2, 14, 15, 18).

use super::year_end_if_followed;
use crate::{
    care::{
        child::Repairs,
        codes::{LegalStatus, ReasonCeased},
        records::{EpisodeRow, LoadedReturn},
    },
    period::Date,
};

/// One row for each first day, the newest return's; open rows closed where the records show that they ended,
/// overlapping rows cut where the next begins.
pub(super) fn repaired(mut rows: Vec<EpisodeRow>, returns: &[LoadedReturn]) -> (Vec<EpisodeRow>, Repairs) {
    let mut repairs = Repairs::default();
    let all = rows.len();
    rows.retain(|row| row.end.is_none_or(|end| end > row.start));
    repairs.impossible = u16::try_from(all - rows.len()).unwrap_or(u16::MAX);
    // Of two rows with one first day in one return, the later end wins, and open is latest (ruling 18).
    rows.sort_by_key(|row| (row.start, row.return_year, row.end.unwrap_or(Date::MAX)));
    let mut chain: Vec<EpisodeRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match chain.last_mut() {
            Some(last) if last.start == row.start => *last = row,
            _ => {
                if let Some(last) = chain.last_mut() {
                    close_before(last, row.start, &mut repairs);
                }
                chain.push(row);
            }
        }
    }
    close_unfollowed(&mut chain, returns, &mut repairs);
    (chain, repairs)
}

/// Ends a row where the next one starts, if it is open or runs over; care goes on.
fn close_before(row: &mut EpisodeRow, next_start: Date, repairs: &mut Repairs) {
    match row.end {
        None => repairs.closed_by_next += 1,
        Some(end) if end > next_start => repairs.overlaps_cut += 1,
        Some(_) => return,
    }
    row.end = Some(next_start);
    row.reason_ceased = Some(ReasonCeased::X1);
}

/// Closes a child's last row at the 31 March of the newest return that holds it, if a later return is loaded and no
/// longer holds the child. A row that began on that very day has no length then and is left out.
fn close_unfollowed(chain: &mut Vec<EpisodeRow>, returns: &[LoadedReturn], repairs: &mut Repairs) {
    let Some(last) = chain.last_mut().filter(|last| last.end.is_none()) else { return };
    let Some(year_end) = year_end_if_followed(last.return_year, returns) else { return };
    repairs.closed_at_year_end += 1;
    last.end = Some(year_end);
    last.reason_ceased = None;
    if last.start >= year_end {
        chain.pop();
    }
}

/// The chain without short breaks (`V3`, `V4`).
pub(super) fn without_short_breaks(mut rows: Vec<EpisodeRow>) -> Vec<EpisodeRow> {
    rows.retain(|row| !row.legal_status.is_some_and(LegalStatus::is_short_break));
    rows
}
