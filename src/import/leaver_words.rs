//! The codes of care leavers, and the words that systems write for them (rulings 62, 63; Ofsted's list of care leavers).

use crate::care::codes::{Accommodation, Activity, Eligibility, InTouch};

/// Reads `former_relevant`, `Former relevant child`, `b) Former Relevant` or `No Current Eligibility`.
pub fn eligibility(cell: &str) -> Option<Eligibility> {
    let words = Words::of(cell);
    let kind = words.without(&["CHILD", "CARE", "LEAVER", "YOUNG", "PERSON"]);
    match kind.as_str() {
        "FORMER RELEVANT" => Some(Eligibility::FormerRelevant),
        "RELEVANT" => Some(Eligibility::Relevant),
        "ELIGIBLE" => Some(Eligibility::Eligible),
        "QUALIFYING" => Some(Eligibility::Qualifying),
        "NONE" | "NO ELIGIBILITY" | "NO CURRENT ELIGIBILITY" | "NOT ELIGIBLE" | "NOT CURRENTLY ELIGIBLE" => {
            Some(Eligibility::None)
        }
        _ => None,
    }
}

/// Reads `YES`, `Y`, `a) Yes`, `Refused`, or the words of the code list.
pub fn in_touch(cell: &str) -> Option<InTouch> {
    let words = Words::of(cell);
    let label = |code: &&InTouch| Words::of(code.label()).0 == words.0;
    match words.0.as_str() {
        "Y" | "TRUE" => Some(InTouch::Yes),
        "N" | "FALSE" => Some(InTouch::No),
        "REFUSED" | "REFUSED CONTACT" | "REFUSES CONTACT" => Some(InTouch::Refu),
        "NOT REQUIRED" | "SERVICES NOT REQUIRED" | "SERVICE NOT REQUIRED" => Some(InTouch::Nreq),
        "RETURNED HOME" | "RETURNED TO PARENTS" => Some(InTouch::Rhom),
        code => InTouch::parse(code)
            .or_else(|| InTouch::parse(&words.leading_code(4).or_else(|| words.leading_code(3))?))
            .or_else(|| InTouch::ALL.iter().find(label).copied()),
    }
}

/// Reads `F2`, `F2 - ...`, or words such as `Full time apprenticeship`.
pub fn activity(cell: &str) -> Option<Activity> {
    let words = Words::of(cell);
    if let Some(activity) = words.leading_code(2).and_then(|code| Activity::parse(&code)) {
        return Some(activity);
    }
    let has = |part: &str| words.has(part);
    if has("NEET") || has("NOT IN EDUCATION") || has("NOT IN EMPLOYMENT") {
        return Some(match () {
            () if has("ILL") || has("ILLNESS") || has("DISABILITY") || has("DISABLED") => Activity::G4,
            () if has("PREGNANCY") || has("PREGNANT") || has("PARENTING") || has("PARENT") => Activity::G6,
            () => Activity::G5,
        });
    }
    if has("NOT KNOWN") || matches!(words.0.as_str(), "UNKNOWN" | "0" | "0 0") {
        return Some(Activity::NotKnown);
    }
    let is_full = match (has("FULL TIME") || has("FULLTIME"), has("PART TIME") || has("PARTTIME")) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    let other_than = |what: &str| {
        let not = ["OTHER THAN", "OTHER THAN AN", "NOT", "NOT AN", "NOT IN", "EXCLUDING"];
        not.iter().any(|not| has(&format!("{not} {what}")))
    };
    let apprentice: Vec<&str> =
        ["APPRENTICESHIP", "APPRENTICESHIPS", "APPRENTICE"].into_iter().filter(|word| has(word)).collect();
    let number = if apprentice.iter().any(|word| other_than(word)) {
        5
    } else if !apprentice.is_empty() {
        4
    } else if has("HIGHER EDUCATION") && !other_than("HIGHER EDUCATION") {
        1
    } else if has("EDUCATION") {
        2
    } else if has("TRAINING") || has("EMPLOYMENT") {
        3
    } else {
        return None;
    };
    Activity::parse(&format!("{}{number}", if is_full { 'F' } else { 'P' }))
}

