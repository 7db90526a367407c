//! Ends of the asylum-seeking status against whether the child had it in the year.

use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::{Context, tell, those_broken};

/// Tells ends of a status that was over before the year began, or that the header denies.
pub fn check(context: &Context<'_>, report: &mut Report) {
    for lined in &context.returned.unaccompanied.rows {
        let over = lined.row.ended_on.is_some_and(|end| end < context.year.window.from);
        let denied = lined.row.ended_on.is_some() && context.people.is_accompanied(&lined.row.child_id);
        let broken = those_broken([(over || denied, (&rules::NOT_UNACCOMPANIED, "DUC"))]);
        tell(report, &context.returned.unaccompanied.file, lined.line, broken);
    }
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::holds_and_breaks_with_files;

    #[test]
    fn an_end_of_a_status_that_the_child_did_not_have_is_told() {
        let episode = "A1,01/05/2023,S,V2,N8,U6,PR1,,,,,HA2 2BA,SC000001";
        for (end, breaks) in [("31/03/2023", true), ("01/04/2023", false), ("", false)] {
            let text = format!("CHILD,SEX,DOB,DUC\nA1,1,05/06/2010,{end}\n");
            holds_and_breaks_with_files(&[("303", episode, "uasc.csv", &text, breaks)]);
        }
    }
}
