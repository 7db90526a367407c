//! `placed_for_adoption` and `ad1`: decisions that a child should be adopted, and adoptions.

use super::Year;
use crate::synthetic::{
    life::Life,
    table::{Table, uk},
};

/// The file of decisions without rows.
pub(super) fn decided_file() -> Table {
    Table::new("placed_for_adoption", &["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"])
}

/// The file of adoptions without rows.
pub(super) fn adopted_file() -> Table {
    Table::new(
        "ad1",
        &["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
    )
}

/// Adds the decision if it was taken in the year.
pub(super) fn write_decided(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    if let Some(adoption) = life.adoption.filter(|adoption| year.window.contains(adoption.decided)) {
        table.row(&[&life.child, &uk(life.birth), &uk(adoption.decided), "", ""]);
    }
}

/// Adds the adoption if the order was made in the year.
pub(super) fn write_adopted(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let adopted = life
        .stays
        .iter()
        .filter_map(|stay| stay.end)
        .any(|(day, reason)| reason.is_adoption() && year.window.contains(day));
    let Some(adoption) = life.adoption.filter(|_| adopted) else { return };
    let (number, sex, law) = if adoption.couple { ("2", "MF", "L11") } else { ("1", "F1", "L0") };
    let by_carers = if adoption.by_carers { "1" } else { "0" };
    let (decided, matched) = (uk(adoption.decided), uk(adoption.matched));
    table.row(&[&life.child, &uk(life.birth), &decided, &matched, by_carers, number, sex, law]);
}
