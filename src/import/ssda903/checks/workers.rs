//! Whether social workers follow each other, and whether a child still in care has one.

use chrono::Duration;

use crate::care::codes::WorkerReason;
use crate::import::csv::row::NumberedRow;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::{Context, tell, those_broken};
use crate::import::ssda903::kind::ReturnFile;
use crate::store::rows::WorkerAllocation;

/// How many days may lie between two workers, or both have the child.
const TOLERANCE: i64 = 7;

/// Tells allocations that overlap or leave a gap, from the first return that has them.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let workers = &context.returned.workers;
    if context.year.ending < ReturnFile::SwEpisodes.since() {
        return;
    }
    let mut sorted: Vec<&NumberedRow<WorkerAllocation>> = workers.rows.iter().collect();
    sorted.sort_by(|a, b| (&a.row.child_id, a.row.started_on).cmp(&(&b.row.child_id, b.row.started_on)));
    for of_child in sorted.chunk_by(|one, next| one.row.child_id == next.row.child_id) {
        for (before, next) in of_child.iter().zip(of_child.iter().skip(1)) {
            let open = those_broken([(before.row.ended_on.is_none(), (&rules::WORKER_NOT_ENDED, "SW_DEC"))]);
            tell(report, &workers.file, before.line, open);
            let apart = those_broken([(!follows(&next.row, &before.row), (&rules::WORKER_GAP, "SW_DECOM"))]);
            tell(report, &workers.file, next.line, apart);
        }
        let Some(last) = of_child.last() else { continue };
        let ended = last.row.ended_on.is_some() && is_in_care(context, &last.row.child_id);
        tell(report, &workers.file, last.line, those_broken([(ended, (&rules::NO_WORKER, "SW_DEC"))]));
    }
}

/// Within the tolerance; after a first contact, or a new referral, a gap of any length may lie before.
fn follows(next: &WorkerAllocation, before: &WorkerAllocation) -> bool {
    let Some(end) = before.ended_on else { return true };
    let tolerance = Duration::days(TOLERANCE);
    let first_contact = next.reason.as_deref().and_then(WorkerReason::parse) == Some(WorkerReason::Fconta);
    next.started_on >= end - tolerance && (first_contact || next.started_on <= end + tolerance)
}

/// Looked after at the end of the return, as its episodes say.
fn is_in_care(context: &Context<'_>, child: &str) -> bool {
    context.chains.of(child).last().is_some_and(|spell| spell.row.ended_on.is_none() && !spell.is_short_break())
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::holds_and_breaks_with_files;

    const OPEN: &str = "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";
    const LEFT: &str = "A1,01/05/2023,S,C2,N1,U6,PR1,01/12/2023,E4A,,HA1 1AA,HA2 2BA,SC000001";

    #[test]
    fn workers_who_do_not_follow_each_other_are_told() {
        for (rule, episode, rows, breaks) in [
            ("SW08STG2", OPEN, "01/05/2023,,FCONTA\nA1,,SW2,01/06/2023,,MANAGE", true),
            ("SW08STG2", OPEN, "01/05/2023,01/06/2023,FCONTA\nA1,,SW2,01/06/2023,,MANAGE", false),
            ("SW10STG2", OPEN, "01/05/2023,01/06/2023,FCONTA\nA1,,SW2,09/06/2023,,MANAGE", true),
            ("SW10STG2", OPEN, "01/05/2023,01/06/2023,FCONTA\nA1,,SW2,08/06/2023,,MANAGE", false),
            ("SW10STG2", OPEN, "01/05/2023,01/06/2023,FCONTA\nA1,,SW2,24/05/2023,,MANAGE", true),
            ("SW10STG2", OPEN, "01/05/2023,01/06/2023,MANAGE\nA1,,SW2,01/08/2023,,FCONTA", false),
            ("SW17STG2", OPEN, "01/05/2023,01/06/2023,FCONTA", true),
            ("SW17STG2", OPEN, "01/05/2023,,FCONTA", false),
            ("SW17STG2", LEFT, "01/05/2023,01/12/2023,FCONTA", false),
        ] {
            let text = format!("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nA1,,SW1,{rows}\n");
            holds_and_breaks_with_files(&[(rule, episode, "sw_episodes.csv", &text, breaks)]);
        }
    }
}
