//! Which of the children behind a number.

use async_graphql::Enum;

use crate::indicators::Part;

/// Which of the children behind a number.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "Part")]
pub(in crate::graphql) enum CohortPart {
    /// Those counted.
    Numerator,
    /// All those the indicator is about.
    Denominator,
    /// Those the indicator is about and does not count.
    Missed,
}