/// Reads type and suitability as one code: `B1`; `B` and `1`; `With parents or relatives` and `Suitable`.
pub fn accommodation(kind: &str, suitable: Option<&str>) -> Option<Accommodation> {
    let words = Words::of(kind);
    let given = kind.trim().to_uppercase();
    if let Some(whole) = Accommodation::read(&given).or_else(|| Accommodation::read(&words.leading_code(2)?)) {
        return Some(whole);
    }
    let letter = letter(&words).or_else(|| Some(words.leading_code(1)?.to_owned()))?;
    if letter == "0" {
        return Some(Accommodation::NotKnown);
    }
    let digit = if suitability(suitable?)? { '1' } else { '2' };
    Accommodation::parse(&format!("{letter}{digit}"))
}

/// Whether accommodation is suitable: `1` or `2`, yes or no, or a sentence that says so.
fn suitability(cell: &str) -> Option<bool> {
    let words = Words::of(cell);
    match words.0.as_str() {
        "1" | "1 0" | "Y" | "YES" | "TRUE" => Some(true),
        "2" | "2 0" | "N" | "NO" | "FALSE" => Some(false),
        _ if words.has("UNSUITABLE") || (words.has("NOT") && words.has("SUITABLE")) => Some(false),
        _ if words.has("SUITABLE") => Some(true),
        _ => None,
    }
}

/// What words of accommodation mean, the narrower first: a foyer is also supported accommodation.
const ACCOMMODATION: [(&str, &[&str]); 17] = [
    ("Z", &["FORMER FOSTER CARER", "FORMER FOSTER CARERS", "STAYING PUT"]),
    ("B", &["PARENTS OR RELATIVES", "PARENTS RELATIVES", "PARENTS AND RELATIVES", "PARENT OR RELATIVE"]),
    ("C", &["COMMUNITY HOME", "RESIDENTIAL CARE"]),
    ("T", &["FOYER", "FOYERS"]),
    ("E", &["SUPPORTED LODGINGS"]),
    ("D", &["SEMI INDEPENDENT", "TRANSITIONAL", "SELF CONTAINED"]),
    ("G", &["ABROAD"]),
    ("H", &["DEPORTED"]),
    ("K", &["ORDINARY LODGINGS"]),
    ("R", &["RESIDENCE NOT KNOWN"]),
    ("S", &["NO FIXED ABODE", "HOMELESS"]),
    ("V", &["EMERGENCY ACCOMMODATION"]),
    ("W", &["BED AND BREAKFAST", "B B", "BED BREAKFAST"]),
    ("X", &["CUSTODY"]),
    ("U", &["INDEPENDENT LIVING"]),
    ("Y", &["OTHER ACCOMMODATION"]),
    ("0", &["NOT KNOWN", "UNKNOWN"]),
];

fn letter(words: &Words) -> Option<String> {
    let means = |(_, parts): &&(&str, &[&str])| parts.iter().any(|part| words.has(part));
    ACCOMMODATION.iter().find(means).map(|(letter, _)| (*letter).to_owned())
}

/// The words of a cell in upper case with one space between them, without a list's letter before them: `b) Suitable`.
struct Words(String);

impl Words {
    fn of(cell: &str) -> Self {
        let words = match cell.split_once(')') {
            Some((letter, words)) if letter.trim().len() == 1 && !words.trim().is_empty() => words,
            _ => cell,
        };
        let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        Self(parts.join(" ").to_uppercase())
    }

    /// Whether these words stand in the cell, whole and together.
    fn has(&self, part: &str) -> bool {
        self.0.match_indices(part).any(|(at, _)| {
            let before = self.0.get(..at).is_none_or(|text| text.is_empty() || text.ends_with(' '));
            let after = self.0.get(at + part.len()..).is_none_or(|text| text.is_empty() || text.starts_with(' '));
            before && after
        })
    }

    /// The first word, if it is as long as a code.
    fn leading_code(&self, length: usize) -> Option<String> {
        self.0.split(' ').next().filter(|word| word.len() == length).map(str::to_owned)
    }

