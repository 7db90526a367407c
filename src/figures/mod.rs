//! A question about figures, from the permission to the answer with its comparators.
//!
//! This is the one door: [`Figures::open`] decides whether the caller may ask about an authority and hands out an
//! [`Opened`] authority with its [`Holdings`], whose methods answer: a value, a scorecard, a breakdown, a history, a trend, a lineage.
//! Answers are counted from a snapshot in memory, each count once.

mod answer;
mod breakdown;
mod comparisons;
mod door;
mod history;
mod holdings;
mod lineage;
mod load;
mod scorecard;

pub use answer::Answer;
pub use breakdown::{Breakdown, BreakdownRow};
pub use comparisons::STANDARD_COMPARATORS;
pub use door::{Figures, FiguresError, Opened};
pub use holdings::{Holdings, Neighbour, NeighbourEdition, Place, Region};
pub use lineage::{Concern, Lineage};
pub use scorecard::ScorecardRow;

#[cfg(test)]
mod tests;
