//! How the rows of an older return stand beside those of a newer one and how care ends at 18 (rulings 14, 15, 61).

use crate::{
    care::{Child, PeriodOfCare, codes::ReasonCeased, story},
    period::{Date, Window},
};

fn child(text: &str) -> Child {
    story::child(text).unwrap().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// First day, last day, reason of each period; `lost` where the records lose the child.
fn periods(text: &str) -> Vec<String> {
    let show = |p: &PeriodOfCare| {
        let end = p.end.map_or("now".into(), |end| end.to_string());
        let reason = if p.lost { "lost" } else { p.end_reason.map_or("-", ReasonCeased::code) };
        format!("{}..{end} {reason}", p.start)
    };
    child(text).periods.iter().map(show).collect()
}

/// The periods, whichever of two returns is told first.
fn either_way(older: &str, newer: &str) -> Vec<String> {
    let found = periods(&format!("{older}, {newer}"));
    assert_eq!(found, periods(&format!("{newer}, {older}")));
    found
}

#[test]
fn a_corrected_start_replaces_the_old_row_whether_earlier_or_later() {
    let earlier = either_way("return 2024, placed 2023-06-10", "return 2025, placed 2023-06-01");
    assert_eq!(earlier, ["2023-06-01..now -"]);
    let later = either_way("return 2024, placed 2023-06-01", "return 2025, placed 2023-06-10");
    assert_eq!(later, ["2023-06-10..now -"]);
    assert_eq!(child("return 2024, placed 2023-06-01, return 2025, placed 2023-06-10").repairs.replaced, 1);
}

#[test]
fn the_end_of_care_that_the_newer_return_tells_is_kept() {
    for reason in ["E11", "E45", "E2"] {
        let newer = format!("return 2025, placed 2023-06-01, left 2024-11-15 {reason}");
        assert_eq!(either_way("return 2024, placed 2023-06-10", &newer), [format!("2023-06-01..2024-11-15 {reason}")]);
    }
}

#[test]
fn a_move_that_the_newer_return_takes_back_is_left_out() {
    let older = "return 2024, placed 2023-06-01 U6, moved 2024-02-01 K2";
    let newer = "return 2025, placed 2023-06-01 U6, left 2024-05-01 E4A";
    assert_eq!(either_way(older, newer), ["2023-06-01..2024-05-01 E4A"]);
}

#[test]
fn a_closed_row_inside_a_newer_one_is_left_out() {
    let older = "return 2024, placed 2023-06-01 U6, moved 2023-08-01 K2, moved 2023-09-01 U6";
    let newer = "return 2025, placed 2023-06-01 U6";
    let joined = child(&format!("{older}, {newer}"));
    assert_eq!(joined.periods.first().unwrap().placements.len(), 1);
    assert_eq!(joined.repairs.replaced, 2);
}

#[test]
fn an_open_row_with_another_placement_goes_on_into_the_newer_row() {
    let older = "return 2024, placed 2023-06-01 U6";
    let newer = "return 2025, placed 2024-05-01 K2 rne P";
    assert_eq!(either_way(older, newer), ["2023-06-01..now -"]);
    assert_eq!(child(&format!("{older}, {newer}")).repairs.closed, 1);
}

#[test]
fn a_child_whom_the_newer_return_lacks_is_looked_after_on_31_march_and_has_not_left_care() {
    let story = "return 2024, placed 2023-06-10, return 2025";
    assert_eq!(periods(story), ["2023-06-10..2024-04-01 lost"]);
    let lost = child(story);
    assert!(lost.looked_after_on(day("2024-03-31")) && !lost.looked_after_on(day("2024-04-01")));
    let next_year = Window::new(day("2024-04-01"), day("2025-03-31"));
    assert!(!lost.looked_after_in(next_year) && lost.last_end_in(next_year).is_none());
    assert_eq!(lost.repairs.lost, 1);
    assert_eq!(periods("return 2024, placed 2024-03-31, return 2025"), ["2024-03-31..2024-04-01 lost"]);
    assert_eq!(periods("return 2024, placed 2023-06-10"), ["2023-06-10..now -"]);
}

#[test]
fn a_lost_child_who_comes_into_care_again_is_lost_until_the_new_start_at_the_latest() {
    let older = "return 2024, placed 2023-06-10 U6";
    assert_eq!(
        either_way(older, "return 2025, placed 2024-09-01 K2"),
        ["2023-06-10..2024-04-01 lost", "2024-09-01..now -"]
    );
    assert_eq!(
        either_way(older, "return 2025, placed 2024-02-01 K2"),
        ["2023-06-10..2024-02-01 lost", "2024-02-01..now -"]
    );
}

#[test]
fn a_start_within_one_return_ends_the_open_row_before_it() {
    assert_eq!(periods("placed 2023-01-01, placed 2023-05-01").len(), 1);
}

#[test]
fn a_return_made_during_the_year_loses_a_child_on_its_last_day() {
    let (records, mut returns) = story::records("return 2024, placed 2023-06-10, return 2025").unwrap();
    returns[0].up_to = day("2023-09-30");
    let lost = super::join(records, &returns).unwrap();
    assert!(lost.looked_after_on(day("2023-09-30")) && !lost.looked_after_on(day("2023-10-01")));
}

#[test]
fn care_ends_on_the_18th_birthday_and_keeps_a_reason_that_was_given_later() {
    assert_eq!(
        periods("return 2024, born 2005-09-15, placed 2020-02-01"),
        ["2020-02-01..2023-09-15 -"],
        "open: the reason is not known"
    );
    assert_eq!(
        periods("return 2024, born 2005-09-15, placed 2020-02-01, left 2023-12-01 E17"),
        ["2020-02-01..2023-09-15 E17"]
    );
    assert_eq!(
        periods("return 2024, born 2006-03-31, placed 2020-02-01, left 2024-03-31 E5"),
        ["2020-02-01..2024-03-31 E5"]
    );
    assert_eq!(periods("return 2024, born 2006-04-01, placed 2020-02-01"), ["2020-02-01..now -"]);
    assert_eq!(child("return 2024, born 2005-09-15, placed 2020-02-01").repairs.adult, 1);
}

#[test]
fn an_episode_that_starts_at_18_is_in_no_figure() {
    assert!(periods("return 2024, born 2005-09-15, placed 2023-09-15").is_empty());
    assert_eq!(
        periods("return 2024, born 2005-09-15, placed 2023-01-01, moved 2023-10-01, left 2024-01-01 E17"),
        ["2023-01-01..2023-09-15 -"]
    );
}

#[test]
fn a_childrens_home_under_a_single_agreement_is_exempt_while_it_lasts() {
    let story = |details: &str| format!("return 2024, born 2005-09-15, placed 2020-02-01 {details}");
    assert_eq!(periods(&story("V2 K2")), ["2020-02-01..now -"]);
    assert_eq!(periods(&story("V2 K2, moved 2023-11-01 K2")), ["2020-02-01..now -"]);
    assert_eq!(periods(&story("V2 U6")), ["2020-02-01..2023-09-15 -"]);
    assert_eq!(periods(&story("C2 K2")), ["2020-02-01..2023-09-15 -"]);
    assert_eq!(periods(&story("C2 U6, moved 2023-11-01 V2 K2")), ["2020-02-01..2023-09-15 -"]);
}

#[test]
fn a_lost_child_who_turned_18_before_that_left_care_on_the_birthday() {
    let story = "return 2024, born 2005-09-15, placed 2020-02-01, return 2025";
    assert_eq!(periods(story), ["2020-02-01..2023-09-15 -"]);
}

#[test]
fn born_on_29_february_care_ends_on_1_march_in_a_year_without_it() {
    assert_eq!(periods("return 2026, born 2008-02-29, placed 2020-02-01"), ["2020-02-01..2026-03-01 -"]);
}
