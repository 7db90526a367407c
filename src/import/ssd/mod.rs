//! Tables of the Standard Safeguarding Dataset: people, dated health checks, care leavers as they are now.
//!
//! Columns are found by their whole published names, in any order. A table without a column that its facts need is refused
//! whole, and what is stored of it stays (ruling 62).

mod columns;
mod health;
mod leavers;
mod people;

use std::collections::HashMap;

use columns::Column;

use crate::import::csv::table::{Table, read_csv};
use crate::import::files::SourceFile;
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
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

    fn columns(self) -> &'static [Column] {
        match self {
            Self::People => columns::person::ALL,
            Self::Health => columns::health::ALL,
            Self::Leavers => columns::leavers::ALL,
        }
    }

    /// Which table it is: the one of whose columns it has the most, else the one it is named as.
    fn of(table: &Table) -> Option<Self> {
        let parts = [Self::People, Self::Health, Self::Leavers];
        let most = parts.into_iter().map(|part| (columns::many(part.columns(), table), part)).max()?;
        let stem = table.file.rsplit_once('.').map_or(&*table.file, |(stem, _)| stem).to_lowercase();
        let named = || parts.into_iter().find(|part| stem == format!("ssd_{}", part.name()));
        Some(most).filter(|(many, _)| *many > 1).map(|(_, part)| part).or_else(named)
    }
}

/// Every name of every column that is read.
pub fn columns() -> impl Iterator<Item = &'static &'static str> {
    let parts = [Part::People, Part::Health, Part::Leavers];
    parts.into_iter().flat_map(|part| part.columns().iter().flat_map(|column| column.names))
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
        let fits = columns::fit(part.columns(), &table, report);
        parts.push((part, table, fits));
    }
    // People first: since when a young person is owed a duty goes by the birthday.
    parts.sort_by_key(|(part, ..)| *part);
    let mut rows = Rows::default();
    let mut births: HashMap<String, Date> = HashMap::new();
    for (part, table, _) in parts.iter().filter(|(.., fits)| *fits) {
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
        let words = [("DENTAL", true), ("REVIEW_ASSESSMENT", false)];
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

    fn read_one(name: &str, text: &str) -> (Rows, Report) {
        let mut report = Report::default();
        let rows = read(&[SourceFile::new(name, text.as_bytes().to_vec())], &mut report).unwrap();
        report.settle();
        (rows, report)
    }

    #[test]
    fn columns_are_found_by_their_whole_names_in_any_order() {
        let text = "clah_health_check_status_date,clah_health_check_date,clah_health_check_status_id,clah_health_check_status,\
            clah_next_health_check_type,clah_health_check_type,clah_other_person_id,clah_person_id\n\
            2020-01-01,2023-06-12 00:00:00.000,7,Completed,Haircut,Dental Check,9,m1\n";
        let (rows, report) = read_one("ssd_cla_health.csv", text);
        let events = rows.health_event.unwrap();
        let event = events.first().unwrap();
        assert_eq!((event.child_id.as_str(), event.kind.as_str()), ("M1", "DENTAL"));
        assert_eq!(event.done_on.unwrap().to_string(), "2023-06-12");
        assert!(report.issues.is_empty());
    }

    #[test]
    fn a_table_without_a_column_that_its_facts_need_is_refused_whole() {
        let health = "clah_person_id,clah_health_check_type,clah_health_check_date\nM1,Dental Check,2023-06-12\n";
        let leavers = "clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,\
            clea_care_leaver_accommodation,clea_care_leaver_accom_suitable\nL1,Relevant,YES,2023-05-10,B,1\n";
        let person = "pers_person_id,pers_sex\n1,F\n";
        for (name, text, column) in [
            ("ssd_cla_health.csv", health, "CLAH_HEALTH_CHECK_STATUS"),
            ("ssd_care_leavers.csv", leavers, "CLEA_CARE_LEAVER_ACTIVITY"),
            ("ssd_person.csv", person, "PERS_DOB"),
            ("ssd_cla_health.csv", "clah_health_check_date\n2023-06-12\n", "CLAH_PERSON_ID"),
        ] {
            let (rows, report) = read_one(name, text);
            assert_eq!(rows, Rows::default(), "what is stored stays");
            let issue = report.issues.iter().find(|issue| issue.rule == "FILE-COLUMN-NEEDED").unwrap();
            assert_eq!(issue.column.as_deref(), Some(column));
            assert_eq!((report.files.first().unwrap().refused, report.used()), (1, 0));
        }
    }

    const LEAVERS: &str = "clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_leaver_activity,clea_care_leaver_personal_advisor\n";

    #[test]
    fn words_are_read_as_the_codes_that_they_mean() {
        let text = format!(
            "{LEAVERS}L1,Former relevant child,YES,2023-05-10 00:00:00.000,\"Independent living e.g. tenancy\",Accommodation is considered suitable,Full time apprenticeship,PA1\n\
             L2,No Current Eligibility,d) Refu,2023-06-10,With parents or relatives,Unsuitable,G5 - NEET other,PA1\n\
             L3,None,N/A,1900-01-01 00:00:00.000,NULL,NULL,NULL,PA1\n"
        );
        let (rows, report) = read_one("ssd_care_leavers.csv", &text);
        let contacts = rows.leaver_contact.unwrap();
        let codes: Vec<_> = contacts
            .iter()
            .map(|row| (row.in_touch.as_deref(), row.accommodation.as_deref(), row.activity.as_deref()))
            .collect();
        assert_eq!(codes, [(Some("YES"), Some("U1"), Some("F4")), (Some("REFU"), Some("B2"), Some("G5"))]);
        assert_eq!(rows.leaver.unwrap().len(), 1, "no eligibility is a value, and no error");
        let told: Vec<_> = report.issues.iter().map(|issue| (issue.rule, issue.column.as_deref().unwrap())).collect();
        assert_eq!(told, [("WORD-FOR-NOTHING", "CLEA_CARE_LEAVER_LATEST_CONTACT")]);
    }

    #[test]
    fn what_cannot_be_read_of_a_care_leaver_is_told_and_left_open() {
        let text = format!(
            "{LEAVERS}L1,friend,perhaps,2023-05-10,tent,1,volunteering,\nL1,Relevant,YES,2023-05-10,B,1,F2,\n\
             L1,Relevant,YES,2023-05-10,B,1,what,\n"
        );
        let (rows, report) = read_one("ssd_care_leavers.csv", &text);
        let told: Vec<_> = report.issues.iter().map(|issue| (issue.rule, issue.row.unwrap())).collect();
        let code = |row| ("CONTACT-CODE", row);
        let expected = [code(2), code(2), code(2), ("ELIGIBILITY", 2), ("KEY", 2), code(4), ("KEY", 4)];
        assert_eq!(told, expected);
        let contacts = rows.leaver_contact.unwrap();
        assert_eq!(contacts.iter().map(|row| row.activity.as_deref()).collect::<Vec<_>>(), [Some("F2")]);
    }
}
