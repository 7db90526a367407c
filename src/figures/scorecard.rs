//! The panel's scorecard: fourteen rows, each with its figure, the last three year ends and its comparators.

use std::collections::BTreeMap;

use super::{Answer, AuthorityData, AuthorityView};
use crate::{
    indicators::Indicator,
    period::{Date, Period, PeriodKind},
    scorecards::PANEL,
};

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

impl AuthorityView {
    /// The rows for a period, of the indicators that the viewer may see.
    pub fn scorecard(&self, period: Period) -> Vec<ScorecardRow> {
        let rows = PANEL.indicators().enumerate();
        let rows: Vec<(usize, &'static Indicator)> = rows.filter(|(_, indicator)| self.may_see(indicator)).collect();
        self.data().count_ahead(&rows.iter().map(|(_, indicator)| *indicator).collect::<Vec<_>>(), period);
        rows.into_iter()
            .map(|(at, indicator)| ScorecardRow {
                number: at + 1,
                indicator,
                current: self.answer(indicator, period, None),
            })
            .collect()
    }

    /// How many rows of the panel's scorecard the viewer is not shown (ruling A26).
    pub fn withheld_rows(&self) -> usize {
        PANEL.indicators().filter(|indicator| !self.may_see(indicator)).count()
    }

    /// The three year ends before the period, oldest first: from the records where they reach, otherwise as printed.
    pub fn year_ends_before(&self, answer: &Answer) -> Vec<Answer> {
        years_before(answer.period).map(|year| self.answer(answer.indicator, year, None)).collect()
    }

    /// Several figures in the order in which they are asked for; those for one day are counted together.
    pub fn answers(&self, asked: &[(&'static Indicator, Period)]) -> Vec<Answer> {
        let mut days: BTreeMap<Date, Vec<&'static Indicator>> = BTreeMap::new();
        for (indicator, period) in asked {
            let day = self.answered_for(indicator, *period, None).end;
            days.entry(day).or_default().push(indicator);
        }
        for (day, indicators) in days.iter().filter(|(day, _)| self.data().snapshot.covers(**day)) {
            self.data().count_together(indicators, *day);
        }
        asked.iter().map(|(indicator, period)| self.answer(indicator, *period, None)).collect()
    }
}

impl AuthorityData {
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
        std::iter::successors(Some(year.previous()), |year| Some(year.previous())).take(PANEL.year_ends).collect();
    years.reverse();
    years.into_iter()
}
