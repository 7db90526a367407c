//! Red, amber, green: a figure judged by its target, with the rule in words.

use super::{Figure, StandingTarget};
use crate::statistics::{Polarity, SMALLEST_TESTED, agreed};

/// The colour in the panel's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rag {
    /// The target is met.
    Green,
    /// Missed by no more than the tolerance.
    Amber,
    /// Missed by more.
    Red,
    /// Grey: no target that judges, no better way, no value, too few children, or too many not known.
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

/// Judges an unrounded figure by the target that `target_for` found (methodology M14). Where answers are not known, it
/// has a colour only if it is the same with none and with all of them counted (ruling 67).
pub fn rate(figure: &Figure, target: Option<StandingTarget>) -> Rating {
    let Some(StandingTarget { target, judges }) = target else {
        return not_rated("not rated: no target for this period");
    };
    let Some(value) = figure.value else { return not_rated("not rated: no value") };
    if !judges {
        return not_rated("not rated: the target is for the end of the quarter or year");
    }
    if figure.denominator.is_some_and(|n| n < SMALLEST_TESTED) {
        return not_rated("not rated: fewer than 6 in the denominator");
    }
    let reach = target.tolerance.around(target.value);
    let (amber, better, way) = match figure.polarity {
        Polarity::Neutral => return not_rated("not rated: neither higher nor lower is better"),
        Polarity::HigherIsBetter => (exact(target.value - reach), 1.0, "more"),
        Polarity::LowerIsBetter => (exact(target.value + reach), -1.0, "less"),
    };
    let rag = |value: f64| colour(better * value >= better * target.value, better * value >= better * amber);
    let Some(rag) = agreed([rag(value), rag(figure.highest.unwrap_or(value))]) else {
        return not_rated("not rated: the colour depends on those not known");
    };
    let rule = format!("green at {} or {way}, amber at {amber} or {way}", target.value);
    let significant = agreed(figure.intervals().into_iter().map(|interval| !interval.contains(target.value)));
    Rating { rag, rule, significant }
}

/// A group of children has no target and no colour (ruling 57).
pub fn unrated_group() -> Rating {
    not_rated("not rated: a group has no target")
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
    use super::super::{Target, Tolerance};
    use super::*;
    use crate::period::Period;
    use crate::statistics::{Basis, Bounds, Confidence, Fraction, Unit};

    fn figure(polarity: Polarity, numerator: u64, denominator: u64) -> Figure<'static> {
        unsure(polarity, numerator, denominator, 0)
    }

    fn unsure(polarity: Polarity, numerator: u64, denominator: u64, not_known: u64) -> Figure<'static> {
        let bounds = Bounds::new(Fraction::new(numerator, denominator), not_known);
        Figure {
            indicator: "reviews_in_timescale_pct",
            unit: Unit::Percent,
            polarity,
            basis: Basis::Snapshot,
            period: Period::parse("2023-24-Q2").unwrap(),
            value: bounds.least.percent(),
            highest: bounds.most.percent(),
            numerator: Some(numerator),
            most: Some(bounds.most.numerator),
            denominator: Some(denominator),
            interval: bounds.interval(Confidence::NinetyFive),
        }
    }

    fn target(value: f64, tolerance: Tolerance) -> Target {
        Target { period: Period::parse("2022-23").unwrap(), value, tolerance, note: None }
    }

    fn judged(figure: &Figure, target: &Target) -> Rating {
        rate(figure, Some(StandingTarget { target, judges: true }))
    }

    fn rag(polarity: Polarity, numerator: u64, denominator: u64, value: f64) -> Rag {
        judged(&figure(polarity, numerator, denominator), &target(value, Tolerance::default())).rag
    }

    #[test]
    fn reviews_of_162_in_180_against_95_are_amber_and_the_rule_says_why() {
        let rating = judged(&figure(Polarity::HigherIsBetter, 162, 180), &target(95.0, Tolerance::default()));
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
        let rating = judged(&figure(Polarity::LowerIsBetter, 31, 151), &by_points);
        assert_eq!((rating.rag, rating.rule.as_str()), (Rag::Amber, "green at 20 or less, amber at 21 or less"));
    }

    #[test]
    fn a_colour_is_given_only_where_those_not_known_cannot_change_it() {
        // NEET of 10 in 63 against 35 or less, amber to 38.5: 22 of 63 would be green, 23 amber, 25 red.
        let rating = |x, not_known| {
            judged(&unsure(Polarity::LowerIsBetter, x, 63, not_known), &target(35.0, Tolerance::default()))
        };
        assert_eq!((rating(10, 12).rag, rating(10, 0).significant), (Rag::Green, Some(true)));
        for not_known in [13, 15, 53] {
            let rating = rating(10, not_known);
            assert_eq!((rating.rag, rating.significant), (Rag::NotRated, None), "{not_known}");
            assert_eq!(rating.rule, "not rated: the colour depends on those not known");
        }
        assert_eq!(rating(25, 38).rag, Rag::Red);
        // Green either way; beyond chance only if none of the 12 is NEET.
        assert_eq!(rating(10, 12).significant, None);
    }

    #[test]
    fn the_years_target_that_does_not_judge_yet_gives_no_colour() {
        let target = target(5.0, Tolerance::default());
        let standing = Some(StandingTarget { target: &target, judges: false });
        let rating = rate(&figure(Polarity::LowerIsBetter, 1, 100), standing);
        assert_eq!((rating.rag, rating.significant), (Rag::NotRated, None));
        assert_eq!(rating.rule, "not rated: the target is for the end of the quarter or year");
    }

    #[test]
    fn grey_has_four_reasons() {
        let no_value = figure(Polarity::HigherIsBetter, 0, 0);
        let target = target(50.0, Tolerance::default());
        let rules = [
            rate(&figure(Polarity::HigherIsBetter, 9, 10), None),
            judged(&no_value, &target),
            judged(&figure(Polarity::HigherIsBetter, 5, 5), &target),
            judged(&figure(Polarity::Neutral, 9, 10), &target),
        ]
        .map(|rating| {
            assert_eq!((rating.rag, rating.significant), (Rag::NotRated, None));
            rating.rule
        });
        assert_eq!(rules.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }
}
