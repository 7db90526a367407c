//! What is counted: every indicator as a value, a file for each, and one pass that counts them all.
//!
//! An indicator reads aloud: the children it is about (`of`, step by step), those among them whom it counts (`met`),
//! and the words, source and worked examples that go with it. To find out how something is counted, open its file in
//! `catalogue/`, in the folder of its theme.

pub mod catalogue;
mod cohort;
mod context;
mod count;
mod definition;
mod prelude;
mod published_measure;
mod value;

pub use catalogue::{all, find};
pub use cohort::{Part, TracedStep, cohort, trace};
pub use context::{Context, HealthSource};
pub use count::{Counts, IndicatorCounts, Tally, count};
pub use definition::{AgeAt, Indicator, Met, Step, Theme, Version};
pub use published_measure::{Column, Comparability, ComparisonTime, Likeness, OpenData};
pub use value::{CellValue, worked};

#[cfg(test)]
mod birthday_tests;
#[cfg(test)]
mod tests;
