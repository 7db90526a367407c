//! What a figure is split by.

use async_graphql::Enum;

use crate::breakdowns::Dimension;

/// What a figure is split by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "Dimension")]
pub(in crate::graphql) enum BreakdownDimension {
    /// Five census groups, and not known.
    Ethnicity,
    /// Five age bands, and not known.
    AgeBand,
    /// Male, female, and not known.
    Gender,
}
