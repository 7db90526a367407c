//! Words with a fixed meaning: every enum of the schema, each named as the core names it.

mod breakdown;
mod catalogue;
mod certainty;
mod cohort;
mod comparator;

mod movement;
mod period;
mod value;

pub(super) use breakdown::BreakdownDimension;
pub(super) use catalogue::{Basis, FlatTarget, Polarity, Unit};
pub(super) use certainty::{IntervalMethod, RatioBasis, Significance};

pub(super) use cohort::CohortPart;
pub(super) use comparator::{Averaging, Comparability, Comparator, Rag};
pub(super) use movement::{Direction, Judgement, TrendDirection, TrendMethod};
pub(super) use period::PeriodKind;
pub(super) use value::{Absence, ValueSource, ValueStatus};

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::{EnumType, enum_value};

    fn same<T, C>(codes: &[C], code: fn(C) -> &'static str)
    where
        T: EnumType + From<C>,
        C: Copy,
    {
        for core in codes {
            assert_eq!(enum_value(T::from(*core)).to_string(), code(*core));
        }
    }

    #[test]
    fn every_word_is_the_code_that_the_core_uses() {
        use crate::{breakdowns as b, comparators as c, indicators as i, statistics as s};
        same::<super::Unit, _>(&[s::Unit::Count, s::Unit::RatePer10000], s::Unit::code);
        same::<super::Polarity, _>(&[s::Polarity::HigherIsBetter, s::Polarity::Neutral], s::Polarity::code);
        same::<super::Basis, _>(
            &[s::Basis::Rolling12Months, s::Basis::ThreeYear, s::Basis::YearToDate],
            s::Basis::code,
        );
        same::<super::Absence, _>(&[s::Absence::Confidential, s::Absence::NotYetDue], s::Absence::code);
        same::<super::ValueStatus, _>(&[s::ValueStatus::Final, s::ValueStatus::Provisional], s::ValueStatus::code);
        same::<super::IntervalMethod, _>(
            &[s::IntervalMethod::Byars, s::IntervalMethod::StudentT],
            s::IntervalMethod::code,
        );
        same::<super::Significance, _>(&[s::Significance::NotCompared], s::Significance::code);
        same::<super::FlatTarget, _>(&[s::FlatTarget::EveryQuarter, s::FlatTarget::YearEnd], s::FlatTarget::code);
        same::<super::RatioBasis, _>(&[s::RatioBasis::Population, s::RatioBasis::Rest], s::RatioBasis::code);
        same::<super::TrendDirection, _>(&[s::TrendDirection::NoSignificantChange], s::TrendDirection::code);
        same::<super::TrendMethod, _>(&[s::TrendMethod::CochranArmitage, s::TrendMethod::None], s::TrendMethod::code);
        same::<super::Judgement, _>(&[s::Judgement::NoJudgement], s::Judgement::code);
        same::<super::Direction, _>(&[c::Direction::Improving, c::Direction::Up], c::Direction::code);
        same::<super::Comparator, _>(
            &[c::Comparator::StatisticalNeighbours, c::Comparator::SamePeriodLastYear],
            c::Comparator::code,
        );
        same::<super::Averaging, _>(&[c::Averaging::AsPublished], c::Averaging::code);
        same::<super::Comparability, _>(&[i::Comparability::Differs], i::Comparability::code);
        same::<super::Rag, _>(&[c::Rag::NotRated, c::Rag::Green], c::Rag::code);
        same::<super::BreakdownDimension, _>(&b::Dimension::ALL, b::Dimension::code);
    }
}
