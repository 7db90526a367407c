//! Leaving care and permanence: why children left.

mod ceased_adopted_pct;
mod ceased_sgo_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[&ceased_adopted_pct::INDICATOR, &ceased_sgo_pct::INDICATOR];

fn left_by(reason: Option<ReasonCeased>, counted: fn(ReasonCeased) -> bool) -> Met {
    reason.map_or(Met::Blank, |reason| counted(reason).into())
}
