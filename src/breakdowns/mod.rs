//! The groups that a figure is split by: ethnicity, age band and gender.
//!
//! The rows of a breakdown always add up to the total: whoever's group is not recorded stands in "Not known",
//! which is a row even when it is empty (ruling 13).

mod age_band;
mod ethnic_group;
mod gender;
mod group;

pub use age_band::AgeBand;
pub use ethnic_group::EthnicGroup;
pub use gender::Gender;
pub use group::{Dimension, Group};
