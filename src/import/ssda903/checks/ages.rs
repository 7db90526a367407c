//! Episodes against the child's age: starting or staying at 18 (ruling 61), youth justice, supported accommodation,
//! adoption and guardianship.

use crate::care::codes::{LegalStatus, Place, ReasonCeased, ReasonNew};
use crate::import::report::Report;
use crate::import::rules::chain as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};

/// Tells the episodes that do not fit the child's age.
pub fn check(context: &Context<'_>, report: &mut Report) {
    for spell in context.chains.spells() {
        tell(report, &context.returned.episodes.file, spell.line, broken(context, spell));
    }
}

fn broken(context: &Context<'_>, spell: &Spell<'_>) -> Vec<BrokenRule> {
    let child = &spell.row.child_id;
    let Some(adult) = context.birthday(child, 18) else { return Vec::new() };
    let start = spell.row.started_on;
    let younger_than = |years| context.birthday(child, years).is_some_and(|birthday| start < birthday);
    let ends_grown_up = spell.row.ended_on.is_some_and(|end| end >= adult);
    let justice = matches!(spell.law, Some(LegalStatus::J1 | LegalStatus::J2 | LegalStatus::J3));
    those_broken([
        (spell.began == Some(ReasonNew::S) && start >= adult, (&rules::STARTS_GROWN_UP, "DECOM")),
        (goes_on_past_18(context, spell), (&rules::PAST_18, "DEC")),
        (justice && younger_than(10), (&rules::JUSTICE_UNDER_10, "LS")),
        (matches!(spell.place, Some(Place::H5 | Place::K3)) && younger_than(16), (&rules::SUPPORTED_UNDER_16, "PLACE")),
        (spell.ends_in_adoption() && ends_grown_up, (&rules::ADOPTED_AT_18, "REC")),
        (
            spell.ceased.is_some_and(ReasonCeased::is_special_guardianship) && ends_grown_up,
            (&rules::GUARDIANSHIP_AT_18, "REC"),
        ),
    ])
    .collect()
}

/// Past the 18th birthday, as far as the return reaches; allowed for V2 in K2 alone (ruling 61).
fn goes_on_past_18(context: &Context<'_>, spell: &Spell<'_>) -> bool {
    let Some(adult) = context.birthday(&spell.row.child_id, 18) else { return false };
    let exempt = spell.law == Some(LegalStatus::V2) && spell.place == Some(Place::K2);
    let past = match spell.row.ended_on {
        Some(end) => end > adult,
        None => context.last_day() >= adult,
    };
    past && !exempt
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{Case, holds_and_breaks};

    const CASES: &[Case<'static>] = &[
        // B2 was born on 15 January 2006 and D4, for whom the year has no 29 February, on 29 February 2004.
        ("359", "B2,01/02/2020,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("359", "B2,01/02/2020,P,C2,N1,U6,PR1,16/01/2024,E5,,HA1 1AA,HA2 2BA,SC000001", true),
        ("359", "B2,01/02/2020,P,C2,N1,U6,PR1,15/01/2024,E5,,HA1 1AA,HA2 2BA,SC000001", false),
        ("359", "B2,01/02/2020,P,V2,N1,K2,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("359", "B2,01/02/2020,P,V2,N1,K1,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("359", "D4,01/02/2020,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("359", "E5,01/02/2020,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("352", "B2,15/01/2024,S,V2,N1,K2,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("352", "B2,14/01/2024,S,V2,N1,K2,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("352", "B2,15/01/2024,P,V2,N1,K2,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("358", "C3,01/05/2023,S,J1,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("358", "A1,01/05/2023,S,J1,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("371", "A1,01/05/2023,S,C2,N1,H5,PR4,,,,HA1 1AA,HA2 2BA,", true),
        ("371", "B2,01/05/2023,S,C2,N1,H5,PR4,,,,HA1 1AA,HA2 2BA,", false),
        ("386", "B2,01/05/2023,S,E1,N1,A6,PR1,15/01/2024,E11,,HA1 1AA,HA2 2BA,SC000001", true),
        ("386", "B2,01/05/2023,S,E1,N1,A6,PR1,14/01/2024,E11,,HA1 1AA,HA2 2BA,SC000001", false),
        ("407", "B2,01/05/2023,S,C2,N1,U6,PR1,15/01/2024,E45,,HA1 1AA,HA2 2BA,SC000001", true),
        ("407", "B2,01/05/2023,S,C2,N1,U6,PR1,14/01/2024,E45,,HA1 1AA,HA2 2BA,SC000001", false),
    ];

    #[test]
    fn episodes_that_do_not_fit_the_age_are_told() {
        holds_and_breaks(CASES);
    }
}
