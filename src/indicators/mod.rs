//! What is counted: every indicator as a value, a file for each theme, and one pass that counts them all.
//!
//! An indicator reads aloud: the children it is about (`of`, step by step), those among them whom it counts (`met`),
//! and the words, source and worked examples that go with it. To find out how something is counted, open the file of
//! its theme.

mod care_leavers;
mod cohort;
mod context;
mod count;
mod definition;
mod health;
mod location;
mod missing;
mod permanence;
mod population;
mod reviews;
mod stability;
mod value;

pub use cohort::{Part, TracedStep, cohort, trace};
pub use context::{Context, HealthSource};
pub use count::{Counted, Counts, Tally, count};
pub use definition::{AgeAt, Indicator, Met, Step, Theme};
pub use value::{Worked, worked};

/// Every indicator, in the order of the scorecard of February 2024, followed by those that stand behind it.
pub const ALL: &[&Indicator] = &[
    &population::NUMBER,
    &care_leavers::NUMBER,
    &population::RATE,
    &reviews::IN_TIMESCALE,
    &stability::THREE_OR_MORE_PLACEMENTS,
    &stability::LONG_TERM,
    &care_leavers::SUITABLE_ACCOMMODATION,
    &care_leavers::NEET,
    &health::DENTAL_CHECKS,
    &health::HEALTH_CHECKS,
    &permanence::ADOPTED,
    &permanence::SPECIAL_GUARDIANSHIP,
    &location::OVER_20_MILES,
    &missing::MISSING,
    &population::STARTED,
    &population::CEASED,
    &population::ANY_TIME,
    &missing::ABSENT,
];

/// How many of [`ALL`], from the first, are the rows of the panel's scorecard.
pub const SCORECARD_ROWS: usize = 14;

/// The indicator with the code.
pub fn find(code: &str) -> Option<&'static Indicator> {
    ALL.iter().copied().find(|indicator| indicator.code == code)
}

#[cfg(test)]
mod birthday_tests;
#[cfg(test)]
mod tests;
