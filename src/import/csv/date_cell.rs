//! Dates as people, systems and spreadsheets write them, and what has to be said of their times (ruling 64).

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use crate::period::Date;

/// A date that was read, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateCell {
    /// The day in England.
    pub date: Date,
    /// How it was written.
    pub written: DateStyle,
}

/// How a date was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// As a day, with midnight or no time.
    Day,
    /// As a spreadsheet's day number.
    Number,
    /// As a day number with a fraction, which is a time of that day.
    Fraction,
    /// With a time other than midnight, and no time zone.
    Time,
    /// With a time and a zone, for which it was another day than in England.
    OtherDay,
}

/// Reads `dd/mm/yyyy` or `yyyy-mm-dd`, with or without a time and a zone, or a spreadsheet's day number.
///
/// Years run from 1900 to 2100 and day numbers from 10000 (May 1927), so that a mistyped number is no date.
pub fn read(cell: &str) -> Option<DateCell> {
    let cell = cell.trim();
    let Some((day, rest)) = calendar_day(cell) else { return day_number(cell) };
    if rest.is_empty() || zone(rest).is_some() {
        return Some(DateCell { date: day, written: DateStyle::Day });
    }
    let rest = rest.strip_prefix(['T', 't']).or_else(|| rest.starts_with(' ').then(|| rest.trim_start()))?;
    let (time, rest) = time(rest)?;
    if rest.is_empty() {
        let written = if time.is_midnight { DateStyle::Day } else { DateStyle::Time };
        return Some(DateCell { date: day, written });
    }
    let utc = day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(time.minutes - zone(rest)?))?;
    let date = in_england(utc)?.date();
    Some(DateCell { date, written: if date == day { DateStyle::Day } else { DateStyle::OtherDay } })
}

/// Whether a cell has the shape of a spreadsheet's day number.
pub fn is_number_shaped(cell: &str) -> bool {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    whole.len() == 5 && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
}

/// Days since 30 December 1899, as spreadsheets count.
fn day_number(cell: &str) -> Option<DateCell> {
    if !is_number_shaped(cell) {
        return None;
    }
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let days: u64 = whole.parse().ok().filter(|days| (10_000..=73_000).contains(days))?;
    let date = Date::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    let is_whole = fraction.bytes().all(|b| b == b'0');
    Some(DateCell { date, written: if is_whole { DateStyle::Number } else { DateStyle::Fraction } })
}

/// The day at the start of a text, and what follows it.
fn calendar_day(text: &str) -> Option<(Date, &str)> {
    let (first, rest) = digits(text);
    let mark = rest.chars().next().filter(|mark| matches!(mark, '/' | '-'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?);
    let (last, rest) = digits(rest.strip_prefix(mark)?);
    let (year, day) = if mark == '/' { (last, first) } else { (first, last) };
    let year = number(year, 2100).filter(|year| *year >= 1900)?;
    Some((Date::from_ymd_opt(i32::try_from(year).ok()?, number(month, 12)?, number(day, 31)?)?, rest))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn number(digits: &str, most: u32) -> Option<u32> {
    let short = digits.len() <= if most > 99 { 4 } else { 2 };
    digits.parse().ok().filter(|number| short && *number <= most)
}

/// A time of day.
struct Time {
    minutes: i64,
    is_midnight: bool,
}

/// Reads `23:00`, `23:59:60.000` or `11:00 PM`, and gives what follows.
fn time(text: &str) -> Option<(Time, &str)> {
    let (hours, rest) = digits(text);
    let (minutes, rest) = digits(rest.strip_prefix(':')?);
    let (seconds, rest) = rest.strip_prefix(':').map_or(("0", rest), digits);
    let (fraction, rest) = rest.strip_prefix(['.', ',', ':']).map_or(("", rest), digits);
    let (hours, minutes, seconds) = (number(hours, 24)?, number(minutes, 59)?, number(seconds, 60)?);
    let rest = rest.trim_start();
    let half = |half: &str| rest.get(..2).filter(|given| given.eq_ignore_ascii_case(half)).map(|_| rest.get(2..));
    let (hours, rest) = match (half("AM"), half("PM")) {
        (Some(rest), _) if (1..=12).contains(&hours) => (hours % 12, rest?),
        (_, Some(rest)) if (1..=12).contains(&hours) => (hours % 12 + 12, rest?),
        _ => (hours, rest),
    };
    let is_midnight = hours == 0 && minutes == 0 && seconds == 0 && fraction.bytes().all(|b| b == b'0');
    Some((Time { minutes: i64::from(hours * 60 + minutes), is_midnight }, rest.trim_start()))
}

/// Minutes ahead of UTC: `Z`, `+01:00`, `+0100`, `+01`, `GMT`, `BST`, and the same followed by a place in brackets.
fn zone(text: &str) -> Option<i64> {
    let text = text.split('[').next().unwrap_or_default().trim();
    match text.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => return Some(0),
        "BST" => return Some(60),
        _ => {}
    }
    let (sign, offset) =
        text.strip_prefix('+').map(|rest| (1, rest)).or_else(|| Some((-1, text.strip_prefix('-')?)))?;
    let (hours, minutes) = match offset.split_once(':') {
        Some(parts) => parts,
        None => offset.split_at_checked(2)?,
    };
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 59)? };
    Some(sign * i64::from(number(hours, 14)? * 60 + minutes))
}