    fn without(&self, left_out: &[&str]) -> String {
        self.0.split(' ').filter(|word| !left_out.contains(word)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eligibility_is_read_in_any_spelling() {
        for (cell, kind) in [
            ("former_relevant", Eligibility::FormerRelevant),
            ("Former relevant child", Eligibility::FormerRelevant),
            ("b) Former Relevant", Eligibility::FormerRelevant),
            ("Relevant child", Eligibility::Relevant),
            ("Qualifying care leaver", Eligibility::Qualifying),
            ("d) Eligible child", Eligibility::Eligible),
            ("No Current Eligibility", Eligibility::None),
            ("none", Eligibility::None),
        ] {
            assert_eq!(eligibility(cell), Some(kind), "{cell}");
        }
        assert_eq!((eligibility("friend"), eligibility("e) Other"), eligibility("former child")), (None, None, None));
    }

    #[test]
    fn in_touch_is_read_as_code_and_as_word() {
        for (cell, code) in [
            ("YES", InTouch::Yes),
            ("a) Yes", InTouch::Yes),
            ("n", InTouch::No),
            ("Not in touch", InTouch::No),
            ("In touch", InTouch::Yes),
            ("d) Refu", InTouch::Refu),
            ("Young person refuses contact", InTouch::Refu),
            ("Not Required", InTouch::Nreq),
            ("Returned Home", InTouch::Rhom),
            ("DIED - Died after leaving care", InTouch::Died),
        ] {
            assert_eq!(in_touch(cell), Some(code), "{cell}");
        }
        assert_eq!((in_touch("perhaps"), in_touch("No contact details")), (None, None));
    }

    #[test]
    fn every_activity_is_read_by_its_label_and_its_code() {
        for activity_of in Activity::ALL {
            assert_eq!(activity(activity_of.code()), Some(*activity_of));
            assert_eq!(activity(activity_of.label()), Some(*activity_of), "{}", activity_of.label());
        }
    }

    #[test]
    fn activities_are_read_in_the_words_of_systems() {
        for (cell, code) in [
            ("Full time education other than higher education", "F2"),
            ("F2: Full time in education other than higher", "F2"),
            ("Full time in education other than higher", "F2"),
            ("Full time in higher education i.e. studies beyond A level", "F1"),
            ("Full time apprenticeship", "F4"),
            ("Young person engaged part time in an apprenticeship", "P4"),
            ("Young person engaged full time in training or employment (not apprenticeship)", "F5"),
            ("Part-time employment", "P3"),
            ("G5 - NEET other", "G5"),
            ("Not in education, employment or training - pregnancy or parenting", "G6"),
            ("Young person not in education, employment or training because of illness or disability", "G4"),
        ] {
            assert_eq!(activity(cell).map(Activity::code), Some(code), "{cell}");
        }
        assert_eq!((activity("volunteering"), activity("Full time mum"), activity("education")), (None, None, None));
    }

    #[test]
    fn every_accommodation_is_read_by_its_label_and_suitability() {
        for known in Accommodation::ALL {
            let suitable = if known.code().ends_with('1') { "a) Suitable" } else { "Unsuitable" };
            assert_eq!(accommodation(known.label(), Some(suitable)), Some(*known), "{}", known.label());
            assert_eq!(accommodation(known.code(), None), Some(*known));
        }
    }

    #[test]
    fn accommodation_is_read_in_the_words_of_systems() {
        let suitable = "Accommodation is considered suitable";
        for (kind, suitability, code) in [
            ("Independent living e.g. independent tenancy of flat", suitable, "U1"),
            ("With parents or relatives", suitable, "B1"),
            ("U - Independent living", "Unsuitable", "U2"),
            ("D: Semi-independent, transitional accommodation and self-contained accommodation", "1", "D1"),
            ("T: Foyers and similar supported accommodation", "Accommodation considered unsuitable", "T2"),
            ("Bed & breakfast", "Not suitable", "W2"),
            ("B&B", "N", "W2"),
            ("B", "1.0", "B1"),
            ("u2", suitable, "U2"),
        ] {
            assert_eq!(accommodation(kind, Some(suitability)).map(Accommodation::code), Some(code), "{kind}");
        }
        assert_eq!(accommodation("B", None), None);
        assert_eq!(accommodation("With friends", Some("1")), None);
        assert_eq!(accommodation("U", Some("0")), None);
    }
}
