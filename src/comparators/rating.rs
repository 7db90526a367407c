//! Red, amber, green: a figure judged by its target, with the rule in words.

use super::{Figure, Target};
use crate::statistics::{Polarity, SMALLEST_TESTED};

/// The colour in the panel's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rag {
    /// The target is met.
    Green,
    /// Missed by no more than the tolerance.
    Amber,
    /// Missed by more.
    Red,
    /// Grey: no target, no better way, no value, or too few children.
    NotRated,
}

impl Rag {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Rag::Green => "GREEN",
            Rag::Amber => "AMBER",
            Rag::Red => "RED",
            Rag::NotRated => "NOT_RATED",
        }
    }
}

/// A colour with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    /// The colour.
    pub rag: Rag,
    /// The rule in plain words, such as "green at 95 or more, amber at 85.5 or more".
    pub rule: String,
    /// Whether the figure's interval excludes the target; none where nothing was rated or there is no interval.
    pub significant: Option<bool>,
}

/// Judges an unrounded figure by the target that `target_for` found (methodology M14).
pub fn rate(figure: &Figure, target: Option<&Target>) -> Rating {
    let Some(target) = target else { return not_rated("not rated: no target for this period") };
    let Some(value) = figure.value else { return not_rated("not rated: no value") };
    if figure.denominator.is_some_and(|n| n < SMALLEST_TESTED) {
        return not_rated("not rated: fewer than 6 in the denominator");
    }
    let reach = target.tolerance.around(target.value);
    let (rag, rule) = match figure.polarity {
        Polarity::Neutral => return not_rated("not rated: neither higher nor lower is better"),
        Polarity::HigherIsBetter => {
            let amber = exact(target.value - reach);
            let rule = format!("green at {} or more, amber at {amber} or more", target.value);
            (colour(value >= target.value, value >= amber), rule)
        }
        Polarity::LowerIsBetter => {
            let amber = exact(target.value + reach);
            let rule = format!("green at {} or less, amber at {amber} or less", target.value);
            (colour(value <= target.value, value <= amber), rule)
        }
    };
    let significant = figure.interval.map(|interval| !interval.contains(target.value));
    Rating { rag, rule, significant }
}

fn colour(met: bool, nearly: bool) -> Rag {
    match (met, nearly) {
        (true, _) => Rag::Green,
        (false, true) => Rag::Amber,
        (false, false) => Rag::Red,
    }
}

fn not_rated(rule: &str) -> Rating {
    Rating { rag: Rag::NotRated, rule: rule.to_owned(), significant: None }
}

/// Takes off the dust of binary arithmetic, so that 10 plus a tenth of it is 11 and a figure of 11 is amber.
fn exact(limit: f64) -> f64 {
    (limit * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::super::Tolerance;
    use super::*;
    use crate::period::Period;
    use crate::statistics::{Basis, Confidence, Fraction, Unit, wilson};

    fn figure(polarity: Polarity, numerator: u64, denominator: u64) -> Figure<'static> {
        let fraction = Fraction::new(numerator, denominator);
        Figure {
            indicator: "reviews_in_timescale_pct",
            unit: Unit::Percent,
            polarity,
            basis: Basis::Snapshot,
            period: Period::parse("2023-24-Q2").unwrap(),
            value: fraction.percent(),
            numerator: Some(numerator),
            denominator: Some(denominator),
            interval: wilson(fraction, Confidence::NinetyFive),
        }
    }

    fn target(value: f64, tolerance: Tolerance) -> Target {
        Target { period: Period::parse("2022-23").unwrap(), value, tolerance, note: None }
    }

    fn rag(polarity: Polarity, numerator: u64, denominator: u64, value: f64) -> Rag {
        rate(&figure(polarity, numerator, denominator), Some(&target(value, Tolerance::default()))).rag
    }

    #[test]
    fn reviews_of_162_in_180_against_95_are_amber_and_the_rule_says_why() {
        let rating = rate(&figure(Polarity::HigherIsBetter, 162, 180), Some(&target(95.0, Tolerance::default())));
        assert_eq!(rating.rag, Rag::Amber);
        assert_eq!(rating.rule, "green at 95 or more, amber at 85.5 or more");
        // The interval ends at 93.58, short of 95.
        assert_eq!(rating.significant, Some(true));
    }

    #[test]
    fn the_limits_themselves_belong_to_the_better_colour() {
        assert_eq!(rag(Polarity::HigherIsBetter, 95, 100, 95.0), Rag::Green);
        assert_eq!(rag(Polarity::HigherIsBetter, 171, 200, 95.0), Rag::Amber);
        assert_eq!(rag(Polarity::HigherIsBetter, 170, 200, 95.0), Rag::Red);
        assert_eq!(rag(Polarity::LowerIsBetter, 10, 100, 10.0), Rag::Green);
        assert_eq!(rag(Polarity::LowerIsBetter, 11, 100, 10.0), Rag::Amber);
        assert_eq!(rag(Polarity::LowerIsBetter, 12, 100, 10.0), Rag::Red);
    }

    #[test]
    fn the_unrounded_value_is_judged() {
        // 94.96 percent shows as 95.0 and is still short of 95.
        assert_eq!(rag(Polarity::HigherIsBetter, 1_187, 1_250, 95.0), Rag::Amber);
    }

    #[test]
    fn a_tolerance_in_points_is_taken_from_the_target() {
        let by_points = target(20.0, Tolerance::Points(1.0));
        let rating = rate(&figure(Polarity::LowerIsBetter, 31, 151), Some(&by_points));
        assert_eq!((rating.rag, rating.rule.as_str()), (Rag::Amber, "green at 20 or less, amber at 21 or less"));
    }

    #[test]
    fn grey_has_four_reasons() {
        let no_value = figure(Polarity::HigherIsBetter, 0, 0);
        let target = target(50.0, Tolerance::default());
        let rules = [
            rate(&figure(Polarity::HigherIsBetter, 9, 10), None),
            rate(&no_value, Some(&target)),
            rate(&figure(Polarity::HigherIsBetter, 5, 5), Some(&target)),
            rate(&figure(Polarity::Neutral, 9, 10), Some(&target)),
        ]
        .map(|rating| {
            assert_eq!((rating.rag, rating.significant), (Rag::NotRated, None));
            rating.rule
        });
        assert_eq!(rules.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }
}
