//! Whether the legal status, the placement, the reason and the addresses of an episode fit each other.

use std::collections::HashSet;

use crate::care::codes::{LegalStatus, Place};
use crate::import::report::Report;
use crate::import::rules::placements as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::period::Date;

/// Home and placement postcodes are part of the return since the one that ended in this year.
const POSTCODES_SINCE: i32 = 2014;
/// Registration numbers are, for episodes that end from this year on.
const URN_SINCE: i32 = 2016;

/// Tells the episodes that contradict themselves, and children with short breaks of both kinds.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let file = &context.returned.episodes.file;
    let alone: HashSet<&str> =
        context.returned.unaccompanied.rows.iter().map(|row| row.row.child_id.as_str()).collect();
    for chain in context.chains.each() {
        let used = |law| chain.iter().any(|spell| spell.law == Some(law));
        let both = used(LegalStatus::V3) && used(LegalStatus::V4);
        for spell in chain {
            let twice = both && spell.is_short_break();
            tell(report, file, spell.line, those_broken([(twice, (&rules::BOTH_RESPITES, "LS"))]));
            tell(report, file, spell.line, broken(spell));
            tell(report, file, spell.line, left_out(context, spell, alone.contains(spell.row.child_id.as_str())));
        }
    }
}

fn broken(spell: &Spell<'_>) -> impl Iterator<Item = BrokenRule> {
    let long_term = matches!(spell.place, Some(Place::U1 | Place::U4));
    let at_home = spell.law == Some(LegalStatus::V2) && spell.place == Some(Place::P1);
    let elsewhere = spell.ends_in_adoption() && spell.place.is_some_and(|place| !place.is_for_adoption());
    let on_order = matches!(spell.place, Some(Place::A5 | Place::A6));
    let no_order = on_order && spell.law.is_some_and(|law| !law.is_placement_order());
    those_broken([
        (spell.is_short_break() && long_term, (&rules::RESPITE_LONG_TERM, "PLACE")),
        (at_home, (&rules::VOLUNTARY_AT_HOME, "LS")),
        (elsewhere, (&rules::ADOPTED_FROM_ELSEWHERE, "PLACE")),
        (no_order, (&rules::NO_PLACEMENT_ORDER, "LS")),
    ])
}

/// What should be given and is not: registration number and postcodes.
fn left_out(context: &Context<'_>, spell: &Spell<'_>, unaccompanied: bool) -> impl Iterator<Item = BrokenRule> {
    let row = spell.row;
    let since = Date::from_ymd_opt(URN_SINCE - 1, 4, 1);
    let of_its_time = row.ended_on.zip(since).is_none_or(|(end, since)| end >= since);
    let number = context.year.ending >= URN_SINCE && of_its_time && is_inspected(spell) && row.urn.is_none();
    let addressed = context.year.ending >= POSTCODES_SINCE && !spell.is_short_break() && !unaccompanied;
    let column = if row.home_postcode.is_none() { "HOME_POST" } else { "PL_POST" };
    let blank = row.home_postcode.is_none() || row.placement_postcode.is_none();
    those_broken([(number, (&rules::URN_NEEDED, "URN")), (addressed && blank, (&rules::POSTCODES_NEEDED, column))])
}

/// A setting that Ofsted inspects, in England as far as the row says.
fn is_inspected(spell: &Spell<'_>) -> bool {
    use Place::{A3, A4, A5, A6, K1, K2, K3, R3, S1};
    let outside = spell.row.pl_la.as_deref().is_some_and(|area| area.starts_with(['W', 'S', 'N', 'C']));
    let inspected = |place: Place| place.is_foster() || matches!(place, A3 | A4 | A5 | A6 | K1 | K2 | K3 | R3 | S1);
    !outside && spell.place.is_some_and(inspected)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{Case, holds_and_breaks, holds_and_breaks_with_files};

    const CASES: &[Case<'static>] = &[
        ("426", "A1,01/05/2023,S,V3,N2,U6,PR1,02/05/2023,E4A,,,,\nA1,03/05/2023,S,V4,N2,U6,PR1,,,,,,", true),
        ("426", "A1,01/05/2023,S,V3,N2,U6,PR1,02/05/2023,E4A,,,,\nB2,03/05/2023,S,V4,N2,U6,PR1,,,,,,", false),
        ("384", "A1,01/05/2023,S,V4,N2,U4,PR1,,,,,,SC000001", true),
        ("384", "A1,01/05/2023,S,V4,N2,U6,PR1,,,,,,SC000001", false),
        ("378", "A1,01/05/2023,S,V2,N1,P1,PR0,,,,HA1 1AA,HA1 1AA,", true),
        ("378", "A1,01/05/2023,S,C2,N1,P1,PR0,,,,HA1 1AA,HA1 1AA,", false),
        ("390", "C3,01/05/2023,S,E1,N1,U6,PR1,01/12/2023,E11,,HA1 1AA,HA2 2BA,SC000001", true),
        ("390", "C3,01/05/2023,S,E1,N1,A6,PR1,01/12/2023,E11,,HA1 1AA,HA2 2BA,SC000001", false),
        ("390", "C3,01/05/2023,S,E1,N1,U6,PR1,01/12/2023,E4A,,HA1 1AA,HA2 2BA,SC000001", false),
        ("408", "C3,01/05/2023,S,C2,N1,A5,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("408", "C3,01/05/2023,S,E1,N1,A5,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("408", "C3,01/05/2023,S,C2,N1,A4,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("218", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,", true),
        ("218", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("218", "A1,01/05/2023,S,C2,N1,R2,PR3,,,,HA1 1AA,HA2 2BA,", false),
        ("392B", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,,HA2 2BA,SC000001", true),
        ("392B", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,,SC000001", true),
        ("392B", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("392B", "A1,01/05/2023,S,V4,N2,U6,PR1,,,,,,SC000001", false),
    ];

    #[test]
    fn episodes_that_contradict_themselves_are_told() {
        holds_and_breaks(CASES);
        let episode = "A1,01/05/2023,S,V2,N8,U6,PR1,,,,,HA2 2BA,SC000001";
        let status = "CHILD,SEX,DOB,DUC\nA1,1,05/06/2010,\n";
        holds_and_breaks_with_files(&[("392B", episode, "uasc.csv", status, false)]);
    }
}
