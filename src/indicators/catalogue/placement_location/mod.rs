//! Placement location: how far from home children live.

mod placed_over_20_miles_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[&placed_over_20_miles_pct::INDICATOR];
