//! Contacts with care leavers: in touch, activity, accommodation on a day (`leaver_contacts`).

use crate::care::codes::{Accommodation, Activity, InTouch};
use crate::import::keys::{last_stands, one_a_key};
use crate::import::reader::{RowReader, plain, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::table::Table;
use crate::store::rows::LeaverContact;

/// Reads the contacts.
pub fn read(table: &Table, report: &mut Report) -> Vec<LeaverContact> {
    let rows = read_rows(table, report, one);
    let key = |row: &LeaverContact| (row.child_id.clone(), row.contacted_on);
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}

fn one(row: &mut RowReader<'_>) -> Option<LeaverContact> {
    let child_id = row.identifier("CHILD", &header::CHILD)?;
    let contacted_on = row.needed_date("DATE", &rules::CONTACT_DATE)?;
    let rule = &rules::CONTACT_CODE;
    Some(LeaverContact {
        child_id,
        contacted_on,
        in_touch: row.known_code("IN_TOUCH", |code| InTouch::parse(code).is_some(), rule),
        activity: row.known_code("ACTIVITY", |code| Activity::parse(code).is_some(), rule),
        accommodation: row.known_code("ACCOMMODATION", |code| Accommodation::parse(code).is_some(), rule),
        adviser: row.words("ADVISER"),
        ..LeaverContact::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{read, told};
    use crate::import::kind::Kind;

    #[test]
    fn of_two_contacts_on_one_day_the_last_stands() {
        let text = "child,date,in_touch,activity,accommodation,adviser\n\
            A1,01/05/2023,YES,F2,B1,PA1\n\
            A1,2023-05-01,no,0,Q9,PA1\n\
            A1,maybe,YES,F2,B1,\n";
        let (rows, report) = read(Kind::LeaverContacts, text);
        let rows = rows.leaver_contact.unwrap();
        assert_eq!(rows.iter().map(|row| row.in_touch.as_deref()).collect::<Vec<_>>(), [Some("NO")]);
        assert_eq!(told(&report), [("KEY", 2), ("CONTACT-CODE", 3), ("CONTACT-DATE", 4)]);
    }
}
