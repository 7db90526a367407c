//! Whether one area stands out among many: limits around the benchmark that widen as numbers get smaller.

use super::wilson::score_limits;
use super::{Confidence, Fraction, Interval};

/// The funnel's limits around a benchmark percentage for an area with this denominator, in percent.
///
/// None where the benchmark is no percentage or the denominator is zero.
pub fn funnel_limits(benchmark: f64, denominator: u64, confidence: Confidence) -> Option<Interval> {
    score_limits(benchmark / 100.0, denominator as f64, confidence)
}

/// Where an area lies in the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunnelPosition {
    /// Below the 99.8 percent limit.
    FarBelow,
    /// Between the 99.8 and the 95 percent limit, below.
    Below,
    /// Within the 95 percent limits.
    Within,
    /// Between the 95 and the 99.8 percent limit, above.
    Above,
    /// Above the 99.8 percent limit.
    FarAbove,
}

/// Where this area lies in the funnel around a benchmark percentage.
pub fn funnel_position(area: Fraction, benchmark: f64) -> Option<FunnelPosition> {
    let value = area.percent()?;
    let inner = funnel_limits(benchmark, area.denominator, Confidence::NinetyFive)?;
    let outer = funnel_limits(benchmark, area.denominator, Confidence::NinetyNinePointEight)?;
    Some(match value {
        value if value < outer.lower => FunnelPosition::FarBelow,
        value if value < inner.lower => FunnelPosition::Below,
        value if value > outer.upper => FunnelPosition::FarAbove,
        value if value > inner.upper => FunnelPosition::Above,
        _ => FunnelPosition::Within,
    })
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;

    #[test]
    fn the_published_vectors_hold_to_four_decimals() {
        assert_bounds(funnel_limits(38.0, 63, Confidence::NinetyFive).unwrap(), 27.0330, 50.3463);
        assert_bounds(funnel_limits(38.0, 63, Confidence::NinetyNinePointEight).unwrap(), 21.8988, 57.2603);
    }

    #[test]
    fn neet_of_22_in_63_is_within_the_funnel_of_38_percent() {
        assert_eq!(funnel_position(Fraction::new(22, 63), 38.0), Some(FunnelPosition::Within));
        assert_eq!(funnel_position(Fraction::new(15, 63), 38.0), Some(FunnelPosition::Below));
        assert_eq!(funnel_position(Fraction::new(12, 63), 38.0), Some(FunnelPosition::FarBelow));
        assert_eq!(funnel_position(Fraction::new(33, 63), 38.0), Some(FunnelPosition::Above));
        assert_eq!(funnel_position(Fraction::new(40, 63), 38.0), Some(FunnelPosition::FarAbove));
    }

    #[test]
    fn there_is_no_funnel_around_no_percentage() {
        assert_eq!(funnel_limits(138.0, 63, Confidence::NinetyFive), None);
        assert_eq!(funnel_position(Fraction::new(0, 0), 38.0), None);
    }
}
