//! A question about figures, from the permission to the answer with its comparators.
//!
//! [`Holdings`] is everything held about one authority; its methods answer: a value, a scorecard, a breakdown, a history, a trend, a lineage.
//! Answers are counted from a snapshot in memory, each count once.

mod answer;
mod breakdown;
mod comparisons;
mod history;
mod holdings;
mod lineage;
mod scorecard;

pub use answer::Answer;
pub use breakdown::{Breakdown, BreakdownRow};
pub use comparisons::STANDARD_COMPARATORS;
pub use holdings::{Holdings, Neighbour, NeighbourEdition, Place, Region};
pub use lineage::Lineage;
pub use scorecard::ScorecardRow;

#[cfg(test)]
mod tests;
