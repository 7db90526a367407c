//! What is answered: a file for each thing. A type shows what the figures or the records say and decides nothing.

mod api_version;
mod authority;
mod breakdown;
mod comparison;
mod direction;
mod disproportionality;
mod indicator;
mod indicator_value;
mod interval;
mod lineage;
mod neighbours;
mod period;
mod rag;
mod region;
mod scorecard;
mod target;
mod trend;
mod viewer;

pub(super) use api_version::{ApiVersion, SchemaDigest};
pub(super) use authority::{Authority, AuthorityConnection};
pub(super) use breakdown::{Breakdown, BreakdownMember};
pub(super) use comparison::Comparison;
pub(super) use direction::DirectionOfTravel;
pub(super) use disproportionality::RatioEstimate;
pub(super) use indicator::{Indicator, IndicatorConnection};
pub(super) use indicator_value::IndicatorValue;
pub(super) use interval::Interval;
pub(super) use lineage::Lineage;
pub(super) use neighbours::ComparatorSet;
pub(super) use period::Period;
pub(super) use rag::RagAssessment;
pub(super) use region::Region;
pub(super) use scorecard::Scorecard;
pub(super) use target::Target;
pub(super) use trend::Trend;
pub(super) use viewer::Viewer;
