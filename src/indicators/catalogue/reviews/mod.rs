//! Reviews: whether every review that fell due this year was held in time.

mod reviews_in_timescale_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[&reviews_in_timescale_pct::INDICATOR];
