//! Which care leavers and carer households are listed.

use async_graphql::InputObject;

use crate::graphql::{
    scalars::Date,
    schema::directive::{About, At, access},
};

/// Which care leavers are listed.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct LeaverFilter {
    /// Care leavers on this day, as the indicator `care_leavers_number` counts them. Where records are shown under
    /// pseudonyms it is the end of a month, and they are those of the last end of a quarter.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    pub(in crate::graphql) on: Date,
}

/// Which carer households are listed.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct CarerFilter {
    /// Approved on this day; where records are shown under pseudonyms the end of a month.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    pub(in crate::graphql) approved_on: Date,
}
