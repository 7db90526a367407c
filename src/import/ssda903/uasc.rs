//! Unaccompanied asylum-seeking children.

use super::people::People;
use crate::import::keys::{first_stands, one_a_key};
use crate::import::reader::{Lined, RowReader, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::table::Table;
use crate::period::birthday;
use crate::store::rows::UascStatus;

/// Reads the asylum-seeking children.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<Lined<UascStatus>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &UascStatus| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::UASC_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<UascStatus> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let sex = row.code("SEX");
    if sex.is_some() && sex.as_deref() != people.sex(&child_id) {
        row.tell(&header::SEX_DIFFERS, "SEX");
    }
    let ended_on = row.date("DUC", &rules::STATUS_END);
    let adult = people.birth(&child_id).map(|birth| birthday(birth, 18));
    if ended_on.zip(adult).is_some_and(|(end, adult)| end > adult) {
        row.tell(&rules::STATUS_AFTER_18, "DUC");
    }
    let birth_date = row.text("DOB").and_then(crate::import::cell::date);
    Some(UascStatus { child_id, sex, birth_date, ended_on, ..UascStatus::default() })
}
