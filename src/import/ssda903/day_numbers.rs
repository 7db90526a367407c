//! Dates that are day numbers of a spreadsheet: some workbooks count from 1904 and not from 1900, and a file does not say
//! which, so that all its dates are read four years and a day too early (ruling 64).

use chrono::Days;

use crate::import::csv::cell;
use crate::import::csv::date_cell::is_number_shaped;
use crate::import::csv::spot::Spot;
use crate::import::csv::table::Table;
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
use crate::import::ssda903::people::People;
use crate::import::ssda903::year::ReturnYear;
use crate::period::Date;

/// Days by which a workbook that counts from 1904 is behind.
const BEHIND: Days = Days::new(1_462);

/// The columns whose dates lie in the year of a return, or in the child's life before it.
const COLUMNS: [&str; 13] = [
    "DECOM",
    "DEC",
    "REVIEW",
    "MIS_START",
    "MIS_END",
    "DATE_INT",
    "DATE_MATCH",
    "DATE_PLACED",
    "DATE_PLACED_CEASED",
    "SW_DECOM",
    "SW_DEC",
    "DOLO_START",
    "DOLO_END",
];

/// Tells a file whose dates are day numbers and look as if counted from 1904: all lie before the year and the latest,
/// moved by four years and a day, in it; or some lie before the birth of the child.
pub fn check(table: &Table, people: &People, year: ReturnYear, report: &mut Report) {
    let columns: Vec<usize> = COLUMNS.iter().filter_map(|column| table.position(column)).collect();
    let child = table.position("CHILD");
    let mut latest: Option<Date> = None;
    let mut before_birth: Vec<Spot> = Vec::new();
    for row in &table.rows {
        let birth = child.and_then(|at| people.birth(&cell::identifier(row.cells.get(at)?)));
        for text in columns.iter().filter_map(|at| row.cells.get(*at)).map(str::trim) {
            if text.is_empty() || cell::is_nothing(text) {
                continue;
            }
            // One date that is written out shows that a person or another program wrote the file.
            let Some(date) = cell::date(text).filter(|_| is_number_shaped(text)) else { return };
            latest = latest.max(Some(date));
            if birth.is_some_and(|birth| date < birth) {
                before_birth.push(row.line);
            }
        }
    }
    let moved = latest.filter(|date| *date < year.window.from).and_then(|date| date.checked_add_days(BEHIND));
    if let Some(first) = before_birth.first() {
        let count =
            format!("{} dates lie before the child was born, the first of them in this row.", before_birth.len());
        report.tell(Issue::of_file(&table.file, &rules::FROM_1904).at(*first).because(count));
    } else if moved.is_some_and(|moved| year.window.contains(moved)) {
        let words = "All lie before the year of the return.";
        report.tell(Issue::of_file(&table.file, &rules::FROM_1904).because(words));
    }
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{OPEN, issues, read_return};

    fn told(reviews: &str) -> Vec<(&'static str, Option<u32>)> {
        let reviews = format!("CHILD,DOB,REVIEW,REVIEW_CODE\n{reviews}");
        let (report, _) = read_return(OPEN, &[("reviews.csv", &reviews)]);
        issues(&report).into_iter().map(|(rule, row, _)| (rule, row)).collect()
    }

    #[test]
    fn day_numbers_four_years_and_a_day_early_are_told_once_a_file() {
        // 1 June and 1 September 2023, counted from 1904.
        assert_eq!(told("A1,,43616,PN1\nA1,,43708,PN1\n"), [("DATE-1904", None)]);
        assert_eq!(told("A1,,45078,PN1\nA1,,43708,PN1\n"), [], "one lies in the year");
        assert_eq!(told("A1,,43616,PN1\nA1,,01/06/2019,PN1\n"), [], "one is written out");
    }

    #[test]
    fn day_numbers_before_the_birth_are_told_once_a_file() {
        assert_eq!(told("A1,,45078,PN1\nC3,,43616,PN1\nC3,,43617,PN1\n"), [("DATE-1904", Some(3))]);
    }
}
