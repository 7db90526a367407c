//! Whether a figure has risen or fallen over the years by more than chance.

use super::{Fraction, Polarity, Unit};
use statrs::distribution::{ContinuousCDF, Normal};

/// With fewer points than this a trend is not assessed (methodology M15).
pub const LEAST_POINTS: usize = 5;

/// A trend is one if chance would show it in fewer than one case in twenty.
const SIGNIFICANT: f64 = 0.05;

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendDirection {
    /// It rose by more than chance.
    Rising,
    /// It fell by more than chance.
    Falling,
    /// It did not move by more than chance.
    NoSignificantChange,
    /// Too few points, nothing but zeros, or a unit without a test.
    CannotBeCalculated,
}

impl TrendDirection {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            TrendDirection::Rising => "RISING",
            TrendDirection::Falling => "FALLING",
            TrendDirection::NoSignificantChange => "NO_SIGNIFICANT_CHANGE",
            TrendDirection::CannotBeCalculated => "CANNOT_BE_CALCULATED",
        }
    }

    /// What the direction means for the children, read with the indicator's polarity.
    pub fn judgement(self, polarity: Polarity) -> Judgement {
        match (self, polarity) {
            (TrendDirection::CannotBeCalculated, _) | (_, Polarity::Neutral) => Judgement::NoJudgement,
            (TrendDirection::NoSignificantChange, _) => Judgement::Steady,
            (TrendDirection::Rising, Polarity::HigherIsBetter) | (TrendDirection::Falling, Polarity::LowerIsBetter) => {
                Judgement::Improving
            }
            (TrendDirection::Falling, Polarity::HigherIsBetter) | (TrendDirection::Rising, Polarity::LowerIsBetter) => {
                Judgement::Worsening
            }
        }
    }
}

/// What a movement means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It moved the better way.
    Improving,
    /// It moved the worse way.
    Worsening,
    /// It did not move.
    Steady,
    /// Neither way is better, or nothing can be said.
    NoJudgement,
}

impl Judgement {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            Judgement::Improving => "IMPROVING",
            Judgement::Worsening => "WORSENING",
            Judgement::Steady => "STEADY",
            Judgement::NoJudgement => "NO_JUDGEMENT",
        }
    }
}

/// The test that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrendMethod {
    /// Cochran-Armitage, for percentages.
    CochranArmitage,
    /// The score test of a log-linear Poisson trend, for rates.
    PoissonTrend,
    /// No test fits the unit.
    None,
}

impl TrendMethod {
    /// The stable name that clients read.
    pub fn code(self) -> &'static str {
        match self {
            TrendMethod::CochranArmitage => "COCHRAN_ARMITAGE",
            TrendMethod::PoissonTrend => "POISSON_TREND",
            TrendMethod::None => "NONE",
        }
    }

    /// The test that fits a unit (ruling 50).
    pub fn of(unit: Unit) -> Self {
        match unit {
            Unit::Percent => TrendMethod::CochranArmitage,
            Unit::RatePer10000 => TrendMethod::PoissonTrend,
            Unit::Count | Unit::Days | Unit::Score => TrendMethod::None,
        }
    }
}

/// The outcome of a trend test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Which way it went.
    pub direction: TrendDirection,
    /// What that means.
    pub judgement: Judgement,
    /// The test that fits the unit, made or not.
    pub method: TrendMethod,
    /// How many points had a number.
    pub points_used: usize,
    /// The two-sided probability of a movement at least this strong by chance; none where no test was made.
    pub p_value: Option<f64>,
}

/// Tests the same quarter of several years, oldest first. A year without a number keeps its place as a gap.
pub fn trend(unit: Unit, polarity: Polarity, points: &[Option<Fraction>]) -> Trend {
    let method = TrendMethod::of(unit);
    let used: Vec<Point> = points.iter().enumerate().filter_map(|(year, point)| Point::new(year, (*point)?)).collect();
    let z = if used.len() < LEAST_POINTS { None } else { score(method, &used) };
    let p_value = z.map(|z| 2.0 * Normal::standard().sf(z.abs()));
    let direction = match (z, p_value) {
        (Some(z), Some(p)) if p < SIGNIFICANT && z > 0.0 => TrendDirection::Rising,
        (Some(_), Some(p)) if p < SIGNIFICANT => TrendDirection::Falling,
        (Some(_), Some(_)) => TrendDirection::NoSignificantChange,
        _ => TrendDirection::CannotBeCalculated,
    };
    Trend { direction, judgement: direction.judgement(polarity), method, points_used: used.len(), p_value }
}

impl Trend {
    /// The trend where nothing that is not known could turn it: where this one, with nobody of those not known counted,
    /// and the other, with all of them counted, go the same way (ruling 67).
    pub fn agreed(self, other: Trend) -> Trend {
        if self.direction == other.direction {
            return self;
        }
        let (direction, judgement) = (TrendDirection::CannotBeCalculated, Judgement::NoJudgement);
        Trend { direction, judgement, p_value: None, ..self }
    }
}

/// One year: its place in time, how many were counted, out of how many.
struct Point {
    year: f64,
    counted: f64,
    of: f64,
}

impl Point {
    fn new(year: usize, fraction: Fraction) -> Option<Self> {
        let Fraction { numerator, denominator } = fraction;
        (denominator > 0).then_some(Point { year: year as f64, counted: numerator as f64, of: denominator as f64 })
    }
}

