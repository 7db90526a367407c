//! Care leavers around their birthday: in touch, activity, accommodation.

use crate::care::codes::{Accommodation, Activity, InTouch};
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::import::ssda903::valid;
use crate::import::ssda903::year::ReturnYear;
use crate::store::rows::Oc3Return;

/// Reads the care leavers.
pub fn read(table: &Table, people: &People, year: ReturnYear, report: &mut Report) -> Vec<NumberedRow<Oc3Return>> {
    let rows = read_rows(table, report, |row| one(row, people, year));
    let key = |row: &Oc3Return| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::OC3_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People, year: ReturnYear) -> Option<Oc3Return> {
    let child_id = people.child(row, &header::NO_HEADER_OC3)?;
    let in_touch = row.given_code("IN_TOUCH", |code| InTouch::parse(code).is_some(), &rules::IN_TOUCH);
    let known_activity =
        |code: &str| Activity::parse(code).is_some_and(|activity| valid::activity(activity, year.ending));
    let activity = row.given_code("ACTIV", known_activity, &rules::ACTIVITY);
    let accommodation = row.given_code("ACCOM", |code| Accommodation::parse(code).is_some(), &rules::ACCOMMODATION);
    let known = |code: &Option<String>| code.as_deref().is_some_and(|code| code != "0");
    let unknown = |code: &Option<String>| code.as_deref() == Some("0");
    match in_touch.as_deref() {
        Some("DIED" | "RHOM") if known(&activity) || known(&accommodation) => {
            row.tell(&rules::GONE_BUT_KNOWN, "IN_TOUCH");
        }
        Some("YES") if unknown(&activity) || unknown(&accommodation) => {
            row.tell(&rules::IN_TOUCH_NOT_KNOWN, "IN_TOUCH");
        }
        _ => {}
    }
    let birth_date = row.known_date("DOB");
    Some(Oc3Return { child_id, birth_date, in_touch, activity, accommodation, ..Oc3Return::default() })
}
