//! A figure of ours beside another: the difference, and whether it is more than chance.

use super::neighbours::NeighbourAverage;
use super::{Averaging, Figure, PublishedFigure, StandingTarget};
use crate::indicators::{Comparability, ComparisonTime};
use crate::period::Period;
use crate::statistics::{Absence, Significance, Unit, against_fixed, between};

/// What a figure is set beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// The average of the authorities most like ours.
    StatisticalNeighbours,
    /// England as published.
    England,
    /// The region as published.
    Region,
    /// The authority's own target.
    Target,
    /// The period just before.
    PreviousPeriod,
    /// The same period a year before.
    SamePeriodLastYear,
}

impl Comparator {
    /// The stable name that clients read and write.
    pub fn code(self) -> &'static str {
        match self {
            Comparator::StatisticalNeighbours => "STATISTICAL_NEIGHBOURS",
            Comparator::England => "ENGLAND",
            Comparator::Region => "REGION",
            Comparator::Target => "TARGET",
            Comparator::PreviousPeriod => "PREVIOUS_PERIOD",
            Comparator::SamePeriodLastYear => "SAME_PERIOD_LAST_YEAR",
        }
    }
}

/// One comparison: either `value` is set, or `absence` says why it is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What stands beside the figure.
    pub comparator: Comparator,
    /// Its name as a reader knows it: "England", "London", "2023-24 Q1".
    pub name: String,
    /// Its value.
    pub value: Option<f64>,
    /// Why it has none.
    pub absence: Option<Absence>,
    /// Its own period, often older than the figure's.
    pub period: Option<Period>,
    /// Our value less this one, in the unit of the figure.
    pub difference: Option<f64>,
    /// Whether the difference is more than chance, and for the better.
    pub significance: Significance,
    /// For neighbours, the edition whose members were averaged.
    pub edition: Option<String>,
    /// For neighbours, how.
    pub averaging: Option<Averaging>,
    /// For an average that was worked out, of how many values.
    pub members: Option<usize>,
    /// How alike the rules of the two figures are; the same where it is the authority's own.
    pub comparability: Comparability,
}

/// Sets a figure beside a published one of England or a region; `published` is what `latest_published` found.
pub fn with_area(
    figure: &Figure,
    comparator: Comparator,
    name: &str,
    published: Option<&PublishedFigure>,
) -> Comparison {
    let value = published.map_or(Err(Absence::NotPublished), |published| published.value);
    let period = published.map(|published| published.period);
    beside_others(figure, Comparison::new(comparator, name.to_owned(), value, period))
}

/// Sets a figure beside the average of the statistical neighbours.
pub fn with_neighbours(figure: &Figure, average: NeighbourAverage) -> Comparison {
    let name = "Statistical neighbours".to_owned();
    let averaging = average.value.is_ok().then_some(average.averaging);
    let comparison = Comparison::new(Comparator::StatisticalNeighbours, name, average.value, average.period);
    beside_others(figure, Comparison { edition: average.edition, averaging, members: average.members, ..comparison })
}

/// Sets a figure beside the target that `target_for` found; not compared before the target judges.
pub fn with_target(figure: &Figure, standing: Option<StandingTarget>) -> Comparison {
    let target = standing.map(|standing| standing.target);
    let value = target.map_or(Err(Absence::NotApplicable), |target| Ok(target.value));
    let period = target.map(|target| target.period);
    let compared = against(figure, Comparison::new(Comparator::Target, "Target".to_owned(), value, period));
    if standing.is_some_and(|standing| standing.judges) {
        return compared;
    }
    Comparison { significance: Significance::NotCompared, ..compared }
}

/// Sets a figure beside the authority's own of an earlier period; both are uncertain where both have their counts.
pub fn with_earlier(figure: &Figure, comparator: Comparator, earlier: &Figure) -> Comparison {
    let value = earlier.value.ok_or(Absence::NotAvailable);
    let comparison = Comparison::new(comparator, earlier.period.label(), value, Some(earlier.period));
    let comparison = against(figure, comparison);
    let significance = match (figure.bounds(), earlier.bounds(), figure.unit) {
        (_, _, Unit::Count) => Significance::NotCompared,
        (Some(now), Some(before), unit) => between(unit, figure.polarity, now, before),
        _ => comparison.significance,
    };
    Comparison { significance, ..comparison }
}

