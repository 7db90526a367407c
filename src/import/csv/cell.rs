//! What a cell says: codes, yes and no, numbers, postcodes, identifiers, and words that stand for nothing.

use crate::import::csv::date_cell;
use crate::period::Date;

/// Reads a date, whatever has to be said of its time.
pub fn date(cell: &str) -> Option<Date> {
    date_cell::read(cell).map(|cell| cell.date)
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

/// A number as people and spreadsheets write it: spaces and thousands' commas dropped, an ending percent sign too. A comma
/// that parts no thousands, as in `41,7`, could be a decimal comma, so the cell is no number.
pub fn number(cell: &str) -> Option<f64> {
    let close: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let close = close.strip_suffix('%').unwrap_or(&close);
    let whole = close.split('.').next().unwrap_or_default();
    let parts_thousands = whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain = close.replace(',', "");
    let shaped = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    plain.parse::<f64>().ok().filter(|value| shaped && parts_thousands && value.is_finite())
}

/// Yes or no: `1` or `0`, `1.0` or `0.0`, `Y`, `N`, `Yes`, `No`, `TRUE` or `FALSE` in any case.
pub fn flag(cell: &str) -> Option<bool> {
    match code(cell).as_str() {
        "1" | "Y" | "YES" | "TRUE" => Some(true),
        "0" | "N" | "NO" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Whether a cell holds a word that stands for nothing (ruling 62): `NULL`, `None`, `N/A`, `NA`, `nan`, `#N/A` or `-`.
pub fn is_nothing(cell: &str) -> bool {
    matches!(cell.as_bytes().first(), Some(b'N' | b'n' | b'#' | b'-'))
        && ["-", "NA", "N/A", "NAN", "NULL", "NONE", "#N/A"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell of a date column holds what systems write for no date (ruling 62): `-1`, or 1 January 1900.
pub fn is_no_date(cell: &str, read: Option<Date>) -> bool {
    cell == "-1" || read.is_some_and(|date| Some(date) == Date::from_ymd_opt(1900, 1, 1))
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

    #[test]
    fn yes_and_no_are_read_in_every_usual_form() {
        for (yes, no) in [("1", "0"), ("1.0", "0.0"), ("Y", "n"), ("yes", "No"), ("TRUE", "False")] {
            assert_eq!((flag(yes), flag(no)), (Some(true), Some(false)));
        }
        assert_eq!((flag("2"), flag("maybe"), flag("")), (None, None, None));
    }

    #[test]
    fn words_for_nothing_are_known_whole_and_in_any_case() {
        for word in ["NULL", "null", "None", "N/A", "na", "nan", "NaN", "#N/A", "-"] {
            assert!(is_nothing(word), "{word}");
        }
        for word in ["NO", "N1", "--", "NADIA", "-1", "", "NUK", "#REF!"] {
            assert!(!is_nothing(word), "{word}");
        }
    }

    #[test]
    fn the_first_of_january_1900_is_no_date_however_written() {
        let is_none = |cell| is_no_date(cell, date(cell));
        for cell in ["-1", "1900-01-01", "01/01/1900", "1/1/1900", "1900-01-01 00:00:00.000", "1900-01-01T00:00:00Z"] {
            assert!(is_none(cell), "{cell}");
        }
        assert!(!is_none("02/01/1900") && !is_none("01/01/2019 00:00") && !is_none("-2"));
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
        assert_eq!((number("inf"), number("41,7"), number("1,234.5")), (None, None, Some(1234.5)));
        assert_eq!((whole("7.0"), whole("-1"), whole("7.5")), (Some(7), None, None));
    }
}
