//! Red, amber, green: a figure judged by its target, with the rule in words.

use super::{Figure, StandingTarget};
use crate::period::PeriodKind;
use crate::statistics::{Polarity, SMALLEST_TESTED, agreed};

// Why a figure has no colour. What is said of the target is so of the one that is shown.
const GROUP: &str = "not rated: a group has no target";
const NEUTRAL: &str = "not rated: neither higher nor lower is better";
const NO_TARGET: &str = "not rated: no target for this period";
const NO_VALUE: &str = "not rated: no value";
const END_OF_QUARTER: &str = "not rated: the target is for the end of the quarter";
const END_OF_YEAR: &str = "not rated: the target is for the end of the year";
const FEW: &str = "not rated: fewer than 6 in the denominator";
const NOT_KNOWN: &str = "not rated: the colour depends on those not known";

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
    let (better, way) = match figure.polarity {
        Polarity::Neutral => return not_rated(NEUTRAL),
        Polarity::HigherIsBetter => (1.0, "more"),
        Polarity::LowerIsBetter => (-1.0, "less"),
    };
    let Some(StandingTarget { target, judges }) = target else { return not_rated(NO_TARGET) };
    let Some(value) = figure.value else { return not_rated(NO_VALUE) };
    if !judges {
        let of_quarter = target.period.kind == PeriodKind::Quarter;
        return not_rated(if of_quarter { END_OF_QUARTER } else { END_OF_YEAR });
    }
    if figure.denominator.is_some_and(|n| n < SMALLEST_TESTED) {
        return not_rated(FEW);
    }
    let reach = target.tolerance.around(target.value);
    let amber = exact(target.value - better * reach);
    let rag = |value: f64| colour(better * value >= better * target.value, better * value >= better * amber);
    let Some(rag) = agreed([rag(value), rag(figure.highest.unwrap_or(value))]) else {
        return not_rated(NOT_KNOWN);
    };
    let rule = format!("green at {} or {way}, amber at {amber} or {way}", target.value);
    let significant = agreed(figure.intervals().into_iter().map(|interval| !interval.contains(target.value)));
    Rating { rag, rule, significant }
}

