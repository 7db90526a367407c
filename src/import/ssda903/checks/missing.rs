//! Missing periods against each other and against the periods of care.

use crate::import::csv::row::NumberedRow;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::spells::{Care, care};
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::store::rows::MissingEpisode;

/// Tells missing periods that overlap or lie outside care.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let missing = &context.returned.missing;
    let mut sorted: Vec<&NumberedRow<MissingEpisode>> = missing.rows.iter().collect();
    sorted.sort_by(|a, b| (&a.row.child_id, a.row.started_on).cmp(&(&b.row.child_id, b.row.started_on)));
    for of_child in sorted.chunk_by(|one, next| one.row.child_id == next.row.child_id) {
        let Some(first) = of_child.first() else { continue };
        let care = care(context.chains.of(&first.row.child_id));
        for lined in of_child {
            tell(report, &missing.file, lined.line, outside(&lined.row, &care));
        }
        for (before, next) in of_child.iter().zip(of_child.iter().skip(1)) {
            let overlaps = before.row.ended_on.is_none_or(|end| end > next.row.started_on);
            let broken = those_broken([(overlaps, (&rules::MISSING_OVERLAP, "MIS_START"))]);
            tell(report, &missing.file, next.line, broken);
        }
    }
}

/// Where the period lies against care: before it, after it, or running out of it.
fn outside(row: &MissingEpisode, care: &[Care]) -> Vec<BrokenRule> {
    let (start, end) = (row.started_on, row.ended_on);
    if let Some(care) = care.iter().rev().find(|care| care.has_begun(start) && care.lasts_until(start)) {
        let runs_out = match end {
            Some(end) => !care.lasts_until(end),
            None => care.until.is_some(),
        };
        return those_broken([(runs_out, (&rules::MISSING_NOT_ENDED, "MIS_END"))]).collect();
    }
    let before = !care.iter().any(|care| care.has_begun(start));
    vec![if before { (&rules::MISSING_BEFORE, "MIS_START") } else { (&rules::MISSING_AFTER, "MIS_START") }]
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{CaseOfFile, holds_and_breaks_with_files};

    const STAY: &str = "A1,01/05/2023,S,C2,N1,U6,PR1,01/09/2023,E4A,,HA1 1AA,HA2 2BA,SC000001";
    const OPEN: &str = "A1,01/05/2023,P,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";

    #[test]
    fn missing_periods_that_overlap_or_lie_outside_care_are_told() {
        for (rule, episodes, rows, breaks) in [
            ("574", OPEN, "A1,,M,01/06/2023,\nA1,,M,05/06/2023,06/06/2023\n", true),
            ("574", OPEN, "A1,,M,01/06/2023,06/06/2023\nA1,,M,05/06/2023,07/06/2023\n", true),
            ("574", OPEN, "A1,,M,01/06/2023,05/06/2023\nA1,,M,05/06/2023,07/06/2023\n", false),
            ("577", STAY, "A1,,M,20/08/2023,\n", true),
            ("577", STAY, "A1,,M,20/08/2023,02/09/2023\n", true),
            ("577", STAY, "A1,,M,20/08/2023,01/09/2023\n", false),
            ("577", OPEN, "A1,,M,20/08/2023,\n", false),
            ("578", STAY, "A1,,M,02/09/2023,03/09/2023\n", true),
            ("578", STAY, "A1,,M,20/08/2023,21/08/2023\n", false),
            ("581", STAY, "A1,,M,30/04/2023,01/05/2023\n", true),
            ("581", STAY, "A1,,M,01/05/2023,02/05/2023\n", false),
            ("581", OPEN, "A1,,M,30/04/2023,01/05/2023\n", false),
        ] {
            let text = format!("CHILD,DOB,MISSING,MIS_START,MIS_END\n{rows}");
            let case: CaseOfFile<'_> = (rule, episodes, "missing.csv", &text, breaks);
            holds_and_breaks_with_files(&[case]);
        }
    }
}
