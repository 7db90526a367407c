//! Whether the reason for a new episode says what changed, and whether moves have a reason.

use crate::care::codes::ReasonNew;
use crate::import::report::Report;
use crate::import::rules::chain as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};

/// Tells false moves, missed moves, and moves without a reason.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let file = &context.returned.episodes.file;
    for chain in context.chains.each() {
        let next = chain.iter().skip(1).map(Some).chain([None]);
        let mut settled: Option<&Spell<'_>> = None;
        for (spell, next) in chain.iter().zip(next) {
            tell(report, file, spell.line, reasons(spell, next));
            let Some(next) = next else { continue };
            tell(report, file, next.line, changes(next, spell));
            if !spell.is_temporary() {
                settled = Some(spell);
            } else if let Some(settled) = settled.filter(|_| !next.is_temporary() && next.continues(spell)) {
                let back = is_return(next, settled);
                tell(report, file, next.line, those_broken([(!back, (&rules::NOT_BACK, "PLACE"))]));
            }
        }
    }
}

fn reasons(spell: &Spell<'_>, next: Option<&Spell<'_>>) -> impl Iterator<Item = BrokenRule> {
    use ReasonNew::{B, P, T, U};
    let given = spell.row.reason_change.is_some();
    let temporary = spell.is_temporary() || next.is_some_and(Spell::is_temporary);
    let moves = next.is_some_and(|next| matches!(next.began, Some(P | B | T | U)));
    let ends = spell.row.ended_on.is_some() && !spell.is_final();
    those_broken([
        (ends && moves && !given && !temporary, (&rules::NO_REASON_FOR_MOVE, "REASON_PLACE_CHANGE")),
        (given && temporary, (&rules::REASON_NOT_WANTED, "REASON_PLACE_CHANGE")),
    ])
}

/// What the reason says has changed, against what has.
fn changes(spell: &Spell<'_>, before: &Spell<'_>) -> impl Iterator<Item = BrokenRule> {
    use ReasonNew::{B, L, P, T, U};
    let laws = spell.law.zip(before.law);
    let (law_same, law_differs) = (laws.is_some_and(|(a, b)| a == b), laws.is_some_and(|(a, b)| a != b));
    let (place_same, place_differs) = (is_same_placement(spell, before), is_other_placement(spell, before));
    those_broken([
        (spell.began == Some(L) && (law_same || place_differs), (&rules::ONLY_LEGAL, "RNE")),
        (matches!(spell.began, Some(P | T)) && (law_differs || place_same), (&rules::ONLY_PLACEMENT, "RNE")),
        (matches!(spell.began, Some(B | U)) && (law_same || place_same), (&rules::BOTH_CHANGED, "RNE")),
    ])
}

/// Nothing of the placement is different. Without both postcodes nobody can tell.
fn is_same_placement(spell: &Spell<'_>, before: &Spell<'_>) -> bool {
    let (row, was) = (spell.row, before.row);
    let postcodes = row.placement_postcode.is_some() && row.placement_postcode == was.placement_postcode;
    postcodes && row.place == was.place && row.provider == was.provider && row.urn == was.urn
}

/// Something of the placement that both rows give is different.
fn is_other_placement(spell: &Spell<'_>, before: &Spell<'_>) -> bool {
    let differ = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
    let (row, was) = (spell.row, before.row);
    differ(&row.place, &was.place)
        || differ(&row.provider, &was.provider)
        || differ(&row.placement_postcode, &was.placement_postcode)
        || differ(&row.urn, &was.urn)
}

/// The child is back in the placement from before the temporary one.
fn is_return(spell: &Spell<'_>, settled: &Spell<'_>) -> bool {
    let moved = spell.row.placement_postcode.as_ref().zip(settled.row.placement_postcode.as_ref());
    matches!(spell.began, None | Some(ReasonNew::P | ReasonNew::B))
        && spell.row.place == settled.row.place
        && moved.is_none_or(|(here, there)| here == there)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::holds_and_breaks;

    /// A first episode, what follows it, and whether that breaks the rule.
    const CASES: &[(&str, &str, bool)] = &[
        ("434", "L,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("434", "L,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("434", "L,C1,N1,U4,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("434", "L,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", true),
        ("434", "L,C1,N1,U6,PR1,,,,HA1 1AA,,", false),
        ("435", "P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", false),
        ("435", "T,C2,N1,U4,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("435", "P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("435", "P,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", true),
        ("435", "P,C2,N1,U6,PR1,,,,HA1 1AA,,SC000001", false),
        ("436", "B,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", false),
        ("436", "B,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", true),
        ("436", "U,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("225", "P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001", true),
        ("225", "L,C1,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("225", "P,C2,N1,T3,,,,,HA1 1AA,HA2 2BB,", false),
        ("226", "P,C2,N1,T3,,,,,HA1 1AA,HA2 2BB,", false),
        ("226", "P,C2,N1,T3,,,,CARPL,HA1 1AA,HA2 2BB,", true),
        (
            "383",
            "P,C2,N1,T3,,01/07/2023,X1,,HA1 1AA,HA2 2BB,\nA1,01/07/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001",
            false,
        ),
        (
            "383",
            "P,C2,N1,T3,,01/07/2023,X1,,HA1 1AA,HA2 2BB,\nA1,01/07/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BC,SC000001",
            true,
        ),
        (
            "383",
            "P,C2,N1,T3,,01/07/2023,X1,,HA1 1AA,HA2 2BB,\nA1,01/07/2023,T,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001",
            true,
        ),
    ];

    #[test]
    fn reasons_that_do_not_say_what_changed_are_told() {
        let first =
            |change: &str| format!("A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,X1,{change},HA1 1AA,HA2 2BA,SC000001");
        for (rule, second, breaks) in CASES {
            let rows = format!("{}\nA1,01/06/2023,{second}", first(""));
            holds_and_breaks(&[(rule, &rows, *breaks)]);
        }
        let second = "A1,01/06/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001";
        holds_and_breaks(&[("225", &format!("{}\n{second}", first("CARPL")), false)]);
        let second = "A1,01/06/2023,P,C2,N1,T3,,,,,HA1 1AA,HA2 2BB,";
        holds_and_breaks(&[("226", &format!("{}\n{second}", first("CARPL")), true)]);
    }
}