/// A group of children has no target and no colour (ruling 57).
pub fn unrated_group() -> Rating {
    not_rated(GROUP)
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
    use super::super::{Target, Tolerance, target_for};
    use super::*;
    use crate::period::Period;
    use crate::statistics::{Basis, Bounds, Confidence, FlatTarget, Fraction, Unit};

    fn figure(polarity: Polarity, numerator: u64, denominator: u64) -> Figure {
        unsure(polarity, numerator, denominator, 0)
    }

    fn unsure(polarity: Polarity, numerator: u64, denominator: u64, not_known: u64) -> Figure {
        let bounds = Bounds::new(Fraction::new(numerator, denominator), not_known);
        Figure {
            national: None,
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

    /// What is asked about and when, targets by period, counted of how many with how many not known; the period of the
    /// target that is shown, and why there is no colour.
    type Row =
        (Kind, &'static str, &'static [&'static str], (u64, u64, u64), Option<&'static str>, Option<&'static str>);
    /// An indicator's way of being judged by a target.
    type Kind = (Polarity, Basis, FlatTarget);
    const REVIEWS: Kind = (Polarity::HigherIsBetter, Basis::YearToDate, FlatTarget::EveryQuarter);
    const MOVES: Kind = (Polarity::LowerIsBetter, Basis::YearToDate, FlatTarget::YearEnd);
    const STABILITY: Kind = (Polarity::HigherIsBetter, Basis::Snapshot, FlatTarget::EveryQuarter);
    const NUMBER: Kind = (Polarity::Neutral, Basis::Snapshot, FlatTarget::EveryQuarter);
    const STARTED: Kind = (Polarity::Neutral, Basis::YearToDate, FlatTarget::YearEnd);

    #[test]
    fn why_a_figure_is_not_rated_agrees_with_the_target_that_is_shown() {
        let (sure, few, nobody, vague) = ((90, 100, 0), (5, 5, 0), (0, 0, 0), (10, 63, 20));
        let table: [Row; 20] = [
            (REVIEWS, "2023-24-Q2", &["2023-24"], sure, Some("2023-24"), None),
            (REVIEWS, "2023-24-Q2", &[], sure, None, Some(NO_TARGET)),
            (REVIEWS, "2023-24-Q2", &["2024-25"], sure, None, Some(NO_TARGET)),
            (REVIEWS, "2023-24-Q2", &["2023-24-Q3"], sure, None, Some(NO_TARGET)),
            (REVIEWS, "2023-24-Q2", &["2021-22"], sure, Some("2021-22"), None),
            (REVIEWS, "2023-24-Q2", &[], nobody, None, Some(NO_TARGET)),
            (REVIEWS, "2023-24-Q2", &["2023-24"], nobody, Some("2023-24"), Some(NO_VALUE)),
            (REVIEWS, "2023-24-Q2", &["2023-24"], few, Some("2023-24"), Some(FEW)),
            (REVIEWS, "2023-08", &["2023-24-Q2"], sure, Some("2023-24-Q2"), Some(END_OF_QUARTER)),
            (STABILITY, "2023-08", &["2023-24-Q2"], sure, Some("2023-24-Q2"), None),
            (STABILITY, "2023-24-Q2", &["2023-24"], vague, Some("2023-24"), Some(NOT_KNOWN)),
            (MOVES, "2023-24-Q2", &["2023-24"], sure, Some("2023-24"), Some(END_OF_YEAR)),
            (MOVES, "2023-24-Q2", &["2022-23"], sure, Some("2022-23"), Some(END_OF_YEAR)),
            (MOVES, "2023-08", &["2022-23-Q2"], sure, Some("2022-23-Q2"), Some(END_OF_QUARTER)),
            (MOVES, "2023-24-Q2", &["2023-24", "2023-24-Q2"], sure, Some("2023-24-Q2"), None),
            (MOVES, "2023-24-Q4", &["2023-24"], few, Some("2023-24"), Some(FEW)),
            (MOVES, "2023-24-Q2", &["2023-24"], nobody, Some("2023-24"), Some(NO_VALUE)),
            (NUMBER, "2023-24-Q2", &["2023-24"], sure, Some("2023-24"), Some(NEUTRAL)),
            (NUMBER, "2023-24-Q2", &[], nobody, None, Some(NEUTRAL)),
            (STARTED, "2023-24-Q2", &["2023-24"], sure, Some("2023-24"), Some(NEUTRAL)),
        ];
        let mut told = std::collections::BTreeSet::from([unrated_group().rule]);
        for ((polarity, basis, flat), code, targets, (x, n, not_known), shown, reason) in table {
            let period = Period::parse(code).unwrap();
            let of =
                |code: &&str| Target { period: Period::parse(code).unwrap(), ..target(50.0, Tolerance::default()) };
            let targets: Vec<Target> = targets.iter().map(of).collect();
            let standing = target_for(&targets, basis, flat, period);
            assert_eq!(standing.map(|found| found.target.period.code()).as_deref(), shown, "{code} {targets:?}");
            let rating = rate(&Figure { basis, period, ..unsure(polarity, x, n, not_known) }, standing);
            assert_eq!(rating.rag == Rag::NotRated, reason.is_some(), "{code} {targets:?} {rating:?}");
            assert!(reason.is_none() || rating.significant.is_none());
            if let Some(reason) = reason {
                assert_eq!(rating.rule, reason, "{code} {targets:?}");
                told.insert(rating.rule);
            }
        }
        let all = [GROUP, NEUTRAL, NO_TARGET, NO_VALUE, END_OF_QUARTER, END_OF_YEAR, FEW, NOT_KNOWN];
        assert_eq!(told, all.map(str::to_owned).into(), "every reason is in the table");
    }
}
