//! Whether a child's episodes follow each other: overlaps, gaps, false starts.

use std::sync::Arc;

use crate::care::codes::{ReasonCeased, ReasonNew};
use crate::import::csv::row::NumberedRow;
use crate::import::report::{Issue, Report};
use crate::import::rules::episodes as rules;
use crate::import::rules::rule::Rule;
use crate::import::ssda903::people::People;
use crate::import::ssda903::year::ReturnYear;
use crate::period::age;
use crate::store::rows::Episode;

/// Tells every break in the chains of episodes. The rows themselves stay as they are.
pub fn check(file: &Arc<str>, rows: &[NumberedRow<Episode>], people: &People, year: ReturnYear, report: &mut Report) {
    let mut sorted: Vec<&NumberedRow<Episode>> = rows.iter().collect();
    sorted.sort_by(|a, b| (&a.row.child_id, a.row.started_on).cmp(&(&b.row.child_id, b.row.started_on)));
    let next = sorted.iter().skip(1).map(Some).chain([None]);
    for (this, next) in sorted.iter().zip(next) {
        let next = next.filter(|next| next.row.child_id == this.row.child_id);
        for (of, column, rule) in broken(&this.row, next.map(|next| &next.row), people, year) {
            let line = if of == Of::Next { next.map_or(this.line, |next| next.line) } else { this.line };
            report.tell(Issue::of_file(file, rule).at(line).column(column));
        }
    }
}

/// Which of two rows an issue is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    This,
    Next,
}

fn broken(
    this: &Episode,
    next: Option<&Episode>,
    people: &People,
    year: ReturnYear,
) -> Vec<(Of, &'static str, &'static Rule)> {
    let mut found = Vec::new();
    let ceased = this.reason_ceased.as_deref().and_then(ReasonCeased::parse);
    let Some(next) = next else {
        let goes_on = ceased == Some(ReasonCeased::X1);
        if goes_on && this.ended_on.is_some_and(|end| end < year.window.to) {
            found.push((Of::This, "REC", &rules::GAP));
        }
        return found;
    };
    let Some(end) = this.ended_on else {
        return vec![(Of::This, "DEC", &rules::OPEN_NOT_LAST)];
    };
    let starts = next.reason_new.as_deref().and_then(ReasonNew::parse);
    let left_at_18 = people.birth(&this.child_id).and_then(|birth| age(birth, end)).is_some_and(|years| years >= 18);
    let is_final = ceased.is_some_and(|reason| reason != ReasonCeased::X1);
    if end > next.started_on {
        found.push((Of::This, "DEC", &rules::OVERLAP));
    } else if ceased == Some(ReasonCeased::X1) && end < next.started_on {
        found.push((Of::This, "REC", &rules::GAP));
    } else if ceased == Some(ReasonCeased::X1) && starts == Some(ReasonNew::S) {
        found.push((Of::Next, "RNE", &rules::STARTS_AGAIN));
    }
    if ceased == Some(ReasonCeased::E2) || (is_final && left_at_18) {
        found.push((Of::This, "REC", &rules::AFTER_DEATH));
    } else if is_final && starts.is_some() && starts != Some(ReasonNew::S) {
        found.push((Of::Next, "RNE", &rules::NOT_A_START));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{counts, issues, read_return};

    fn told(episodes: &str) -> Vec<(&'static str, Option<u32>)> {
        let (report, rows) = read_return(episodes, &[]);
        assert_eq!(rows.episode.unwrap().len(), episodes.lines().count(), "no row is lost");
        issues(&report).into_iter().map(|(rule, row, _)| (rule, row)).collect()
    }

    fn row(child: &str, start: &str, new: &str, end: &str, ceased: &str) -> String {
        format!("{child},{start},{new},C2,N1,U6,PR1,{end},{ceased},,,,\n")
    }

    #[test]
    fn overlaps_and_open_rows_before_others_are_repaired_later_and_told_now() {
        let rows = row("A1", "01/05/2023", "S", "", "")
            + &row("A1", "01/06/2023", "P", "10/07/2023", "X1")
            + &row("A1", "01/07/2023", "P", "", "");
        assert_eq!(told(&rows), [("142", Some(2)), ("501", Some(3))]);
        assert_eq!(counts(&read_return(&rows, &[]).0, "episodes.csv"), (3, 3, 2, 0));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter() {
        let rows = row("A1", "01/06/2023", "P", "", "") + &row("A1", "01/05/2023", "S", "01/06/2023", "X1");
        assert_eq!(told(&rows), []);
    }

    #[test]
    fn gaps_and_false_starts_are_told() {
        let rows = row("A1", "01/05/2023", "S", "01/06/2023", "X1")
            + &row("A1", "02/06/2023", "S", "01/07/2023", "X1")
            + &row("A1", "01/07/2023", "S", "01/08/2023", "E4A")
            + &row("A1", "01/09/2023", "P", "01/10/2023", "X1");
        assert_eq!(told(&rows), [("388", Some(2)), ("431", Some(4)), ("432", Some(5)), ("388", Some(5))]);
    }

    #[test]
    fn nothing_follows_death() {
        let rows = row("A1", "01/05/2023", "S", "01/06/2023", "E2") + &row("A1", "01/07/2023", "S", "", "");
        assert_eq!(told(&rows), [("437", Some(2))]);
    }
}
