//! How sure the difference of two percentages is: Newcombe's hybrid of their two Wilson intervals.

use super::{Confidence, Fraction, Interval, IntervalMethod, wilson};

/// The interval of `now - before`, in percentage points; none where either has no denominator.
pub fn newcombe(now: Fraction, before: Fraction, confidence: Confidence) -> Option<Interval> {
    let (p, q) = (now.percent()?, before.percent()?);
    let (a, b) = (wilson(now, confidence)?, wilson(before, confidence)?);
    let lower = p - q - (p - a.lower).hypot(b.upper - q);
    let upper = p - q + (a.upper - p).hypot(q - b.lower);
    Some(Interval::new(lower, upper, confidence, IntervalMethod::Newcombe))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_dental_checks_of_2024_did_not_change_significantly() {
        let interval = newcombe(Fraction::new(90, 108), Fraction::new(92, 112), Confidence::NinetyFive).unwrap();
        assert_eq!(format!("{:.2} {:.2}", interval.lower, interval.upper), "-8.92 11.20");
        assert!(interval.contains(0.0));
    }

    proptest! {
        #[test]
        fn swapping_the_two_turns_the_interval_round(n in 1u64..500, m in 1u64..500, x in 0u64..500, y in 0u64..500) {
            let (a, b) = (Fraction::new(x.min(n), n), Fraction::new(y.min(m), m));
            let there = newcombe(a, b, Confidence::NinetyFive).unwrap();
            let back = newcombe(b, a, Confidence::NinetyFive).unwrap();
            prop_assert!((there.lower + back.upper).abs() < 1e-9 && (there.upper + back.lower).abs() < 1e-9);
            prop_assert!((-100.0..=100.0).contains(&there.lower) && (-100.0..=100.0).contains(&there.upper));
        }
    }
}
