//! One pass over an authority's children that counts every indicator asked for, in all and by every group.

use rayon::prelude::*;

use super::{AgeAt, Context, Indicator, Met};
use crate::{
    breakdowns::{Dimension, Group},
    care::Child,
    period::Date,
    snapshot::Snapshot,
    statistics::Absence,
};

/// How many children one thread counts before another could help.
const CHILDREN_PER_TASK: usize = 10_000;

/// How many groups the largest dimension has.
const MOST_GROUPS: usize = 6;

/// What was counted in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Children counted.
    pub numerator: u64,
    /// Children the indicator is about.
    pub denominator: u64,
    /// Of those, the children about whom the records do not say; they are not in the numerator.
    pub blank: u64,
}

impl Tally {
    fn add(&mut self, met: Met) {
        self.denominator += 1;
        match met {
            Met::Yes => self.numerator += 1,
            Met::No => {}
            Met::Blank => self.blank += 1,
        }
    }

    fn merge(&mut self, other: Tally) {
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.blank += other.blank;
    }
}

/// What was counted in all and in each group. The groups of a dimension always add up to the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All children.
    pub total: Tally,
    groups: [[Tally; MOST_GROUPS]; Dimension::ALL.len()],
}

impl Counts {
    /// The cell of a group.
    pub fn group(&self, group: Group) -> Tally {
        let row = self.groups.get(group.dimension() as usize);
        row.and_then(|row| row.get(group.index())).copied().unwrap_or_default()
    }

    fn add(&mut self, groups: [Group; 3], met: Met) {
        self.total.add(met);
        for group in groups {
            let row = self.groups.get_mut(group.dimension() as usize);
            if let Some(cell) = row.and_then(|row| row.get_mut(group.index())) {
                cell.add(met);
            }
        }
    }

    fn merge(&mut self, other: &Counts) {
        self.total.merge(other.total);
        for (cell, more) in self.groups.iter_mut().flatten().zip(other.groups.iter().flatten()) {
            cell.merge(*more);
        }
    }
}

/// What was counted for one indicator, or why there is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorCounts {
    /// The cells.
    pub counts: Counts,
    /// Why there is no figure, judged once for the whole authority.
    pub absence: Option<Absence>,
}

/// Counts the indicators as at a day, in the order given.
pub fn count(snapshot: &Snapshot, indicators: &[&Indicator], on: Date) -> Vec<IndicatorCounts> {
    let context = Context::new(snapshot, on);
    let counts = if snapshot.children.len() > CHILDREN_PER_TASK {
        let parts = snapshot.children.par_chunks(CHILDREN_PER_TASK);
        parts.map(|children| tally(children, indicators, &context)).reduce(
            || vec![Counts::default(); indicators.len()],
            |mut sum, part| {
                sum.iter_mut().zip(&part).for_each(|(sum, part)| sum.merge(part));
                sum
            },
        )
    } else {
        tally(&snapshot.children, indicators, &context)
    };
    let counted = indicators.iter().zip(counts);
    counted
        .map(|(indicator, counts)| IndicatorCounts { absence: (indicator.recorded)(&context).err(), counts })
        .collect()
}

fn tally(children: &[Child], indicators: &[&Indicator], context: &Context<'_>) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); indicators.len()];
    for child in children {
        // Most indicators take the age on the same day, so a child's groups are worked out once.
        let mut at_period_end = None;
        for (indicator, counts) in indicators.iter().zip(&mut counts) {
            if indicator.is_about(child, context) {
                let groups = match indicator.age_at {
                    AgeAt::PeriodEnd => *at_period_end.get_or_insert_with(|| indicator.groups(child, context)),
                    AgeAt::FirstStart | AgeAt::LastEnd => indicator.groups(child, context),
                };
                counts.add(groups, indicator.judge(child, context));
            }
        }
    }
    counts
}
