//! One figure found, for every field that shows it: counted from the records or, where they do not reach, as the authority
//! has printed it (rulings 51, 59).

use super::{
    AuthorityData, Source,
    answer::{UnprotectedFigure, absent, printed},
};
use crate::{
    breakdowns::Group,
    comparators::{PublishedFigure, latest_published},
    indicators::{Context, Indicator},
    period::{Date, Period, PeriodKind, financial_year_start},
    statistics::{Absence, ValueStatus},
};

impl AuthorityData {
    /// The figure: counted or, where the records do not reach, as the newest document of the authority prints it.
    pub(super) fn find(
        &self,
        indicator: &'static Indicator,
        period: Period,
        group: Option<Group>,
    ) -> UnprotectedFigure {
        let printed_instead = || {
            let is_printed = group.is_none() && !self.is_told(indicator, period.end);
            latest_published(self.printed(indicator, period).filter(|_| is_printed), period)
        };
        match printed_instead() {
            Some(figure) => printed(indicator, period, figure),
            None => self.counted_figure(indicator, period, group),
        }
    }

    /// The figure from one source; none where that document does not print it.
    pub(super) fn find_from(
        &self,
        source: &Source,
        indicator: &'static Indicator,
        period: Period,
        group: Option<Group>,
    ) -> Option<UnprotectedFigure> {
        match source {
            Source::Records => Some(self.counted_figure(indicator, period, group)),
            Source::Published(document) => {
                let mut figures = self.printed(indicator, period).filter(|_| group.is_none());
                figures.find(|figure| figure.document == *document).map(|figure| printed(indicator, period, figure))
            }
        }
    }

    /// What the authority has printed of an indicator for exactly this period, older documents first.
    pub(super) fn printed(
        &self,
        indicator: &Indicator,
        period: Period,
    ) -> impl DoubleEndedIterator<Item = &PublishedFigure> {
        let local = self.reference.published.get(indicator.code).map_or(&[][..], |published| &published.local);
        local.iter().filter(move |figure| figure.period == period)
    }

    fn counted_figure(&self, indicator: &'static Indicator, period: Period, group: Option<Group>) -> UnprotectedFigure {
        let (cell, status) = match self.reach(indicator, period.end) {
            Err(absence) => (absent(indicator, period, group, absence), ValueStatus::Provisional),
            Ok(status) => (self.cell(&self.counted(indicator, period.end), indicator, period, group), status),
        };
        UnprotectedFigure { cell, status, source: Source::Records }
    }

    /// Whether the records reach the day in all that the indicator needs, and how final a figure for it is: provisional
    /// in a year whose return is not complete.
    pub(super) fn reach(&self, indicator: &Indicator, day: Date) -> Result<ValueStatus, Absence> {
        self.snapshot.reach(indicator.needs, day).map(|()| self.status_on(day))
    }

    /// The last whole period of a kind that the indicator is due for or, without one, that the returns reach.
    pub(super) fn latest(&self, indicator: Option<&Indicator>, kind: PeriodKind) -> Option<Period> {
        self.snapshot.latest(indicator.map_or(&[], |indicator| indicator.needs), kind)
    }

    /// Whether the records reach the day, and hold anything of what the indicator needs.
    fn is_told(&self, indicator: &Indicator, day: Date) -> bool {
        let is_held = || (indicator.recorded)(&Context::new(&self.snapshot, day)) != Err(Absence::NotAvailable);
        self.reach(indicator, day).is_ok() && is_held()
    }

    fn status_on(&self, day: Date) -> ValueStatus {
        let complete = |r: &&crate::care::records::LoadedReturn| Date::from_ymd_opt(r.year, 3, 31) == Some(r.up_to);
        let year = financial_year_start(day);
        let of_year = self.snapshot.returns.iter().find(|r| financial_year_start(r.up_to) == year);
        if of_year.as_ref().is_some_and(complete) { ValueStatus::Final } else { ValueStatus::Provisional }
    }
}
