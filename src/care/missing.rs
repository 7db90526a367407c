//! Times when a child was missing, or away from the placement without authorisation.

use super::{
    codes::MissingKind,
    period_of_care::PeriodOfCare,
    records::{LoadedReturn, MissingRow},
};
use crate::period::{Date, Window};

/// A time missing or away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingEpisode {
    /// Missing or away; none where the code is unknown.
    pub kind: Option<MissingKind>,
    /// First day.
    pub start: Date,
    /// Last day; none while missing.
    pub end: Option<Date>,
    /// Whether it overlaps a period of care (ruling 34).
    pub in_care: bool,
}

impl MissingEpisode {
    /// Whether it overlaps the window, both ends included.
    pub fn overlaps(&self, window: Window) -> bool {
        self.start <= window.to && self.end.is_none_or(|end| end >= window.from)
    }
}

/// Joins the missing rows of all returns: the newest return wins, and a row left open in a return that a later one
/// follows is closed on the last day of that return (ruling R8).
pub(super) fn missing_episodes(
    mut rows: Vec<MissingRow>,
    returns: &[LoadedReturn],
    care: &[PeriodOfCare],
) -> Box<[MissingEpisode]> {
    rows.sort_by_key(|row| (row.start, row.return_year, row.end.unwrap_or(Date::MAX)));
    let mut joined: Vec<MissingEpisode> = Vec::with_capacity(rows.len());
    for row in rows {
        let end = row.end.or_else(|| super::join::last_day_if_followed(row.return_year, returns));
        if end.is_some_and(|end| end < row.start) {
            continue;
        }
        let in_care =
            care.iter().any(|p| p.end.is_none_or(|over| row.start < over) && end.is_none_or(|e| e >= p.start));
        let episode = MissingEpisode { kind: row.kind, start: row.start, end, in_care };
        match joined.last_mut() {
            Some(last) if last.start == row.start => *last = episode,
            _ => joined.push(episode),
        }
    }
    joined.into()
}
