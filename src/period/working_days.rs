//! Working days: Monday to Friday without the bank holidays of England and Wales.
//!
//! Reviews and health assessments are due a number of working days after a child comes into care.
//! Holidays are worked out by rule, with the single days that proclamations have added or moved since 1995.

use chrono::{Datelike, Days, Weekday};

use super::{Date, easter::easter_sunday};

/// Extra or moved days, by royal proclamation: (year, month, day).
const PROCLAIMED: [(i32, u32, u32); 12] = [
    (1995, 5, 8),
    (1999, 12, 31),
    (2002, 6, 3),
    (2002, 6, 4),
    (2011, 4, 29),
    (2012, 6, 4),
    (2012, 6, 5),
    (2020, 5, 8),
    (2022, 6, 2),
    (2022, 6, 3),
    (2022, 9, 19),
    (2023, 5, 8),
];

/// Years in which the early May holiday was moved to another day, and those in which the spring one was.
const EARLY_MAY_MOVED: [i32; 2] = [1995, 2020];
const SPRING_MOVED: [i32; 3] = [2002, 2012, 2022];

/// Whether the day is a bank holiday in England and Wales.
pub fn is_bank_holiday(day: Date) -> bool {
    let key = (day.year(), day.month(), day.day());
    PROCLAIMED.contains(&key) || is_movable_monday(day) || is_easter_holiday(day) || is_winter_holiday(day)
}

/// Whether people work on the day: Monday to Friday and no bank holiday.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_bank_holiday(day)
}

/// The nth working day after the day; the day itself is day zero (methodology M1).
pub fn working_day_after(day: Date, n: u32) -> Date {
    let mut left = n;
    let mut at = day;
    while left > 0 {
        let Some(next) = at.checked_add_days(Days::new(1)) else { return Date::MAX };
        at = next;
        if is_working_day(at) {
            left -= 1;
        }
    }
    at
}

/// Early May, spring and summer holidays: the first Monday of May, the last of May and the last of August.
fn is_movable_monday(day: Date) -> bool {
    if day.weekday() != Weekday::Mon {
        return false;
    }
    match (day.month(), day.day()) {
        (5, 1..=7) => !EARLY_MAY_MOVED.contains(&day.year()),
        (5, 25..=31) => !SPRING_MOVED.contains(&day.year()),
        (8, 25..=31) => true,
        _ => false,
    }
}

/// Good Friday and Easter Monday.
fn is_easter_holiday(day: Date) -> bool {
    easter_sunday(day.year()).is_some_and(|sunday| {
        let from_easter = (day - sunday).num_days();
        from_easter == -2 || from_easter == 1
    })
}

/// New Year's Day, Christmas Day and Boxing Day, with the weekdays that stand in for a weekend.
fn is_winter_holiday(day: Date) -> bool {
    matches!(
        (day.month(), day.day(), day.weekday()),
        (1, 1, _) | (1, 2 | 3, Weekday::Mon) | (12, 25 | 26, _) | (12, 27 | 28, Weekday::Mon | Weekday::Tue)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn twenty_working_days_after_2_september_2024_is_30_september() {
        assert_eq!(working_day_after(day("2024-09-02"), 20), day("2024-09-30"));
    }

    #[test]
    fn the_bank_holidays_of_recent_years_are_the_published_ones() {
        let published: [(i32, &[&str]); 5] = [
            (2020, &["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-26", "12-28"]),
            (2021, &["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-25", "12-26", "12-27", "12-28"]),
            (
                2022,
                &[
                    "01-01", "01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-25", "12-26",
                    "12-27",
                ],
            ),
            (2023, &["01-01", "01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]),
            (2024, &["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]),
        ];
        for (year, holidays) in published {
            let first = Date::from_ymd_opt(year, 1, 1).unwrap();
            let found: Vec<String> = first
                .iter_days()
                .take_while(|d| d.year() == year)
                .filter(|d| is_bank_holiday(*d))
                .map(|d| d.format("%m-%d").to_string())
                .collect();
            assert_eq!(found, holidays, "{year}");
        }
    }

    #[test]
    fn christmas_on_a_saturday_gives_monday_and_tuesday_instead() {
        assert!(is_bank_holiday(day("2027-12-27")) && is_bank_holiday(day("2027-12-28")));
        assert!(is_bank_holiday(day("2022-12-27")) && !is_bank_holiday(day("2022-12-28")));
        assert!(!is_bank_holiday(day("2023-12-27")));
    }
}
