//! Placement stability: how often children move, and how long they stay with one carer.

mod long_term_stability_pct;
mod placements_3plus_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[&placements_3plus_pct::INDICATOR, &long_term_stability_pct::INDICATOR];
