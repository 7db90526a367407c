//! Care leavers' rows against the age and what is known of the time in care.

use crate::care::codes::ReasonNew;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::spells::Spell;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::period::Date;
use crate::store::rows::Oc3Return;

/// Thirteen weeks.
const DAYS: i64 = 91;

/// Tells rows of those too young, of those who were no care leavers, and staying put at 17.
pub fn check(context: &Context<'_>, report: &mut Report) {
    for lined in &context.returned.leavers.rows {
        tell(report, &context.returned.leavers.file, lined.line, broken(context, &lined.row));
    }
}

fn broken(context: &Context<'_>, row: &Oc3Return) -> Vec<BrokenRule> {
    let (to, child) = (context.year.window.to, &row.child_id);
    let is_under = |years| context.birthday(child, years).is_some_and(|birthday| birthday > to);
    let puts = matches!(row.accommodation.as_deref(), Some("Z1" | "Z2"));
    let chain = context.chains.of(child);
    let adopted = chain.last().is_some_and(Spell::ends_in_adoption);
    those_broken([
        (is_under(17), (&rules::LEAVER_UNDER_17, "DOB")),
        (adopted || is_no_leaver(context, child, chain), (&rules::NO_LEAVER, "CHILD")),
        (puts && is_under(18) && !is_under(17), (&rules::STAYING_PUT_AT_17, "ACCOM")),
    ])
    .collect()
}

/// The episodes begin with a start of care, no earlier ones are held, and they make no care leaver.
fn is_no_leaver(context: &Context<'_>, child: &str, chain: &[Spell<'_>]) -> bool {
    let Some((from_14, from_16)) = context.birthday(child, 14).zip(context.birthday(child, 16)) else { return false };
    let starts = |first: &Spell<'_>| first.began == Some(ReasonNew::S) && context.is_first_known(first);
    let starts = chain.first().is_some_and(starts);
    let days_since = |day: Date| -> i64 {
        let care = chain.iter().filter(|spell| !spell.is_short_break());
        care.map(|spell| {
            let end = spell.row.ended_on.unwrap_or(context.last_day());
            (end - spell.row.started_on.max(day)).num_days().max(0)
        })
        .sum()
    };
    starts && (days_since(from_14) < DAYS || days_since(from_16) < 1)
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{CaseOfFile, holds_and_breaks_with_files};

    const COLUMNS: &str = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n";
    const OTHER: &str = "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";

    #[test]
    fn those_who_are_no_care_leavers_are_told() {
        for (rule, episodes, row, breaks) in [
            ("391", OTHER, "A1,,YES,F2,U1", true),
            ("391", OTHER, "H8,,YES,F2,U1", false),
            ("3001", OTHER, "H8,,YES,F2,Z1", true),
            ("3001", OTHER, "B2,,YES,F2,Z1", false),
            ("3001", OTHER, "H8,,YES,F2,U1", false),
            ("1001", "B2,01/05/2023,S,V2,N1,U6,PR1,01/06/2023,E4A,,HA1 1AA,HA2 2BA,SC1", "B2,,YES,F2,U1", true),
            ("1001", "B2,01/05/2023,S,V2,N1,U6,PR1,01/09/2023,E4A,,HA1 1AA,HA2 2BA,SC1", "B2,,YES,F2,U1", false),
            ("1001", "B2,01/05/2023,P,V2,N1,U6,PR1,01/06/2023,E4A,,HA1 1AA,HA2 2BA,SC1", "B2,,YES,F2,U1", false),
            ("1001", "B2,01/05/2023,S,V4,N1,U6,PR1,01/09/2023,E4A,,,,SC1", "B2,,YES,F2,U1", true),
            ("1001", "B2,01/05/2021,P,E1,N1,A6,PR1,01/06/2023,E11,,HA1 1AA,HA2 2BA,SC1", "B2,,YES,F2,U1", true),
            ("1001", OTHER, "B2,,YES,F2,U1", false),
        ] {
            let text = format!("{COLUMNS}{row}\n");
            let case: CaseOfFile<'_> = (rule, episodes, "oc3.csv", &text, breaks);
            holds_and_breaks_with_files(&[case]);
        }
    }
}
