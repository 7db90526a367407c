//! Every worked example of every indicator, and the worked cases of methodology M1 to M12.

use super::*;
use crate::{
    breakdowns::{AgeBand, Dimension, EthnicGroup, Group},
    care::story,
    period::Date,
    snapshot::Snapshot,
    statistics::{Absence, Bounds, Confidence, FlatTarget, Fraction, Unit},
};

fn snapshot(stories: &[&str]) -> Snapshot {
    let told: Vec<_> = stories.iter().map(|s| story::records(s).unwrap_or_else(|e| panic!("{e}"))).collect();
    let returns = told.first().map(|(_, returns)| returns.clone()).unwrap_or_default();
    let records = told
        .into_iter()
        .enumerate()
        .map(|(n, (records, _))| crate::care::records::ChildRecords { child: format!("{n:03}").into(), ..records });
    Snapshot::new("E09000015", 1, records, returns)
}

fn tally(code: &str, on: &str, stories: &[&str]) -> Tally {
    count(&snapshot(stories), &[find(code).unwrap()], on.parse().unwrap())[0].counts.total
}

/// `yes`, `no`, `blank` or `out`.
fn outcome(code: &str, on: &str, story: &str) -> &'static str {
    match tally(code, on, &[story]) {
        Tally { denominator: 0, .. } => "out",
        Tally { blank: 1, .. } => "blank",
        Tally { numerator: 1, .. } => "yes",
        _ => "no",
    }
}

#[test]
fn every_worked_example_holds_and_every_indicator_shows_a_yes_and_an_out() {
    for indicator in all() {
        let mut shown = Vec::new();
        for line in indicator.examples.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (expected, story) = line.split_once(": ").unwrap();
            let (expected, on) = expected.split_once(' ').unwrap();
            assert_eq!(outcome(indicator.code, on, story), expected, "{}: {line}", indicator.code);
            shown.push(expected);
        }
        assert!(shown.contains(&"yes") && shown.contains(&"out"), "{}", indicator.code);
    }
}

#[test]
fn codes_are_unique_and_versions_count_up_from_one_with_a_date_and_a_reason_each() {
    let codes: std::collections::BTreeSet<_> = all().iter().map(|i| i.code).collect();
    assert_eq!(codes.len(), all().len());
    for indicator in all() {
        let mut since = Date::MIN;
        for (n, version) in indicator.versions.iter().enumerate() {
            let day: Date = version.since.parse().unwrap();
            assert!(day > since && !version.change.is_empty(), "{}", indicator.code);
            assert_eq!(version.number, (n + 1).to_string(), "{}", indicator.code);
            since = day;
        }
        assert!(!indicator.version().is_empty(), "{}", indicator.code);
    }
}

#[test]
fn counts_show_no_decimals_and_everything_else_one() {
    for indicator in all() {
        assert_eq!(indicator.decimals, u32::from(indicator.unit != Unit::Count), "{}", indicator.code);
    }
}

#[test]
fn golden_case_1_care_that_ended_on_31_march_is_ceased_and_not_counted() {
    let story = "placed 2023-06-01, left 2024-03-31 E4A";
    assert_eq!(outcome("cla_number", "2024-03-31", story), "out");
    assert_eq!(outcome("cla_ceased_number", "2024-03-31", story), "yes");
}

#[test]
fn golden_case_2_a_start_on_1_april_is_twelve_months() {
    let story = |start: &str| format!("return 2024, placed {start}, oc2 2024 teeth");
    assert_eq!(outcome("dental_checks_pct", "2024-03-31", &story("2023-04-01")), "yes");
    assert_eq!(outcome("dental_checks_pct", "2024-03-31", &story("2023-04-02")), "out");
}

#[test]
fn golden_case_3_the_stability_cohort_begins_thirty_months_ago() {
    let story = |start: &str| format!("born 2009-01-01, placed {start}");
    assert_eq!(outcome("long_term_stability_pct", "2024-03-31", &story("2021-10-01")), "yes");
    assert_eq!(outcome("long_term_stability_pct", "2024-03-31", &story("2021-10-02")), "out");
}

#[test]
fn golden_case_5_adoption_by_the_carer_is_stable() {
    let story = "born 2016-01-01, placed 2021-02-01 U6 carer A, same 2024-01-01 A5 carer A";
    assert_eq!(outcome("long_term_stability_pct", "2024-03-31", story), "yes");
}

#[test]
fn golden_case_6_the_placement_open_on_1_april_counts() {
    let story = "placed 2022-01-01 U6 carer A, moved 2023-06-01 K2 carer B, moved 2023-09-01 U6 carer C";
    assert_eq!(outcome("placements_3plus_pct", "2023-09-30", story), "yes");
    assert_eq!(outcome("placements_3plus_pct", "2023-06-30", story), "no");
}

