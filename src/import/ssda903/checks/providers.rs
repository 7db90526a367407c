//! Which providers can provide which types of placement.

use crate::care::codes::{Place, Provider};
use crate::import::report::Report;
use crate::import::rules::{episodes, placements as rules};
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};

/// Providers are part of the return in their present form since the one that ended in this year.
const SINCE: i32 = 2016;

/// Tells providers that are missing, not wanted, or cannot provide the placement.
pub fn check(context: &Context<'_>, report: &mut Report) {
    for spell in context.chains.spells().iter().filter(|_| context.year.ending >= SINCE) {
        tell(report, &context.returned.episodes.file, spell.line, broken(spell));
    }
}

fn broken(spell: &Spell<'_>) -> Vec<BrokenRule> {
    use Place::{K1, K2, P1, R2, R5};
    use Provider::{Pr0, Pr1, Pr2, Pr3, Pr4, Pr5};
    let Some(place) = spell.place else { return Vec::new() };
    let by = |provider| spell.provider == Some(provider);
    let nobody_else = matches!(place, P1 | R2 | R5);
    let not_public = matches!(place, P1 | K1 | K2) || place.is_foster() || place.is_for_adoption();
    let given = spell.row.provider.is_some();
    those_broken([
        (!given && has_provider(place), (&rules::PROVIDER_NEEDED, "PLACE_PROVIDER")),
        (spell.provider.is_some() && !has_provider(place), (&episodes::PROVIDER, "PLACE_PROVIDER")),
        (by(Pr1) && nobody_else, (&rules::OWN_PROVISION, "PLACE_PROVIDER")),
        (by(Pr2) && nobody_else, (&rules::OTHER_AUTHORITY, "PLACE_PROVIDER")),
        (by(Pr3) && not_public, (&rules::OTHER_PUBLIC, "PLACE_PROVIDER")),
        (by(Pr4) && place == P1, (&rules::PRIVATE, "PLACE_PROVIDER")),
        (by(Pr5) && place == P1, (&rules::VOLUNTARY_SECTOR, "PLACE_PROVIDER")),
        (by(Pr0) && place != P1, (&rules::PARENTS_ELSEWHERE, "PLACE_PROVIDER")),
    ])
    .collect()
}

/// Temporary and other placements have no provider.
fn has_provider(place: Place) -> bool {
    !place.is_temporary() && !matches!(place, Place::Z1 | Place::Z11 | Place::Z12 | Place::Z13 | Place::Z14)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::holds_and_breaks;

    #[test]
    fn providers_that_do_not_fit_the_placement_are_told() {
        for (rule, place, provider, breaks) in [
            ("526", "U6", "", true),
            ("526", "T1", "", false),
            ("526", "Z1", "", false),
            ("178", "T1", "PR1", true),
            ("178", "Z12", "PR4", true),
            ("178", "U6", "PR4", false),
            ("527", "R2", "PR1", true),
            ("527", "U6", "PR1", false),
            ("528", "P1", "PR2", true),
            ("528", "K2", "PR2", false),
            ("529", "K2", "PR3", true),
            ("529", "A6", "PR3", true),
            ("529", "R2", "PR3", false),
            ("530", "P1", "PR4", true),
            ("530", "R5", "PR4", false),
            ("531", "P1", "PR5", true),
            ("531", "U6", "PR5", false),
            ("550", "U6", "PR0", true),
            ("550", "P1", "PR0", false),
        ] {
            let row = format!("A1,01/05/2023,S,C2,N1,{place},{provider},,,,HA1 1AA,HA2 2BA,SC000001");
            holds_and_breaks(&[(rule, &row, breaks)]);
        }
    }
}
