//! The yearly answers on health and offending against who was looked after for 12 months without a break at 31 March.
//!
//! Where the guidance leaves the edge open (a child who left on 31 March itself), nothing is told either way.

use std::collections::HashSet;

use crate::care::codes::ReasonNew;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::spells::{Spell, care};
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::import::ssda903::returned::Fate;
use crate::period::age;
use crate::store::rows::Oc2Return;

/// Tells answers that are not wanted, and those that are missing. A return made during the year has none.
pub fn check(context: &Context<'_>, report: &mut Report) {
    if context.year.up_to.is_some() {
        return;
    }
    let oc2 = &context.returned.oc2;
    for lined in &oc2.rows {
        let row = &lined.row;
        let chain = context.chains.of(&row.child_id);
        tell(report, &oc2.file, lined.line, not_wanted(context, row, may_be_all_year(context, chain)));
        if is_all_year(context, chain) {
            tell(report, &oc2.file, lined.line, missing(context, row));
        }
    }
    if oc2.fate != Fate::Refused {
        tell_children_without_a_row(context, report);
    }
}

fn tell_children_without_a_row(context: &Context<'_>, report: &mut Report) {
    let answered: HashSet<&str> = context.returned.oc2.rows.iter().map(|row| row.row.child_id.as_str()).collect();
    for chain in context.chains.each().filter(|chain| is_all_year(context, chain)) {
        let Some(first) = chain.first().filter(|first| !answered.contains(first.row.child_id.as_str())) else {
            continue;
        };
        tell(report, &context.returned.episodes.file, first.line, [(&rules::HEALTH_MISSING, "CHILD")]);
    }
}

fn not_wanted(context: &Context<'_>, row: &Oc2Return, all_year: bool) -> Vec<BrokenRule> {
    let at_the_end = context.people.birth(&row.child_id).and_then(|birth| age(birth, context.year.window.to));
    let sdq = row.sdq_score.is_some() || row.sdq_reason.is_some();
    let health = [
        row.convicted,
        row.health_check,
        row.immunisations,
        row.teeth_check,
        row.health_assessment,
        row.substance_misuse,
        row.intervention_received,
        row.intervention_offered,
    ];
    let under_10 = at_the_end.is_some_and(|years| years < 10);
    let from_5 = at_the_end.is_some_and(|years| years >= 5);
    those_broken([
        (sdq && !all_year, (&rules::SDQ_NOT_WANTED, "SDQ_SCORE")),
        (health.iter().any(Option::is_some) && !all_year, (&rules::HEALTH_NOT_WANTED, "CHILD")),
        (row.convicted.is_some() && under_10, (&rules::CONVICTED_UNDER_10, "CONVICTED")),
        (row.health_check.is_some() && from_5, (&rules::CHECK_FROM_5, "HEALTH_CHECK")),
    ])
    .collect()
}

fn missing(context: &Context<'_>, row: &Oc2Return) -> Vec<BrokenRule> {
    let on = |day| context.people.birth(&row.child_id).and_then(|birth| age(birth, day));
    let (at_the_start, at_the_end) = (on(context.year.window.from), on(context.year.window.to));
    let of_age = at_the_start.is_some_and(|years| years >= 4) && at_the_end.is_some_and(|years| years <= 16);
    let no_sdq = row.sdq_score.is_none() && row.sdq_reason.is_none();
    let health = [row.immunisations, row.teeth_check, row.health_assessment, row.substance_misuse];
    let under_5 = at_the_end.is_some_and(|years| years < 5);
    let from_10 = at_the_end.is_some_and(|years| years >= 10);
    those_broken([
        (of_age && no_sdq, (&rules::SDQ_MISSING, "SDQ_SCORE")),
        (health.iter().any(Option::is_none), (&rules::HEALTH_MISSING, "CHILD")),
        (row.convicted.is_none() && from_10, (&rules::CONVICTED_MISSING, "CONVICTED")),
        (row.health_check.is_none() && under_5, (&rules::CHECK_MISSING, "HEALTH_CHECK")),
    ])
    .collect()
}

