//! What the authority has set itself to reach.

use async_graphql::SimpleObject;

use super::Period;
use crate::{
    comparators::{self, Tolerance},
    graphql::schema::directive::{About, At, access},
};

/// A target of the authority.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Target {
    /// The value to reach, in the unit of the indicator.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    value: f64,
    /// The year or quarter that it was set for. A target stands until it is replaced.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    period: Period,
    /// How far off is still amber, as a fraction of the target: 0.1 is a tenth of it. Null where it is in points.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    amber_fraction: Option<f64>,
    /// How far off is still amber, in points of the unit. Null where it is a fraction.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    amber_points: Option<f64>,
    /// A note of the authority, for its own staff.
    #[graphql(directive = access::apply(About::Reference, At::Exact))]
    note: Option<String>,
}

impl From<&comparators::Target> for Target {
    fn from(target: &comparators::Target) -> Self {
        let (amber_fraction, amber_points) = match target.tolerance {
            Tolerance::Fraction(part) => (Some(part), None),
            Tolerance::Points(points) => (None, Some(points)),
        };
        let period = Period(target.period);
        Self { value: target.value, period, amber_fraction, amber_points, note: target.note.clone() }
    }
}
