//! Whether a group of children is counted more or less often than its share of the child population, or the rest, would give.

use super::comparison::side_of;
use super::{Bounds, Confidence, Fraction, Interval, Polarity, Significance, agreed, display, ratio_interval, wilson};

/// With fewer children of the group than this, a ratio is shown but not tested (methodology M16).
const SMALLEST_GROUP: u64 = 5;

/// What a group is set against (ruling 56).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RatioBasis {
    /// Its share of all children of the area: for counts and rates.
    Population,
    /// All others of the same cohort whose group is known: for percentages, which are outcomes.
    Rest,
}

impl RatioBasis {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            RatioBasis::Population => "POPULATION",
            RatioBasis::Rest => "REST",
        }
    }
}

/// How many times as often, with its interval and the words of the councils' reports.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioEstimate {
    /// What the group is set against.
    pub basis: RatioBasis,
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
    Some(RatioEstimate {
        basis: RatioBasis::Population,
        ratio: found / expected,
        percent_difference,
        text: wording(percent_difference),
        significance: significance(cohort.numerator, [interval]),
        interval,
    })
}

/// The group's rate divided by the rate of all others in the same cohort, with the interval of the relative rate index
/// (methodology M16, ruling 56).
///
/// Where answers are not known the interval reaches from the lower limit with none of the group and all of the others
/// counted to the upper limit the other way round, and the significance is given only where all ends agree (ruling 67).
/// None where either is empty or nothing is known of it.
pub fn rate_against_rest(group: Bounds, rest: Bounds) -> Option<RatioEstimate> {
    let compare = |group, rest| ratio_interval(group, rest, Confidence::NinetyFive);
    let (ratio, _) = compare(group.least, rest.least)?;
    let (_, lowest) = compare(group.least, rest.most)?;
    let (_, highest) = compare(group.most, rest.least)?;
    let each = group.ends().into_iter().flat_map(|group| rest.ends().map(|rest| compare(group, rest)));
    let percent_difference = 100.0 * (ratio - 1.0);
    Some(RatioEstimate {
        basis: RatioBasis::Rest,
        ratio,
        percent_difference,
        text: wording(percent_difference),
        significance: significance(group.least.numerator, each.flatten().map(|(_, interval)| interval)),
        interval: Interval { lower: lowest.lower, ..highest },
    })
}

/// Higher, lower or similar where all intervals agree and the group is not too small.
fn significance(children: u64, intervals: impl IntoIterator<Item = Interval>) -> Significance {
    let sides = intervals.into_iter().map(|interval| Significance::judge(side_of(&interval, 1.0), Polarity::Neutral));
    agreed(sides).filter(|_| children >= SMALLEST_GROUP).unwrap_or(Significance::NotCompared)
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

    fn against_rest(group: (u64, u64), rest: (u64, u64)) -> Option<RatioEstimate> {
        rate_against_rest(Fraction::new(group.0, group.1).into(), Fraction::new(rest.0, rest.1).into())
    }

    #[test]
    fn the_relative_rate_index_of_the_published_vector_is_higher() {
        let estimate = against_rest((43, 5_400), (40, 16_200)).unwrap();
        assert_bounds(estimate.interval, 2.0991, 4.9549);
        assert_eq!((estimate.text.as_str(), estimate.significance), ("higher 223%", Significance::Higher));
        assert_eq!(estimate.basis, RatioBasis::Rest);
    }

    #[test]
    fn half_the_others_rate_of_checks_is_lower_50_percent() {
        let estimate = against_rest((20, 50), (80, 100)).unwrap();
        assert_eq!((estimate.ratio, estimate.text.as_str()), (0.5, "lower -50%"));
        assert_eq!(estimate.significance, Significance::Lower);
        assert_eq!(against_rest((4, 50), (80, 100)).unwrap().significance, Significance::NotCompared);
    }

    #[test]
    fn unknown_answers_widen_the_ratio_and_withhold_its_significance() {
        let (group, rest) = (Fraction::new(20, 50), Fraction::new(80, 100));
        let known = rate_against_rest(group.into(), rest.into()).unwrap();
        let unsure = rate_against_rest(Bounds::new(group, 30), rest.into()).unwrap();
        assert_eq!((unsure.ratio, unsure.interval.lower), (known.ratio, known.interval.lower));
        let all = rate_against_rest(Fraction::new(50, 50).into(), rest.into()).unwrap();
        assert_eq!(unsure.interval.upper, all.interval.upper);
        assert_eq!(unsure.significance, Significance::NotCompared);
        let of_rest = rate_against_rest(group.into(), Bounds::new(rest, 5)).unwrap();
        assert!(of_rest.interval.lower < known.interval.lower && of_rest.interval.upper == known.interval.upper);
        assert_eq!(of_rest.significance, Significance::Lower);
    }

    #[test]
    fn no_population_gives_no_ratio() {
        assert_eq!(disproportionality(Fraction::new(5, 100), Fraction::new(0, 100)), None);
        assert_eq!(disproportionality(Fraction::new(0, 0), Fraction::new(5, 100)), None);
        assert_eq!(against_rest((5, 100), (0, 0)), None);
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
