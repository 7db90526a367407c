//! The range in which the true figure lies.

use async_graphql::SimpleObject;

use crate::{
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::IntervalMethod,
    },
    statistics,
};

/// A range in the unit of the figure it belongs to; both ends count as inside.
#[derive(Clone, Copy, SimpleObject)]
pub(in crate::graphql) struct Interval {
    /// Lower end.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    lower: f64,
    /// Upper end.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    upper: f64,
    /// How sure: 0.95 is 19 times in 20.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    level: f64,
    /// How it was computed.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    method: IntervalMethod,
}

impl From<statistics::Interval> for Interval {
    fn from(interval: statistics::Interval) -> Self {
        let statistics::Interval { lower, upper, level, method } = interval;
        Self { lower, upper, level, method: method.into() }
    }
}
