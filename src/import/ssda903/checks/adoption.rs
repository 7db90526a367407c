//! Adoption: details of exactly those who were adopted, and decision, match, placement and reversal in order of time.

use std::collections::{HashMap, HashSet};

use crate::care::codes::Place;
use crate::import::csv::spot::Spot;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{Context, tell, those_broken};
use crate::import::ssda903::returned::Fate;
use crate::period::Date;
use crate::store::rows::AdoptionRecord;

/// Tells adoptions without details, details without an adoption, and dates out of order.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let adopted: HashMap<&str, (Spot, Option<Date>)> =
        context.chains.each().filter_map(|chain| adoption(context, chain)).collect();
    tell_details(context, &adopted, report);
    if context.returned.adopted.fate != Fate::Refused {
        tell_without_details(context, &adopted, report);
    }
    for lined in &context.returned.decisions.rows {
        let reversed = lined.row.ceased_on.zip(lined.row.decided_on).is_some_and(|(ceased, decided)| ceased < decided);
        let broken = those_broken([(reversed, (&rules::REVERSED_BEFORE_DECISION, "DATE_PLACED_CEASED"))]);
        tell(report, &context.returned.decisions.file, lined.line, broken);
    }
}

fn tell_details(context: &Context<'_>, adopted: &HashMap<&str, (Spot, Option<Date>)>, report: &mut Report) {
    for lined in &context.returned.adopted.rows {
        let row = &lined.row;
        let adoption = adopted.get(row.child_id.as_str()).copied();
        let matched_later = |day: Option<Date>| row.matched_on.zip(day).is_some_and(|(matched, day)| matched > day);
        let early = row.matched_on.zip(row.decided_on).is_some_and(|(matched, decided)| matched < decided);
        let placed = adoption.and_then(|(_, placed)| placed);
        let broken = those_broken([
            (adoption.is_none(), (&rules::NOT_ADOPTED, "CHILD")),
            (adoption.is_some() && !is_complete(row), (&rules::ADOPTION_ROW_MISSING, "CHILD")),
            (early, (&rules::MATCH_BEFORE_DECISION, "DATE_MATCH")),
            (matched_later(placed), (&rules::PLACED_BEFORE_MATCH, "DATE_MATCH")),
        ]);
        tell(report, &context.returned.adopted.file, lined.line, broken);
    }
}

fn tell_without_details(context: &Context<'_>, adopted: &HashMap<&str, (Spot, Option<Date>)>, report: &mut Report) {
    let detailed: HashSet<&str> = context.returned.adopted.rows.iter().map(|row| row.row.child_id.as_str()).collect();
    for (child, (line, _)) in adopted {
        let missing = !detailed.contains(child);
        let broken = those_broken([(missing, (&rules::ADOPTION_ROW_MISSING, "REC"))]);
        tell(report, &context.returned.episodes.file, *line, broken);
    }
}

fn is_complete(row: &AdoptionRecord) -> bool {
    row.decided_on.is_some()
        && row.matched_on.is_some()
        && row.foster_carer.is_some()
        && row.adopters.is_some()
        && row.adopters_sex.is_some()
        && row.adopters_legal_status.is_some()
}

/// A child adopted in the year: the line of the episode that ended so, and the first day of the run of placements for
/// adoption that led to it.
fn adoption<'a>(context: &Context<'_>, chain: &[Spell<'a>]) -> Option<(&'a str, (Spot, Option<Date>))> {
    let in_the_year = |day: Date| context.year.window.contains(day);
    let at = chain.iter().rposition(|spell| spell.ends_in_adoption() && spell.row.ended_on.is_some_and(in_the_year))?;
    let last = chain.get(at)?;
    let leads = |spell: &&Spell<'_>| spell.is_temporary() || spell.place.is_some_and(Place::is_for_adoption);
    let run = chain.iter().take(at + 1).rev().take_while(leads);
    let placed = run.filter(|spell| !spell.is_temporary()).last().map(|spell| spell.row.started_on);
    Some((last.row.child_id.as_str(), (last.line, placed)))
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{CaseOfFile, holds_and_breaks, holds_and_breaks_with_files};

    const ADOPTED: &str = "C3,01/05/2023,P,E1,N1,A6,PR1,01/12/2023,E11,,HA1 1AA,HA2 2BA,SC000001";
    const STAYS: &str = "C3,01/05/2023,P,E1,N1,A6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";
    const COLUMNS: &str = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n";

    #[test]
    fn adoptions_that_do_not_fit_together_are_told() {
        for (rule, episode, row, breaks) in [
            ("601", ADOPTED, "C3,,01/02/2023,01/04/2023,0,2,MF,L11", false),
            ("601", ADOPTED, "C3,,01/02/2023,01/04/2023,0,2,MF,", true),
            ("601", STAYS, "C3,,01/02/2023,01/04/2023,0,2,MF,L11", false),
            ("602", STAYS, "C3,,01/02/2023,01/04/2023,0,2,MF,L11", true),
            ("602", ADOPTED, "C3,,01/02/2023,01/04/2023,0,2,MF,L11", false),
            ("333", ADOPTED, "C3,,02/04/2023,01/04/2023,0,2,MF,L11", true),
            ("333", ADOPTED, "C3,,01/04/2023,01/04/2023,0,2,MF,L11", false),
            ("331", ADOPTED, "C3,,01/02/2023,02/05/2023,0,2,MF,L11", true),
            ("331", ADOPTED, "C3,,01/02/2023,01/05/2023,0,2,MF,L11", false),
        ] {
            let text = format!("{COLUMNS}{row}\n");
            let case: CaseOfFile<'_> = (rule, episode, "ad1.csv", &text, breaks);
            holds_and_breaks_with_files(&[case]);
        }
        holds_and_breaks(&[("601", ADOPTED, true), ("601", STAYS, false)]);
        for (row, breaks) in [("01/05/2023,30/04/2023,RD4", true), ("01/05/2023,02/05/2023,RD4", false)] {
            let text = format!("CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\nC3,,{row}\n");
            holds_and_breaks_with_files(&[("522", STAYS, "sbpfa.csv", &text, breaks)]);
        }
    }
}
