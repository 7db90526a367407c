//! Direction of travel: whether a figure moved since an earlier period.

use async_graphql::SimpleObject;

use super::Period;
use crate::{
    comparators,
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::Direction,
    },
    period,
};

/// Whether a figure moved since an earlier period, and whether for the better.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DirectionOfTravel {
    /// Which way.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    direction: Direction,
    /// The earlier period: the one just before or, for figures that grow through the year, the same one a year before.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    since: Period,
}

impl From<(comparators::Direction, period::Period)> for DirectionOfTravel {
    fn from((direction, since): (comparators::Direction, period::Period)) -> Self {
        Self { direction: direction.into(), since: Period(since) }
    }
}
