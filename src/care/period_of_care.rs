//! A period of care: from coming into care to leaving it, however many legal statuses and placements lie between.

use super::{
    codes::{LegalStatus, Need, Place, Provider, ReasonCeased, ReasonChange, ReasonNew},
    placement::Placement,
    records::EpisodeRow,
    review::ReviewDue,
};
use crate::period::{Date, Window};

/// From the first day of care to the day it ended.
#[derive(Clone, Debug, Default)]
pub struct PeriodOfCare {
    /// First day of care, as far as the loaded returns show.
    pub start: Date,
    /// The day care ended, on which the child is no longer looked after; none while it lasts. Where the records lose
    /// the child, the day after the last that they cover.
    pub end: Option<Date>,
    /// The newer returns lack the child, so nobody knows how care went on: it has no end that counts as one
    /// (ruling 14 (d)).
    pub lost: bool,
    /// Why care ended; none while it lasts and where the records do not say.
    pub end_reason: Option<ReasonCeased>,
    /// The first row is not a start (`RNE` S): care began earlier, in a return that is not loaded (ruling 16).
    pub start_unknown: bool,
    /// The last row says that care goes on (X1), but nothing follows (ruling R1).
    pub gap_after: bool,
    /// Episodes in order, each beginning on the day the one before it ended.
    pub episodes: Box<[Episode]>,
    /// Placements in order (methodology M9).
    pub placements: Box<[Placement]>,
    /// The day the first review is due: twenty working days after the start.
    pub first_review_due: Date,
    /// Reviews due, each with the review held for it (methodology M10).
    pub reviews: Box<[ReviewDue]>,
}

/// A stretch of one legal status and one placement within a period of care.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Episode {
    /// First day.
    pub start: Date,
    /// The day it ended; none while open.
    pub end: Option<Date>,
    /// Why it began.
    pub reason_new: Option<ReasonNew>,
    /// Legal status.
    pub legal_status: Option<LegalStatus>,
    /// Category of need.
    pub need: Option<Need>,
    /// Placement type.
    pub place: Option<Place>,
    /// Who provides it.
    pub provider: Option<Provider>,
    /// Why it ended.
    pub reason_ceased: Option<ReasonCeased>,
    /// Why the placement ended.
    pub reason_change: Option<ReasonChange>,
    /// Miles from home.
    pub distance_miles: Option<f64>,
    /// Whether it lies in the responsible authority.
    pub in_authority: Option<bool>,
}

impl Episode {
    /// Whether the child is on a temporary stay (`T0` to `T4`).
    pub fn is_temporary(&self) -> bool {
        self.place.is_some_and(Place::is_temporary)
    }
}

impl From<&EpisodeRow> for Episode {
    fn from(row: &EpisodeRow) -> Self {
        Self {
            start: row.start,
            end: row.end,
            reason_new: row.reason_new,
            legal_status: row.legal_status,
            need: row.need,
            place: row.place,
            provider: row.provider,
            reason_ceased: row.reason_ceased,
            reason_change: row.reason_change,
            distance_miles: row.distance_miles.filter(|miles| *miles < 999.0),
            in_authority: row.in_authority,
        }
    }
}

impl PeriodOfCare {
    /// Whether the child is looked after in this period on the day.
    pub fn holds(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| end > day)
    }

    /// The episode in force on a day that the period holds.
    pub fn episode_on(&self, day: Date) -> Option<&Episode> {
        self.episodes.iter().rev().find(|e| e.start <= day).filter(|_| self.holds(day))
    }

    /// The episode of the placement in force on the day: during a temporary stay the one before it
    /// (methodology M9.6), and none where care opened with a temporary stay (ruling 22).
    pub fn placed_on(&self, day: Date) -> Option<&Episode> {
        self.episodes.iter().rev().find(|e| e.start <= day && !e.is_temporary()).filter(|_| self.holds(day))
    }

    /// The placement in force on the day and, in the same period, the one before it.
    pub fn placements_on(&self, day: Date) -> (Option<&Placement>, Option<&Placement>) {
        let mut back = self.placements.iter().rev().skip_while(|p| p.start > day);
        (back.next(), back.next())
    }
}

/// The periods of care of one child, in order, with the days between which they all lie: most questions about most
/// children are answered by a look at those two days.
#[derive(Clone, Debug, Default)]
pub struct Periods {
    span: Option<Window>,
    periods: Box<[PeriodOfCare]>,
}

impl Periods {
    /// Whether any of them could touch the window, the days on which they ended included.
    pub fn reach(&self, window: Window) -> bool {
        self.span.is_some_and(|span| span.from <= window.to && span.to >= window.from)
    }
}

impl FromIterator<PeriodOfCare> for Periods {
    fn from_iter<I: IntoIterator<Item = PeriodOfCare>>(periods: I) -> Self {
        let periods: Box<[PeriodOfCare]> = periods.into_iter().collect();
        let first = periods.first().map(|p| p.start);
        let last = periods.last().map(|p| p.end.unwrap_or(Date::MAX));
        Self { span: first.zip(last).map(|(from, to)| Window::new(from, to)), periods }
    }
}

impl std::ops::Deref for Periods {
    type Target = [PeriodOfCare];

    fn deref(&self) -> &[PeriodOfCare] {
        &self.periods
    }
}
