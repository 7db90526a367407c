//! A child's time in care: the records, joined over the years, and the words that indicators are written in.
//!
//! [`records`] are the rows as councils hold them; [`join()`] makes one [`Child`] of them; a child answers questions
//! such as [`Child::looked_after_on`], [`Child::placements_in`] or [`Child::last_end_in`]. [`story`] writes a child's
//! life as a sentence, for examples and tests.

pub mod codes;

pub mod records;

mod child;
mod join;
mod leaver;
mod missing;
mod period_of_care;
mod placement;
mod review;
mod urn;

pub mod story;

pub use child::{Child, Unaccompanied};
pub use join::{Fate, ROW_CUT, ROW_LOST, ROW_REPLACED, RepairedRow, Repairs, join, mended};
pub use leaver::{LeaverHistory, LeaverStatus};
pub use missing::MissingEpisode;
pub use period_of_care::{Episode, PeriodOfCare, Periods};
pub use placement::Placement;
pub use review::ReviewDue;
pub use urn::real_urn;
