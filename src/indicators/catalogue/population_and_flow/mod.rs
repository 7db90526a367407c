//! Population and flow: how many children are looked after, come into care and leave it, and how many care leavers there are.

mod care_leavers_number;
mod cla_any_time_number;
mod cla_ceased_number;
mod cla_number;
mod cla_rate_per_10000;
mod cla_started_number;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[
    &cla_number::INDICATOR,
    &cla_rate_per_10000::INDICATOR,
    &cla_started_number::INDICATOR,
    &cla_ceased_number::INDICATOR,
    &cla_any_time_number::INDICATOR,
    &care_leavers_number::INDICATOR,
];

/// How many care leavers there are: whom the list of care leavers names.
pub(super) const CARE_LEAVERS: &Indicator = &care_leavers_number::INDICATOR;
