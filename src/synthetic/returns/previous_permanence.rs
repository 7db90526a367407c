//! `previous_permanence`: whether a child who came into care in the year had a permanent home before; part of the
//! return since 2016-17.

use super::Year;
use crate::synthetic::{
    life::Life,
    table::{Table, uk},
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("previous_permanence", &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"])
}

/// Adds the child if a stay began in the year; invented children had no permanent home before.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    if year.ending < 2017 {
        return;
    }
    if life.stays.iter().any(|stay| !stay.is_respite() && year.window.contains(stay.start())) {
        table.row(&[&life.child, &uk(life.birth), "Z1", "", ""]);
    }
}
