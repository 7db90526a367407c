//! Whether a figure has moved over the years by more than chance.

use async_graphql::SimpleObject;

use crate::{
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::{Judgement, TrendDirection, TrendMethod},
    },
    statistics,
};

/// The movement of the same period over several years.
#[derive(Clone, Copy, SimpleObject)]
pub(in crate::graphql) struct Trend {
    /// Which way it went.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    direction: TrendDirection,
    /// What that means, read together with which way is better.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    judgement: Judgement,
    /// The test that fits the unit, made or not.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    method: TrendMethod,
    /// How many years had a number.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    points_used: usize,
    /// The probability of a movement at least this strong by chance; null where no test was made.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    p_value: Option<f64>,
}

impl From<statistics::Trend> for Trend {
    fn from(trend: statistics::Trend) -> Self {
        Self {
            direction: trend.direction.into(),
            judgement: trend.judgement.into(),
            method: trend.method.into(),
            points_used: trend.points_used,
            p_value: trend.p_value,
        }
    }
}
