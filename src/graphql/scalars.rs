//! Dates and moments as they are written in requests and answers.
//!
//! What cannot be read is refused before anything is executed.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// A day in the calendar, written as `2023-09-30`, without a time or a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date(pub(super) NaiveDate);

/// A day in the calendar, written as `2023-09-30`, without a time or a zone.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let written = Some(text.as_str()).filter(|text| text.len() == 10);
        let day = written.and_then(|text| text.parse().ok());
        day.map(Date).ok_or_else(|| InputValueError::custom("a date is written year, month, day: 2023-09-30"))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
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