#[test]
fn golden_case_7_a_child_who_left_twice_ceased_once_and_was_adopted() {
    let story = "placed 2023-01-01, left 2023-05-10 E4A, placed 2023-07-20, left 2023-12-01 E11";
    assert_eq!(tally("cla_ceased_number", "2024-03-31", &[story]).denominator, 1);
    assert_eq!(outcome("ceased_adopted_pct", "2024-03-31", story), "yes");
}

#[test]
fn golden_case_8_a_child_with_short_breaks_only_is_nowhere() {
    let story = "born 2004-05-01, placed 2019-01-01 V4, left 2022-05-01 E8, missing 2020-05-01 to 2020-05-02, oc3 2024 YES F1 U1";
    for indicator in all() {
        assert_eq!(outcome(indicator.code, "2023-09-30", story), "out", "{}", indicator.code);
    }
}

#[test]
fn golden_case_9_one_assessment_is_not_enough_for_a_child_of_four() {
    let story = "born 2019-06-01, placed 2022-01-01, health 2023-05-01, dentist 2023-05-01";
    assert_eq!(outcome("health_checks_pct", "2023-09-30", story), "no");
    assert_eq!(outcome("dental_checks_pct", "2023-09-30", story), "yes");
}

#[test]
fn golden_case_10_the_birthday_window_ends_after_a_month() {
    let story = |day: &str| {
        format!("born 2004-02-15, oc3 2025 YES F1 U1, placed 2018-01-01, left 2021-01-01 E5, contact {day} YES G5 U1")
    };
    assert_eq!(outcome("care_leavers_neet_pct", "2024-03-31", &story("2023-11-14")), "blank");
    assert_eq!(outcome("care_leavers_neet_pct", "2024-03-31", &story("2023-11-15")), "yes");
    assert_eq!(outcome("care_leavers_neet_pct", "2024-03-31", &story("2024-03-16")), "blank");
}

#[test]
fn golden_case_11_missing_over_the_year_end_counts_in_both_years() {
    let story = "placed 2022-01-01, missing 2023-03-28 to 2023-04-03";
    assert_eq!(outcome("missing_episode_pct", "2023-03-31", story), "yes");
    assert_eq!(outcome("missing_episode_pct", "2024-03-31", story), "yes");
}

#[test]
fn golden_case_12_a_late_review_stays_late_all_year() {
    // The first review is due on 30 September 2024.
    let story = "placed 2024-09-02, reviewed 2024-10-01, reviewed 2024-12-20";
    for day in ["2024-09-30", "2024-12-31", "2025-03-31"] {
        assert_eq!(outcome("reviews_in_timescale_pct", day, story), "no", "{day}");
    }
}

#[test]
fn golden_case_13_a_baby_is_under_1_and_never_twelve_months_in_care() {
    let story = "born 2023-08-31, placed 2023-08-31, dentist 2023-10-01, dentist 2024-01-01";
    let counted = count(&snapshot(&[story]), &[find("cla_number").unwrap()], "2024-03-31".parse().unwrap());
    assert_eq!(counted[0].counts.group(Group::AgeBand(AgeBand::Under1)).denominator, 1);
    assert_eq!(outcome("dental_checks_pct", "2024-03-31", story), "out");
}

#[test]
fn golden_case_15_nothing_out_of_nothing_is_no_value() {
    let counted = tally("ceased_adopted_pct", "2023-09-30", &["placed 2023-01-01"]);
    assert_eq!(worked(find("ceased_adopted_pct").unwrap(), counted, None).value, None);
}

#[test]
fn all_missing_and_none_away_means_that_away_is_not_recorded() {
    let absence = |story: &str| {
        count(&snapshot(&[story]), &[find("absent_without_authorisation_pct").unwrap()], "2023-09-30".parse().unwrap())
            [0]
        .absence
    };
    assert_eq!(absence("placed 2023-01-01, missing 2023-05-01 to 2023-05-02"), Some(Absence::NotCollected));
    assert_eq!(absence("placed 2023-01-01"), None);
}

#[test]
fn a_distance_that_nobody_recorded_is_unknown_and_not_zero() {
    let value = |stories: &[&str]| {
        let indicator = find("placed_over_20_miles_pct").unwrap();
        worked(indicator, tally(indicator.code, "2023-09-30", stories), None).value
    };
    assert_eq!(value(&["placed 2023-01-01 U6", "placed 2023-01-01 K2"]), None);
    assert_eq!(value(&["placed 2023-01-01 U6", "placed 2023-01-01 K2 4 miles"]), Some(0.0));
}

