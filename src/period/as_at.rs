//! The day that a figure is as at, with the windows that rules are written in.

use super::{Date, Window, add_months, dates::next_day, financial_year_start};

/// The last day of a period, and what follows from it; worked out once for each question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AsAt {
    /// The day itself, the last of its period (methodology M1).
    pub on: Date,
    /// From 1 April to the day.
    pub year_to_date: Window,
    /// The twelve months that end on the day.
    pub twelve_months: Window,
    /// A start on or before this day is twelve months ago or more (methodology M7).
    pub twelve_months_ago: Date,
    /// A start on or before this day is two years ago or more.
    pub two_years_ago: Date,
    /// A start on or before this day is two and a half years ago or more.
    pub thirty_months_ago: Date,
}

impl AsAt {
    /// The windows of a day.
    pub fn new(on: Date) -> Self {
        let after = next_day(on);
        let months_ago = |n: i32| add_months(after, -n);
        Self {
            on,
            year_to_date: Window::new(financial_year_start(on), on),
            twelve_months: Window::new(next_day(add_months(on, -12)), on),
            twelve_months_ago: months_ago(12),
            two_years_ago: months_ago(24),
            thirty_months_ago: months_ago(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_months_before_31_march_2024_is_1_october_2021() {
        let as_at = AsAt::new("2024-03-31".parse().unwrap());
        assert_eq!(as_at.thirty_months_ago.to_string(), "2021-10-01");
        assert_eq!(as_at.twelve_months_ago.to_string(), "2023-04-01");
        assert_eq!(as_at.twelve_months.from.to_string(), "2023-04-01");
        assert_eq!(as_at.year_to_date.from.to_string(), "2023-04-01");
    }

    #[test]
    fn the_twelve_months_of_a_leap_day_begin_on_1_march() {
        assert_eq!(AsAt::new("2024-02-29".parse().unwrap()).twelve_months.from.to_string(), "2023-03-01");
    }
}
