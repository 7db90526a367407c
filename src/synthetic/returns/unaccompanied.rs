//! `uasc`: unaccompanied asylum-seeking children looked after in the year.

use super::{Year, header::sex};
use crate::{
    period::birthday,
    synthetic::{
        life::Life,
        table::{Table, uk, uk_or_blank},
    },
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("uasc", &["CHILD", "SEX", "DOB", "DUC"])
}

/// Adds the child if the status was held in the year; it ends on the eighteenth birthday.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let ends = birthday(life.birth, 18);
    let in_care = life.stays.iter().any(|s| s.start() <= year.window.to && s.until() >= year.window.from);
    if life.unaccompanied && in_care && ends >= year.window.from {
        let ended = Some(ends).filter(|day| *day <= year.window.to);
        table.row(&[&life.child, sex(life.sex, year), &uk(life.birth), &uk_or_blank(ended)]);
    }
}
