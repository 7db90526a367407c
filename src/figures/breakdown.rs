//! A figure split by ethnicity, age band or gender, beside the child population.

use chrono::Datelike;

use super::{Answer, Holdings, Opened};
use crate::{
    breakdowns::{Dimension, Group},
    indicators::Indicator,
    period::{Date, Period},
    statistics::{Fraction, RatioEstimate, disproportionality},
};

/// A split figure.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// By what.
    pub dimension: Dimension,
    /// Where the child population is from; none where it is not loaded by group.
    pub population_source: Option<String>,
    /// A row for each group, "Not known" last.
    pub rows: Vec<BreakdownRow>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct BreakdownRow {
    /// Which group.
    pub group: Group,
    /// Its figure.
    pub answer: Answer,
    /// Its share of those counted, in percent of those whose group is known.
    pub cohort_share: Option<f64>,
    /// Its share of the child population, in percent.
    pub population_share: Option<f64>,
    /// Cohort share over population share.
    pub disproportionality: Option<RatioEstimate>,
}

impl Opened {
    /// The indicator for a period, split by a dimension. The rows add up to the whole, where they are shown.
    pub fn breakdown(&self, indicator: &'static Indicator, period: Period, dimension: Dimension) -> Breakdown {
        let groups = dimension.groups();
        let answers: Vec<Answer> = groups.iter().map(|group| self.answer(indicator, period, Some(*group))).collect();
        let known = |answer: &&Answer| answer.group.is_some_and(Group::is_known);
        let counted: u64 = answers.iter().filter(known).filter_map(|answer| answer.numerator).sum();
        let population: Option<Vec<u64>> = groups
            .iter()
            .filter(|group| group.is_known())
            .map(|group| self.holdings().population(period.end, Some(*group)))
            .collect();
        let children: Option<u64> = population.map(|counts| counts.iter().sum());
        let row = |answer: Answer| {
            let group = answer.group.filter(|group| group.is_known());
            let cohort = group.and(answer.numerator).map(|part| Fraction::new(part, counted));
            let of_all = group.and_then(|group| self.holdings().population(period.end, Some(group)));
            let of_all = of_all.zip(children).map(|(part, all)| Fraction::new(part, all));
            BreakdownRow {
                group: answer.group.unwrap_or(Group::Gender(crate::breakdowns::Gender::NotKnown)),
                cohort_share: cohort.and_then(Fraction::percent),
                population_share: of_all.and_then(Fraction::percent),
                disproportionality: cohort.zip(of_all).and_then(|(cohort, all)| disproportionality(cohort, all)),
                answer,
            }
        };
        Breakdown {
            dimension,
            population_source: children.and_then(|_| self.holdings().population_source(period.end)),
            rows: answers.into_iter().map(row).collect(),
        }
    }
}

impl Holdings {
    fn population_source(&self, on: Date) -> Option<String> {
        let day = self.snapshot.population.on(on)?.day()?;
        Some(format!("Mid-{} population estimates, children aged 0 to 17", day.year()))
    }
}
