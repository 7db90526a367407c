//! Dated health checks (`ssd_cla_health`): what each is and whether it was done (rulings 62, 63).

use crate::care::records::HealthEventKind;
use crate::import::csv::duplicates::one_a_key;
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::import::ssd::columns::health::{DATE, KIND, PERSON, STATUS};
use crate::store::rows::HealthEvent;

/// Reads the checks. Of two of one kind on one day, the one that was done stands. A check of an unknown kind, or of which
/// nobody can read whether it was done, is told and used for nothing.
pub fn read(table: &Table, report: &mut Report) -> Vec<HealthEvent> {
    let names = [PERSON, KIND, DATE, STATUS].map(|column| column.name(table));
    let rows = read_rows(table, report, |row| one(row, names));
    let key = |row: &HealthEvent| (row.child_id.clone(), row.kind.clone(), row.dated_on);
    let done = |new: &HealthEvent, old: &HealthEvent| new.done_on.is_some() && old.done_on.is_none();
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, done))
}

fn one(row: &mut RowReader<'_>, [person, kind, date, status]: [&str; 4]) -> Option<HealthEvent> {
    let child_id = row.identifier(person, &header::CHILD)?;
    let Some(kind_of_check) = row.text(kind).and_then(kind_of) else {
        row.tell(&rules::HEALTH_KIND, kind);
        return None;
    };
    let dated_on = row.needed_date(date, &rules::HEALTH_DATE)?;
    let Some(how) = row.text(status).and_then(status_of) else {
        row.tell(&rules::HEALTH_STATUS, status);
        return None;
    };
    Some(HealthEvent {
        child_id,
        kind: kind_of_check.word().to_owned(),
        dated_on,
        due_on: (how == "PLANNED").then_some(dated_on),
        done_on: (how == "COMPLETED").then_some(dated_on),
        status: Some(how.to_owned()),
        ..HealthEvent::default()
    })
}

/// Words that may stand beside `assessment` and leave it a health assessment.
const OF_ASSESSMENTS: [&str; 24] = [
    "HEALTH",
    "MEDICAL",
    "STATUTORY",
    "INITIAL",
    "FIRST",
    "REVIEW",
    "ANNUAL",
    "PERIODIC",
    "YEARLY",
    "FULL",
    "CLA",
    "LAC",
    "CIC",
    "CHILD",
    "CHILDREN",
    "LOOKED",
    "AFTER",
    "IN",
    "CARE",
    "MONTHLY",
    "MONTH",
    "6",
    "12",
    "SIX",
];

/// What a check is. Surveillance, promotion and development checks are one fact, and assessments another; a kind that is
/// none of those known stays unknown, since a mental health assessment or a sight test is none of them.
fn kind_of(cell: &str) -> Option<HealthEventKind> {
    let upper = cell.to_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is = |word: &str| words.contains(&word);
    let begins = |part: &str| words.iter().any(|word| word.starts_with(part));
    let assessment = |word: &&str| matches!(*word, "ASSESSMENT" | "ASSESSMENTS" | "HA" | "IHA" | "RHA");
    let check = |word: &&str| matches!(*word, "CHECK" | "CHECKS" | "CHECKUP");
    if begins("DENT") || words == ["DC"] {
        Some(HealthEventKind::Dental)
    } else if begins("IMMUNI") || begins("VACCIN") {
        Some(HealthEventKind::Immunisation)
    } else if begins("DEVELOPMENT") || begins("SURVEILLANCE") || begins("PROMOTION") {
        Some(HealthEventKind::Development)
    } else if words.iter().any(assessment) {
        let is_of_health = words.iter().all(|word| assessment(word) || OF_ASSESSMENTS.contains(word));
        is_of_health.then(|| {
            if is("IHA") || is("INITIAL") || is("FIRST") {
                HealthEventKind::InitialAssessment
            } else if ["RHA", "REVIEW", "ANNUAL", "PERIODIC", "YEARLY"].into_iter().any(is) {
                HealthEventKind::ReviewAssessment
            } else {
                HealthEventKind::Assessment
            }
        })
    } else if is("HEALTH") && words.iter().all(|word| *word == "HEALTH" || check(word)) && words.len() > 1 {
        Some(HealthEventKind::Development)
    } else {
        None
    }
}

/// The status as it is stored.
fn status_of(cell: &str) -> Option<&'static str> {
    let words = crate::import::ssd::words_of(cell);
    let begins = |parts: &[&str]| parts.iter().any(|part| words.starts_with(part));
    if begins(&["COMPLETE", "DONE", "ATTENDED"]) {
        Some("COMPLETED")
    } else if begins(&["PLAN", "DUE", "BOOK", "SCHEDULED"]) {
        Some("PLANNED")
    } else if begins(&["REFUS", "DECLIN", "DID NOT ATTEND", "NOT ATTENDED"]) {
        Some("REFUSED")
    } else if begins(&["CANCEL"]) {
        Some("CANCELLED")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assessments_are_initial_review_or_not_said() {
        for (cell, kind) in [
            ("Health Assessment", HealthEventKind::Assessment),
            ("HA", HealthEventKind::Assessment),
            ("Initial Health Assessment", HealthEventKind::InitialAssessment),
            ("IHA", HealthEventKind::InitialAssessment),
            ("Review Health Assessment", HealthEventKind::ReviewAssessment),
            ("CLA Annual Health Assessment", HealthEventKind::ReviewAssessment),
            ("Health assessment (review)", HealthEventKind::ReviewAssessment),
            ("RHA - 6 monthly", HealthEventKind::ReviewAssessment),
        ] {
            assert_eq!(kind_of(cell), Some(kind), "{cell}");
        }
    }

    #[test]
    fn surveillance_checks_are_no_assessments() {
        for cell in [
            "Health check",
            "Health check ",
            "Health surveillance checks",
            "Health promotion check",
            "Development check",
            "Developmental assessment",
        ] {
            assert_eq!(kind_of(cell), Some(HealthEventKind::Development), "{cell}");
        }
        assert_eq!(kind_of("Dental Check"), Some(HealthEventKind::Dental));
        assert_eq!(kind_of("Immunisations"), Some(HealthEventKind::Immunisation));
    }

    #[test]
    fn other_kinds_are_unknown() {
        for cell in ["Optician check", "Mental health assessment", "Risk assessment", "Health", "Health visitor", "SDQ"]
        {
            assert_eq!(kind_of(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_status_is_one_of_four_or_unknown() {
        for (cell, status) in [
            ("Completed", "COMPLETED"),
            ("COMPLETE", "COMPLETED"),
            ("a) Attended", "COMPLETED"),
            ("Planned", "PLANNED"),
            ("Refused", "REFUSED"),
            ("Did not attend", "REFUSED"),
            ("Cancelled by clinic", "CANCELLED"),
        ] {
            assert_eq!(status_of(cell), Some(status), "{cell}");
        }
        assert_eq!((status_of("Maybe"), status_of("NOT COMPLETED"), status_of("X")), (None, None, None));
    }
}
