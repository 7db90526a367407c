//! How many times as often a group is counted as its share of all children, or the rate of all others, would give.

use async_graphql::SimpleObject;

use super::Interval;
use crate::{
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::{RatioBasis, Significance},
    },
    statistics,
};

/// A ratio of two shares or rates, with its interval and the words of the councils' reports.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RatioEstimate {
    /// What the group is set against.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    basis: RatioBasis,
    /// 1 means as often as expected, 2 twice as often.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    ratio: f64,
    /// 100 x (ratio - 1), unrounded.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    percent_difference: f64,
    /// As the reports write it: "higher 156%", "lower -4%", "no dif 0%".
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    text: String,
    /// Whether the difference is more than chance; not compared with fewer than 5 children in the group.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    significance: Significance,
    /// The interval of the ratio.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    interval: Interval,
}

impl From<statistics::RatioEstimate> for RatioEstimate {
    fn from(estimate: statistics::RatioEstimate) -> Self {
        Self {
            basis: estimate.basis.into(),
            ratio: estimate.ratio,
            percent_difference: estimate.percent_difference,
            text: estimate.text,
            significance: estimate.significance.into(),
            interval: estimate.interval.into(),
        }
    }
}
