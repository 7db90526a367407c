//! What a figure is set beside: target, statistical neighbours, England, region, earlier periods.
//!
//! Everything here is a pure function of plain values; the layer above fetches them. The rules are told in plain
//! words in `docs/statistics.md`.

mod area_codes;
mod comparison;
mod direction;
mod earlier;
mod figure;
mod neighbours;
mod published;
mod rating;
mod target;

pub use area_codes::AreaCodes;
pub use comparison::{Comparator, Comparison, with_area, with_earlier, with_neighbours, with_target};
pub use direction::{Direction, direction};
pub use earlier::{Earlier, earlier};
pub use figure::{Document, Figure, PublishedFigure};
pub use neighbours::{Averaging, Choice, Edition, NeighbourAverage, current_edition, neighbour_average};
pub use published::latest_published;
pub use rating::{Rag, Rating, rate, unrated_group};
pub use target::{StandingTarget, Target, Tolerance, target_for};
