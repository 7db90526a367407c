//! What an indicator is measured in, over which stretch of time, and which way is better.

use async_graphql::Enum;

use crate::statistics;

/// What a value is measured in.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Unit")]
pub(in crate::graphql) enum Unit {
    /// A number of children, carers or events.
    Count,
    /// 100 x numerator / denominator.
    Percent,
    /// 10,000 x numerator / child population.
    #[graphql(name = "RATE_PER_10000")]
    RatePer10000,
    /// A mean or median of days.
    Days,
    /// A mean score.
    Score,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Polarity")]
pub(in crate::graphql) enum Polarity {
    /// More is better, such as dental checks.
    HigherIsBetter,
    /// Less is better, such as children who went missing.
    LowerIsBetter,
    /// Neither way is better in itself, such as the number of children looked after.
    #[graphql(name = "NO_JUDGEMENT")]
    Neutral,
}

/// The stretch of time that an indicator measures, ending on the last day of the period that is asked for.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Basis")]
pub(in crate::graphql) enum Basis {
    /// The last day alone.
    Snapshot,
    /// From 1 April; it grows through the year and is never scaled up to a whole one.
    YearToDate,
    /// The twelve months up to the last day.
    #[graphql(name = "ROLLING_12_MONTHS")]
    Rolling12Months,
    /// The three financial years up to the end of the running one.
    ThreeYear,
    /// September to August.
    AcademicYear,
    /// One quarter by itself.
    Quarter,
    /// April to March.
    FinancialYear,
}

/// When one target for the whole year judges an indicator.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::FlatTarget")]
pub(in crate::graphql) enum FlatTarget {
    /// In every quarter: the figure does not grow with the year, such as reviews in time.
    EveryQuarter,
    /// Only at the end of the year: the figure grows until then, such as children who went missing.
    YearEnd,
}
