//! Why a cell has no number, and how final a number is.

use async_graphql::Enum;

use crate::statistics;

/// Why a cell has no number. An absent figure is never written as zero.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::Absence")]
pub(in crate::graphql) enum Absence {
    /// Hidden so that no child can be recognised.
    Confidential,
    /// Nobody has the figure, nothing was there to count, such as a percentage of no children, or nothing is known of
    /// any of them.
    NotAvailable,
    /// The measure has no meaning for this area, such as England's average for a number of children.
    NotApplicable,
    /// The measure has a meaning, but no source prints it.
    NotPublished,
    /// The authority does not record what the measure needs.
    NotCollected,
    /// The source holds it too uncertain to print.
    LowReliability,
    /// The source prints that it is above zero and rounds to zero.
    RoundsToZero,
    /// The records do not reach the end of the period yet.
    NotYetDue,
    /// The caller may not see it.
    Forbidden,
}

/// How final a number is.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "statistics::ValueStatus")]
pub(in crate::graphql) enum ValueStatus {
    /// Printed or approved, not expected to change.
    Final,
    /// May still change, such as a quarter of the running year.
    Provisional,
    /// Replaces a figure that was printed before.
    Revised,
}

/// Where a number is from.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub(in crate::graphql) enum ValueSource {
    /// Counted from the authority's records.
    Records,
    /// Printed by the authority in a document.
    Published,
}
