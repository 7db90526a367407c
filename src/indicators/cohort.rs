//! From a number back to the children behind it, and the conditions they passed on the way.

use super::{Context, Indicator, Met};
use crate::{care::Child, period::Date, snapshot::Snapshot};

/// Which of the children behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Those counted.
    Numerator,
    /// All those the indicator is about.
    Denominator,
    /// Those the indicator is about and does not count.
    Missed,
}

/// The children of a part, in order of identifier.
pub fn cohort<'a>(snapshot: &'a Snapshot, indicator: &Indicator, on: Date, part: Part) -> Vec<&'a Child> {
    let context = Context::new(snapshot, on);
    let belongs = |child: &Child| match part {
        Part::Denominator => true,
        Part::Numerator => indicator.judge(child, &context) == Met::Yes,
        Part::Missed => indicator.judge(child, &context) != Met::Yes,
    };
    snapshot.children.iter().filter(|child| indicator.is_about(child, &context) && belongs(child)).collect()
}

/// One condition on the way to a number, with how many children came to it and how many it kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedStep {
    /// The condition in words.
    pub text: &'static str,
    /// Children before.
    pub count_in: u64,
    /// Children after.
    pub count_out: u64,
}

/// Every condition of an indicator in order, from all children of the authority to the numerator.
pub fn trace(snapshot: &Snapshot, indicator: &Indicator, on: Date) -> Vec<TracedStep> {
    let context = Context::new(snapshot, on);
    let mut left: Vec<&Child> = snapshot.children.iter().collect();
    let mut steps = Vec::with_capacity(indicator.of.len() + 1);
    let mut narrow = |text: &'static str, keep: &dyn Fn(&Child) -> bool| {
        let count_in = left.len() as u64;
        left.retain(|child| keep(child));
        steps.push(TracedStep { text, count_in, count_out: left.len() as u64 });
    };
    for step in indicator.of {
        narrow(step.text, &|child| (step.keep)(child, &context));
    }
    if indicator.met.is_some() {
        narrow(indicator.numerator, &|child| indicator.judge(child, &context) == Met::Yes);
    }
    steps
}
