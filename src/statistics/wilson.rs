//! How sure a percentage is: Wilson's score interval, which stays within 0 to 100 however few the children.

use super::{Confidence, Fraction, Interval, IntervalMethod};

/// Wilson's interval, in percent; none without a whole to take a part of.
pub fn wilson(fraction: Fraction, confidence: Confidence) -> Option<Interval> {
    score_limits(fraction.share()?, fraction.denominator as f64, confidence)
}

/// The score limits around a share `p` (0 to 1) of `n`, in percent. A funnel asks the same of a benchmark share.
pub(super) fn score_limits(p: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    if n <= 0.0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let z = confidence.z();
    let (x, square) = (n * p, z * z);
    let spread = z * (square + 4.0 * x * (1.0 - p)).sqrt();
    let whole = 2.0 * (n + square);
    // The ends are exact at none and at all; rounding errors may not push them past the bounds.
    let lower = if p == 0.0 { 0.0 } else { 100.0 * ((2.0 * x + square - spread) / whole).clamp(0.0, 1.0) };
    let upper = if p == 1.0 { 100.0 } else { 100.0 * ((2.0 * x + square + spread) / whole).clamp(0.0, 1.0) };
    Some(Interval::new(lower, upper, confidence, IntervalMethod::Wilson))
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;
    use proptest::prelude::*;

    fn at_95(x: u64, n: u64) -> Interval {
        wilson(Fraction::new(x, n), Confidence::NinetyFive).unwrap()
    }

    #[test]
    fn the_published_vectors_hold_to_four_decimals() {
        assert_bounds(at_95(22, 63), 24.3260, 47.2485);
        assert_bounds(at_95(162, 180), 84.7478, 93.5806);
        assert_bounds(at_95(2, 192), 0.2861, 3.7179);
        assert_bounds(at_95(90, 108), 75.1873, 89.1895);
        assert_bounds(at_95(0, 40), 0.0, 8.7622);
    }

    #[test]
    fn there_is_no_interval_of_nothing_or_of_more_than_all() {
        assert_eq!(wilson(Fraction::new(0, 0), Confidence::NinetyFive), None);
        assert_eq!(wilson(Fraction::new(6, 5), Confidence::NinetyFive), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_percentage_and_stays_within_0_to_100((n, x) in (1u64..100_000).prop_flat_map(|n| (Just(n), 0..=n))) {
            let interval = at_95(x, n);
            prop_assert!(interval.contains(100.0 * x as f64 / n as f64));
            prop_assert!(0.0 <= interval.lower && interval.upper <= 100.0);
        }

        #[test]
        fn one_more_child_moves_both_ends_up((n, x) in (1u64..5_000).prop_flat_map(|n| (Just(n), 0..n))) {
            let (fewer, more) = (at_95(x, n), at_95(x + 1, n));
            prop_assert!(fewer.lower < more.lower && fewer.upper < more.upper);
        }

        #[test]
        fn what_is_not_met_mirrors_what_is((n, x) in (1u64..5_000).prop_flat_map(|n| (Just(n), 0..=n))) {
            let (met, unmet) = (at_95(x, n), at_95(n - x, n));
            prop_assert!((met.lower + unmet.upper - 100.0).abs() < 1e-9);
        }

        #[test]
        fn more_confidence_is_wider((n, x) in (1u64..5_000).prop_flat_map(|n| (Just(n), 0..=n))) {
            let wide = wilson(Fraction::new(x, n), Confidence::NinetyNinePointEight).unwrap();
            let narrow = at_95(x, n);
            prop_assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
        }
    }
}
