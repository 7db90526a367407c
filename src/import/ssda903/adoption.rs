//! Adoption: children adopted in the year, and decisions that a child should be placed for adoption.

use crate::care::codes::{AdopterSex, AdopterStatus, ReasonPlacedCeased};
use crate::import::csv::duplicates::{ends_later, first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::AdoptionRecord;

/// Reads the children adopted in the year (file `ad1`).
pub fn read_adopted(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<AdoptionRecord>> {
    let rows = read_rows(table, report, |row| adopted(row, people));
    let key = |row: &AdoptionRecord| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::ADOPTED_TWICE, report, key, first_stands)
}

fn adopted(row: &mut RowReader<'_>, people: &People) -> Option<AdoptionRecord> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    Some(AdoptionRecord {
        child_id,
        record: "ad1".to_owned(),
        number: 1,
        birth_date: row.known_date("DOB"),
        decided_on: row.date("DATE_INT", &rules::ADOPTION_DATE),
        matched_on: row.date("DATE_MATCH", &rules::ADOPTION_DATE),
        foster_carer: row.flag("FOSTER_CARE", &rules::ADOPTION_NUMBER),
        adopters: row.whole("NB_ADOPTR", 2, &rules::ADOPTION_NUMBER),
        adopters_sex: row.known_code("SEX_ADOPTR", |code| AdopterSex::parse(code).is_some(), &rules::ADOPTION_CODE),
        adopters_legal_status: row.known_code(
            "LS_ADOPTR",
            |code| AdopterStatus::parse(code).is_some(),
            &rules::ADOPTION_CODE,
        ),
        ..AdoptionRecord::default()
    })
}

/// Reads the decisions to place (file `placed_for_adoption`), numbered for each child by date.
pub fn read_decisions(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<AdoptionRecord>> {
    let rows = read_rows(table, report, |row| decision(row, people));
    let key = |row: &AdoptionRecord| (row.child_id.clone(), row.decided_on);
    let later = |new: &AdoptionRecord, old: &AdoptionRecord| ends_later(new.ceased_on, old.ceased_on);
    let mut rows = one_a_key(&table.file, rows, &rules::DECISION_TWICE, report, key, later);
    rows.sort_by(|a, b| (&a.row.child_id, a.row.decided_on).cmp(&(&b.row.child_id, b.row.decided_on)));
    let mut before: Option<(String, i32)> = None;
    for lined in &mut rows {
        let row = &mut lined.row;
        row.number = before.filter(|(child, _)| *child == row.child_id).map_or(1, |(_, number)| number + 1);
        before = Some((row.child_id.clone(), row.number));
    }
    rows
}

fn decision(row: &mut RowReader<'_>, people: &People) -> Option<AdoptionRecord> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let decided_on = row.needed_date("DATE_PLACED", &rules::DECISION_DATE)?;
    let ceased_on = row.end_date("DATE_PLACED_CEASED", &rules::REVERSAL_DATE)?;
    let known = |code: &str| ReasonPlacedCeased::parse(code).is_some();
    Some(AdoptionRecord {
        child_id,
        record: "placed_for_adoption".to_owned(),
        birth_date: row.known_date("DOB"),
        decided_on: Some(decided_on),
        ceased_on,
        reason_ceased: row.known_code("REASON_PLACED_CEASED", known, &rules::REVERSAL_REASON),
        ..AdoptionRecord::default()
    })
}
