//! `header`: who each child of the return is.

use super::Year;
use crate::{
    care::codes::Sex,
    synthetic::{
        life::Life,
        table::{Table, uk},
    },
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("header", &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"])
}

/// Adds the child.
pub(super) fn write(table: &mut Table, life: &Life, year: Year) {
    let girl_in_care = life.sex == Sex::Female && life.stays.iter().any(|stay| !stay.is_respite());
    let mother = if girl_in_care { "0" } else { "" };
    let birth = uk(life.birth);
    table.row(&[&life.child, sex(life.sex, year), &birth, life.ethnicity.code(), &life.upn, mother, ""]);
}

/// The code of the sex: digits until the return of 2023-24, letters since.
pub(super) fn sex(sex: Sex, year: Year) -> &'static str {
    match (sex, year.ending > 2024) {
        (Sex::Male, false) => "1",
        (Sex::Female, false) => "2",
        (Sex::Male, true) => "M",
        (Sex::Female, true) => "F",
        (Sex::Unknown, _) => "U",
    }
}
