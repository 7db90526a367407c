//! Care leavers as they are now (`ssd_care_leavers`): one row a person, the latest contact.

use std::collections::HashMap;

use crate::care::codes::Eligibility;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::leaver_words::{accommodation, activity, eligibility, in_touch};
use crate::import::lists::{answers_less, coded};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::ssd::columns::leavers::{
    ACCOMMODATION, ACTIVITY, ADVISER, CONTACT, ELIGIBILITY, IN_TOUCH, PERSON, SUITABLE,
};
use crate::period::{Date, birthday};
use crate::store::rows::{Leaver, LeaverContact};

type Row = (Option<Leaver>, Option<LeaverContact>);

/// Reads the duties and the latest contacts.
///
/// The table does not say since when a duty is owed. By law it begins at 16, that to former relevant young people at 18,
/// so the birthday is taken; without a birth date, the day of the contact.
pub fn read(table: &Table, births: &HashMap<String, Date>, report: &mut Report) -> (Vec<Leaver>, Vec<LeaverContact>) {
    let rows = read_rows(table, report, |row| one(row, table, births));
    let mut leavers = Vec::new();
    let mut contacts = Vec::new();
    for NumberedRow { line, row: (leaver, contact) } in rows {
        leavers.extend(leaver.map(|row| NumberedRow { line, row }));
        contacts.extend(contact.map(|row| NumberedRow { line, row }));
    }
    let duty = |row: &Leaver| (row.child_id.clone(), row.eligibility.clone(), row.started_on);
    // A second row of a person may bring a contact, so only a repeated contact is told.
    let leavers = one_a_key(&table.file, leavers, &rules::KEY, &mut Report::default(), duty, first_stands);
    let day = |row: &LeaverContact| (row.child_id.clone(), row.contacted_on);
    let contacts = one_a_key(&table.file, contacts, &rules::KEY, report, day, |new, old| !answers_less(new, old));
    (plain(leavers), plain(contacts))
}

fn one(row: &mut RowReader<'_>, table: &Table, births: &HashMap<String, Date>) -> Option<Row> {
    let child_id = row.identifier(PERSON.name(table), &header::CHILD)?;
    let contacted_on = row.date(CONTACT.name(table), &rules::CONTACT_LEFT);
    let adviser = row.words(ADVISER.name(table));
    let contact = contacted_on.map(|contacted_on| LeaverContact {
        child_id: child_id.clone(),
        contacted_on,
        in_touch: coded(row, IN_TOUCH.name(table), |cell| Some(in_touch(cell)?.code())),
        activity: coded(row, ACTIVITY.name(table), |cell| Some(activity(cell)?.code())),
        accommodation: whole_accommodation(row, table),
        adviser: adviser.clone(),
        ..LeaverContact::default()
    });
    let Some(duty) = duty(row, ELIGIBILITY.name(table)) else { return Some((None, contact)) };
    let age = if duty == Eligibility::FormerRelevant { 18 } else { 16 };
    let started_on = births.get(&child_id).map(|birth| birthday(*birth, age)).or(contacted_on);
    let Some(started_on) = started_on else {
        row.tell(&rules::NO_START, ELIGIBILITY.name(table));
        return None;
    };
    let leaver = Leaver { child_id, eligibility: duty.code().to_owned(), started_on, adviser, ..Leaver::default() };
    Some((Some(leaver), contact))
}

/// The duty that is owed; nothing for none, for a blank, and for words that nobody can read, which are told.
fn duty(row: &mut RowReader<'_>, column: &str) -> Option<Eligibility> {
    let given = row.given(column).filter(|cell| eligibility(cell).is_some()).or_else(|| row.text(column))?;
    let duty = eligibility(given);
    if duty.is_none() {
        row.tell(&rules::ELIGIBILITY_LEFT, column);
    }
    duty.filter(|duty| *duty != Eligibility::None)
}

/// Type and suitability as one code.
fn whole_accommodation(row: &mut RowReader<'_>, table: &Table) -> Option<String> {
    let suitable = row.words(SUITABLE.name(table));
    coded(row, ACCOMMODATION.name(table), |cell| Some(accommodation(cell, suitable.as_deref())?.code()))
}
