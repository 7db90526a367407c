//! Health and offending of children looked after for twelve months: yearly answers without dates.

use crate::care::codes::SdqReason;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::Oc2Return;

/// Reads the yearly answers.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<Oc2Return>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &Oc2Return| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::OC2_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<Oc2Return> {
    let child_id = people.child(row, &header::NO_HEADER_OC2)?;
    let sdq_score = row.whole("SDQ_SCORE", 40, &rules::SCORE);
    let known = |code: &str| SdqReason::parse(code).is_some();
    let sdq_reason = row.known_code("SDQ_REASON", known, &rules::NO_SCORE_REASON);
    if sdq_score.is_some() && sdq_reason.is_some() {
        row.tell(&rules::SCORE_AND_REASON, "SDQ_REASON");
    }
    let birth_date = row.known_date("DOB");
    let mut flag = |column| row.flag(column, &rules::FLAG);
    Some(Oc2Return {
        child_id,
        birth_date,
        sdq_score,
        sdq_reason,
        convicted: flag("CONVICTED"),
        health_check: flag("HEALTH_CHECK"),
        immunisations: flag("IMMUNISATIONS"),
        teeth_check: flag("TEETH_CHECK"),
        health_assessment: flag("HEALTH_ASSESSMENT"),
        substance_misuse: flag("SUBSTANCE_MISUSE"),
        intervention_received: flag("INTERVENTION_RECEIVED"),
        intervention_offered: flag("INTERVENTION_OFFERED"),
        ..Oc2Return::default()
    })
}
