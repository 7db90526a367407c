//! For which day a reader is answered. Exact days need identity: whoever may not see who a child is could find birthdays
//! by trying days (rulings A13 and A20).

use super::AuthorityView;
use crate::{
    access::{Denial, Domain},
    breakdowns::Dimension,
    indicators::Indicator,
    period::{Date, Period, PeriodKind},
    scorecards::PANEL,
};

impl AuthorityView {
    /// Whether the viewer may ask about days that end no month: of an indicator or, without one, of every row of the
    /// scorecard.
    ///
    /// # Errors
    /// Why they may not.
    pub fn exact_days(&self, indicator: Option<&Indicator>) -> Result<(), Denial> {
        let exact = |indicator: &Indicator| self.identified(indicator.domain);
        match indicator {
            Some(indicator) => exact(indicator),
            None => PANEL.indicators().filter(|row| self.may_see(row)).try_for_each(exact),
        }
    }

    /// Whether the viewer may choose the records of a domain by a day: by any if they see whom these are about, otherwise
    /// by the end of a month.
    ///
    /// # Errors
    /// Why they may not.
    pub fn may_choose(&self, domain: Domain, day: Date) -> Result<(), Denial> {
        if ends(PeriodKind::Month, day) { Ok(()) } else { self.noted(self.identified(domain)) }
    }

    /// A single day as a period, if the viewer may ask about it: `named` by its date as a code, or given as a day.
    ///
    /// # Errors
    /// Why they may not.
    pub fn single_day(&self, indicator: Option<&Indicator>, day: Date, named: bool) -> Result<Period, Denial> {
        let given = Period::containing(PeriodKind::Day, day);
        if !named && ends(PeriodKind::Month, day) {
            return Ok(given);
        }
        self.noted(self.exact_days(indicator)).map(|()| given)
    }

    /// The last whole period of a kind that an indicator is due for or, without one, that the returns reach; none before
    /// the first return. Of days it is the last that the viewer may ask about.
    pub fn latest(&self, indicator: Option<&Indicator>, kind: PeriodKind) -> Option<Period> {
        let latest = self.data().latest(indicator, kind)?;
        if kind != PeriodKind::Day || self.exact_days(indicator).is_ok() {
            return Some(latest);
        }
        let month = Period::latest_ended_by(PeriodKind::Month, latest.end);
        Some(Period::containing(PeriodKind::Day, month.end))
    }

    /// The period for which the viewer is answered when they ask about one. For readers of identified records it is the
    /// same. For others a day that ends no month stands for the month before it and, where the figure can turn with a
    /// birthday, a month that ends no quarter for the quarter before it.
    pub fn answered_for(&self, indicator: &Indicator, period: Period, by: Option<Dimension>) -> Period {
        let turns = indicator.depends_on_birthday || by == Some(Dimension::AgeBand);
        let coarsest = if turns { PeriodKind::Quarter } else { PeriodKind::Month };
        if ends(coarsest, period.end) || self.identified(indicator.domain).is_ok() {
            return period;
        }
        Period::latest_ended_by(coarsest, period.end)
    }

    fn noted<T>(&self, decided: Result<T, Denial>) -> Result<T, Denial> {
        decided.inspect_err(|denial| self.read_log().denied(&self.place().ons_code, *denial))
    }
}

fn ends(kind: PeriodKind, day: Date) -> bool {
    Period::containing(kind, day).end == day
}
