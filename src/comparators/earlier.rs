//! The earlier periods that a figure is set beside.

use crate::period::Period;
use crate::statistics::Basis;

/// The two earlier periods of a figure; both are always given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// The period just before.
    pub previous: Period,
    /// The same period a year before.
    pub same_last_year: Period,
    /// The one of the two that gives the direction of travel.
    pub default: Period,
}

/// The earlier periods of a figure with this basis.
///
/// A snapshot, a rolling year and a single quarter are like those of the period before. What grows through the year
/// is only like the same quarter of the year before, and so are figures for whole years (methodology M13).
pub fn earlier(basis: Basis, period: Period) -> Earlier {
    let (previous, same_last_year) = (period.previous(), period.same_last_year());
    let default = match basis {
        Basis::Snapshot | Basis::Rolling12Months | Basis::Quarter => previous,
        Basis::YearToDate | Basis::ThreeYear | Basis::AcademicYear | Basis::FinancialYear => same_last_year,
    };
    Earlier { previous, same_last_year, default }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_of(basis: Basis) -> String {
        earlier(basis, Period::parse("2023-24-Q2").unwrap()).default.code()
    }

    #[test]
    fn a_snapshot_looks_to_the_quarter_before_and_a_growing_figure_to_the_year_before() {
        assert_eq!(default_of(Basis::Snapshot), "2023-24-Q1");
        assert_eq!(default_of(Basis::Rolling12Months), "2023-24-Q1");
        assert_eq!(default_of(Basis::YearToDate), "2022-23-Q2");
    }

    #[test]
    fn both_are_always_given() {
        let found = earlier(Basis::YearToDate, Period::parse("2023-24-Q1").unwrap());
        assert_eq!(
            (found.previous.code().as_str(), found.same_last_year.code().as_str()),
            ("2022-23-Q4", "2022-23-Q1")
        );
    }
}
