//! Which household a placement was with, by the child and the day the placement began (`placement_links`).

use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::store::rows::PlacementLink;

/// Reads the links.
pub fn read(table: &Table, report: &mut Report) -> Vec<PlacementLink> {
    let rows = read_rows(table, report, one);
    let key = |row: &PlacementLink| (row.child_id.clone(), row.started_on);
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}

fn one(row: &mut RowReader<'_>) -> Option<PlacementLink> {
    Some(PlacementLink {
        child_id: row.identifier("CHILD", &header::CHILD)?,
        started_on: row.needed_date("START", &rules::START)?,
        household_id: row.identifier("HOUSEHOLD", &rules::HOUSEHOLD)?,
        ..PlacementLink::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn a_link_needs_all_its_parts() {
        let (rows, report) =
            read(Kind::PlacementLinks, "child,start,household\n a1,01/05/2023,h1\nA1,,H1\nA1,01/05/2023,\n");
        let rows = rows.placement_link.unwrap();
        let row = rows.first().unwrap();
        assert_eq!((row.child_id.as_str(), row.household_id.as_str(), rows.len()), ("A1", "H1", 1));
        assert_eq!(told(&report), [("START", 3), ("HOUSEHOLD", 4)]);
    }

    #[test]
    fn a_list_without_a_needed_column_is_refused() {
        let mut report = crate::import::report::Report::default();
        let table = crate::import::csv::table::read_csv(&"links.csv".into(), b"child,start\n", &mut report).unwrap();
        assert!(crate::import::lists::read(Kind::PlacementLinks, &table, &Default::default(), &mut report).is_none());
        assert!(report.issues.iter().any(|issue| issue.rule == "FILE-COLUMN-NEEDED"));
    }
}
