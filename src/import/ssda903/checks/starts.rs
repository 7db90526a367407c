//! How periods of care begin, go on and end.

use crate::care::codes::ReasonNew;
use crate::import::report::Report;
use crate::import::rules::chain as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};

/// Tells what is odd about the beginning, the going on and the end of care.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let file = &context.returned.episodes.file;
    for chain in context.chains.each() {
        let before = [None].into_iter().chain(chain.iter().map(Some));
        for (spell, before) in chain.iter().zip(before) {
            tell(report, file, spell.line, alone(spell));
            match before {
                Some(before) => tell(report, file, spell.line, after(spell, before)),
                None => tell(report, file, spell.line, first(context, spell)),
            }
        }
    }
}

fn alone(spell: &Spell<'_>) -> impl Iterator<Item = BrokenRule> {
    let starts = spell.began == Some(ReasonNew::S);
    those_broken([
        (starts && spell.is_temporary(), (&rules::STARTS_TEMPORARY, "PLACE")),
        (spell.is_final() && spell.is_temporary(), (&rules::ENDS_TEMPORARY, "PLACE")),
    ])
}

/// The first episode that is known, where it began in the year: one before it would be in this return too.
fn first(context: &Context<'_>, spell: &Spell<'_>) -> impl Iterator<Item = BrokenRule> {
    let in_the_year = spell.row.started_on >= context.year.window.from;
    let first = in_the_year && context.is_first_known(spell);
    those_broken([(first && goes_on(spell), (&rules::FIRST_IS_NO_START, "RNE"))])
}

fn after(spell: &Spell<'_>, before: &Spell<'_>) -> impl Iterator<Item = BrokenRule> {
    let gap = before.row.ended_on.is_some_and(|end| end < spell.row.started_on);
    let needs = spell.row.need.as_ref().zip(before.row.need.as_ref());
    those_broken([
        (gap && goes_on(spell), (&rules::GAP_BEFORE, "DECOM")),
        (spell.continues(before) && needs.is_some_and(|(need, was)| need != was), (&rules::NEED_CHANGES, "CIN")),
    ])
}

/// The reason says that care goes on.
fn goes_on(spell: &Spell<'_>) -> bool {
    spell.began.is_some_and(|reason| reason != ReasonNew::S)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{Case, holds_and_breaks};

    const CASES: &[Case<'static>] = &[
        ("357", "A1,01/05/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", true),
        ("357", "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        ("357", "A1,01/03/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001", false),
        (
            "433",
            "A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,X1,CARPL,HA1 1AA,HA2 2BA,SC000001\n\
             A1,02/06/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001",
            true,
        ),
        (
            "433",
            "A1,01/06/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001\n\
             A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,X1,CARPL,HA1 1AA,HA2 2BA,SC000001",
            false,
        ),
        (
            "433",
            "A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,E4A,,HA1 1AA,HA2 2BA,SC000001\n\
             A1,02/06/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001",
            false,
        ),
        (
            "504",
            "A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,X1,CARPL,HA1 1AA,HA2 2BA,SC000001\n\
             A1,01/06/2023,P,C2,N4,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001",
            true,
        ),
        (
            "504",
            "A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,E4A,,HA1 1AA,HA2 2BA,SC000001\n\
             A1,01/07/2023,S,C2,N4,U6,PR1,,,,HA1 1AA,HA2 2BB,SC000001",
            false,
        ),
        ("380", "A1,01/05/2023,S,C2,N1,T1,,,,,HA1 1AA,HA2 2BA,", true),
        ("380", "A1,01/03/2023,P,C2,N1,T1,,,,,HA1 1AA,HA2 2BA,", false),
        ("381", "A1,01/03/2023,P,C2,N1,T1,,01/05/2023,E4A,,HA1 1AA,HA2 2BA,", true),
        ("381", "A1,01/03/2023,P,C2,N1,T1,,01/05/2023,X1,,HA1 1AA,HA2 2BA,", false),
    ];

    #[test]
    fn odd_beginnings_and_ends_of_care_are_told() {
        holds_and_breaks(CASES);
    }
}
