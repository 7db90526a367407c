//! Dated health checks (`ssd_cla_health`).

use super::{column, words_of};
use crate::import::keys::one_a_key;
use crate::import::reader::{RowReader, plain, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::table::Table;
use crate::store::rows::HealthEvent;

/// Reads the checks. Of two of one kind on one day, the one that was done stands.
pub fn read(table: &Table, report: &mut Report) -> Vec<HealthEvent> {
    let rows = read_rows(table, report, |row| one(row, table));
    let key = |row: &HealthEvent| (row.child_id.clone(), row.kind.clone(), row.dated_on);
    let done = |new: &HealthEvent, old: &HealthEvent| new.done_on.is_some() && old.done_on.is_none();
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, done))
}

fn one(row: &mut RowReader<'_>, table: &Table) -> Option<HealthEvent> {
    let name = |end| column(table, "CLAH_", end).unwrap_or_default();
    let child_id = row.identifier(name("PERSON_ID"), &header::CHILD)?;
    let Some(kind) = row.text(name("_TYPE")).and_then(kind) else {
        row.tell(&rules::HEALTH_KIND, name("_TYPE"));
        return None;
    };
    let dated_on = row.needed_date(name("_DATE"), &rules::HEALTH_DATE)?;
    let status = row.text(name("_STATUS")).map_or("", status);
    if status.is_empty() {
        row.tell(&rules::HEALTH_STATUS, name("_STATUS"));
    }
    Some(HealthEvent {
        child_id,
        kind: kind.to_owned(),
        dated_on,
        due_on: (status == "PLANNED").then_some(dated_on),
        done_on: (status == "COMPLETED").then_some(dated_on),
        status: (!status.is_empty()).then(|| status.to_owned()),
        ..HealthEvent::default()
    })
}

/// The kind of check as it is stored.
fn kind(cell: &str) -> Option<&'static str> {
    let words = words_of(cell);
    let has = |part: &str| words.contains(part);
    if has("DENT") || words == "DC" {
        Some("DENTAL")
    } else if has("IMMUNI") || has("VACCIN") {
        Some("IMMUNISATION")
    } else if has("DEVELOP") {
        Some("DEVELOPMENT")
    } else if has("HEALTH") || has("ASSESS") || matches!(words.as_str(), "HA" | "IHA" | "RHA") {
        Some("ASSESSMENT")
    } else {
        None
    }
}

/// The status as it is stored; empty if it is none that is known.
fn status(cell: &str) -> &'static str {
    let words = words_of(cell);
    let begins = |part: &str| words.starts_with(part);
    if begins("COMPLET") || begins("DONE") || begins("ATTEND") {
        "COMPLETED"
    } else if begins("PLAN") || begins("DUE") || begins("BOOK") {
        "PLANNED"
    } else if begins("REFUS") || begins("DECLIN") {
        "REFUSED"
    } else if begins("CANCEL") {
        "CANCELLED"
    } else {
        ""
    }
}
