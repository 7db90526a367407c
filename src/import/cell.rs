//! What a cell says: dates as written by people and by spreadsheets, codes, numbers, postcodes, identifiers.

use chrono::Days;

use crate::period::Date;

/// Reads a date: `dd/mm/yyyy`, `yyyy-mm-dd` (both with or without a time, which is dropped) or a spreadsheet's day number.
///
/// Years run from 1900 to 2100 and day numbers from 10000 (May 1927), so that a mistyped number is no date.
pub fn date(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    let day = cell.split([' ', 'T', 't']).next()?;
    if let Some((dd, mm, yyyy)) = three(day, '/') {
        return calendar(yyyy, mm, dd).filter(|_| is_time(cell, day));
    }
    if let Some((yyyy, mm, dd)) = three(day, '-') {
        return calendar(yyyy, mm, dd).filter(|_| is_time(cell, day));
    }
    day_number(cell)
}

fn three(day: &str, mark: char) -> Option<(&str, &str, &str)> {
    let mut parts = day.split(mark);
    let found = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(found)
}

fn calendar(yyyy: &str, mm: &str, dd: &str) -> Option<Date> {
    let number = |text: &str, most: usize| {
        let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = number(yyyy, 4).filter(|year| (1900..=2100).contains(year))?;
    Date::from_ymd_opt(i32::try_from(year).ok()?, number(mm, 2)?, number(dd, 2)?)
}

/// What follows the day is nothing, or digits and marks of a time.
fn is_time(cell: &str, day: &str) -> bool {
    let time = cell.get(day.len()..).unwrap_or_default();
    time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b' ' | b'T' | b't' | b'Z' | b'+'))
}

/// Days since 30 December 1899, as spreadsheets count; a fraction is a time and is dropped.
fn day_number(cell: &str) -> Option<Date> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    if whole.len() != 5 || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days: u64 = whole.parse().ok().filter(|days| (10_000..=73_000).contains(days))?;
    Date::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// A code as stored: trimmed, upper case, and without the `.0` that spreadsheets add to numbers.
pub fn code(cell: &str) -> String {
    without_point_zero(cell.trim()).to_uppercase()
}

/// A child's identifier as stored: trimmed, upper case, leading zeros kept; `123.0` is a spreadsheet's way to write `123`.
pub fn identifier(cell: &str) -> String {
    code(cell)
}

fn without_point_zero(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    }
}

/// A number as people and spreadsheets write it: spaces and thousands' commas dropped, an ending percent sign too.
pub fn number(cell: &str) -> Option<f64> {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let plain = plain.strip_suffix('%').unwrap_or(&plain);
    let shaped = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    plain.parse::<f64>().ok().filter(|value| shaped && value.is_finite())
}

/// A whole number, `7` or `7.0`, not negative.
pub fn whole(cell: &str) -> Option<i32> {
    without_point_zero(cell.trim()).parse().ok().filter(|value: &i32| *value >= 0)
}

/// A postcode as stored: upper case, one space before its last three characters, so that spellings compare equal.
pub fn postcode(cell: &str) -> String {
    let mut close: String = cell.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    if close.is_ascii() && (5..=7).contains(&close.len()) {
        close.insert(close.len() - 3, ' ');
    }
    close
}

/// Whether a stored postcode has the shape of one: one or two letters, a digit, a digit or letter or neither, then digit and two letters.
pub fn is_postcode_shaped(postcode: &str) -> bool {
    let Some((area, unit)) = postcode.split_once(' ') else { return false };
    let shape = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'0'..=b'9' => '9',
                b'A'..=b'Z' => 'A',
                _ => '?',
            })
            .collect()
    };
    shape(unit) == "9AA" && matches!(shape(area).as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Option<Date> {
        Date::from_ymd_opt(y, m, d)
    }

    #[test]
    fn dates_are_read_in_every_usual_form() {
        let first_of_april = day(2024, 4, 1);
        for cell in [
            "01/04/2024",
            " 1/4/2024 ",
            "2024-04-01",
            "2024-04-01T00:00:00Z",
            "01/04/2024 13:45",
            "45383",
            "45383.0",
            "45383.75",
        ] {
            assert_eq!(date(cell), first_of_april, "{cell}");
        }
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
        ] {
            assert_eq!(date(cell), None, "{cell}");
        }
    }

    #[test]
    fn spreadsheet_numbers_are_codes() {
        assert_eq!(code(" 1.0 "), "1");
        assert_eq!(code("01"), "01");
        assert_eq!(code("e4a"), "E4A");
    }

    #[test]
    fn leading_zeros_of_an_identifier_count() {
        assert_eq!(identifier(" 00123 "), "00123");
        assert_eq!(identifier("123.0"), "123");
        assert_eq!(identifier("ab12"), "AB12");
    }

    #[test]
    fn postcodes_compare_equal_whatever_the_spacing() {
        assert_eq!(postcode("ha1 2ab"), postcode("HA12AB"));
        assert!(is_postcode_shaped("HA1 2AB") && is_postcode_shaped("EC1A 1BB") && !is_postcode_shaped("HARROW"));
    }

    #[test]
    fn numbers_may_carry_commas_and_percent_signs() {
        assert_eq!(number("60,063"), Some(60_063.0));
        assert_eq!(number(" 41.7% "), Some(41.7));
        assert_eq!(number("inf"), None);
        assert_eq!((whole("7.0"), whole("-1"), whole("7.5")), (Some(7), None, None));
    }
}