#[test]
fn a_percentage_of_whose_cohort_nothing_is_known_has_no_value_whatever_it_measures() {
    for indicator in all().iter().filter(|indicator| indicator.unit == Unit::Percent) {
        let of_all = worked(indicator, Tally { numerator: 0, denominator: 129, blank: 129 }, None);
        assert_eq!((of_all.value, of_all.numerator, of_all.interval), (None, None, None), "{}", indicator.code);
        assert_eq!((of_all.denominator, of_all.not_known), (Some(129), Some(129)));
        let but_one = worked(indicator, Tally { numerator: 0, denominator: 129, blank: 128 }, None);
        assert_eq!((but_one.value, but_one.most), (Some(0.0), Some(128)), "{}", indicator.code);
    }
}

#[test]
fn what_is_not_known_stands_beside_the_value_and_widens_its_interval() {
    let stories = [
        "return 2024, placed 2023-04-01, oc2 2024 teeth",
        "return 2024, placed 2023-04-01, oc2 2024 health",
        "return 2024, placed 2023-04-01",
        "return 2024, placed 2023-04-01",
    ];
    let indicator = find("dental_checks_pct").unwrap();
    let of = worked(indicator, tally(indicator.code, "2024-03-31", &stories), None);
    // One of four had a check, one had none, and of two there is no row.
    assert_eq!((of.value, of.highest), (Some(25.0), Some(75.0)));
    assert_eq!((of.numerator, of.most, of.denominator, of.not_known), (Some(1), Some(3), Some(4), Some(2)));
    let ends = Bounds::new(Fraction::new(1, 4), 2).interval(Confidence::NinetyFive);
    assert_eq!(of.interval, ends);
}

#[test]
fn a_flat_target_judges_every_quarter_what_does_not_grow_with_the_year() {
    let at_year_end: Vec<_> =
        all().iter().filter(|i| i.flat_target == FlatTarget::YearEnd).map(|indicator| indicator.code).collect();
    let flow = ["cla_started_number", "cla_ceased_number", "cla_any_time_number"];
    let others = ["placements_3plus_pct", "missing_episode_pct", "absent_without_authorisation_pct"];
    assert_eq!(at_year_end, [flow, others].concat());
}

#[test]
fn the_age_band_of_a_starter_is_taken_at_the_start_and_of_a_leaver_at_the_end() {
    let snapshot = snapshot(&["born 2018-05-02, placed 2023-05-01, left 2023-06-01 E4A"]);
    let on: Date = "2023-09-30".parse().unwrap();
    let indicators = [find("cla_started_number").unwrap(), find("cla_ceased_number").unwrap()];
    let counted = count(&snapshot, &indicators, on);
    assert_eq!(counted[0].counts.group(Group::AgeBand(AgeBand::From1To4)).denominator, 1);
    assert_eq!(counted[1].counts.group(Group::AgeBand(AgeBand::From5To9)).denominator, 1);
}

#[test]
fn the_groups_of_each_dimension_add_up_to_the_total() {
    let snapshot = snapshot(&[
        "girl, ethnicity WBRI, born 2010-01-01, placed 2023-01-01",
        "boy, ethnicity REFU, placed 2023-01-01",
        "ethnicity CHNE, born 2022-01-01, placed 2023-01-01",
    ]);
    let counted = count(&snapshot, &[find("cla_number").unwrap()], "2023-09-30".parse().unwrap());
    let counts = &counted[0].counts;
    for dimension in Dimension::ALL {
        let sum: u64 = dimension.groups().iter().map(|g| counts.group(*g).denominator).sum();
        assert_eq!(sum, counts.total.denominator);
    }
    assert_eq!(counts.group(Group::Ethnicity(EthnicGroup::Asian)).denominator, 1);
}

#[test]
fn the_steps_lead_from_all_children_to_the_numerator_and_the_parts_agree() {
    let snapshot = snapshot(&[
        "placed 2023-01-01 U6, moved 2023-05-01, moved 2023-06-01",
        "placed 2023-01-01 U6",
        "placed 2022-01-01, left 2023-01-01 E4A",
    ]);
    let (indicator, on) = (find("placements_3plus_pct").unwrap(), "2023-09-30".parse().unwrap());
    let steps: Vec<_> = trace(&snapshot, indicator, on).iter().map(|s| (s.count_in, s.count_out)).collect();
    assert_eq!(steps, [(3, 2), (2, 1)]);
    let ids = |part| cohort(&snapshot, indicator, on, part).iter().map(|c| c.id.to_string()).collect::<Vec<_>>();
    assert_eq!((ids(Part::Numerator), ids(Part::Missed)), (vec!["000".to_owned()], vec!["001".to_owned()]));
    assert_eq!(ids(Part::Denominator).len(), 2);
}
