//! As at which day a child is told of. Readers at level P are told of the ends of the last four quarters alone, so that trying
//! days tells them no birthday and no past (rulings A13 and A24).

use chrono::Utc;

use super::{AuthorityView, permissions::Names};
use crate::period::{Date, Period, PeriodKind};

/// Of how many ends of quarters readers at level P are told.
const RECENT: usize = 4;

impl AuthorityView {
    /// The day as at which a child's age is told, or another thing that turns with a birthday; none where it is not told
    /// to the viewer.
    pub fn age_day(&self, asked: Date) -> Option<Date> {
        match self.names() {
            Names::OwnOrNone => Some(asked),
            Names::PseudonymsAndDays => Some(Period::latest_ended_by(PeriodKind::Quarter, asked).end),
            Names::Pseudonyms => self.recent(asked),
        }
    }

    /// The day as at which it is told whether a child was looked after, and how; none where it is not told to the viewer.
    pub fn care_day(&self, asked: Date) -> Option<Date> {
        if self.hides_days() { self.recent(asked) } else { Some(asked) }
    }

    /// Whether the viewer may not see when and why care began and ended.
    pub fn hides_days(&self) -> bool {
        self.names() == Names::Pseudonyms
    }

    /// The days of which readers at level P are told, the latest first: the ends of the last four quarters that the
    /// records know.
    pub fn recent_days(&self) -> impl Iterator<Item = Date> {
        let latest = self.last_quarter();
        std::iter::successors(latest, |quarter| Some(quarter.previous())).map(|quarter| quarter.end).take(RECENT)
    }

    /// The last of the recent days that is not after the day asked for.
    fn recent(&self, asked: Date) -> Option<Date> {
        self.recent_days().find(|end| *end <= asked)
    }

    /// The last quarter to whose end the returns reach, and which is over.
    pub(super) fn last_quarter(&self) -> Option<Period> {
        let today = Utc::now().date_naive();
        self.horizon().map(|horizon| Period::latest_ended_by(PeriodKind::Quarter, horizon.min(today)))
    }
}
