//! `missing`: times missing or away that touch the year.

use super::Year;
use crate::synthetic::{
    life::Life,
    table::{Table, uk, uk_or_blank},
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("missing", &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"])
}

/// Adds the child's times missing or away.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let touching = life.absences.iter().filter(|a| a.from <= year.window.to && a.to >= year.window.from);
    for absence in touching {
        let until = Some(absence.to).filter(|day| *day <= year.window.to);
        table.row(&[&life.child, &uk(life.birth), absence.kind.code(), &uk(absence.from), &uk_or_blank(until)]);
    }
}
