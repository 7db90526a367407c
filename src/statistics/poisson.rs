//! How sure a count or a rate is: exact Poisson limits for a count under 10, Byar's approximation from 10 on.

use super::{Confidence, Fraction, Interval, IntervalMethod};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// From this count on Byar's approximation is as good as the exact limits, and quicker (methodology M15).
const BYAR_FROM: u64 = 10;

/// The limits of a count.
pub fn count_interval(count: u64, confidence: Confidence) -> Interval {
    if count >= BYAR_FROM { byar(count as f64, confidence) } else { exact(count as f64, confidence) }
}

/// The limits of `scale` x count / population; none without a population.
pub fn rate_interval(fraction: Fraction, scale: f64, confidence: Confidence) -> Option<Interval> {
    let per_child = Fraction::new(1, fraction.denominator).of(scale)?;
    Some(count_interval(fraction.numerator, confidence).scaled(per_child))
}

fn byar(x: f64, confidence: Confidence) -> Interval {
    let z = confidence.z();
    let next = x + 1.0;
    let lower = x * (1.0 - 1.0 / (9.0 * x) - z / (3.0 * x.sqrt())).powi(3);
    let upper = next * (1.0 - 1.0 / (9.0 * next) + z / (3.0 * next.sqrt())).powi(3);
    Interval::new(lower, upper, confidence, IntervalMethod::Byars)
}

fn exact(x: f64, confidence: Confidence) -> Interval {
    let lower = if x == 0.0 { 0.0 } else { chi_squared(confidence.tail(), 2.0 * x) / 2.0 };
    let upper = chi_squared(1.0 - confidence.tail(), 2.0 * x + 2.0) / 2.0;
    Interval::new(lower, upper, confidence, IntervalMethod::ExactPoisson)
}

/// The value below which a chi-squared variable lies with this probability. Freedoms are 2 or more here, which always exists.
fn chi_squared(probability: f64, freedom: f64) -> f64 {
    ChiSquared::new(freedom).map_or(f64::NAN, |distribution| distribution.inverse_cdf(probability))
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;
    use proptest::prelude::*;

    const CHILDREN: u64 = 60_063;

    fn per_10_000(count: u64) -> Interval {
        rate_interval(Fraction::new(count, CHILDREN), 10_000.0, Confidence::NinetyFive).unwrap()
    }

    #[test]
    fn the_published_vectors_hold_to_four_decimals() {
        assert_bounds(per_10_000(191), 27.4496, 36.6438);
        assert_bounds(per_10_000(9), 0.6852, 2.8445);
        assert_bounds(per_10_000(5), 0.2703, 1.9427);
        assert_bounds(per_10_000(0), 0.0, 0.6142);
    }

    #[test]
    fn the_method_changes_at_ten() {
        assert_eq!(count_interval(9, Confidence::NinetyFive).method, IntervalMethod::ExactPoisson);
        assert_eq!(count_interval(10, Confidence::NinetyFive).method, IntervalMethod::Byars);
    }

    #[test]
    fn there_is_no_rate_without_a_population() {
        assert_eq!(rate_interval(Fraction::new(5, 0), 10_000.0, Confidence::NinetyFive), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_count_and_never_goes_below_zero(count in 0u64..200_000) {
            let interval = count_interval(count, Confidence::NinetyFive);
            prop_assert!(interval.contains(count as f64));
            prop_assert!(interval.lower >= 0.0);
        }

        #[test]
        fn one_more_child_moves_both_ends_up(count in 0u64..500) {
            let (fewer, more) = (count_interval(count, Confidence::NinetyFive), count_interval(count + 1, Confidence::NinetyFive));
            prop_assert!(fewer.lower < more.lower && fewer.upper < more.upper);
        }
    }
}
