//! How sure the ratio of two rates is: the interval of its logarithm.

use super::{Confidence, Fraction, Interval, IntervalMethod};

/// The ratio of two rates with its interval; none where either has no denominator or counts more than all.
///
/// `exp(ln ratio -/+ z sqrt(1/a - 1/A + 1/b - 1/B))` for `a` of `A` against `b` of `B` (methodology M16).
/// Where nobody was counted on one side, one half is added to all four numbers, for the ratio and its interval alike.
pub fn ratio_interval(group: Fraction, reference: Fraction, confidence: Confidence) -> Option<(f64, Interval)> {
    group.share()?;
    reference.share()?;
    let half = if group.numerator == 0 || reference.numerator == 0 { 0.5 } else { 0.0 };
    let (a, all_a) = (group.numerator as f64 + half, group.denominator as f64 + half);
    let (b, all_b) = (reference.numerator as f64 + half, reference.denominator as f64 + half);
    let ratio = (a * all_b) / (all_a * b);
    // Rounding may take a variance of nothing, everybody on both sides, just below zero.
    let variance = (1.0 / a - 1.0 / all_a + 1.0 / b - 1.0 / all_b).max(0.0);
    let reach = (confidence.z() * variance.sqrt()).exp();
    Some((ratio, Interval::new(ratio / reach, ratio * reach, confidence, IntervalMethod::KatzLog)))
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_vector_holds_to_four_decimals() {
        let (ratio, interval) =
            ratio_interval(Fraction::new(43, 5_400), Fraction::new(40, 16_200), Confidence::NinetyFive).unwrap();
        assert!((ratio - 3.225).abs() < 1e-12);
        assert_bounds(interval, 2.0991, 4.9549);
    }

    #[test]
    fn nobody_on_one_side_still_has_a_finite_interval() {
        let (_, interval) = ratio_interval(Fraction::new(0, 50), Fraction::new(7, 60), Confidence::NinetyFive).unwrap();
        assert!(interval.lower > 0.0 && interval.upper.is_finite());
        assert!(ratio_interval(Fraction::new(3, 50), Fraction::new(0, 60), Confidence::NinetyFive).is_some());
    }

    #[test]
    fn there_is_no_ratio_to_nothing() {
        assert_eq!(ratio_interval(Fraction::new(3, 50), Fraction::new(0, 0), Confidence::NinetyFive), None);
    }

    proptest! {
        #[test]
        fn the_ratio_lies_inside_and_swapping_inverts(n in 1u64..900, m in 1u64..900, x in 0u64..900, y in 0u64..900) {
            let (a, b) = (Fraction::new(x.min(n), n), Fraction::new(y.min(m), m));
            let (ratio, there) = ratio_interval(a, b, Confidence::NinetyFive).unwrap();
            let (_, back) = ratio_interval(b, a, Confidence::NinetyFive).unwrap();
            prop_assert!(there.contains(ratio));
            prop_assert!((there.lower * back.upper - 1.0).abs() < 1e-9);
        }
    }
}
