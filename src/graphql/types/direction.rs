//! Direction of travel: whether a figure moved since an earlier period.

use async_graphql::SimpleObject;

use super::Period;
use crate::{
    comparators::{direction, earlier},
    figures::{Answer, Holdings},
    graphql::{
        access::{About, At, access},
        vocabulary::Direction,
    },
};

/// Whether a figure moved since an earlier period, and whether for the better.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DirectionOfTravel {
    /// Which way.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    direction: Direction,
    /// The earlier period: the one just before or, for figures that grow through the year, the same one a year before.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    since: Period,
}

impl DirectionOfTravel {
    /// The direction of an answer; none where either of the two has no value.
    pub(in crate::graphql) fn of(answer: &Answer, holdings: &Holdings) -> Option<Self> {
        let indicator = answer.indicator;
        let since = earlier(indicator.basis, answer.period).default;
        let before = holdings.answer(indicator, since, answer.group).value?;
        let direction = direction(indicator.unit, indicator.polarity, answer.value?, before);
        Some(Self { direction: direction.into(), since: Period(since) })
    }
}
