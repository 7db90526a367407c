//! Every indicator: a folder for each theme, a file for each indicator, named by its code.
//!
//! To find out how something is counted, open its file: everything that an indicator is known by stands there. A theme's
//! own file lists its indicators and names the conditions that they share.

mod care_leavers;
mod health;
mod missing;
mod permanence;
mod placement_location;
mod placement_stability;
mod population_and_flow;
mod reviews;
pub(super) mod steps;

use std::sync::LazyLock;

use super::Indicator;

/// The themes, in order.
const THEMES: &[&[&Indicator]] = &[
    population_and_flow::INDICATORS,
    reviews::INDICATORS,
    placement_stability::INDICATORS,
    placement_location::INDICATORS,
    permanence::INDICATORS,
    health::INDICATORS,
    missing::INDICATORS,
    care_leavers::INDICATORS,
];

static ALL: LazyLock<Vec<&'static Indicator>> = LazyLock::new(|| THEMES.concat());

/// Every indicator, theme by theme.
pub fn all() -> &'static [&'static Indicator] {
    &ALL
}

/// The indicator with the code.
pub fn find(code: &str) -> Option<&'static Indicator> {
    ALL.iter().copied().find(|indicator| indicator.code == code)
}

/// How many care leavers there are: whom the list of care leavers names.
pub const CARE_LEAVERS: &Indicator = population_and_flow::CARE_LEAVERS;
