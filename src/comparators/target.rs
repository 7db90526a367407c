//! The authority's own targets: one for the year, or one for each quarter where the indicator grows through the year.

use crate::period::{Period, PeriodKind};
use crate::statistics::{Basis, FlatTarget};

/// A target for one financial year, or for one quarter of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The year or quarter it was set for.
    pub period: Period,
    /// The value to reach, in the indicator's unit.
    pub value: f64,
    /// How far off is still amber.
    pub tolerance: Tolerance,
    /// A note of the authority.
    pub note: Option<String>,
}

/// How far from the target a figure may be and still be amber.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// A fraction of the target: 0.1 is a tenth of it.
    Fraction(f64),
    /// So many points of the indicator's unit.
    Points(f64),
}

impl Default for Tolerance {
    /// A tenth of the target (methodology M14).
    fn default() -> Self {
        Tolerance::Fraction(0.1)
    }
}

impl Tolerance {
    /// Reads `0.1` (a fraction of the target) or `2pp` (points). Nothing for a negative or unreadable tolerance.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (number, kind): (&str, fn(f64) -> Self) = match text.strip_suffix("pp") {
            Some(points) => (points.trim_end(), Tolerance::Points),
            None => (text, Tolerance::Fraction),
        };
        number.parse::<f64>().ok().filter(|size| size.is_finite() && *size >= 0.0).map(kind)
    }

    /// The distance from a target of this value that is still amber.
    pub(super) fn around(self, target: f64) -> f64 {
        match self {
            Tolerance::Fraction(part) => (target * part).abs(),
            Tolerance::Points(points) => points,
        }
    }
}

/// The target that stands for a period, and whether a figure for it is judged by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandingTarget<'a> {
    /// The target.
    pub target: &'a Target,
    /// Whether it judges the figure already; otherwise only at the end of its quarter or year.
    pub judges: bool,
}

