//! What is stored about a child in words that the child can read: tables, columns, and the meaning of each code.

use serde_json::Value;

use crate::authorities;
use crate::care::codes::{
    Accommodation, Activity, AdopterCount, AdopterSex, AdopterStatus, Eligibility, Ethnicity, InTouch, LegalStatus,
    MissingKind, Mother, Need, OutsideEngland, Participation, Place, PreviousPermanence, Provider, ReasonCeased,
    ReasonChange, ReasonNew, ReasonPlacedCeased, SdqReason, Sex, UpnUnknown, WorkerReason,
};

/// What a table holds.
pub fn title(table: &str) -> String {
    let known = match table {
        "child_detail" => "who the child is, as each return says",
        "uasc_status" => "unaccompanied asylum-seeking child",
        "deprivation_of_liberty" => "deprivation of liberty orders",
        "episode" => "episodes of care, as each return says",
        "period_of_care" => "periods of care, over all returns",
        "placement" => "placements, over all returns",
        "review" => "reviews",
        "missing_episode" => "missing, or away without authorisation",
        "previous_permanence" => "permanence before this time in care",
        "health_event" => "health checks and assessments",
        "sdq_score" => "strengths and difficulties questionnaires",
        "substance_misuse" => "substance misuse",
        "oc2_return" => "yearly return on health and offending (OC2)",
        "adoption_record" => "adoption",
        "worker_allocation" => "social workers",
        "leaver" => "duties owed to a care leaver",
        "oc3_return" => "yearly return on care leavers (OC3)",
        "leaver_contact" => "contacts with a care leaver",
        "placement_link" => "foster households",
        "record_share" => "organisations with which the records are shared",
        "child" => "the child",
        other => return other.replace('_', " ").to_uppercase(),
    };
    known.to_uppercase()
}

/// What a column holds.
pub fn heading(column: &str) -> String {
    let known = match column {
        "known_from" => "brought by import",
        "known_to" => "replaced by import",
        "file_row" => "row of the file",
        "return_year" => "return of the year that ends in",
        "upn" => "unique pupil number",
        "urn" => "number of the provider (URN)",
        "pl_la" => "authority in whose area the placement is",
        "pl_location" => "placement inside or outside the authority",
        "pl_distance" | "distance" => "miles from home",
        "sdq_score" => "strengths and difficulties score",
        "sdq_reason" => "why there is no strengths and difficulties score",
        other => return other.replace('_', " "),
    };
    known.to_owned()
}

/// A value as it is stored; a code with its meaning after it.
pub fn value(table: &str, column: &str, value: &Value) -> String {
    let text = match value {
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match meaning(table, column, &text) {
        Some(meaning) => format!("{text} ({meaning})"),
        None => text,
    }
}

/// What a code means; nothing for what is no code, or is in no set.
fn meaning(table: &str, column: &str, code: &str) -> Option<String> {
    let words = match (table, column) {
        (_, "sex") => Sex::parse(code).map(sex),
        (_, "ethnicity") => Ethnicity::parse(code).map(Ethnicity::label),
        (_, "mother") => Mother::parse(code).map(Mother::label),
        (_, "upn") => UpnUnknown::parse(code).map(UpnUnknown::label),
        (_, "reason_new") => ReasonNew::parse(code).map(ReasonNew::label),
        (_, "legal_status") => LegalStatus::parse(code).map(LegalStatus::label),
        (_, "need") => Need::parse(code).map(Need::label),
        (_, "place") => Place::parse(code).map(Place::label),
        (_, "provider") => Provider::parse(code).map(Provider::label),
        ("adoption_record", "reason_ceased") => ReasonPlacedCeased::parse(code).map(ReasonPlacedCeased::label),
        (_, "reason_ceased") => ReasonCeased::parse(code).map(ReasonCeased::label),
        (_, "reason_change") => ReasonChange::parse(code).map(ReasonChange::label),
        (_, "pl_la" | "arranged_by") => area(code),
        (_, "pl_location") => location(code),
        ("review", "participation") => Participation::parse(code).map(Participation::label),
        ("missing_episode", "kind") => MissingKind::parse(code).map(MissingKind::label),
        ("previous_permanence", "kind") => PreviousPermanence::parse(code).map(PreviousPermanence::label),
        ("sdq_score", "reason") | (_, "sdq_reason") => SdqReason::parse(code).map(SdqReason::label),
        ("worker_allocation", "reason") => WorkerReason::parse(code).map(WorkerReason::label),
        (_, "adopters") => AdopterCount::parse(code).map(AdopterCount::label),
        (_, "adopters_sex") => AdopterSex::parse(code).map(AdopterSex::label),
        (_, "adopters_legal_status") => AdopterStatus::parse(code).map(AdopterStatus::label),
        (_, "eligibility") => Eligibility::parse(code).map(Eligibility::label),
        (_, "in_touch") => InTouch::parse(code).map(InTouch::label),
        (_, "activity") => Activity::parse(code).map(Activity::label),
        (_, "accommodation") => return Accommodation::read(code).map(accommodation),
        _ => None,
    };
    words.map(str::to_owned)
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "Male",
        Sex::Female => "Female",
        Sex::Unknown => "Not known",
    }
}

fn area(code: &str) -> Option<&'static str> {
    let english = || authorities::find(code).map(|authority| authority.name.as_str());
    OutsideEngland::parse(code).map(OutsideEngland::label).or_else(english)
}

fn location(code: &str) -> Option<&'static str> {
    match code {
        "IN" => Some("Inside the authority's area"),
        "OUT" => Some("Outside the authority's area"),
        _ => None,
    }
}

/// The letter says what it is, the digit whether it is suitable.
fn accommodation(code: Accommodation) -> String {
    let suitable = match code.is_suitable() {
        Some(true) => ", suitable",
        Some(false) => ", not suitable",
        None => "",
    };
    format!("{}{suitable}", code.label())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_code_has_its_meaning_beside_it() {
        for (table, column, code, words) in [
            ("episode", "legal_status", "C2", "C2 (Full care order)"),
            ("episode", "place", "K1", "K1 (Secure children's home)"),
            ("placement", "provider", "PR1", "PR1 (Own provision of the LA (or regional adoption agency it hosts))"),
            ("episode", "pl_la", "E09000005", "E09000005 (Brent)"),
            ("episode", "pl_la", "SCO", "SCO (Scotland)"),
            ("child_detail", "sex", "2", "2 (Female)"),
            ("missing_episode", "kind", "M", "M (Missing from care: whereabouts not known)"),
            ("previous_permanence", "kind", "P1", "P1 (Adoption)"),
            ("oc3_return", "accommodation", "B2", "B2 (With parents or relatives, not suitable)"),
            ("episode", "urn", "SC123456", "SC123456"),
            ("episode", "legal_status", "XX", "XX"),
        ] {
            assert_eq!(value(table, column, &json!(code)), words);
        }
        assert_eq!(value("oc2_return", "convicted", &json!(false)), "no");
        assert_eq!(value("episode", "return_year", &json!(2024)), "2024");
        assert!(meaning("adoption_record", "reason_ceased", "RD1").is_some());
        assert!(meaning("period_of_care", "reason_ceased", "E11").is_some());
        assert!(meaning("adoption_record", "adopters", "2").is_some());
    }
}
