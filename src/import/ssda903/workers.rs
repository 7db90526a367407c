//! Which social worker had the child, from when to when.

use crate::care::codes::WorkerReason;
use crate::import::csv::duplicates::{ends_later, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::WorkerAllocation;

/// Reads the social workers.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<WorkerAllocation>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &WorkerAllocation| (row.child_id.clone(), row.started_on);
    let later = |new: &WorkerAllocation, old: &WorkerAllocation| ends_later(new.ended_on, old.ended_on);
    one_a_key(&table.file, rows, &rules::WORKER_TWICE, report, key, later)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<WorkerAllocation> {
    let child_id = people.child(row, &header::NO_HEADER_APART)?;
    let started_on = row.needed_date("SW_DECOM", &rules::WORKER_START)?;
    let ended_on = row.end_date("SW_DEC", &rules::WORKER_END)?;
    if ended_on.is_some_and(|end| end < started_on) {
        row.tell(&rules::WORKER_END, "SW_DEC");
        return None;
    }
    Some(WorkerAllocation {
        child_id,
        started_on,
        ended_on,
        worker_id: row.code("SW_ID"),
        reason: row.known_code("SW_REASON", |code| WorkerReason::parse(code).is_some(), &rules::WORKER_REASON),
        ..WorkerAllocation::default()
    })
}
