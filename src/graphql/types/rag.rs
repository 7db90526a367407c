//! Red, amber or green, with the rule.

use async_graphql::SimpleObject;

use crate::{
    comparators::Rating,
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::Rag,
    },
};

/// A figure judged by its target.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RagAssessment {
    /// The colour.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    rag: Rag,
    /// The rule in plain words, such as "green at 95 or more, amber at 85.5 or more"; or why nothing is rated.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    rule: String,
    /// Whether the figure's interval leaves the target out; null where nothing is rated or there is no interval.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    significant: Option<bool>,
}

impl From<Rating> for RagAssessment {
    fn from(rating: Rating) -> Self {
        Self { rag: rating.rag.into(), rule: rating.rule, significant: rating.significant }
    }
}
