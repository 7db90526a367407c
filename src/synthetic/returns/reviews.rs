//! `reviews`: reviews held in the year, with how the child took part.

use super::Year;
use crate::synthetic::{
    life::Life,
    table::{Table, uk},
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("reviews", &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"])
}

/// Adds the child's reviews of the year.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let held = life.stays.iter().flat_map(|stay| &stay.reviews).filter(|(day, _)| year.window.contains(*day));
    for (day, part) in held {
        table.row(&[&life.child, &uk(life.birth), &uk(*day), part.code()]);
    }
}
