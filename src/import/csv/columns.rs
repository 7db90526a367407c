//! Whether a table has the columns that its kind of file should have.

use crate::import::csv::table::Table;
use crate::import::report::{Issue, Report};
use crate::import::rules::files;

/// Tells missing and unused columns; false when a needed one is missing, so that the file cannot be used.
pub fn fit(table: &Table, columns: &[&str], needed: &[&str], optional: &[&str], report: &mut Report) -> bool {
    let missing = columns.iter().filter(|column| table.position(column).is_none());
    let mut fits = true;
    for column in missing {
        let rule = if needed.contains(column) {
            fits = false;
            &files::COLUMN_NEEDED
        } else if optional.contains(column) {
            continue;
        } else {
            &files::COLUMN_BLANK
        };
        report.tell(Issue::of_file(&table.file, rule).column(column));
    }
    let extra = table.columns.iter().filter(|name| !name.is_empty() && !columns.contains(&name.as_str())).count();
    if fits && extra > 0 {
        // The names are not repeated: they are free text, and in a file without a header they would be values.
        report.tell(Issue::of_file(&table.file, &files::COLUMN_EXTRA).because(format!("There are {extra} of them.")));
    }
    fits
}
