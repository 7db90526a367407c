//! The panel's scorecard: fourteen rows, each with its figure, the last three year ends and its comparators.

use super::{Answer, Holdings};
use crate::{
    indicators::{ALL, Indicator, SCORECARD_ROWS},
    period::{Period, PeriodKind},
};

/// How many year ends stand before the figure.
const YEARS_BEFORE: usize = 3;

/// One row.
#[derive(Clone, Debug)]
pub struct ScorecardRow {
    /// Its number on the scorecard, from 1.
    pub number: usize,
    /// What it is about.
    pub indicator: &'static Indicator,
    /// The figure of the period.
    pub current: Answer,
}

impl Holdings {
    /// The rows for a period, of the indicators that `may_see` allows.
    pub fn scorecard(&self, period: Period, may_see: impl Fn(&Indicator) -> bool) -> Vec<ScorecardRow> {
        let rows = ALL.iter().copied().take(SCORECARD_ROWS).enumerate().filter(|(_, indicator)| may_see(indicator));
        let rows: Vec<(usize, &'static Indicator)> = rows.collect();
        self.count_ahead(&rows.iter().map(|(_, indicator)| *indicator).collect::<Vec<_>>(), period);
        rows.into_iter()
            .map(|(at, indicator)| ScorecardRow {
                number: at + 1,
                indicator,
                current: self.answer(indicator, period, None),
            })
            .collect()
    }

    /// The three year ends before the period, oldest first: from the records where they reach, otherwise as printed.
    pub fn year_ends_before(&self, answer: &Answer) -> Vec<Answer> {
        years_before(answer.period).map(|year| self.answer_or_printed(answer.indicator, year)).collect()
    }

    /// Counts a whole scorecard in one pass a day, rather than row by row.
    fn count_ahead(&self, indicators: &[&'static Indicator], period: Period) {
        let earlier = [period, period.previous(), period.same_last_year()].into_iter().chain(years_before(period));
        for day in earlier.map(|period| period.end).filter(|day| self.snapshot.covers(*day)) {
            self.count_together(indicators, day);
        }
    }
}

fn years_before(period: Period) -> impl Iterator<Item = Period> {
    let year = Period::containing(PeriodKind::FinancialYear, period.end);
    let mut years: Vec<Period> =
        std::iter::successors(Some(year.previous()), |year| Some(year.previous())).take(YEARS_BEFORE).collect();
    years.reverse();
    years.into_iter()
}