/// The standardised score of a straight line through the years: sum of year x (counted - expected), over its deviation.
///
/// Both tests share it; they differ in the variance of one count under "no trend": p(1 - p) for a proportion, p for a rate.
fn score(method: TrendMethod, points: &[Point]) -> Option<f64> {
    let sum = |of: fn(&Point) -> f64| points.iter().map(of).sum::<f64>();
    let (counted, all) = (sum(|point| point.counted), sum(|point| point.of));
    let p = counted / all;
    let variance_of_one = match method {
        TrendMethod::CochranArmitage => p * (1.0 - p),
        TrendMethod::PoissonTrend => p,
        TrendMethod::None => return None,
    };
    let moved = points.iter().map(|point| point.year * (point.counted - point.of * p)).sum::<f64>();
    let weight = sum(|point| point.of * point.year * point.year) - sum(|point| point.of * point.year).powi(2) / all;
    let variance = variance_of_one * weight;
    (variance > 0.0).then(|| moved / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn years(counts: &[(u64, u64)]) -> Vec<Option<Fraction>> {
        counts.iter().map(|(x, n)| Some(Fraction::new(*x, *n))).collect()
    }

    #[test]
    fn the_published_cochran_armitage_vector_holds() {
        let points = years(&[(30, 100), (33, 104), (36, 101), (41, 98), (45, 102)]);
        let found = trend(Unit::Percent, Polarity::HigherIsBetter, &points);
        assert_eq!(found.p_value.map(|p| format!("{p:.4}")), Some("0.0114".into()));
        assert_eq!((found.direction, found.judgement), (TrendDirection::Rising, Judgement::Improving));
        let used: Vec<Point> = points.iter().enumerate().filter_map(|(i, p)| Point::new(i, (*p)?)).collect();
        assert_eq!(score(TrendMethod::CochranArmitage, &used).map(|z| format!("{z:.4}")), Some("2.5296".into()));
    }

    #[test]
    fn rising_is_worse_where_lower_is_better() {
        let points = years(&[(30, 100), (33, 104), (36, 101), (41, 98), (45, 102)]);
        assert_eq!(trend(Unit::Percent, Polarity::LowerIsBetter, &points).judgement, Judgement::Worsening);
        assert_eq!(trend(Unit::Percent, Polarity::Neutral, &points).judgement, Judgement::NoJudgement);
    }

    #[test]
    fn four_years_are_too_few_and_a_gap_is_not_a_zero() {
        let mut points = years(&[(30, 100), (33, 104), (36, 101), (41, 98), (45, 102)]);
        points[2] = None;
        let found = trend(Unit::Percent, Polarity::HigherIsBetter, &points);
        assert_eq!((found.direction, found.points_used, found.p_value), (TrendDirection::CannotBeCalculated, 4, None));
    }

    #[test]
    fn counts_have_no_test_and_nothing_but_zeros_has_none() {
        let points = years(&[(180, 1), (185, 1), (190, 1), (195, 1), (200, 1)]);
        assert_eq!(trend(Unit::Count, Polarity::Neutral, &points).direction, TrendDirection::CannotBeCalculated);
        let zeros = years(&[(0, 50); 5]);
        assert_eq!(trend(Unit::Percent, Polarity::Neutral, &zeros).p_value, None);
    }

    #[test]
    fn a_rate_that_falls_by_a_third_in_five_years_is_falling() {
        let points = years(&[(300, 60_000), (280, 60_000), (250, 60_000), (220, 60_000), (200, 60_000)]);
        let found = trend(Unit::RatePer10000, Polarity::Neutral, &points);
        // Score: moved -260, variance 1250/300000 x 600000 = 2500, so z = -5.2.
        assert_eq!((found.direction, found.method), (TrendDirection::Falling, TrendMethod::PoissonTrend));
        assert!(found.p_value.is_some_and(|p| (p - 1.993e-7).abs() < 1e-9));
    }

    #[test]
    fn a_trend_that_unknown_answers_could_turn_cannot_be_calculated() {
        let rising = [(30, 100), (33, 104), (36, 101), (41, 98), (45, 102)];
        let of = |points: &[(u64, u64)]| trend(Unit::Percent, Polarity::HigherIsBetter, &years(points));
        let (least, level) = (of(&rising), of(&[(45, 100), (45, 104), (44, 101), (45, 98), (46, 102)]));
        assert_eq!(least.agreed(least), least);
        let withheld = least.agreed(level);
        assert_eq!((withheld.direction, withheld.p_value), (TrendDirection::CannotBeCalculated, None));
        assert_eq!((withheld.judgement, withheld.points_used), (Judgement::NoJudgement, 5));
    }

    proptest! {
        #[test]
        fn reading_the_years_backwards_turns_the_direction_round(counts in prop::collection::vec((0u64..100, 100u64..200), 5..9)) {
            let forwards = years(&counts);
            let backwards: Vec<_> = forwards.iter().rev().copied().collect();
            let there = trend(Unit::Percent, Polarity::HigherIsBetter, &forwards);
            let back = trend(Unit::Percent, Polarity::LowerIsBetter, &backwards);
            prop_assert_eq!(there.judgement, back.judgement);
        }
    }
}
