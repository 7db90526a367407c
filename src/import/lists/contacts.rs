//! Contacts with care leavers: in touch, activity, accommodation on a day (`leaver_contacts`).

use crate::import::csv::duplicates::one_a_key;
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::leaver_words::{accommodation, activity, in_touch};
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::store::rows::LeaverContact;

/// Reads the contacts. Of two on one day the last stands, unless the first answers what the last does not.
pub fn read(table: &Table, report: &mut Report) -> Vec<LeaverContact> {
    let rows = read_rows(table, report, one);
    let key = |row: &LeaverContact| (row.child_id.clone(), row.contacted_on);
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, |new, old| !answers_less(new, old)))
}

/// Whether a contact leaves something open that another answers.
pub fn answers_less(new: &LeaverContact, old: &LeaverContact) -> bool {
    let answers = |row: &LeaverContact| [row.in_touch.is_some(), row.activity.is_some(), row.accommodation.is_some()];
    answers(new).into_iter().zip(answers(old)).any(|(new, old)| old && !new)
}

fn one(row: &mut RowReader<'_>) -> Option<LeaverContact> {
    let child_id = row.identifier("CHILD", &header::CHILD)?;
    let contacted_on = row.needed_date("DATE", &rules::CONTACT_DATE)?;
    Some(LeaverContact {
        child_id,
        contacted_on,
        in_touch: coded(row, "IN_TOUCH", |cell| Some(in_touch(cell)?.code())),
        activity: coded(row, "ACTIVITY", |cell| Some(activity(cell)?.code())),
        accommodation: coded(row, "ACCOMMODATION", |cell| Some(accommodation(cell, None)?.code())),
        adviser: row.words("ADVISER"),
        ..LeaverContact::default()
    })
}

/// Reads a code, or its words. What cannot be read is told and left blank, so that it stands in the way of nothing.
pub fn coded(row: &mut RowReader<'_>, column: &str, read: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
    let code = read(row.text(column)?);
    if code.is_none() {
        row.tell(&rules::CONTACT_CODE, column);
    }
    code.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn of_two_contacts_on_one_day_the_last_that_answers_as_much_stands() {
        let text = "child,date,in_touch,activity,accommodation,adviser\n\
            A1,01/05/2023,YES,F2,B1,PA1\n\
            A1,2023-05-01,no,0,Q9,PA1\n\
            A1,maybe,YES,F2,B1,\n\
            B2,01/05/2023,YES,F2,B1,PA1\n\
            B2,01/05/2023,Not in touch,Full time apprenticeship,B2,PA1\n";
        let (rows, report) = read(Kind::LeaverContacts, text);
        let rows = rows.leaver_contact.unwrap();
        let read: Vec<_> = rows.iter().map(|row| (row.in_touch.as_deref(), row.activity.as_deref())).collect();
        assert_eq!(read, [(Some("YES"), Some("F2")), (Some("NO"), Some("F4"))]);
        assert_eq!(told(&report), [("CONTACT-CODE", 3), ("KEY", 3), ("CONTACT-DATE", 4), ("KEY", 5)]);
    }
}
