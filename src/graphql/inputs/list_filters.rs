//! Which care leavers and carer households are listed.

use async_graphql::InputObject;

use crate::graphql::scalars::Date;

/// Which care leavers are listed.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct LeaverFilter {
    /// Care leavers on this day, as the indicator `care_leavers_number` counts them.
    pub(in crate::graphql) on: Date,
}

/// Which carer households are listed.
#[derive(Clone, Debug, InputObject)]
pub(in crate::graphql) struct CarerFilter {
    /// Approved on this day.
    pub(in crate::graphql) approved_on: Date,
}
