//! Which way a figure moves, over a year or over many.

use async_graphql::Enum;

use crate::{comparators, statistics};

/// Which way a figure moved since an earlier period.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "comparators::Direction")]
pub(in crate::graphql) enum Direction {
    /// The better way.
    Improving,
    /// The worse way.
    Worsening,
    /// By less than is worth naming.
    Stable,
    /// Up, where neither way is better.
    Up,
    /// Down, where neither way is better.
    Down,
}

/// Which way a figure went over the years.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::TrendDirection")]
pub(in crate::graphql) enum TrendDirection {
    /// It rose by more than chance.
    Rising,
    /// It fell by more than chance.
    Falling,
    /// It did not move by more than chance.
    NoSignificantChange,
    /// Too few points, nothing but zeros, or a unit without a test.
    CannotBeCalculated,
}

/// The test by which a trend is told from chance.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::TrendMethod")]
pub(in crate::graphql) enum TrendMethod {
    /// Cochran-Armitage, for percentages.
    CochranArmitage,
    /// A log-linear Poisson trend, for rates.
    PoissonTrend,
    /// No test fits the unit.
    None,
}

/// What a movement means, read together with which way is better.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Judgement")]
#[allow(clippy::enum_variant_names, reason = "the value's name in the schema")]
pub(in crate::graphql) enum Judgement {
    /// It moved the better way.
    Improving,
    /// It moved the worse way.
    Worsening,
    /// It did not move.
    Steady,
    /// Neither way is better, or nothing can be said.
    NoJudgement,
}
