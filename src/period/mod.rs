//! Quarters, financial years, rolling years, working days and ages: every date rule that a figure rests on.
//!
//! Dates are calendar days in England, without a time. Ranges include both ends unless a name says otherwise.

mod as_at;
mod dates;
mod easter;
mod named;
mod working_days;

pub use as_at::AsAt;
pub use dates::{Window, add_months, age, birthday, financial_year_start, next_day};
pub use named::{Period, PeriodError, PeriodKind};
pub use working_days::{is_bank_holiday, is_working_day, working_day_after};

/// A calendar day, without time or zone.
pub type Date = chrono::NaiveDate;