impl Comparison {
    fn new(comparator: Comparator, name: String, value: Result<f64, Absence>, period: Option<Period>) -> Self {
        Comparison {
            comparator,
            name,
            value: value.ok(),
            absence: value.err(),
            period,
            difference: None,
            significance: Significance::NotCompared,
            edition: None,
            averaging: None,
            members: None,
            comparability: Comparability::Same,
        }
    }
}

/// Fills in the difference and its significance, taking the other value as fixed.
fn against(figure: &Figure, comparison: Comparison) -> Comparison {
    let (Some(ours), Some(theirs)) = (figure.value, comparison.value) else { return comparison };
    let significance = against_fixed(figure.polarity, figure.intervals(), figure.denominator, theirs);
    Comparison { difference: Some(ours - theirs), significance, ..comparison }
}

/// The same for other areas, where more stands in the way: counts of areas of another size are not compared at all,
/// figures by another rule or of an unfinished year are not judged.
fn beside_others(figure: &Figure, comparison: Comparison) -> Comparison {
    if figure.unit == Unit::Count {
        return comparison;
    }
    let likeness = figure.national;
    let comparability = likeness.map_or(Comparability::Same, |likeness| likeness.comparability);
    let unfinished = likeness.is_some_and(|likeness| likeness.compared == ComparisonTime::AtYearEnd)
        && figure.period.end != figure.period.financial_year().end;
    let compared = Comparison { comparability, ..against(figure, comparison) };
    if comparability == Comparability::Differs || unfinished {
        Comparison { significance: Significance::NotCompared, ..compared }
    } else {
        compared
    }
}

#[cfg(test)]
mod tests {
    use super::super::published::published;
    use super::super::{Target, Tolerance};
    use super::*;
    use crate::statistics::{Basis, Bounds, Confidence, Fraction, Polarity, interval};

    fn figure(code: &str, unit: Unit, period: &str, x: u64, n: Option<u64>) -> Figure {
        let value = n.map_or(Some(x as f64), |n| Fraction::new(x, n).of(unit.scale()));
        Figure {
            national: crate::indicators::find(code).and_then(|indicator| indicator.national),
            unit,
            polarity: Polarity::HigherIsBetter,
            basis: Basis::Rolling12Months,
            period: Period::parse(period).unwrap(),
            value,
            highest: value,
            numerator: Some(x),
            most: Some(x),
            denominator: n,
            interval: interval(unit, x, n, Confidence::NinetyFive),
        }
    }

    /// The figure with so many of whom it is not known.
    fn unsure(figure: Figure, not_known: u64) -> Figure {
        let bounds = Bounds::new(figure.bounds().unwrap().least, not_known);
        let interval = bounds.interval(Confidence::NinetyFive);
        Figure { highest: bounds.most.percent(), most: Some(bounds.most.numerator), interval, ..figure }
    }

    fn dental(period: &str, x: u64, n: u64) -> Figure {
        figure("dental_checks_pct", Unit::Percent, period, x, Some(n))
    }

    #[test]
    fn dental_checks_are_better_than_england_two_years_before() {
        let england = published("E92000001", "2021-22", Ok(70.0));
        let found = with_area(&dental("2023-24-Q2", 90, 108), Comparator::England, "England", Some(&england));
        assert_eq!(found.significance, Significance::Better);
        assert_eq!(found.period.map(|period| period.code()), Some("2021-22".into()));
        assert_eq!(found.difference.map(|points| format!("{points:.2}")), Some("13.33".into()));
    }

