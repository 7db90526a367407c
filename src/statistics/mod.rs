//! How sure a figure is: intervals, comparisons, trends and disproportionality, all from counts alone.
//!
//! The methods and their sources are told in plain words in `docs/statistics.md`.

mod absence;
mod basis;
mod bounds;
mod comparison;
mod difference;
mod disproportionality;
mod fraction;
mod funnel;
mod interval;
mod mean;
mod poisson;
mod ratio;
mod rounding;
mod trend;
mod unit;
mod wilson;

pub use absence::{Absence, ValueStatus};
pub use basis::{Basis, FlatTarget};
pub use bounds::{Bounds, agreed};
pub use comparison::{SMALLEST_TESTED, Significance, against_fixed, between};
pub use difference::newcombe;
pub use disproportionality::{RatioBasis, RatioEstimate, disproportionality, rate_against_rest};
pub use fraction::Fraction;
pub use funnel::{FunnelPosition, funnel_limits, funnel_position};
pub use interval::{Confidence, Interval, IntervalMethod};
pub use mean::mean_interval;
pub use poisson::{count_interval, rate_interval};
pub use ratio::ratio_interval;
pub use rounding::{display, round_half_away};
pub use trend::{Judgement, LEAST_POINTS, Trend, TrendDirection, TrendMethod, trend};
pub use unit::{Polarity, Unit};
pub use wilson::wilson;

/// The interval that belongs to a figure of this unit: Wilson for a percentage, Byar or exact Poisson for a rate or a count.
///
/// Days and scores are means of single values, so their interval needs those values (`mean_interval`); here they have none.
/// `denominator` is ignored for a count. No interval when the denominator is zero or smaller than a percentage's numerator.
pub fn interval(unit: Unit, numerator: u64, denominator: Option<u64>, confidence: Confidence) -> Option<Interval> {
    let fraction = denominator.map(|denominator| Fraction { numerator, denominator });
    match unit {
        Unit::Percent => wilson(fraction?, confidence),
        Unit::RatePer10000 => rate_interval(fraction?, 10_000.0, confidence),
        Unit::Count => Some(count_interval(numerator, confidence)),
        Unit::Days | Unit::Score => None,
    }
}
