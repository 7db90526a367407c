//! Which period is asked for.

use async_graphql::{InputObject, OneofObject};

use crate::{
    figures::AuthorityView,
    graphql::{
        error::Refusal,
        scalars::Date,
        schema::directive::{About, At, access},
        vocabulary::PeriodKind,
    },
    indicators::Indicator,
    period::{self, Period, PeriodError},
};

/// Most periods of a range: forty years of quarters.
const MOST_PERIODS: usize = 160;

/// A period: exactly one way of naming it. What is measured up to its last day comes from the indicator.
#[derive(Clone, Debug, OneofObject)]
pub(in crate::graphql) enum PeriodInput {
    /// A code: 2023-24 for a financial year, 2023-24-Q2 for a quarter, 2023-10 for a month, and 2023-08-15 for a day where
    /// the reader sees whom records are about.
    Code(String),
    /// The latest whole period of a kind that the indicator is due for; of a scorecard, the latest that the returns reach.
    Latest(PeriodKind),
    /// A single day, for those who may see exact figures: the end of a month, or any day where the reader sees whom records
    /// are about.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
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
    /// Years, quarters or months; days where the reader sees whom records are about.
    kind: PeriodKind,
}

/// Of whom a period is asked for, and about what: an indicator or, without one, the scorecard.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct AskedOf<'a> {
    /// The authority, as the viewer may see it.
    pub(in crate::graphql) view: &'a AuthorityView,
    /// The indicator.
    pub(in crate::graphql) indicator: Option<&'static Indicator>,
}

impl PeriodInput {
    /// The one period.
    ///
    /// # Errors
    /// The code cannot be read, or a range is given. A day that the viewer may not ask about is like a code that there is
    /// none of.
    pub(in crate::graphql) fn one(&self, of: AskedOf<'_>) -> Result<Period, Refusal> {
        match self {
            PeriodInput::Code(code) => of.coded(code),
            PeriodInput::AsAt(day) => of.day(day.0, false),
            PeriodInput::Latest(kind) => {
                let none = || Refusal::wrong("The authority has no returns yet, so it has no latest period.");
                of.view.latest(of.indicator, (*kind).into()).ok_or_else(none)
            }
            PeriodInput::Range(_) => Err(Refusal::wrong("A range of periods is answered by 'values', not here.")),
        }
    }

    /// How many periods a range holds; none where a single one is named, or where it will be refused.
    pub(in crate::graphql) fn range(&self) -> Option<usize> {
        let any = |code: &str| Period::parse(code).ok().or_else(|| Period::parse_day(code));
        match self {
            PeriodInput::Range(range) => {
                let periods = range.between(any(&range.from)?, any(&range.to)?);
                periods.ok().map(|periods| periods.len())
            }
            _ => None,
        }
    }

    /// The period, or all of a range.
    ///
    /// # Errors
    /// A code cannot be read, or a range holds no whole period or too many.
    pub(in crate::graphql) fn all(&self, of: AskedOf<'_>) -> Result<Vec<Period>, Refusal> {
        match self {
            PeriodInput::Range(range) => range.periods(of),
            one => Ok(vec![one.one(of)?]),
        }
    }
}

impl AskedOf<'_> {
    fn coded(self, code: &str) -> Result<Period, Refusal> {
        match (Period::parse(code), Period::parse_day(code)) {
            (Err(_), Some(day)) => self.day(day.end, true),
            (parsed, _) => Ok(parsed?),
        }
    }

    fn day(self, day: period::Date, named: bool) -> Result<Period, Refusal> {
        let permitted = Refusal::or_nothing(self.view, self.view.single_day(self.indicator, day, named))?;
        Ok(permitted.ok_or_else(|| PeriodError(day.to_string()))?)
    }
}

impl PeriodRangeInput {
    fn periods(&self, of: AskedOf<'_>) -> Result<Vec<Period>, Refusal> {
        let (from, to) = (of.coded(&self.from)?, of.coded(&self.to)?);
        if self.kind == PeriodKind::Day && Refusal::or_nothing(of.view, of.view.exact_days(of.indicator))?.is_none() {
            return Err(Refusal::wrong("A range is of years, quarters or months."));
        }
        self.between(from, to)
    }

    fn between(&self, from: Period, to: Period) -> Result<Vec<Period>, Refusal> {
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
        let periods = range.between(Period::parse(from)?, Period::parse(to)?)?;
        assert_eq!(PeriodInput::Range(range).range(), Some(periods.len()));
        Ok(periods.iter().map(Period::code).collect())
    }

    #[test]
    fn a_range_holds_both_its_ends() {
        let quarters = range("2022-23-Q4", "2023-24-Q2", PeriodKind::Quarter).unwrap();
        assert_eq!(quarters, ["2022-23-Q4", "2023-24-Q1", "2023-24-Q2"]);
        assert_eq!(range("2022-23", "2022-23", PeriodKind::Quarter).unwrap().len(), 4);
        assert_eq!(range("2023-05", "2023-24-Q2", PeriodKind::Quarter).unwrap(), ["2023-24-Q2"]);
        assert_eq!(range("2023-05", "2023-05", PeriodKind::Day).unwrap().len(), 31);
    }

    #[test]
    fn a_range_backwards_or_too_long_is_refused() {
        for (from, to, kind) in [
            ("2023-24-Q2", "2023-24-Q1", PeriodKind::Quarter),
            ("1900-01", "2023-24", PeriodKind::Month),
            ("2023-24", "2023-24", PeriodKind::Day),
            ("2023-25", "2023-24", PeriodKind::Month),
        ] {
            assert!(range(from, to, kind).is_err(), "{from} {to}");
        }
    }
}
