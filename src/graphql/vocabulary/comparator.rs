//! What a figure is set beside, and the colour that its target gives it.

use async_graphql::Enum;

use crate::{comparators, indicators};

/// What a figure is set beside.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "comparators::Comparator")]
pub(in crate::graphql) enum Comparator {
    /// The average of the authorities most like this one.
    StatisticalNeighbours,
    /// England as published.
    England,
    /// The region as published.
    Region,
    /// The authority's own target.
    Target,
    /// The period just before.
    PreviousPeriod,
    /// The same period a year before.
    SamePeriodLastYear,
}

/// How an average of authorities is formed.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "comparators::Averaging")]
pub(in crate::graphql) enum Averaging {
    /// All numerators over all denominators, where both are published.
    Pooled,
    /// The simple mean of the neighbours' values.
    Mean,
    /// The middle value.
    Median,
    /// Taken as a report prints it; who was in it is not known.
    AsPublished,
}

/// How alike the rules of two figures are.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "indicators::Comparability")]
pub(in crate::graphql) enum Comparability {
    /// The same rule.
    Same,
    /// Nearly the same rule.
    Close,
    /// Another rule: shown, but never judged against.
    Differs,
}

/// The colour in the panel's table.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "comparators::Rag")]
pub(in crate::graphql) enum Rag {
    /// The target is met.
    Green,
    /// Missed by no more than the tolerance.
    Amber,
    /// Missed by more.
    Red,
    /// Grey: no target that judges, no better way, no value, too few children, or too many not known.
    NotRated,
}
