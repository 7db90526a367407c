//! Whether a group of children is in care more or less often than its share of the child population would give.

use super::comparison::side_of;
use super::{Confidence, Fraction, Interval, Polarity, Significance, display, ratio_interval, wilson};

/// With fewer children of the group than this, a ratio is shown but not tested (methodology M16).
const SMALLEST_GROUP: u64 = 5;

/// How many times as often, with its interval and the words of the councils' reports.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioEstimate {
    /// 1 means as often as expected, 2 twice as often.
    pub ratio: f64,
    /// 100 x (ratio - 1), unrounded.
    pub percent_difference: f64,
    /// As the reports write it: "higher 156%", "lower -4%", "no dif 0%".
    pub text: String,
    /// The interval of the ratio.
    pub interval: Interval,
    /// Higher, lower or similar; not compared with fewer than 5 children in the group.
    pub significance: Significance,
}

/// A group's share of the children looked after divided by its share of the child population.
///
/// `cohort` is children of the group among those whose group is known, `population` the same among all children.
/// The interval is Wilson's of the cohort share divided by the population share, taken as fixed (ruling 52).
/// None where either share cannot be formed, or where nobody in the population is of the group.
pub fn disproportionality(cohort: Fraction, population: Fraction) -> Option<RatioEstimate> {
    cohort.share()?;
    let population_percent = population.percent().filter(|share| *share > 0.0 && *share <= 100.0)?;
    // All four are whole numbers, so the difference is found before any division and rounds as written.
    let expected = population.numerator as f64 * cohort.denominator as f64;
    let found = cohort.numerator as f64 * population.denominator as f64;
    let percent_difference = 100.0 * (found - expected) / expected;
    let interval = wilson(cohort, Confidence::NinetyFive)?.scaled(1.0 / population_percent);
    Some(RatioEstimate::new(found / expected, percent_difference, interval, cohort.numerator))
}

/// The group's rate divided by the rate of a reference group (White, or all other children); the relative rate index.
///
/// None where either has no population.
pub fn relative_rate_index(group: Fraction, reference: Fraction) -> Option<RatioEstimate> {
    let (ratio, interval) = ratio_interval(group, reference, Confidence::NinetyFive)?;
    Some(RatioEstimate::new(ratio, 100.0 * (ratio - 1.0), interval, group.numerator))
}

impl RatioEstimate {
    fn new(ratio: f64, percent_difference: f64, interval: Interval, children: u64) -> Self {
        let significance = if children < SMALLEST_GROUP {
            Significance::NotCompared
        } else {
            Significance::judge(side_of(&interval, 1.0), Polarity::Neutral)
        };
        RatioEstimate { ratio, percent_difference, text: wording(percent_difference), interval, significance }
    }
}

/// The reports' own wording: the direction, then the whole percent with its sign. What rounds to nothing is "no dif 0%".
fn wording(percent_difference: f64) -> String {
    let rounded = display(percent_difference, 0);
    let direction = match rounded.as_str() {
        "0" => "no dif",
        below if below.starts_with('-') => "lower",
        _ => "higher",
    };
    format!("{direction} {rounded}%")
}

#[cfg(test)]
mod tests {
    use super::super::interval::assert_bounds;
    use super::*;
    use proptest::prelude::*;

    fn of_hundred(cohort: u64, population: u64) -> RatioEstimate {
        disproportionality(Fraction::new(cohort, 100), Fraction::new(population, 100)).unwrap()
    }

    #[test]
    fn the_2022_report_is_worded_as_printed() {
        let printed = [
            (26, 27, "lower -4%"),
            (23, 9, "higher 156%"),
            (24, 49, "lower -51%"),
            (13, 9, "higher 44%"),
            (15, 6, "higher 150%"),
            (3, 3, "no dif 0%"),
            (12, 24, "lower -50%"),
            (13, 29, "lower -55%"),
            (56, 51, "higher 10%"),
        ];
        for (cohort, population, text) in printed {
            assert_eq!(of_hundred(cohort, population).text, text);
        }
    }

    #[test]
    fn what_rounds_to_nothing_is_no_difference() {
        let estimate = disproportionality(Fraction::new(1_004, 2_000), Fraction::new(1, 2)).unwrap();
        assert_eq!(estimate.text, "no dif 0%");
        assert!((estimate.percent_difference - 0.4).abs() < 1e-12);
    }

    #[test]
    fn the_interval_is_the_cohort_share_over_the_fixed_population_share() {
        let estimate = disproportionality(Fraction::new(22, 63), Fraction::new(1, 4)).unwrap();
        assert_bounds(estimate.interval, 24.3260 / 25.0, 47.2485 / 25.0);
        assert_eq!(estimate.significance, Significance::Similar);
        assert_eq!(of_hundred(23, 9).significance, Significance::Higher);
        assert_eq!(of_hundred(24, 49).significance, Significance::Lower);
    }

    #[test]
    fn four_children_are_shown_but_not_tested() {
        assert_eq!(of_hundred(4, 30).significance, Significance::NotCompared);
        assert_eq!(of_hundred(5, 30).significance, Significance::Lower);
    }

    #[test]
    fn the_relative_rate_index_of_the_published_vector_is_higher() {
        let estimate = relative_rate_index(Fraction::new(43, 5_400), Fraction::new(40, 16_200)).unwrap();
        assert_bounds(estimate.interval, 2.0991, 4.9549);
        assert_eq!((estimate.text.as_str(), estimate.significance), ("higher 223%", Significance::Higher));
    }

    #[test]
    fn no_population_gives_no_ratio() {
        assert_eq!(disproportionality(Fraction::new(5, 100), Fraction::new(0, 100)), None);
        assert_eq!(disproportionality(Fraction::new(0, 0), Fraction::new(5, 100)), None);
        assert_eq!(relative_rate_index(Fraction::new(5, 100), Fraction::new(0, 0)), None);
    }

    proptest! {
        #[test]
        fn the_ratio_lies_in_its_interval_and_agrees_with_its_words(x in 0u64..=300, share in 1u64..=300) {
            let estimate = disproportionality(Fraction::new(x, 300), Fraction::new(share, 300)).unwrap();
            prop_assert!(estimate.interval.lower <= estimate.ratio + 1e-12 && estimate.ratio <= estimate.interval.upper + 1e-12);
            prop_assert_eq!(estimate.text.starts_with("higher"), estimate.percent_difference >= 0.5);
            prop_assert_eq!(estimate.text.starts_with("lower"), estimate.percent_difference <= -0.5);
        }
    }
}