/// Without a doubt: no short break, no start or end of care in the year, no gap, and under 18 at its end (ruling 61).
fn is_all_year(context: &Context<'_>, chain: &[Spell<'_>]) -> bool {
    let year = context.year.window;
    let unbroken = |spell: &Spell<'_>| {
        let starts = spell.began == Some(ReasonNew::S) && spell.row.started_on > year.from;
        !spell.is_short_break() && !starts && !spell.is_final()
    };
    let under_18 =
        chain.first().and_then(|spell| context.birthday(&spell.row.child_id, 18)).is_none_or(|adult| adult > year.to);
    let early = chain.first().is_some_and(|first| first.row.started_on <= year.from);
    let [care] = care(chain)[..] else { return false };
    early && under_18 && chain.iter().all(unbroken) && care.until.is_none_or(|until| until > year.to)
}

/// Perhaps: short breaks aside, the days from 1 April to 31 March are covered without a gap.
fn may_be_all_year(context: &Context<'_>, chain: &[Spell<'_>]) -> bool {
    let year = context.year.window;
    let mut covered = None;
    for spell in chain.iter().filter(|spell| !spell.is_short_break()) {
        let (start, end) = (spell.row.started_on, spell.row.ended_on.unwrap_or(year.to));
        covered = match covered {
            Some(until) if start <= until => Some(end.max(until)),
            _ => (start <= year.from).then_some(end),
        };
    }
    covered.is_some_and(|until| until >= year.to)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{CaseOfFile, holds_and_breaks, holds_and_breaks_with_files};

    const ALL_YEAR: &str = "01/02/2021,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";
    const FROM_MAY: &str = "01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";
    const LEFT_LAST_DAY: &str = "01/02/2021,P,C2,N1,U6,PR1,31/03/2024,E4A,,HA1 1AA,HA2 2BA,SC000001";
    const BROKEN: &str = "01/02/2021,P,C2,N1,U6,PR1,01/06/2023,E4A,,HA1 1AA,HA2 2BA,SC000001\n\
        A1,01/07/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";
    const COLUMNS: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE\n";

    /// Rule, child, episodes, answers, whether it breaks.
    const CASES: &[(&str, &str, &str, &str, bool)] = &[
        ("185", "A1", FROM_MAY, "12,,,,,,,", true),
        ("185", "A1", ALL_YEAR, "12,,0,,1,1,1,0", false),
        ("185", "A1", LEFT_LAST_DAY, "12,,0,,1,1,1,0", false),
        ("190", "A1", FROM_MAY, ",,,,1,,,", true),
        ("190", "A1", BROKEN, ",,,,1,,,", true),
        ("190", "A1", ALL_YEAR, "12,,0,,1,1,1,0", false),
        ("190", "A1", FROM_MAY, ",,,,,,,", false),
        ("186", "A1", ALL_YEAR, ",,0,,1,1,1,0", true),
        ("186", "A1", ALL_YEAR, ",SDQ2,0,,1,1,1,0", false),
        ("186", "C3", ALL_YEAR, ",,,1,1,1,1,0", false),
        ("186", "A1", LEFT_LAST_DAY, ",,0,,1,1,1,0", false),
        ("191", "A1", ALL_YEAR, "12,,0,,1,,1,0", true),
        ("191", "A1", ALL_YEAR, "12,,0,,1,1,1,0", false),
        ("191", "B2", ALL_YEAR, "12,,0,,1,,1,0", false),
        ("542", "C3", ALL_YEAR, ",,0,1,1,1,1,0", true),
        ("542", "G7", ALL_YEAR, "12,,0,,1,1,1,0", false),
        ("543", "G7", ALL_YEAR, "12,,,,1,1,1,0", true),
        ("543", "C3", ALL_YEAR, ",,,1,1,1,1,0", false),
        ("545", "C3", ALL_YEAR, ",,,,1,1,1,0", true),
        ("545", "A1", ALL_YEAR, "12,,0,,1,1,1,0", false),
        ("546", "A1", ALL_YEAR, "12,,0,1,1,1,1,0", true),
        ("546", "C3", ALL_YEAR, ",,,1,1,1,1,0", false),
    ];

    #[test]
    fn answers_not_wanted_and_answers_missing_are_told() {
        for (rule, child, episodes, answers, breaks) in CASES {
            let (episodes, text) = (format!("{child},{episodes}"), format!("{COLUMNS}{child},,{answers}\n"));
            let case: CaseOfFile<'_> = (rule, &episodes, "oc2.csv", &text, *breaks);
            holds_and_breaks_with_files(&[case]);
        }
        holds_and_breaks(&[("191", &format!("A1,{ALL_YEAR}"), true), ("191", &format!("A1,{FROM_MAY}"), false)]);
    }
}
