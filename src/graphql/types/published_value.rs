//! A figure as a document prints it.

use async_graphql::SimpleObject;

use crate::{
    figures::{Answer, Source},
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::{Absence, ValueStatus},
    },
};

/// A figure as a document of the authority prints it.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PublishedValue {
    /// The value, in the unit of the indicator.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    value: Option<f64>,
    /// The value as a report prints it, or the words that stand in its place. Print it as it is.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    display: String,
    /// Why there is no value.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    absence: Option<Absence>,
    /// How many were counted, where it is printed.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    numerator: Option<u64>,
    /// Out of how many, where it is printed.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    denominator: Option<u64>,
    /// The document.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    document: String,
    /// How final it is.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    status: ValueStatus,
}

impl PublishedValue {
    /// A printed answer; none of one that was counted.
    pub(super) fn new(answer: Answer) -> Option<Self> {
        let Source::Published(document) = &answer.source else { return None };
        Some(Self {
            value: answer.value,
            display: answer.display(),
            absence: answer.absence.map(Into::into),
            numerator: answer.numerator,
            denominator: answer.denominator,
            document: document.name.clone(),
            status: answer.status.into(),
        })
    }
}
