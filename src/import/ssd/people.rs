//! The people of the dataset: birth date, sex, ethnicity (`ssd_person`).

use super::column;
use crate::care::codes::{Ethnicity, Sex};
use crate::import::keys::{last_stands, one_a_key};
use crate::import::reader::{RowReader, plain, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::table::Table;
use crate::store::rows::ChildDetail;

/// Reads the people.
pub fn read(table: &Table, report: &mut Report) -> Vec<ChildDetail> {
    let rows = read_rows(table, report, |row| one(row, table));
    let key = |row: &ChildDetail| row.child_id.clone();
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}

fn one(row: &mut RowReader<'_>, table: &Table) -> Option<ChildDetail> {
    let name = |end| column(table, "PERS_", end).unwrap_or_default();
    Some(ChildDetail {
        child_id: row.identifier(name("PERSON_ID"), &header::CHILD)?,
        birth_date: row.date(name("_DOB"), &rules::BIRTH_DATE),
        sex: row.known_code(name("_SEX"), |code| Sex::parse(code).is_some(), &header::SEX),
        ethnicity: row.given_code(name("_ETHNICITY"), |code| Ethnicity::parse(code).is_some(), &header::ETHNICITY),
        ..ChildDetail::default()
    })
}
