//! The authority's own targets: one for the year, or one for each quarter where the indicator grows through the year.

use crate::period::{Period, PeriodKind};
use crate::statistics::Basis;

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

/// The target that a figure for this period is judged by.
///
/// A target stands until it is replaced, so the latest year at or before the period's counts, at the same quarter
/// (ruling 48); its own period says how old it is. A figure that grows through the year needs a target for that
/// quarter: the year's target fits it only at the year's end, and nothing fits it between quarter ends. Any other
/// figure takes its quarter's target or, without one, the year's (methodology M13).
pub fn target_for(targets: &[Target], basis: Basis, period: Period) -> Option<&Target> {
    let year = period.financial_year().start;
    targets
        .iter()
        .filter(|target| target.period.financial_year().start <= year && fits(target, basis, period))
        .max_by_key(|target| (target.period.financial_year().start, target.period.kind == PeriodKind::Quarter))
}

fn fits(target: &Target, basis: Basis, period: Period) -> bool {
    let quarter = period.quarter_of_year();
    let whole_quarter = Period::containing(PeriodKind::Quarter, period.end).end == period.end;
    let grows = basis == Basis::YearToDate;
    match target.period.kind {
        PeriodKind::Quarter => target.period.quarter_of_year() == quarter && (!grows || whole_quarter),
        PeriodKind::FinancialYear => !grows || (whole_quarter && quarter == 4),
        PeriodKind::Month | PeriodKind::Day => false,
    }
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

    fn chosen(targets: &[Target], basis: Basis, code: &str) -> Option<(f64, String)> {
        target_for(targets, basis, period(code)).map(|target| (target.value, target.period.code()))
    }

    #[test]
    fn a_growing_figure_takes_the_same_quarter_of_the_latest_year_with_a_target() {
        let found = chosen(&staged(), Basis::YearToDate, "2023-24-Q2");
        assert_eq!(found, Some((5.0, "2022-23-Q2".into())));
        assert_eq!(chosen(&staged(), Basis::YearToDate, "2023-24"), Some((10.0, "2022-23-Q4".into())));
    }

    #[test]
    fn the_years_target_fits_a_growing_figure_only_at_the_years_end() {
        let annual = [target("2022-23", 95.0)];
        assert_eq!(chosen(&annual, Basis::YearToDate, "2023-24-Q2"), None);
        assert_eq!(chosen(&annual, Basis::YearToDate, "2023-24-Q4"), Some((95.0, "2022-23".into())));
        assert_eq!(chosen(&annual, Basis::YearToDate, "2023-24"), Some((95.0, "2022-23".into())));
    }

    #[test]
    fn the_years_target_fits_a_snapshot_and_a_rolling_year_in_every_quarter_and_month() {
        let annual = [target("2022-23", 70.0)];
        for basis in [Basis::Snapshot, Basis::Rolling12Months] {
            assert!(chosen(&annual, basis, "2022-23-Q1").is_some());
            assert!(chosen(&annual, basis, "2023-10").is_some());
        }
    }

    #[test]
    fn a_growing_figure_has_no_target_between_quarter_ends() {
        assert_eq!(chosen(&staged(), Basis::YearToDate, "2023-08"), None);
        assert_eq!(chosen(&staged(), Basis::YearToDate, "2023-09").map(|found| found.0), Some(5.0));
    }

    #[test]
    fn a_later_target_replaces_and_a_future_one_does_not_count_yet() {
        let targets = [target("2021-22", 65.0), target("2022-23", 70.0), target("2024-25", 75.0)];
        assert_eq!(chosen(&targets, Basis::Snapshot, "2023-24-Q2").map(|found| found.0), Some(70.0));
        assert_eq!(chosen(&targets, Basis::Snapshot, "2020-21-Q2"), None);
    }

    #[test]
    fn a_quarters_own_target_goes_before_the_years() {
        let targets = [target("2022-23-Q2", 68.0), target("2022-23", 70.0)];
        assert_eq!(chosen(&targets, Basis::Snapshot, "2022-23-Q2").map(|found| found.0), Some(68.0));
        assert_eq!(chosen(&targets, Basis::Snapshot, "2022-23-Q3").map(|found| found.0), Some(70.0));
    }

    #[test]
    fn a_tolerance_is_a_fraction_or_points() {
        assert_eq!(Tolerance::parse("0.05"), Some(Tolerance::Fraction(0.05)));
        assert_eq!(Tolerance::parse(" 2 pp"), Some(Tolerance::Points(2.0)));
        assert_eq!(Tolerance::parse("-1"), None);
        assert_eq!(Tolerance::parse("some"), None);
    }
}
