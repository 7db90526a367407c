//! The time periods of open data: a number and what kind of year it counts.

use crate::period::{Date, Period};

/// A period as stored: its code or label, first and last day.
pub type Stored = (String, Date, Date);

/// Reads `2025` as a reporting year (to 31 March 2025), `202425` as a financial or academic year, `2024` as a calendar year.
pub fn stored(time: &str, identifier: &str) -> Option<Stored> {
    let digits: i32 = time.trim().parse().ok()?;
    let first = if digits > 9_999 { digits / 100 } else { digits };
    if digits > 9_999 && (first + 1) % 100 != digits % 100 {
        return None;
    }
    let day = |year, month, day| Date::from_ymd_opt(year, month, day);
    match identifier.trim().to_lowercase().as_str() {
        "reporting year" => financial(if digits > 9_999 { first } else { first - 1 }),
        "financial year" => financial(first),
        "academic year" => {
            let label = format!("{first}/{:02} academic", (first + 1) % 100);
            Some((label, day(first, 9, 1)?, day(first + 1, 8, 31)?))
        }
        "calendar year" => Some((first.to_string(), day(first, 1, 1)?, day(first, 12, 31)?)),
        _ => None,
    }
}

fn financial(first: i32) -> Option<Stored> {
    let period = Period::parse(&format!("{first}-{:02}", (first + 1) % 100)).ok()?;
    Some((period.code(), period.start, period.end))
}

#[cfg(test)]
mod tests {
    use super::stored;

    #[test]
    fn years_are_told_apart() {
        let code = |time, identifier| stored(time, identifier).map(|(code, ..)| code);
        assert_eq!(code("2025", "Reporting year").as_deref(), Some("2024-25"));
        assert_eq!(code("202425", "Financial year").as_deref(), Some("2024-25"));
        assert_eq!(code("202425", "Academic year").as_deref(), Some("2024/25 academic"));
        assert_eq!(code("2024", "Calendar year").as_deref(), Some("2024"));
        assert_eq!(code("202426", "Financial year"), None);
        assert_eq!(code("2024", "Week 3"), None);
    }
}
