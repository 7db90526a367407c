//! Dates and moments as they are written in requests and answers.
//!
//! What cannot be read is refused before anything is executed.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};

/// A day in the calendar, written as `2023-09-30`, without a time or a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date(pub(super) NaiveDate);

/// A day in the calendar, written as `2023-09-30`, without a time or a zone.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let written = Some(text.as_str()).filter(|text| text.len() == 10);
        let day = written.filter(|text| text.starts_with(|sign: char| sign.is_ascii_digit()));
        let day = day.and_then(|text| text.parse().ok());
        day.map(Date).ok_or_else(|| InputValueError::custom("a date is written year, month, day: 2023-09-30"))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(written(self.0))
    }
}

/// As `to_string` writes it, several times faster: a page of records holds thousands of dates.
fn written(day: NaiveDate) -> String {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year <= 9_999) else { return day.to_string() };
    let mut text = String::with_capacity(10);
    for (part, digits) in [(year, 4), (day.month(), 2), (day.day(), 2)] {
        if !text.is_empty() {
            text.push('-');
        }
        text.extend((0..digits).rev().filter_map(|place| char::from_digit(part / 10_u32.pow(place) % 10, 10)));
    }
    text
}

/// A moment, written as `2024-02-13T09:30:00Z`. With another offset than Z it is the same moment in that zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment(pub(super) DateTime<Utc>);

/// A moment, written as `2024-02-13T09:30:00Z`. With another offset than Z it is the same moment in that zone.
#[Scalar(name = "DateTime", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let moment = DateTime::parse_from_rfc3339(text).ok().map(|moment| Moment(moment.to_utc()));
        moment.ok_or_else(|| InputValueError::custom("a moment is written as 2024-02-13T09:30:00Z"))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.written())
    }
}

impl Moment {
    /// As it is written in answers.
    pub(super) fn written(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_they_are_read() {
        for text in ["2023-09-30", "0001-01-01", "9999-12-31", "2024-02-29"] {
            assert_eq!(Date::parse(Value::from(text)).unwrap().to_value(), Value::from(text));
        }
        assert_eq!(written(NaiveDate::MAX), NaiveDate::MAX.to_string());
    }

    #[test]
    fn what_is_no_date_or_moment_is_refused() {
        for text in ["2023-02-30", "2023-9-30", "30/09/2023", "2023-09-30T00:00:00Z", "-001-01-01", "+999-01-01", ""] {
            assert!(!<Date as ScalarType>::is_valid(&Value::from(text)), "{text}");
        }
        assert!(!<Moment as ScalarType>::is_valid(&Value::from("2023-09-30")));
        assert!(<Moment as ScalarType>::is_valid(&Value::from("2023-09-30T10:00:00+01:00")));
    }
}
