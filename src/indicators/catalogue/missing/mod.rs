//! Missing and absent: children whose whereabouts were not known, and those away without authorisation.

mod absent_without_authorisation_pct;
mod missing_episode_pct;

use crate::indicators::prelude::*;

/// The indicators of the theme, in order.
pub(super) const INDICATORS: &[&Indicator] =
    &[&missing_episode_pct::INDICATOR, &absent_without_authorisation_pct::INDICATOR];

fn has_spell(child: &Child, context: &Context<'_>, kind: MissingKind) -> Met {
    let window = context.at.year_to_date;
    child.missing.iter().any(|spell| spell.in_care && spell.kind == Some(kind) && spell.overlaps(window)).into()
}
