//! Which values may be repeated to a person: dates and codes, never identifiers, postcodes, names or other free text.
//!
//! A shifted row puts a name or a postcode under a code's column, so the shape of the value decides and not its column.

/// The value if it is a date, a short number or the shape of a code; nothing otherwise.
pub fn shown(value: &str) -> Option<String> {
    let value = value.trim();
    (is_date_shaped(value) || is_code_shaped(value) || WORD_CODES.contains(&value)).then(|| value.to_owned())
}

/// Whether a column holds identifiers or postcodes, so that its values are never repeated, whatever their shape.
pub fn is_private(column: &str) -> bool {
    matches!(
        column.to_ascii_uppercase().as_str(),
        "CHILD" | "UPN" | "HOME_POST" | "PL_POST" | "SW_ID" | "URN" | "HOUSEHOLD" | "CARER" | "ADVISER" | "NOTE"
    ) || column.to_ascii_uppercase().ends_with("_PERSON_ID")
}

/// Codes made of letters alone. Other words could be names.
const WORD_CODES: [&str; 16] = [
    "YES", "NO", "REFU", "NREQ", "DIED", "RHOM", "CARPL", "CLOSE", "ALLEG", "STAND", "CREQB", "CREQO", "LAREQ",
    "CUSTOD", "OTHER", "XXX",
];

/// Digits parted by `/`, `-`, `:` or `.`, with at least eight digits in the day, such as `31/02/2023`.
fn is_date_shaped(value: &str) -> bool {
    let day = value.split([' ', 'T']).next().unwrap_or_default();
    let digits = day.bytes().filter(u8::is_ascii_digit).count();
    let marks = day.bytes().filter(|b| matches!(b, b'/' | b'-')).count();
    value.len() <= 30
        && marks == 2
        && (3..=8).contains(&digits)
        && day.len() == digits + marks
        && value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b':' | b'.' | b' ' | b'T' | b'Z'))
}

/// At most two letters and two digits (`C9`, `X1`, `PR9`), at most two letters, or a number up to 99 (`7`, `1.0`).
fn is_code_shaped(value: &str) -> bool {
    let whole = value.strip_suffix(".0").unwrap_or(value);
    let letters = whole.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = whole.get(letters..).unwrap_or_default();
    letters <= 2 && rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit()) && !whole.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_codes_are_shown() {
        for value in ["31/02/2023", "2023-13-01", "01/04/2023 00:00", "C9", "PR9", "41", "1.0", "U6", "XXX"] {
            assert_eq!(shown(value).as_deref(), Some(value));
        }
    }

    #[test]
    fn identifiers_postcodes_and_names_are_not() {
        for value in
            ["398768", "HA1 2AB", "HA12AB", "Amina", "SMITH", "LEE", "B097131712320", "07700 900123", "moved on 3/4/21"]
        {
            assert_eq!(shown(value), None, "{value}");
        }
    }
}
