//! `sw_episodes`: which social worker a child had and when; part of the return since 2023-24, for two years back.

use super::Year;
use crate::{
    care::codes::WorkerReason,
    period::{Date, add_months},
    synthetic::{
        life::Life,
        table::{Table, uk, uk_or_blank},
    },
};

/// How long a worker keeps a child, in months.
const MONTHS: i32 = 17;

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("sw_episodes", &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"])
}

/// Adds the workers of the child's stays that touch the year, as far as two years back.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    if year.ending < 2024 {
        return;
    }
    let since = add_months(year.window.from, -12);
    let stays = life.stays.iter().filter(|s| s.start() <= year.window.to && s.until() >= year.window.from);
    for stay in stays.filter(|stay| !stay.is_respite()) {
        let mut from = stay.start();
        for turn in 0.. {
            let end = add_months(from, MONTHS).min(stay.until());
            if from > year.window.to || from >= stay.until() {
                break;
            }
            if end >= since {
                write_one(table, life, turn, (from, Some(end).filter(|end| *end <= year.window.to)));
            }
            from = end;
        }
    }
}

fn write_one(table: &mut Table, life: &Life, turn: usize, (from, to): (Date, Option<Date>)) {
    let reasons = [WorkerReason::Tsproc, WorkerReason::Leftrl, WorkerReason::Manage];
    let reason = match turn {
        0 => WorkerReason::Fconta,
        n => reasons.get(n % reasons.len()).copied().unwrap_or(WorkerReason::Others),
    };
    // The worker follows from the child's identifier, so that every year's return names the same one.
    let number: usize = life.child.bytes().map(usize::from).sum::<usize>() * 7 + turn * 31;
    let worker = format!("SW9{:05}", number % 240);
    table.row(&[&life.child, &uk(life.birth), &worker, &uk(from), &uk_or_blank(to), reason.code()]);
}
