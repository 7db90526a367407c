//! Care leavers as they are now (`ssd_care_leavers`): one row a person, the latest contact.

use std::collections::HashMap;

use super::{column, words_of};
use crate::care::codes::{Accommodation, Activity, Eligibility, InTouch};
use crate::import::lists::eligibility;
use crate::import::reader::{RowReader, plain, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::table::Table;
use crate::period::{Date, birthday};
use crate::store::rows::{Leaver, LeaverContact};

type Row = (Option<Leaver>, Option<LeaverContact>);

/// Reads the duties and the latest contacts.
///
/// The table does not say since when a duty is owed. By law it begins at 16, that to former relevant young people at 18,
/// so the birthday is taken; without a birth date, the day of the contact.
pub fn read(table: &Table, births: &HashMap<String, Date>, report: &mut Report) -> (Vec<Leaver>, Vec<LeaverContact>) {
    let rows = plain(read_rows(table, report, |row| one(row, table, births)));
    let (leavers, contacts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    (leavers.into_iter().flatten().collect(), contacts.into_iter().flatten().collect())
}

fn one(row: &mut RowReader<'_>, table: &Table, births: &HashMap<String, Date>) -> Option<Row> {
    let name = |end| column(table, "CLEA_", end).unwrap_or_default();
    let child_id = row.identifier(name("PERSON_ID"), &header::CHILD)?;
    let contacted_on = row.date(name("_LATEST_CONTACT"), &rules::CONTACT_LEFT);
    let adviser = row.words(name("_PERSONAL_ADVISOR")).or_else(|| row.words(name("_PERSONAL_ADVISER")));
    let contact = contacted_on.map(|contacted_on| LeaverContact {
        child_id: child_id.clone(),
        contacted_on,
        in_touch: coded(row, name("_IN_TOUCH"), |code| InTouch::parse(code).is_some()),
        activity: coded(row, name("_ACTIVITY"), |code| Activity::parse(code).is_some()),
        accommodation: accommodation(row, name("_ACCOMMODATION"), name("_ACCOM_SUITABLE")),
        adviser: adviser.clone(),
        ..LeaverContact::default()
    });
    let given = row.text(name("_ELIGIBILITY")).map(eligibility);
    let duty = match given {
        Some(None) => {
            row.tell(&rules::ELIGIBILITY, name("_ELIGIBILITY"));
            return None;
        }
        None | Some(Some(Eligibility::None)) => return Some((None, contact)),
        Some(Some(duty)) => duty,
    };
    let age = if duty == Eligibility::FormerRelevant { 18 } else { 16 };
    let started_on = births.get(&child_id).map(|birth| birthday(*birth, age)).or(contacted_on);
    let Some(started_on) = started_on else {
        row.tell(&rules::NO_START, name("_ELIGIBILITY"));
        return None;
    };
    let leaver = Leaver { child_id, eligibility: duty.code().to_owned(), started_on, adviser, ..Leaver::default() };
    Some((Some(leaver), contact))
}

fn coded(row: &mut RowReader<'_>, column: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let code = words_of(row.text(column)?);
    if !known(&code) {
        row.tell(&rules::CONTACT_CODE, column);
    }
    Some(code)
}

/// Type and suitability as one code: `B` and `1`, or `B` and `Suitable`, are `B1`.
fn accommodation(row: &mut RowReader<'_>, kind: &str, suitable: &str) -> Option<String> {
    let letter = words_of(row.text(kind)?);
    let digit = match row.text(suitable).map(words_of).as_deref() {
        Some("1" | "1.0" | "SUITABLE" | "Y" | "YES") => "1",
        Some("2" | "2.0" | "UNSUITABLE" | "N" | "NO") => "2",
        _ => "",
    };
    let code = if letter.len() == 1 { format!("{letter}{digit}") } else { letter };
    if Accommodation::parse(&code).is_none() {
        row.tell(&rules::CONTACT_CODE, kind);
    }
    Some(code)
}