/// The target that stands for a figure of this period.
///
/// A target stands until it is replaced, so that of the period's financial year counts, else of the latest year before
/// it, at the same quarter (ruling 48); its own period says how old it is. Within a year the quarter's own target goes
/// before the year's. A quarter's target judges a figure that grows through the year at the quarter's end, any other at
/// any time; a flat target of the year judges as the indicator says (ruling 55).
pub fn target_for(targets: &[Target], basis: Basis, flat: FlatTarget, period: Period) -> Option<StandingTarget<'_>> {
    let year = |target: &Target| target.period.financial_year().start;
    let stands = |target: &&Target| match target.period.kind {
        PeriodKind::Quarter => target.period.quarter_of_year() == period.quarter_of_year(),
        PeriodKind::FinancialYear => true,
        PeriodKind::Month | PeriodKind::Day => false,
    };
    let so_far = targets.iter().filter(|target| year(target) <= period.financial_year().start);
    let target =
        so_far.filter(stands).max_by_key(|target| (year(target), target.period.kind == PeriodKind::Quarter))?;
    let judges = if target.period.kind == PeriodKind::Quarter {
        basis != Basis::YearToDate || Period::containing(PeriodKind::Quarter, period.end).end == period.end
    } else {
        flat == FlatTarget::EveryQuarter || period.financial_year().end == period.end
    };
    Some(StandingTarget { target, judges })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(code: &str) -> Period {
        Period::parse(code).unwrap()
    }

    fn target(code: &str, value: f64) -> Target {
        Target { period: period(code), value, tolerance: Tolerance::default(), note: None }
    }

    fn staged() -> Vec<Target> {
        vec![
            target("2022-23-Q1", 2.5),
            target("2022-23-Q2", 5.0),
            target("2022-23-Q3", 7.5),
            target("2022-23-Q4", 10.0),
        ]
    }

    /// Value and period of the target that stands, and whether it judges.
    fn standing(targets: &[Target], flat: FlatTarget, code: &str) -> Option<(f64, String, bool)> {
        let basis = if flat == FlatTarget::YearEnd { Basis::YearToDate } else { Basis::Snapshot };
        let found = target_for(targets, basis, flat, period(code))?;
        Some((found.target.value, found.target.period.code(), found.judges))
    }

    fn value(targets: &[Target], code: &str) -> Option<f64> {
        standing(targets, FlatTarget::EveryQuarter, code).map(|found| found.0)
    }

    #[test]
    fn a_growing_figure_takes_the_same_quarter_of_the_latest_year_with_a_target() {
        let found = |code| standing(&staged(), FlatTarget::YearEnd, code);
        assert_eq!(found("2023-24-Q2"), Some((5.0, "2022-23-Q2".into(), true)));
        assert_eq!(found("2023-24"), Some((10.0, "2022-23-Q4".into(), true)));
    }

    #[test]
    fn a_flat_target_stands_all_year_and_judges_a_growing_figure_only_at_its_end() {
        let found = |code| standing(&[target("2022-23", 10.0)], FlatTarget::YearEnd, code);
        for (code, judges) in [("2023-24-Q2", false), ("2023-24-Q4", true), ("2023-24", true), ("2024-03", true)] {
            assert_eq!(found(code), Some((10.0, "2022-23".into(), judges)), "{code}");
        }
    }

    #[test]
    fn a_flat_target_judges_reviews_in_every_quarter_although_they_run_from_april() {
        let annual = [target("2023-24", 95.0)];
        for code in ["2023-24-Q1", "2023-24-Q2", "2023-24-Q3", "2023-24-Q4", "2023-24", "2023-10"] {
            let found = target_for(&annual, Basis::YearToDate, FlatTarget::EveryQuarter, period(code)).unwrap();
            assert!(found.judges, "{code}");
        }
    }

    #[test]
    fn a_step_judges_a_growing_figure_at_the_end_of_its_quarter() {
        let found = |code| standing(&staged(), FlatTarget::YearEnd, code);
        assert_eq!(found("2023-08"), Some((5.0, "2022-23-Q2".into(), false)));
        assert_eq!(found("2023-09"), Some((5.0, "2022-23-Q2".into(), true)));
        assert!(standing(&staged(), FlatTarget::EveryQuarter, "2023-08").unwrap().2);
    }

    #[test]
    fn the_years_own_flat_target_goes_before_the_steps_of_an_earlier_year() {
        let mut targets = staged();
        targets.push(target("2023-24", 9.0));
        let found = |code| standing(&targets, FlatTarget::YearEnd, code);
        assert_eq!(found("2023-24-Q2"), Some((9.0, "2023-24".into(), false)));
        assert_eq!(found("2022-23-Q2"), Some((5.0, "2022-23-Q2".into(), true)));
    }

    #[test]
    fn a_later_target_replaces_and_a_future_one_does_not_count_yet() {
        let targets = [target("2021-22", 65.0), target("2022-23", 70.0), target("2024-25", 75.0)];
        assert_eq!(value(&targets, "2023-24-Q2"), Some(70.0));
        assert_eq!(value(&targets, "2020-21-Q2"), None);
    }

    #[test]
    fn a_quarters_own_target_goes_before_the_years() {
        let targets = [target("2022-23-Q2", 68.0), target("2022-23", 70.0)];
        assert_eq!((value(&targets, "2022-23-Q2"), value(&targets, "2022-23-Q3")), (Some(68.0), Some(70.0)));
    }

    #[test]
    fn a_tolerance_is_a_fraction_or_points() {
        assert_eq!(Tolerance::parse("0.05"), Some(Tolerance::Fraction(0.05)));
        assert_eq!(Tolerance::parse(" 2 pp"), Some(Tolerance::Points(2.0)));
        assert_eq!(Tolerance::parse("-1"), None);
        assert_eq!(Tolerance::parse("some"), None);
    }
}
