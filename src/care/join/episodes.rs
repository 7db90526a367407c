//! Episode rows of several returns, made into one chain without overlaps (rulings R1, R2, 14, 15, 18).

use super::mended::{Fate, RepairedRow};
use crate::{
    care::{
        codes::{LegalStatus, ReasonCeased, ReasonNew},
        records::{EpisodeRow, LoadedReturn},
    },
    period::{Date, next_day},
};

/// The chain of one child's episodes, and what had to be done for it.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// The rows that stand, by first day, none reaching into the next.
    pub(super) rows: Vec<EpisodeRow>,
    /// Which rows could not stand as they were sent.
    pub(super) mended: Vec<RepairedRow>,
}

impl Chain {
    /// Whether the records lose the child where the row that starts on the day ends.
    pub(super) fn is_lost(&self, start: Date) -> bool {
        self.mended.iter().any(|mended| mended.fate == Fate::Lost && mended.start == start)
    }

    fn note(&mut self, row: &EpisodeRow, fate: Fate, by: i32) {
        self.mended.push(RepairedRow { start: row.start, return_year: row.return_year, by, fate });
    }
}

/// One row for each first day, the newest return's; rows that a newer return corrects or takes back left out; open
/// rows ended as the newer returns show; overlapping rows cut where the next begins.
pub(super) fn chain(rows: Vec<EpisodeRow>, returns: &[LoadedReturn]) -> Chain {
    let mut chain = Chain::default();
    let mut rows = newest_of_each_start(rows, &mut chain);
    let newest = returns.iter().map(|r| r.year).max().unwrap_or(i32::MAX);
    while let Some((at, by)) = (0..rows.len()).find_map(|at| Some((at, replaced_by(&rows, at, newest)?))) {
        chain.note(&rows.remove(at), Fate::Replaced, by);
    }
    let mut rows = rows.into_iter().peekable();
    while let Some(mut row) = rows.next() {
        if let Some((fate, end, by)) = early_end(&row, rows.peek(), newest, returns) {
            chain.note(&row, fate, by);
            row.end = Some(end);
            row.reason_ceased = (fate != Fate::Lost).then_some(ReasonCeased::X1);
        }
        if row.end.is_none_or(|end| end > row.start) {
            chain.rows.push(row);
        }
    }
    chain
}

/// Of two rows with one first day the newer return's stands; in one return the one that ends later, open being latest
/// (ruling 18). Rows that end before they begin are left out.
fn newest_of_each_start(mut rows: Vec<EpisodeRow>, chain: &mut Chain) -> Vec<EpisodeRow> {
    rows.sort_by_key(|row| (row.start, row.return_year, row.end.unwrap_or(Date::MAX)));
    let mut newest: Vec<EpisodeRow> = Vec::with_capacity(rows.len());
    for row in rows {
        if row.end.is_some_and(|end| end <= row.start) {
            chain.note(&row, Fate::Impossible, row.return_year);
            continue;
        }
        match newest.last_mut() {
            Some(last) if last.start == row.start => *last = row,
            _ => newest.push(row),
        }
    }
    newest
}

/// The newer return that says otherwise, so that the row is left out: its start was corrected (ruling 14 (a)), it was
/// taken back (b), or it starts inside a newer row (c).
fn replaced_by(rows: &[EpisodeRow], at: usize, newest: i32) -> Option<i32> {
    let (before, rest) = rows.split_at(at);
    let (row, after) = rest.split_first()?;
    let is_newer = |other: &&EpisodeRow| other.return_year > row.return_year;
    let by = if row.end.is_some() {
        before.iter().filter(is_newer).find(|other| other.end.is_none_or(|end| end > row.start))
    } else if row.return_year < newest {
        let same = |other: &&EpisodeRow| is_newer(other) && is_same_stretch(row, other);
        before.last().filter(is_newer).or_else(|| after.first().filter(same))
    } else {
        None
    };
    by.map(|other| other.return_year)
}

/// Whether two rows are one stretch of care whose start was corrected.
fn is_same_stretch(a: &EpisodeRow, b: &EpisodeRow) -> bool {
    let codes = |row: &EpisodeRow| (row.reason_new, row.legal_status, row.place, row.provider);
    codes(a) == codes(b) && a.placement_postcode == b.placement_postcode && a.real_urn() == b.real_urn()
}

/// What becomes of a row that cannot end as it was sent, where it ends, and the return that says so (rulings 14, R2).
fn early_end(
    row: &EpisodeRow,
    next: Option<&EpisodeRow>,
    newest: i32,
    returns: &[LoadedReturn],
) -> Option<(Fate, Date, i32)> {
    if let Some(end) = row.end {
        return next.filter(|next| end > next.start).map(|next| (Fate::Cut, next.start, next.return_year));
    }
    let starts_again = |next: &EpisodeRow| next.reason_new == Some(ReasonNew::S) && next.return_year > row.return_year;
    if row.return_year < newest && next.is_none_or(starts_again) {
        let day = next_day(last_day_of(row.return_year, returns)?);
        let by = next.map_or(newest, |next| next.return_year);
        return Some((Fate::Lost, next.map_or(day, |next| day.min(next.start)), by));
    }
    next.map(|next| (Fate::Closed, next.start, next.return_year))
}

/// The last day that the return of a year covers: 31 March, or the day up to which it was made.
pub(super) fn last_day_of(year: i32, returns: &[LoadedReturn]) -> Option<Date> {
    let loaded = returns.iter().find(|r| r.year == year).map(|r| r.up_to);
    loaded.or_else(|| Date::from_ymd_opt(year, 3, 31))
}

/// The chain without short breaks (`V3`, `V4`).
pub(super) fn without_short_breaks(rows: &mut Vec<EpisodeRow>) {
    rows.retain(|row| !row.legal_status.is_some_and(LegalStatus::is_short_break));
}
