//! Health: dental checks and health assessments of children looked after for a year or more.
//!
//! Dated events are used if the authority holds any of the kind in the twelve months; otherwise, at 31 March, the
//! flags of the yearly return; otherwise there is no figure (ruling 45).

mod dental_checks_pct;
mod health_checks_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] = &[&dental_checks_pct::INDICATOR, &health_checks_pct::INDICATOR];

/// The step after the first, with which figures about health go on.
const TWELVE_MONTHS: Step = Step {
    text: "looked after for twelve months or more without a break",
    keep: |child, context| child.looked_after_since(context.at.twelve_months_ago, context.at.on),
};

fn held(source: HealthSource) -> Result<(), Absence> {
    if source == HealthSource::Nothing { Err(Absence::NotAvailable) } else { Ok(()) }
}

fn days_attended<'a>(
    child: &'a Child,
    context: &Context<'_>,
    kind: HealthEventKind,
) -> impl Iterator<Item = Date> + 'a {
    let window = context.at.twelve_months;
    child.health.iter().filter(move |e| e.kind.is_a(kind) && e.attended && window.contains(e.on)).map(|e| e.on)
}

/// A child without a row, or with a blank flag, stays in the denominator (methodology M2).
fn flagged(child: &Child, context: &Context<'_>, flag: fn(&Oc2Row) -> Option<bool>) -> Met {
    child.flags_at(&context.at).and_then(flag).map_or(Met::Blank, Met::from)
}
