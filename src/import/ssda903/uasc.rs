//! Unaccompanied asylum-seeking children.

use crate::care::codes::Sex;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::period::birthday;
use crate::store::rows::UascStatus;

/// Reads the asylum-seeking children.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<UascStatus>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &UascStatus| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::UASC_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<UascStatus> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let sex = row.code("SEX");
    if sex.as_deref().zip(people.sex(&child_id)).is_some_and(|(given, known)| differ(given, known)) {
        row.tell(&header::SEX_DIFFERS, "SEX");
    }
    let ended_on = row.date("DUC", &rules::STATUS_END);
    let adult = people.birth(&child_id).map(|birth| birthday(birth, 18));
    if ended_on.zip(adult).is_some_and(|(end, adult)| end > adult) {
        row.tell(&rules::STATUS_AFTER_18, "DUC");
    }
    let birth_date = row.known_date("DOB");
    Some(UascStatus { child_id, sex, birth_date, ended_on, ..UascStatus::default() })
}

/// Whether two codes mean different sexes, whichever year's codes they are. One that is not known differs from none.
fn differ(given: &str, known: &str) -> bool {
    let sex = |code| Sex::parse(code).filter(|sex| *sex != Sex::Unknown);
    sex(given).zip(sex(known)).is_some_and(|(given, known)| given != known)
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn one_is_m_and_two_is_f_whatever_the_year() {
        for (given, known) in [("1", "M"), ("F", "2"), ("1", "1"), ("U", "F"), ("2", "U"), ("X", "1")] {
            assert!(!differ(given, known), "{given} {known}");
        }
        assert!(differ("1", "F") && differ("M", "2") && differ("1", "2"));
    }
}
