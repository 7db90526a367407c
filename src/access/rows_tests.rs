//! Which children each kind of row scope opens, told as stories.

use super::*;
use crate::care::story;

const TODAY: &str = "2024-01-15";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn opens(rows: &Rows, told: &str) -> bool {
    rows.admit(&story::child(told).unwrap().unwrap(), day(TODAY), |_| true)
}

#[test]
fn the_school_roll_holds_children_from_two_to_eighteen() {
    let born = |text: &str| opens(&Rows::SchoolRoll, &format!("born {text}, placed 2023-05-01"));
    assert!(born("2022-01-15") && born("2010-06-01") && born("2005-01-16"));
    assert!(!born("2022-01-16") && !born("2005-01-15"));
    assert!(!opens(&Rows::SchoolRoll, "placed 2023-05-01"), "a child without a birth date is not on the roll");
}

#[test]
fn the_health_team_follows_a_child_for_twelve_months_after_care() {
    let left = |text: &str| opens(&Rows::HealthCommissioning, &format!("placed 2020-05-01, left {text} E4A"));
    assert!(opens(&Rows::HealthCommissioning, "placed 2020-05-01"));
    assert!(left("2023-01-15") && left("2023-12-01"));
    assert!(!left("2023-01-14"));
}

#[test]
fn police_see_a_child_only_for_a_record_within_the_dates_of_the_grant() {
    let rows = Rows::MissingAndJustice(day("2023-04-01"), day("2023-09-30"));
    let told = |event: &str| opens(&rows, &format!("placed 2022-05-01, {event}"));
    assert!(told("missing 2023-04-01 to 2023-04-02") && told("absent 2023-09-30 to 2023-10-02"));
    assert!(told("missing 2023-03-30 to 2023-04-01"), "a time that reaches into the dates counts");
    assert!(!told("missing 2023-03-30 to 2023-03-31") && !told("missing 2023-10-01 to 2023-10-02"));
    assert!(told("oc2 2024 convicted") && !told("oc2 2023 convicted") && !told("oc2 2024 teeth"));
    assert!(!told("reviewed 2023-06-01"));
    let later = Rows::MissingAndJustice(day("2023-04-01"), day("2024-12-31"));
    assert!(opens(&later, "placed 2022-05-01, missing 2024-01-15 to 2024-01-16"));
    assert!(
        !opens(&later, "placed 2022-05-01, missing 2024-01-16 to 2024-01-17"),
        "what came after the end of the quarter"
    );
    let to_come = Rows::MissingAndJustice(day("2024-02-01"), day("2024-12-31"));
    assert!(!opens(&to_come, "placed 2022-05-01, missing 2022-06-01"), "dates that have not begun");
}

#[test]
fn an_adoption_agency_sees_a_child_with_a_decision_or_an_order_who_was_shared_with_it() {
    let rows = Rows::AdoptionShares("agency".into());
    let child = |told: &str| story::child(told).unwrap().unwrap();
    for told in ["placed 2023-05-01, adoption 2023-06-01", "placed 2023-05-01, status 2023-07-01 E1"] {
        assert!(rows.admit(&child(told), day(TODAY), |_| true), "{told}");
        assert!(!rows.admit(&child(told), day(TODAY), |_| false), "{told}, not shared");
    }
    assert!(!rows.admit(&child("placed 2023-05-01"), day(TODAY), |_| true));
    for later in ["placed 2023-05-01, adoption 2024-01-16", "placed 2023-05-01, status 2024-01-16 E1"] {
        assert!(!rows.admit(&child(later), day(TODAY), |_| true), "{later}");
    }
}
