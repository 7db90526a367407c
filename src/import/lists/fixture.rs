//! Small lists for tests.

use crate::import::authorities::Authorities;
use crate::import::csv::table::read_csv;
use crate::import::kind::Kind;
use crate::import::report::Report;
use crate::store::rows::Rows;

/// Reads the text of a list.
pub fn read(kind: Kind, text: &str) -> (Rows, Report) {
    let mut report = Report::default();
    let table = read_csv(&"list.csv".into(), text.as_bytes(), &mut report).unwrap();
    report.file(&table.file, kind.name(), "", table.given);
    let rows = crate::import::lists::read(kind, &table, &Authorities::new([], None), &mut report).unwrap();
    report.settle();
    (rows, report)
}

/// Rule and row of each issue.
pub fn told(report: &Report) -> Vec<(&'static str, u32)> {
    report.issues.iter().filter_map(|issue| Some((issue.rule, issue.row?))).collect()
}
