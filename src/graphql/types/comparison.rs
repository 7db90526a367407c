//! A figure beside another.

use async_graphql::Object;

use super::Period;
use crate::{
    comparators,
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::{Absence, Averaging, Comparability, Comparator, Significance},
    },
    statistics::{self, display},
};

/// One comparison of a figure that shows so many decimals.
pub(in crate::graphql) struct Comparison {
    comparison: comparators::Comparison,
    decimals: u32,
}

impl Comparison {
    /// The comparison of a figure that shows so many decimals.
    pub(in crate::graphql) fn new(comparison: comparators::Comparison, decimals: u32) -> Self {
        Self { comparison, decimals }
    }
}

/// What stands beside a figure: either `value` is set, or `absence` says why it is not.
#[Object]
impl Comparison {
    /// What kind of comparator it is.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn comparator(&self) -> Comparator {
        self.comparison.comparator.into()
    }

    /// Its name as a reader knows it: England, London, 2023-24 Q1.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn name(&self) -> &str {
        &self.comparison.name
    }

    /// Its value, in the unit of the indicator.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn value(&self) -> Option<f64> {
        self.comparison.value
    }

    /// Its value as a report prints it, or the words that stand in its place. Print it as it is.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn display(&self) -> String {
        match (self.comparison.value, self.comparison.absence) {
            (Some(value), _) => display(value, self.decimals),
            (None, absence) => absence.unwrap_or(statistics::Absence::NotAvailable).display().to_owned(),
        }
    }

    /// Why it has no value.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn absence(&self) -> Option<Absence> {
        self.comparison.absence.map(Into::into)
    }

    /// Its own period, often older than the figure's; null where there is none.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn period(&self) -> Option<Period> {
        self.comparison.period.map(Period)
    }

    /// The figure less the comparator, unrounded, in the unit of the indicator.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn difference(&self) -> Option<f64> {
        self.comparison.difference
    }

    /// Whether the difference is more than chance, and for the better.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn significance(&self) -> Significance {
        self.comparison.significance.into()
    }

    /// For statistical neighbours, the edition whose members were averaged; null for an average that was printed.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn edition(&self) -> Option<&str> {
        self.comparison.edition.as_deref()
    }

    /// For statistical neighbours, how they were averaged.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn averaging(&self) -> Option<Averaging> {
        self.comparison.averaging.map(Into::into)
    }

    /// Of how many values the average of statistical neighbours is worked out, or would be where they are too few; null
    /// for an average that was printed, where figures of some members are hidden, and for other comparators.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn members(&self) -> Option<usize> {
        self.comparison.members
    }

    /// How alike the rules of the two figures are. A figure by another rule is shown, but never judged against.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn comparability(&self) -> Comparability {
        self.comparison.comparability.into()
    }
}
