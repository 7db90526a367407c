//! Tables of the Standard Safeguarding Dataset: people, dated health checks, care leavers as they are now.
//!
//! Authorities fill the tables from their own systems, so the middles of column names differ; beginnings and ends do not.

mod health;
mod leavers;
mod people;

use std::collections::HashMap;

use super::files::SourceFile;
use super::report::{Issue, Report};
use super::rules::files as rules;
use super::table::{Table, read_csv};
use crate::period::Date;
use crate::store::rows::Rows;

/// A table of the dataset that is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    People,
    Health,
    Leavers,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::People => "person",
            Self::Health => "cla_health",
            Self::Leavers => "care_leavers",
        }
    }

    /// What the names of its columns begin with.
    fn beginning(self) -> &'static str {
        match self {
            Self::People => "PERS_",
            Self::Health => "CLAH_",
            Self::Leavers => "CLEA_",
        }
    }

    /// Which table it is, by the beginning of its columns.
    fn of(table: &Table) -> Option<Self> {
        [Self::People, Self::Health, Self::Leavers]
            .into_iter()
            .find(|part| column(table, part.beginning(), "PERSON_ID").is_some())
    }
}

/// The name of the column that begins and ends so.
fn column<'a>(table: &'a Table, beginning: &str, end: &str) -> Option<&'a str> {
    table.columns.iter().map(String::as_str).find(|name| name.starts_with(beginning) && name.ends_with(end))
}

/// Reads the tables of a folder; a table that the folder has not is left as it is stored.
pub fn read(files: &[SourceFile], report: &mut Report) -> Option<Rows> {
    let mut parts = Vec::new();
    for file in files {
        let table = file.has_ending("csv").then(|| read_csv(&file.name, &file.bytes, report)).flatten();
        let Some((table, part)) = table.and_then(|table| Part::of(&table).map(|part| (table, part))) else {
            report.tell(Issue::of_file(&file.name, &rules::UNKNOWN));
            continue;
        };
        report.file(&file.name, part.name(), &file.digest, table.given);
        parts.push((part, table));
    }
    // People first: since when a young person is owed a duty goes by the birthday.
    parts.sort_by_key(|(part, _)| *part);
    let mut rows = Rows::default();
    let mut births: HashMap<String, Date> = HashMap::new();
    for (part, table) in &parts {
        match part {
            Part::People => {
                let people = people::read(table, report);
                births.extend(people.iter().filter_map(|row| Some((row.child_id.clone(), row.birth_date?))));
                rows.child_detail.get_or_insert_default().extend(people);
            }
            Part::Health => rows.health_event.get_or_insert_default().extend(health::read(table, report)),
            Part::Leavers => {
                let (leavers, contacts) = leavers::read(table, &births, report);
                rows.leaver.get_or_insert_default().extend(leavers);
                rows.leaver_contact.get_or_insert_default().extend(contacts);
            }
        }
    }
    (!parts.is_empty()).then_some(rows)
}

/// The words of a coded cell without a leading letter: `b) Former Relevant` is `FORMER RELEVANT`.
fn words_of(cell: &str) -> String {
    let words = match cell.split_once(')') {
        Some((letter, words)) if letter.trim().len() == 1 => words,
        _ => cell,
    };
    words.trim().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_tables_brings_people_checks_and_leavers() {
        let person = "pers_person_id,pers_sex,pers_ethnicity,pers_dob\n1,F,WBRI,01/05/2005\n2,M,nobody,\n";
        let health = "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status\n\
            a,1,Dental Check,01/06/2023,Completed\n\
            b,1,Review Health Assessment,02/06/2023,Refused\n\
            c,1,RHA,02/07/2023,\n\
            d,1,Haircut,02/07/2023,\n\
            e,1,dental check,,\n\
            f,1,Dental,01/08/2023,Maybe\n\
            g,1,Dental Check,01/06/2023,Planned\n";
        let leavers = "clea_table_id,clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_leaver_activity,clea_care_leaver_personal_advisor\n\
            x,1,b) Former Relevant,a) Yes,01/07/2023,B,1,F2,PA9\n\
            y,2,Relevant,NO,,B1,,,\n";
        let files = [
            ("ssd_person.csv", person),
            ("SSD_CLA_Health.csv", health),
            ("ssd_care_leavers.csv", leavers),
            ("ssd_family.csv", "fami_id\n1\n"),
        ];
        let files = files.map(|(name, text)| SourceFile::new(name, text.as_bytes().to_vec()));
        let mut report = Report::default();
        let rows = read(&files, &mut report).unwrap();
        report.settle();
        let told: Vec<_> = report.issues.iter().map(|issue| (issue.rule, issue.row)).collect();
        let expected = [
            ("103", Some(3)),
            ("HEALTH-STATUS", Some(4)),
            ("HEALTH-KIND", Some(5)),
            ("HEALTH-DATE", Some(6)),
            ("HEALTH-STATUS", Some(7)),
            ("KEY", Some(8)),
            ("ELIGIBILITY-START", Some(3)),
            ("FILE-UNKNOWN", None),
        ];
        assert_eq!(told, expected);
        assert_eq!(rows.child_detail.unwrap().len(), 2);
        let checks: Vec<_> =
            rows.health_event.unwrap().into_iter().map(|row| (row.kind, row.done_on.is_some())).collect();
        let words = [("DENTAL", true), ("ASSESSMENT", false), ("ASSESSMENT", false), ("DENTAL", false)];
        assert_eq!(checks, words.map(|(kind, done)| (kind.to_owned(), done)));
        let leavers = rows.leaver.unwrap();
        let leaver = leavers.first().unwrap();
        assert_eq!(
            (leaver.eligibility.as_str(), leaver.started_on.to_string(), leavers.len()),
            ("FORMER_RELEVANT", "2023-05-01".into(), 1)
        );
        let contacts = rows.leaver_contact.unwrap();
        let contact = contacts.first().unwrap();
        assert_eq!((contact.in_touch.as_deref(), contact.accommodation.as_deref()), (Some("YES"), Some("B1")));
    }
}
