//! A figure split by ethnicity, age band or gender, each group beside the child population or beside all the others.

use chrono::Datelike;

use super::{Answer, AuthorityData, AuthorityView};
use crate::{
    breakdowns::{Dimension, Group},
    indicators::Indicator,
    period::{Date, Period},
    statistics::{Bounds, Fraction, RatioEstimate, Unit, disproportionality, rate_against_rest},
};

/// A split figure.
#[derive(Clone, Debug)]
pub struct Breakdown {
    /// By what.
    pub dimension: Dimension,
    /// Where the child population is from; none where it is not loaded by group, and for percentages.
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
    /// Its share of the child population, in percent; none for percentages.
    pub population_share: Option<f64>,
    /// Cohort share over population share or, for percentages, the group's rate over that of all others.
    pub disproportionality: Option<RatioEstimate>,
}

impl AuthorityView {
    /// The indicator for a period, split by a dimension. The rows add up to the whole, where they are shown.
    pub fn breakdown(&self, indicator: &'static Indicator, period: Period, dimension: Dimension) -> Breakdown {
        let period = self.answered_for(indicator, period, Some(dimension));
        let groups = dimension.groups();
        let answers: Vec<Answer> = groups.iter().map(|group| self.answer(indicator, period, Some(*group))).collect();
        let known: Vec<&Answer> = answers.iter().filter(|answer| answer.group.is_some_and(Group::is_known)).collect();
        let counted: u64 = known.iter().filter_map(|answer| answer.numerator).sum();
        // An outcome is set against the others of the cohort, not against children who were never in it (ruling 56).
        let outcome = indicator.unit == Unit::Percent;
        let children = if outcome { None } else { self.data().children_by_group(period.end, dimension) };
        let row = |answer: &Answer| {
            let group = answer.group.filter(|group| group.is_known());
            let cohort = group.and(answer.numerator).map(|part| Fraction::new(part, counted));
            let of_group = group.and_then(|group| self.data().population(period.end, Some(group)));
            let population = of_group.zip(children).map(|(part, all)| Fraction::new(part, all));
            BreakdownRow {
                group: answer.group.unwrap_or(Group::Gender(crate::breakdowns::Gender::NotKnown)),
                cohort_share: cohort.and_then(Fraction::percent),
                population_share: population.and_then(Fraction::percent),
                disproportionality: if outcome {
                    group.and_then(|_| against_rest(answer, &known))
                } else {
                    cohort.zip(population).and_then(|(cohort, all)| disproportionality(cohort, all))
                },
                answer: answer.clone(),
            }
        };
        Breakdown {
            dimension,
            population_source: children.and_then(|_| self.data().population_source(period.end)),
            rows: answers.iter().map(row).collect(),
        }
    }
}

/// The rate of a group against that of all others whose group is known; none where one of them is held back, because
/// the others would tell about it.
fn against_rest(answer: &Answer, known: &[&Answer]) -> Option<RatioEstimate> {
    let own = answer.figure().bounds()?;
    let others: Option<Vec<Bounds>> =
        known.iter().filter(|other| other.group != answer.group).map(|other| cohort_of(other)).collect();
    let sum = |of: fn(&Bounds) -> u64| others.as_ref().map(|others| others.iter().map(of).sum::<u64>());
    let (all, met) = (sum(|other| other.least.denominator)?, sum(|other| other.least.numerator)?);
    let not_known = sum(|other| other.most.numerator)?.saturating_sub(met);
    // Of a rest of whom nothing is known there is no rate.
    (not_known < all).then(|| rate_against_rest(own, Bounds::new(Fraction::new(met, all), not_known)))?
}

/// A group as part of the rest, also where nothing is known of it.
fn cohort_of(answer: &Answer) -> Option<Bounds> {
    let all = answer.denominator?;
    let unknown = Bounds::new(Fraction::new(0, all), answer.not_known?);
    Some(answer.figure().bounds().unwrap_or(unknown))
}

impl AuthorityData {
    /// All children of the area whose group is known; none where one group's number is not loaded.
    fn children_by_group(&self, on: Date, dimension: Dimension) -> Option<u64> {
        let known = dimension.groups().iter().filter(|group| group.is_known());
        known.map(|group| self.population(on, Some(*group))).sum()
    }

    fn population_source(&self, on: Date) -> Option<String> {
        let day = self.reference.population.on(on)?.day()?;
        Some(format!("Mid-{} population estimates, children aged 0 to 17", day.year()))
    }
}