/// A moment by the clocks of England, as they have been set since 1972.
fn in_england(utc: NaiveDateTime) -> Option<NaiveDateTime> {
    let (spring, autumn, hour) = match utc.year() {
        ..=1980 => (16, 23, 2),
        1981..=1989 => (25, 23, 1),
        1990..=1995 => (25, 22, 1),
        _ => (25, 25, 1),
    };
    let change = |month, from| sunday_from(utc.year(), month, from)?.and_hms_opt(hour, 0, 0);
    let is_summer = change(3, spring)? <= utc && utc < change(10, autumn)?;
    utc.checked_add_signed(TimeDelta::hours(i64::from(is_summer)))
}

/// The first Sunday on or after a day.
fn sunday_from(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::from_ymd_opt(year, month, day)?.iter_days().find(|day| day.weekday() == Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Date {
        Date::from_ymd_opt(y, m, d).unwrap()
    }

    fn written(cell: &str) -> Option<(Date, DateStyle)> {
        read(cell).map(|cell| (cell.date, cell.written))
    }

    #[test]
    fn a_day_with_midnight_is_that_day() {
        for cell in [
            "01/04/2024",
            " 1/4/2024 ",
            "2024-04-01",
            "2024-04-01T00:00:00",
            "2024-04-01 00:00:00.000",
            "01/04/2024 0:00",
            "01/04/2024 12:00:00 AM",
            "2024-04-01 00:00:00:000",
        ] {
            assert_eq!(written(cell), Some((day(2024, 4, 1), DateStyle::Day)), "{cell}");
        }
        assert_eq!(written("45383"), Some((day(2024, 4, 1), DateStyle::Number)));
        assert_eq!(written("45383.00"), Some((day(2024, 4, 1), DateStyle::Number)));
    }

    #[test]
    fn a_time_with_a_zone_is_the_day_in_england() {
        for (cell, date) in [
            ("2023-03-31T23:00:00.000Z", day(2023, 4, 1)),
            ("2023-03-31T22:59:59Z", day(2023, 3, 31)),
            ("2023-02-01T23:00:00Z", day(2023, 2, 1)),
            ("2023-04-01T00:00:00+01:00", day(2023, 4, 1)),
            ("2023-04-01T00:00:00+0100", day(2023, 4, 1)),
            ("2023-03-31T23:00:00+00", day(2023, 4, 1)),
            ("2023-03-31 23:00:00.0000000 +00:00", day(2023, 4, 1)),
            ("31/03/2023 23:00 UTC", day(2023, 4, 1)),
            ("2023-04-01T00:30:00 BST", day(2023, 4, 1)),
            ("2023-12-31T23:59:60Z", day(2023, 12, 31)),
            ("2023-06-30T23:59:60Z", day(2023, 7, 1)),
            ("2023-06-30T19:30:00-05:00", day(2023, 7, 1)),
            ("2023-07-01T04:30:00+05:30", day(2023, 7, 1)),
            ("2023-03-31T23:00:00Z[Europe/London]", day(2023, 4, 1)),
            ("2023-04-01Z", day(2023, 4, 1)),
            ("2023-04-01+01:00", day(2023, 4, 1)),
        ] {
            assert_eq!(read(cell).map(|cell| cell.date), Some(date), "{cell}");
        }
        assert_eq!(written("2023-03-31T23:00:00Z").unwrap().1, DateStyle::OtherDay);
        assert_eq!(written("2023-02-01T00:00:00Z").unwrap().1, DateStyle::Day);
    }

    #[test]
    fn clocks_change_on_the_sundays_of_each_time() {
        for (cell, date) in [
            ("2024-03-30T23:30:00Z", day(2024, 3, 30)),
            ("2024-03-31T23:30:00Z", day(2024, 4, 1)),
            ("2024-10-26T23:30:00Z", day(2024, 10, 27)),
            ("2024-10-27T23:30:00Z", day(2024, 10, 27)),
            ("1995-10-21T23:30:00Z", day(1995, 10, 22)),
            ("1995-10-22T23:30:00Z", day(1995, 10, 22)),
            ("1989-10-28T23:30:00Z", day(1989, 10, 29)),
            ("1989-10-29T23:30:00Z", day(1989, 10, 29)),
            ("1980-03-15T23:30:00Z", day(1980, 3, 15)),
            ("1980-03-16T23:30:00Z", day(1980, 3, 17)),
        ] {
            assert_eq!(read(cell).map(|cell| cell.date), Some(date), "{cell}");
        }
    }

    #[test]
    fn other_times_keep_their_date_and_say_so() {
        for cell in ["31/03/2023 23:00", "2023-03-31T23:00:00", "2023-03-31 11:00 PM", "2023-03-31  23:59:60"] {
            assert_eq!(written(cell), Some((day(2023, 3, 31), DateStyle::Time)), "{cell}");
        }
        assert_eq!(written("45016.9583333"), Some((day(2023, 3, 31), DateStyle::Fraction)));
    }

    #[test]
    fn impossible_and_doubtful_dates_are_not_read() {
        for cell in [
            "31/02/2023",
            "2023-13-01",
            "01/04/24",
            "01/04/0203",
            "1/4",
            "soon",
            "",
            "383",
            "453830",
            "4-5-2024",
            "01/04/2024 or so",
            "+1/04/2024",
            "001/04/2024",
            "2024-04-01T25:00:00Z",
            "2024-04-01T23:61",
            "2024-04-01T",
            "2024-04-0123:00",
            "2024-04-01T10:00:00+25:00",
            "2024-04-01T10:00:00é",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
