//! How sure a figure is, and whether a difference is more than chance.

use async_graphql::Enum;

use crate::statistics;

/// How an interval was computed.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::IntervalMethod")]
pub(in crate::graphql) enum IntervalMethod {
    /// Wilson's score interval of a proportion.
    Wilson,
    /// Byar's approximation for a count of 10 or more.
    Byars,
    /// Exact Poisson limits for a count under 10.
    ExactPoisson,
    /// Student's t for a mean.
    StudentT,
    /// Newcombe's hybrid of two Wilson intervals, for the difference of two proportions.
    Newcombe,
    /// The logarithm of a ratio of two proportions or rates (Katz).
    KatzLog,
}

/// Whether a figure differs from another by more than chance.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Significance")]
pub(in crate::graphql) enum Significance {
    /// Better than the comparator.
    Better,
    /// Not different beyond chance.
    Similar,
    /// Worse than the comparator.
    Worse,
    /// Higher, where neither way is better.
    Higher,
    /// Lower, where neither way is better.
    Lower,
    /// No test was made: a number is missing, too few were asked about, or the two are not alike.
    NotCompared,
}

/// What a group is set against.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::RatioBasis")]
pub(in crate::graphql) enum RatioBasis {
    /// Its share of all children of the area: for counts and rates.
    Population,
    /// All others of the same cohort whose group is known: for percentages, which are outcomes.
    Rest,
}
