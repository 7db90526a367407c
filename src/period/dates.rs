//! Arithmetic on days: months later, ages, birthdays, the first day of the financial year.

use chrono::{Datelike, Days, Months};

use super::Date;

/// A range of days that includes both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Window {
    /// The days from the first to the last, both included.
    pub fn new(from: Date, to: Date) -> Self {
        Self { from, to }
    }

    /// Whether the day lies in the window.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The same day `months` later (earlier if negative); the last day of that month where the day does not exist.
///
/// Source: methodology M1.
pub fn add_months(day: Date, months: i32) -> Date {
    let count = Months::new(months.unsigned_abs());
    let moved = if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) };
    moved.unwrap_or(if months < 0 { Date::MIN } else { Date::MAX })
}

/// The day after.
pub fn next_day(day: Date) -> Date {
    day.checked_add_days(Days::new(1)).unwrap_or(Date::MAX)
}

/// The nth birthday; someone born on 29 February has it on 1 March in other years (methodology M1, ruling 12).
pub fn birthday(birth: Date, years: i32) -> Date {
    let year = birth.year().saturating_add(years);
    Date::from_ymd_opt(year, birth.month(), birth.day()).or_else(|| Date::from_ymd_opt(year, 3, 1)).unwrap_or(Date::MAX)
}

/// Completed years of age on a day; nothing for the unborn.
pub fn age(birth: Date, on: Date) -> Option<i32> {
    if birth > on {
        return None;
    }
    let years = on.year() - birth.year();
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    Some(if had_birthday { years } else { years - 1 })
}

/// The latest 1 April on or before the day.
pub fn financial_year_start(day: Date) -> Date {
    let year = if day.month() >= 4 { day.year() } else { day.year() - 1 };
    Date::from_ymd_opt(year, 4, 1).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_after_the_31st_is_the_last_day_of_a_shorter_month() {
        assert_eq!(add_months(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(add_months(day("2024-05-31"), -3), day("2024-02-29"));
    }

    #[test]
    fn a_leap_day_child_has_the_birthday_on_1_march_in_other_years() {
        assert_eq!(birthday(day("2004-02-29"), 19), day("2023-03-01"));
        assert_eq!(birthday(day("2004-02-29"), 20), day("2024-02-29"));
        assert_eq!(age(day("2004-02-29"), day("2023-02-28")), Some(18));
        assert_eq!(age(day("2004-02-29"), day("2023-03-01")), Some(19));
    }

    #[test]
    fn the_unborn_have_no_age() {
        assert_eq!(age(day("2024-02-02"), day("2024-02-01")), None);
        assert_eq!(age(day("2024-02-02"), day("2024-02-02")), Some(0));
    }

    #[test]
    fn the_financial_year_begins_on_1_april() {
        assert_eq!(financial_year_start(day("2024-03-31")), day("2023-04-01"));
        assert_eq!(financial_year_start(day("2024-04-01")), day("2024-04-01"));
    }
}
