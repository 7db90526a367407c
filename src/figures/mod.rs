//! A question about figures, from the permission to the answer with its comparators.
//!
//! This is the one door: [`Figures::open`] decides whether the caller may ask about an authority and hands out an
//! [`AuthorityView`], whose methods answer: a value, a scorecard, a breakdown, a history, a trend, a lineage, a child.
//! Answers are counted from a snapshot in memory, each count once, true values only; what the reader may have of them is
//! decided afterwards by [`crate::disclosure::protect`].

mod answer;
mod authority_data;
mod authority_view;
mod breakdown;
mod comparisons;
mod days;
mod door;
mod find;
mod history;
mod lineage;
mod load;
mod notice;
mod permissions;
mod read_log;
mod recent;
mod scorecard;

pub use answer::{Answer, Source};
pub use authority_data::{AuthorityData, Neighbour, NeighbourEdition, Place, Records, Reference, Region};
pub use authority_view::AuthorityView;
pub use breakdown::{Breakdown, BreakdownRow};
pub use comparisons::STANDARD_COMPARATORS;
pub use door::{Figures, FiguresError};
pub use lineage::{Concern, Lineage};
pub use load::LOADS;
pub use notice::Notice;
pub use permissions::ReadableDomain;
pub use read_log::{ReadLog, Reads};
pub use scorecard::ScorecardRow;

#[cfg(test)]
mod tests;