    #[test]
    fn what_unknown_answers_could_turn_is_shown_and_not_compared() {
        let england = published("E92000001", "2021-22", Ok(70.0));
        let compare = |figure: Figure| with_area(&figure, Comparator::England, "England", Some(&england));
        let (worse, unsure_of) = (dental("2023-24-Q2", 50, 108), |n| unsure(dental("2023-24-Q2", 50, 108), n));
        assert_eq!(compare(worse).significance, Significance::Worse);
        // 59 of 108 would still be worse than 70 percent, 80 of 108 would not.
        assert_eq!(compare(unsure_of(9)).significance, Significance::Worse);
        let found = compare(unsure_of(30));
        assert_eq!((found.significance, found.value), (Significance::NotCompared, Some(70.0)));
        assert_eq!(found.difference, compare(worse).difference);
        let earlier = |before: Figure| with_earlier(&worse, Comparator::PreviousPeriod, &before).significance;
        assert_eq!(earlier(dental("2023-24-Q1", 92, 112)), Significance::Worse);
        assert_eq!(earlier(unsure(dental("2023-24-Q1", 52, 112), 40)), Significance::NotCompared);
    }

    #[test]
    fn a_target_that_does_not_judge_yet_is_shown_and_not_compared() {
        let period = Period::parse("2023-24").unwrap();
        let target = Target { period, value: 90.0, tolerance: Tolerance::default(), note: None };
        let compare =
            |judges| with_target(&dental("2023-24-Q2", 50, 108), Some(StandingTarget { target: &target, judges }));
        assert_eq!(
            (compare(true).significance, compare(false).significance),
            (Significance::Worse, Significance::NotCompared)
        );
        assert_eq!(compare(false).value, Some(90.0));
    }

    #[test]
    fn what_nobody_published_is_absent_and_not_compared() {
        let found = with_area(&dental("2023-24-Q2", 90, 108), Comparator::England, "England", None);
        assert_eq!((found.value, found.absence), (None, Some(Absence::NotPublished)));
        assert_eq!((found.difference, found.significance), (None, Significance::NotCompared));
    }

    #[test]
    fn the_quarter_before_is_compared_as_uncertain_too() {
        let (now, before) = (dental("2023-24-Q2", 90, 108), dental("2023-24-Q1", 92, 112));
        let found = with_earlier(&now, Comparator::PreviousPeriod, &before);
        assert_eq!((found.name.as_str(), found.significance), ("2023-24 Q1", Significance::Similar));
        assert_eq!(found.difference.map(|points| format!("{points:.2}")), Some("1.19".into()));
    }

    #[test]
    fn a_figure_by_another_rule_is_shown_but_not_judged() {
        let ours = figure("placed_over_20_miles_pct", Unit::Percent, "2023-24-Q2", 27, Some(146));
        let england = published("E92000001", "2021-22", Ok(50.0));
        let found = with_area(&ours, Comparator::England, "England", Some(&england));
        assert_eq!((found.value, found.significance), (Some(50.0), Significance::NotCompared));
        assert_eq!(found.comparability, Comparability::Differs);
    }

    #[test]
    fn a_growing_figure_is_judged_against_a_whole_year_only_at_its_end() {
        let england = published("E92000001", "2021-22", Ok(9.0));
        let judged = |period| {
            let ours = figure("placements_3plus_pct", Unit::Percent, period, 5, Some(191));
            with_area(&ours, Comparator::England, "England", Some(&england)).significance
        };
        assert_eq!(judged("2023-24-Q2"), Significance::NotCompared);
        assert_eq!(judged("2023-24-Q4"), Significance::Worse);
    }

    #[test]
    fn a_number_of_children_is_not_compared_with_englands() {
        let england = published("E92000001", "2021-22", Ok(82_170.0));
        let ours = figure("cla_number", Unit::Count, "2023-24-Q2", 191, None);
        let found = with_area(&ours, Comparator::England, "England", Some(&england));
        assert_eq!((found.value, found.difference), (Some(82_170.0), None));
        let before = figure("cla_number", Unit::Count, "2023-24-Q1", 192, None);
        let found = with_earlier(&ours, Comparator::PreviousPeriod, &before);
        assert_eq!((found.difference, found.significance), (Some(-1.0), Significance::NotCompared));
    }
}
