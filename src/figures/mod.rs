//! A question about figures, from the permission to the answer with its comparators.
//!
//! This is the one door: [`Figures::open`] decides whether the caller may ask about an authority and hands out an
//! [`Opened`] authority, whose methods answer: a value, a scorecard, a breakdown, a history, a trend, a lineage, a child.
//! Answers are counted from a snapshot in memory, each count once, true values only; what the reader may have of them is
//! decided afterwards by [`crate::disclosure::protect`].

mod answer;
mod breakdown;
mod comparisons;
mod days;
mod door;
mod find;
mod history;
mod holdings;
mod lineage;
mod load;
mod notice;
mod opened;
mod permits;
mod recent;
mod scorecard;
mod trail;

pub use answer::{Answer, Source};
pub use breakdown::{Breakdown, BreakdownRow};
pub use comparisons::STANDARD_COMPARATORS;
pub use door::{Figures, FiguresError};
pub use holdings::{Holdings, Neighbour, NeighbourEdition, Place, Records, Reference, Region};
pub use lineage::{Concern, Lineage};
pub use load::LOADS;
pub use notice::Notice;
pub use opened::Opened;
pub use permits::Readable;
pub use scorecard::ScorecardRow;
pub use trail::{Touched, Trail};

#[cfg(test)]
mod tests;
