//! Periods with a name that people use: `2023-24`, `2023-24-Q2`, `2023-10`.

use chrono::Datelike;
use thiserror::Error;

use super::{Date, add_months, dates::next_day};

/// The first year that a code may name.
const FIRST_YEAR: i32 = 1900;

/// What kind of stretch a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// 1 April to 31 March, code `2023-24`.
    FinancialYear,
    /// Three months of a financial year, code `2023-24-Q2`.
    Quarter,
    /// A calendar month, code `2023-10`.
    Month,
    /// One day, for exact figures only; its code is the date.
    Day,
}

/// A named stretch of time. What a figure for it measures (that day, the year so far, twelve months) is the
/// indicator's business; figures are always as at the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Year, quarter, month or day.
    pub kind: PeriodKind,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// A period code that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("'{0}' is not a period: write 2023-24 for a financial year, 2023-24-Q2 for a quarter or 2023-10 for a month")]
pub struct PeriodError(pub String);

impl Period {
    /// Reads a code; the second year of a financial year must follow the first.
    pub fn parse(code: &str) -> Result<Self, PeriodError> {
        Self::read(code).ok_or_else(|| PeriodError(code.chars().take(40).collect()))
    }

    fn read(code: &str) -> Option<Self> {
        if !code.is_ascii() {
            return None;
        }
        let digits = |from: usize, to: usize| -> Option<i32> {
            let text = code.get(from..to)?;
            text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        let year = digits(0, 4)?;
        if code.get(4..5)? != "-" || year < FIRST_YEAR {
            return None;
        }
        let second = digits(5, 7)?;
        let follows = (year + 1) % 100 == second;
        match code.get(7..)? {
            // 2001-02 names both a financial year and February: the year wins where the second follows the first.
            "" if follows => Self::from_start(PeriodKind::FinancialYear, Date::from_ymd_opt(year, 4, 1)?),
            "" => Self::from_start(PeriodKind::Month, Date::from_ymd_opt(year, u32::try_from(second).ok()?, 1)?),
            quarter if follows => {
                let n = match quarter {
                    "-Q1" => 0,
                    "-Q2" => 1,
                    "-Q3" => 2,
                    "-Q4" => 3,
                    _ => return None,
                };
                Self::from_start(PeriodKind::Quarter, add_months(Date::from_ymd_opt(year, 4, 1)?, n * 3))
            }
            _ => None,
        }
    }

    /// Reads a single day by its date; none if it is no date, or one before there are codes.
    pub fn parse_day(code: &str) -> Option<Self> {
        let day: Date = code.parse().ok()?;
        (day.to_string() == code && day.year() >= FIRST_YEAR).then(|| Self::containing(PeriodKind::Day, day))
    }

    fn from_start(kind: PeriodKind, start: Date) -> Option<Self> {
        let end = add_months(start, kind.months()).pred_opt()?;
        Some(Self { kind, start, end })
    }

    /// The financial year, quarter or month that holds the day; for `Day`, the day itself.
    pub fn containing(kind: PeriodKind, day: Date) -> Self {
        let first_of_month = day.with_day(1).unwrap_or(day);
        let start = match kind {
            PeriodKind::Day => return Self { kind, start: day, end: day },
            PeriodKind::Month => first_of_month,
            PeriodKind::Quarter => add_months(first_of_month, -i32::try_from(day.month0() % 3).unwrap_or(0)),
            PeriodKind::FinancialYear => super::financial_year_start(day),
        };
        Self::from_start(kind, start).unwrap_or(Self { kind, start, end: day })
    }

    /// The latest whole period of the kind that has ended by the day.
    pub fn latest_ended_by(kind: PeriodKind, day: Date) -> Self {
        let holding = Self::containing(kind, day);
        if holding.end <= day { holding } else { holding.previous() }
    }

    /// The period before of the same kind.
    pub fn previous(&self) -> Self {
        self.moved(-1)
    }

    /// The period after of the same kind.
    pub fn next(&self) -> Self {
        self.moved(1)
    }

    /// The same period of the year before.
    pub fn same_last_year(&self) -> Self {
        match self.kind {
            // The end of February stays the end of February.
            PeriodKind::Day => match Self::containing(PeriodKind::Month, self.end) {
                month if month.end == self.end => Self::containing(self.kind, month.same_last_year().end),
                _ => Self::containing(self.kind, add_months(self.end, -12)),
            },
            kind => Self::from_start(kind, add_months(self.start, -12)).unwrap_or(*self),
        }
    }

    /// The financial year that holds the last day.
    pub fn financial_year(&self) -> Self {
        Self::containing(PeriodKind::FinancialYear, self.end)
    }

    /// Which quarter of the financial year the last day lies in: 1 to 4.
    pub fn quarter_of_year(&self) -> u32 {
        (self.end.month0() + 9) % 12 / 3 + 1
    }

    fn moved(&self, by: i32) -> Self {
        match self.kind {
            PeriodKind::Day => {
                let day = if by < 0 { self.end.pred_opt().unwrap_or(self.end) } else { next_day(self.end) };
                Self::containing(self.kind, day)
            }
            kind => Self::from_start(kind, add_months(self.start, by * kind.months())).unwrap_or(*self),
        }
    }

    /// The stable code: `2023-24`, `2023-24-Q2`, `2023-10`, or the date of a day.
    pub fn code(&self) -> String {
        let year = self.financial_year().start.year();
        let years = format!("{year}-{:02}", (year + 1) % 100);
        match self.kind {
            PeriodKind::FinancialYear => years,
            PeriodKind::Quarter => format!("{years}-Q{}", self.quarter_of_year()),
            PeriodKind::Month => self.start.format("%Y-%m").to_string(),
            PeriodKind::Day => self.end.to_string(),
        }
    }

    /// The name that a report prints: `2023-24 Q2`, `October 2023`, `30 September 2023`.
    pub fn label(&self) -> String {
        match self.kind {
            PeriodKind::FinancialYear => self.code(),
            PeriodKind::Quarter => self.code().replace("-Q", " Q"),
            PeriodKind::Month => self.start.format("%B %Y").to_string(),
            PeriodKind::Day => self.end.format("%-d %B %Y").to_string(),
        }
    }
}

impl PeriodKind {
    fn months(self) -> i32 {
        match self {
            PeriodKind::FinancialYear => 12,
            PeriodKind::Quarter => 3,
            PeriodKind::Month => 1,
            PeriodKind::Day => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_as_themselves() {
        for code in ["2023-24", "1999-00", "2023-24-Q1", "2023-24-Q4", "2023-10", "2024-01"] {
            assert_eq!(Period::parse(code).unwrap().code(), code);
        }
    }

    #[test]
    fn a_day_is_read_by_its_date_alone_and_the_end_of_a_month_stays_one() {
        let code = |day: Option<Period>| day.map(|day| day.code());
        assert_eq!(code(Period::parse_day("2023-08-15")).as_deref(), Some("2023-08-15"));
        for no_day in ["2023-02-30", "2023-8-15", "1899-12-31", "2023-08", "2023-08-15 ", "+2023-08-15", ""] {
            assert_eq!(Period::parse_day(no_day), None, "{no_day}");
        }
        let before = |day: &str| Period::parse_day(day).map(|day| day.same_last_year().code());
        assert_eq!(before("2025-02-28").as_deref(), Some("2024-02-29"));
        assert_eq!([before("2024-02-29"), before("2025-02-27")], ["2023-02-28", "2024-02-27"].map(|d| Some(d.into())));
    }

    #[test]
    fn a_quarter_has_its_days() {
        let q4 = Period::parse("2023-24-Q4").unwrap();
        assert_eq!((q4.start.to_string(), q4.end.to_string()), ("2024-01-01".into(), "2024-03-31".into()));
        assert_eq!(q4.label(), "2023-24 Q4");
        assert_eq!(q4.next().code(), "2024-25-Q1");
        assert_eq!(q4.same_last_year().code(), "2022-23-Q4");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for code in [
            "",
            "2023",
            "2023-25",
            "2023-24-Q5",
            "2023-24-q1",
            "2023-13",
            "2023-24Q1",
            "٢٠٢٣-24",
            "+023-24",
            "2023-24-Q1 ",
        ] {
            assert!(Period::parse(code).is_err(), "{code}");
        }
    }

    #[test]
    fn the_latest_period_is_a_whole_one() {
        let day = |t: &str| t.parse::<Date>().unwrap();
        assert_eq!(Period::latest_ended_by(PeriodKind::Quarter, day("2023-09-30")).code(), "2023-24-Q2");
        assert_eq!(Period::latest_ended_by(PeriodKind::Quarter, day("2023-09-29")).code(), "2023-24-Q1");
        assert_eq!(Period::latest_ended_by(PeriodKind::FinancialYear, day("2023-09-30")).code(), "2022-23");
    }
}
