//! A figure split by ethnicity, age band or gender.

use async_graphql::SimpleObject;

use super::{IndicatorValue, RatioEstimate};
use crate::{
    breakdowns::Group,
    figures::{self, AuthorityView},
    graphql::{
        schema::directive::{About, At, access},
        vocabulary::BreakdownDimension,
    },
};

/// A figure split by one dimension, beside the child population. The rows add up to the whole.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Breakdown {
    /// By what.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    dimension: BreakdownDimension,
    /// Where the child population is from; null where it is not loaded by group, and for percentages.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    population_source: Option<String>,
    /// A row for each group, not known last.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    rows: Vec<BreakdownRow>,
}

/// One group.
#[derive(SimpleObject)]
pub(in crate::graphql) struct BreakdownRow {
    /// Which group.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    member: BreakdownMember,
    /// Its figure.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    value: IndicatorValue,
    /// Its share of those counted, in percent of those whose group is known.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    cohort_share: Option<f64>,
    /// Its share of the child population, in percent; null for percentages, whose groups are set against each other.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    population_share: Option<f64>,
    /// Its share of those counted over its share of the child population or, for a percentage, its rate over that of
    /// all others whose group is known.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    disproportionality: Option<RatioEstimate>,
}

/// A group of a dimension.
#[derive(Clone, Copy, SimpleObject)]
pub(in crate::graphql) struct BreakdownMember {
    /// By what it is a group.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    dimension: BreakdownDimension,
    /// The stable code, unique within its dimension.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    code: &'static str,
    /// The words of the reports.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    label: &'static str,
}

impl From<Group> for BreakdownMember {
    fn from(group: Group) -> Self {
        Self { dimension: group.dimension().into(), code: group.code(), label: group.label() }
    }
}

impl Breakdown {
    /// The split figure of an authority.
    pub(in crate::graphql) fn new(view: &AuthorityView, breakdown: figures::Breakdown) -> Self {
        let row = |row: figures::BreakdownRow| BreakdownRow {
            member: row.group.into(),
            value: IndicatorValue::new(view, row.answer),
            cohort_share: row.cohort_share,
            population_share: row.population_share,
            disproportionality: row.disproportionality.map(Into::into),
        };
        Self {
            dimension: breakdown.dimension.into(),
            population_source: breakdown.population_source,
            rows: breakdown.rows.into_iter().map(row).collect(),
        }
    }
}
