//! Kinds of periods.

use async_graphql::Enum;

use crate::period;

/// A kind of period.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "period::PeriodKind")]
pub(in crate::graphql) enum PeriodKind {
    /// 1 April to 31 March, code `2023-24`.
    FinancialYear,
    /// Three months of a financial year, code `2023-24-Q2`.
    Quarter,
    /// A calendar month, code `2023-10`.
    Month,
    /// One day; its code is the date.
    Day,
}
