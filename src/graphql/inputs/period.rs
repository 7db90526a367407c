//! Which period is asked for.

use async_graphql::{InputObject, OneofObject};

use crate::{
    graphql::{
        access::{About, At, access},
        error::Refusal,
        scalars::Date,
        vocabulary::PeriodKind,
    },
    period::{self, Period},
};

/// Most periods of a range: forty years of quarters.
const MOST_PERIODS: usize = 160;

/// A period: exactly one way of naming it. What is measured up to its last day comes from the indicator.
#[derive(Clone, Debug, OneofObject)]
pub(in crate::graphql) enum PeriodInput {
    /// A code: 2023-24 for a financial year, 2023-24-Q2 for a quarter, 2023-10 for a month.
    Code(String),
    /// The latest whole period of a kind that the indicator is due for; of a scorecard, the latest that the returns reach.
    Latest(PeriodKind),
    /// A single day, for those who may see exact figures.
    #[graphql(directive = access::apply(About::Indicator, At::N))]
    AsAt(Date),
    /// Several periods, one after the other; only where several are answered.
    Range(PeriodRangeInput),
}

/// All periods of one kind that lie between two others.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct PeriodRangeInput {
    /// The code of the first period; its first day counts.
    from: String,
    /// The code of the last period; its last day counts.
    to: String,
    /// Years, quarters or months.
    kind: PeriodKind,
}

impl PeriodInput {
    /// The one period; `latest` finds the last of a kind that is due.
    ///
    /// # Errors
    /// The code cannot be read, or a range is given.
    pub(in crate::graphql) fn one(
        &self,
        latest: impl Fn(period::PeriodKind) -> Option<Period>,
    ) -> Result<Period, Refusal> {
        match self {
            PeriodInput::Code(code) => Ok(Period::parse(code)?),
            PeriodInput::AsAt(day) => Ok(Period::containing(crate::period::PeriodKind::Day, day.0)),
            PeriodInput::Latest(kind) => {
                let none = || Refusal::wrong("The authority has no returns yet, so it has no latest period.");
                latest((*kind).into()).ok_or_else(none)
            }
            PeriodInput::Range(_) => Err(Refusal::wrong("A range of periods is answered by 'values', not here.")),
        }
    }

    /// How many periods a range holds; none where a single one is named, or where it will be refused.
    pub(in crate::graphql) fn range(&self) -> Option<usize> {
        match self {
            PeriodInput::Range(range) => range.periods().ok().map(|periods| periods.len()),
            _ => None,
        }
    }

    /// The period, or all of a range.
    ///
    /// # Errors
    /// A code cannot be read, or a range holds no whole period or too many.
    pub(in crate::graphql) fn all(
        &self,
        latest: impl Fn(period::PeriodKind) -> Option<Period>,
    ) -> Result<Vec<Period>, Refusal> {
        match self {
            PeriodInput::Range(range) => range.periods(),
            one => Ok(vec![one.one(latest)?]),
        }
    }
}

impl PeriodRangeInput {
    fn periods(&self) -> Result<Vec<Period>, Refusal> {
        let (from, to) = (Period::parse(&self.from)?, Period::parse(&self.to)?);
        if self.kind == PeriodKind::Day {
            return Err(Refusal::wrong("A range is of years, quarters or months."));
        }
        let first = Period::containing(self.kind.into(), from.start);
        let whole = std::iter::successors(Some(first), |period| Some(period.next()))
            .skip_while(|period| period.start < from.start)
            .take_while(|period| period.end <= to.end);
        let periods: Vec<Period> = whole.take(MOST_PERIODS + 1).collect();
        match periods.len() {
            0 => Err(Refusal::wrong("The range holds no whole period of this kind: 'from' must not be after 'to'.")),
            many if many > MOST_PERIODS => {
                Err(Refusal::wrong(format!("The range is too long: at most {MOST_PERIODS} periods.")))
            }
            _ => Ok(periods),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str, kind: PeriodKind) -> Result<Vec<String>, Refusal> {
        let range = PeriodRangeInput { from: from.into(), to: to.into(), kind };
        Ok(range.periods()?.iter().map(Period::code).collect())
    }

    #[test]
    fn a_range_holds_both_its_ends() {
        let quarters = range("2022-23-Q4", "2023-24-Q2", PeriodKind::Quarter).unwrap();
        assert_eq!(quarters, ["2022-23-Q4", "2023-24-Q1", "2023-24-Q2"]);
        assert_eq!(range("2022-23", "2022-23", PeriodKind::Quarter).unwrap().len(), 4);
        assert_eq!(range("2023-05", "2023-24-Q2", PeriodKind::Quarter).unwrap(), ["2023-24-Q2"]);
    }

    #[test]
    fn a_range_backwards_too_long_or_of_days_is_refused() {
        for (from, to, kind) in [
            ("2023-24-Q2", "2023-24-Q1", PeriodKind::Quarter),
            ("1900-01", "2023-24", PeriodKind::Month),
            ("2023-24", "2023-24", PeriodKind::Day),
            ("2023-25", "2023-24", PeriodKind::Month),
        ] {
            assert!(range(from, to, kind).is_err(), "{from} {to}");
        }
    }

    #[test]
    fn the_latest_period_is_the_last_whole_one_of_the_records() {
        let latest = PeriodInput::Latest(PeriodKind::Quarter);
        assert!(latest.one(|_| None).is_err());
        let ended = |kind| Some(Period::latest_ended_by(kind, "2023-10-15".parse().unwrap()));
        assert_eq!(latest.one(ended).unwrap().code(), "2023-24-Q2");
    }
}
