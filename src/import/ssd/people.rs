//! The people of the dataset: birth date, sex, ethnicity (`ssd_person`).

use crate::care::codes::{Ethnicity, Sex};
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::ssd::columns::person::{BIRTH, ETHNICITY, PERSON, SEX};
use crate::store::rows::ChildDetail;

/// Reads the people.
pub fn read(table: &Table, report: &mut Report) -> Vec<ChildDetail> {
    let [person, birth, sex, ethnicity] = [PERSON, BIRTH, SEX, ETHNICITY].map(|column| column.name(table));
    let rows = read_rows(table, report, |row| {
        Some(ChildDetail {
            child_id: row.identifier(person, &header::CHILD)?,
            birth_date: row.date(birth, &rules::BIRTH_DATE),
            sex: row.known_code(sex, |code| Sex::parse(code).is_some(), &header::SEX),
            ethnicity: row.given_code(ethnicity, |code| Ethnicity::parse(code).is_some(), &header::ETHNICITY),
            ..ChildDetail::default()
        })
    });
    let key = |row: &ChildDetail| row.child_id.clone();
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}
