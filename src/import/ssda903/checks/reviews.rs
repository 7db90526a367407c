//! Whether reviews say that a child was under four exactly when the child was.

use crate::care::codes::Participation;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::{Context, tell, those_broken};

/// Tells reviews whose code does not fit the age.
pub fn check(context: &Context<'_>, report: &mut Report) {
    for lined in &context.returned.reviews.rows {
        let row = &lined.row;
        let part = row.participation.as_deref().and_then(Participation::parse);
        let Some((part, four)) = part.zip(context.birthday(&row.child_id, 4)) else { continue };
        let (says, is) = (part == Participation::Pn0, row.held_on < four);
        let broken = those_broken([
            (says && !is, (&rules::UNDER_4_BUT_OLDER, "REVIEW_CODE")),
            (is && !says, (&rules::OLDER_BUT_UNDER_4, "REVIEW_CODE")),
        ]);
        tell(report, &context.returned.reviews.file, lined.line, broken);
    }
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::checks::table::{CaseOfFile, holds_and_breaks_with_files};

    const EPISODE: &str = "C3,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 1AA,HA2 2BA,SC000001";

    #[test]
    fn reviews_that_do_not_fit_the_age_are_told() {
        for (rule, review, breaks) in [
            ("440", "20/12/2023,PN0", true),
            ("440", "19/12/2023,PN0", false),
            ("440", "20/12/2023,PN1", false),
            ("441", "19/12/2023,PN1", true),
            ("441", "20/12/2023,PN7", false),
            ("441", "19/12/2023,PN0", false),
        ] {
            let text = format!("CHILD,DOB,REVIEW,REVIEW_CODE\nC3,,{review}\n");
            let case: CaseOfFile<'_> = (rule, EPISODE, "reviews.csv", &text, breaks);
            holds_and_breaks_with_files(&[case]);
        }
    }
}
