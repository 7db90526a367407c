//! Deprivation of liberty orders against each other, the year, and the periods of care.

use crate::import::csv::row::NumberedRow;
use crate::import::report::Report;
use crate::import::rules::across as rules;
use crate::import::ssda903::checks::spells::care;
use crate::import::ssda903::checks::{BrokenRule, Context, tell, those_broken};
use crate::import::ssda903::kind::ReturnFile;
use crate::store::rows::DeprivationOfLiberty;

/// Tells orders out of place, from the first return that has them.
pub fn check(context: &Context<'_>, report: &mut Report) {
    let orders = &context.returned.orders;
    if context.year.ending < ReturnFile::DoLo.since() {
        return;
    }
    let mut sorted: Vec<&NumberedRow<DeprivationOfLiberty>> = orders.rows.iter().collect();
    sorted.sort_by(|a, b| (&a.row.child_id, a.row.started_on).cmp(&(&b.row.child_id, b.row.started_on)));
    for (at, lined) in sorted.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| sorted.get(at));
        let before = before.filter(|before| before.row.child_id == lined.row.child_id);
        let overlaps = before.is_some_and(|before| before.row.ended_on.is_none_or(|end| end > lined.row.started_on));
        tell(report, &orders.file, lined.line, those_broken([(overlaps, (&rules::ORDER_OVERLAP, "DOLO_START"))]));
        tell(report, &orders.file, lined.line, broken(context, &lined.row));
    }
}

fn broken(context: &Context<'_>, row: &DeprivationOfLiberty) -> Vec<BrokenRule> {
    let year = context.year.window;
    let birth = context.people.birth(&row.child_id);
    let care = care(context.chains.of(&row.child_id));
    let inside = care.iter().any(|care| {
        let ends_in_time = row.ended_on.map_or(care.until.is_none(), |end| care.lasts_until(end));
        care.has_begun(row.started_on) && care.lasts_until(row.started_on) && ends_in_time
    });
    those_broken([
        (row.started_on > year.to, (&rules::ORDER_STARTS_LATER, "DOLO_START")),
        (row.ended_on.is_some_and(|end| !year.contains(end)), (&rules::ORDER_ENDS_OUTSIDE, "DOLO_END")),
        // A file that comes alone has no episodes to be held against.
        (!context.chains.spells().is_empty() && !inside, (&rules::ORDER_OUTSIDE_CARE, "DOLO_START")),
        (birth.is_some_and(|birth| row.started_on <= birth), (&rules::ORDER_BEFORE_BIRTH, "DOLO_START")),
    ])
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{EPISODES, read_year};

    fn told(ending: i32, orders: &str) -> Vec<&'static str> {
        let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,M,05/06/2012,WBRI,,,\n";
        let episodes = format!("{EPISODES}A1,01/05/2026,S,C2,N1,U6,PR1,01/09/2026,E4A,,HA1 1AA,HA2 2BA,SC000001\n");
        let orders = format!("CHILD,DOB,DOLO_START,DOLO_END\n{orders}");
        let files = [("header.csv", header), ("episodes.csv", &episodes), ("DoLo.csv", &orders)];
        let read = read_year(ending, &files.map(|(name, text)| (name, text.as_bytes())));
        read.report.issues.iter().map(|issue| issue.rule).filter(|rule| rule.starts_with("70")).collect()
    }

    #[test]
    fn orders_out_of_place_are_told_from_2026_27() {
        assert_eq!(told(2027, "A1,,01/06/2026,01/07/2026\n"), Vec::<&str>::new());
        assert_eq!(told(2027, "A1,,01/04/2027,\n"), ["703", "707"]);
        assert_eq!(told(2027, "A1,,01/03/2026,31/03/2026\n"), ["704", "707"]);
        assert_eq!(told(2027, "A1,,01/06/2026,02/07/2026\nA1,,01/07/2026,02/07/2026\n"), ["705"]);
        assert_eq!(told(2027, "A1,,01/06/2026,\n"), ["707"]);
        assert_eq!(told(2027, "A1,,05/06/2012,01/07/2026\n"), ["707", "708"]);
        assert_eq!(told(2026, "A1,,01/04/2027,\n"), Vec::<&str>::new());
    }
}
