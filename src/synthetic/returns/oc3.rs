//! `oc3`: how young people who have left care are doing on their birthday of the year.

use super::{Year, of_its_time};
use crate::{
    care::codes::{Accommodation, Activity, InTouch},
    period::{Date, birthday},
    synthetic::{
        leaver::contact_near,
        life::Life,
        table::{Table, uk},
    },
};

/// The file without rows.
pub(super) fn file() -> Table {
    Table::new("oc3", &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"])
}

/// Adds the young person if a birthday on which the return asks falls in the year.
pub(super) fn write(table: &mut Table, life: &Life, _authority: &str, year: Year) {
    let Some(on) = asked_on(life, year) else { return };
    let (in_touch, activity, accommodation) = match contact_near(life, on) {
        Some(contact) => (contact.in_touch, contact.activity, contact.accommodation),
        None => (InTouch::No, Activity::NotKnown, Accommodation::NotKnown),
    };
    let activity = of_its_time::activity(activity, year);
    table.row(&[&life.child, &uk(life.birth), in_touch.code(), activity.code(), accommodation.code()]);
}

/// The 17th to 21st birthday in the year (to the 25th since 2022-23) of someone who had left care by then.
fn asked_on(life: &Life, year: Year) -> Option<Date> {
    let oldest = if year.ending >= 2023 { 25 } else { 21 };
    let left = life.duties.first()?.from;
    (17..=oldest)
        .map(|age| birthday(life.birth, age))
        .find(|day| year.window.contains(*day))
        .filter(|day| year.is_whole() && left <= *day && life.stay_on(*day).is_none())
}
