//! What is counted from the invented records of Harrow is what the council printed.

use super::*;
use crate::{
    breakdowns::{AgeBand, EthnicGroup, Gender, Group},
    indicators::{self, Counts},
    period::Date,
    scorecards,
    synthetic::read_back::snapshot,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn counts(on: &str) -> Vec<(&'static str, Counts)> {
    let snapshot = snapshot(&lives(), DAYS);
    let counted = indicators::count(&snapshot, scorecards::listed(), day(on));
    scorecards::listed().iter().zip(counted).map(|(i, c)| (i.code, c.counts)).collect()
}

/// Numerator and denominator of each row, as `code 27/39`, or `code 192` for a count.
fn cells(on: &str) -> Vec<String> {
    let cell = |(code, counts): &(&str, Counts)| match *code {
        "cla_number" | "care_leavers_number" | "cla_rate_per_10000" => format!("{code} {}", counts.total.numerator),
        _ => format!("{code} {}/{}", counts.total.numerator, counts.total.denominator),
    };
    counts(on).iter().take(14).map(cell).collect()
}

#[test]
fn the_first_quarter_is_as_printed() {
    assert_eq!(
        cells("2023-06-30"),
        [
            "cla_number 192",
            "care_leavers_number 185",
            "cla_rate_per_10000 192",
            "reviews_in_timescale_pct 174/184",
            "placements_3plus_pct 2/192",
            "long_term_stability_pct 27/39",
            "care_leavers_suitable_accommodation_pct 28/29",
            "care_leavers_neet_pct 10/29",
            "dental_checks_pct 92/112",
            "health_checks_pct 102/112",
            "ceased_adopted_pct 1/21",
            "ceased_sgo_pct 2/21",
            "placed_over_20_miles_pct 31/151",
            "missing_episode_pct 16/213",
        ]
    );
}

#[test]
fn the_second_quarter_is_as_printed() {
    assert_eq!(
        cells("2023-09-30"),
        [
            "cla_number 191",
            "care_leavers_number 187",
            "cla_rate_per_10000 191",
            "reviews_in_timescale_pct 162/180",
            "placements_3plus_pct 5/191",
            "long_term_stability_pct 32/39",
            "care_leavers_suitable_accommodation_pct 61/63",
            "care_leavers_neet_pct 22/63",
            "dental_checks_pct 90/108",
            "health_checks_pct 98/108",
            "ceased_adopted_pct 2/53",
            "ceased_sgo_pct 2/53",
            "placed_over_20_miles_pct 27/146",
            "missing_episode_pct 21/244",
        ]
    );
}

#[test]
fn numbers_at_the_year_ends_before_are_as_printed_and_shares_near() {
    // Printed for 31 March 2021, 2022 and 2023, in the order of the scorecard, with how far the fit may lie off.
    let printed: [(&str, [f64; 3], f64); 13] = [
        ("cla_number", [182.0, 188.0, 179.0], 0.0),
        ("care_leavers_number", [183.0, 189.0, 186.0], 0.0),
        ("reviews_in_timescale_pct", [97.1, 89.8, 68.8], 3.0),
        ("placements_3plus_pct", [10.0, 13.8, 9.5], 3.0),
        ("long_term_stability_pct", [81.0, 68.4, 66.7], 4.0),
        ("care_leavers_suitable_accommodation_pct", [82.1, 89.9, 90.1], 2.0),
        ("care_leavers_neet_pct", [40.0, 27.6, 28.2], 2.0),
        ("dental_checks_pct", [73.0, 91.5, 91.1], 3.0),
        ("health_checks_pct", [99.0, 99.1, 91.1], 3.0),
        ("ceased_adopted_pct", [4.3, 3.8, 3.5], 1.0),
        ("ceased_sgo_pct", [19.1, 14.3, 8.8], 1.0),
        ("placed_over_20_miles_pct", [20.0, 16.0, 16.2], 4.0),
        ("missing_episode_pct", [9.0, 8.8, 8.2], 1.5),
    ];
    let ends = ["2021-03-31", "2022-03-31", "2023-03-31"].map(counts);
    for (code, values, off) in printed {
        for (at, value) in values.iter().enumerate() {
            let total = ends[at].iter().find(|(c, _)| *c == code).unwrap().1.total;
            let (n, d) = (total.numerator as f64, total.denominator as f64);
            let got = if code.ends_with("_pct") { 100.0 * n / d } else { n };
            assert!((got - value).abs() <= off, "{code} {}: {got:.1} ({n}/{d}), printed {value}", at + 2021);
        }
    }
}

#[test]
fn shares_of_the_groups_are_within_three_points_of_those_printed() {
    let printed = [
        (Group::Ethnicity(EthnicGroup::White), 26),
        (Group::Ethnicity(EthnicGroup::Mixed), 23),
        (Group::Ethnicity(EthnicGroup::Asian), 24),
        (Group::Ethnicity(EthnicGroup::Black), 13),
        (Group::Ethnicity(EthnicGroup::Other), 15),
        (Group::AgeBand(AgeBand::Under1), 4),
        (Group::AgeBand(AgeBand::From1To4), 12),
        (Group::AgeBand(AgeBand::From5To9), 13),
        (Group::AgeBand(AgeBand::From10To15), 36),
        (Group::AgeBand(AgeBand::From16), 34),
        (Group::Gender(Gender::Male), 56),
        (Group::Gender(Gender::Female), 44),
    ];
    for on in ["2023-06-30", "2023-09-30"] {
        let all = counts(on);
        let number = &all[0].1;
        for (group, share) in printed {
            let got = 100.0 * number.group(group).numerator as f64 / number.total.numerator as f64;
            assert!((got - f64::from(share)).abs() <= 3.0, "{on} {group:?}: {got:.1}, printed {share}");
        }
    }
}

#[test]
fn nobody_who_left_since_april_comes_back_and_the_records_repeat_themselves() {
    let (one, two) = (lives(), lives());
    assert!(one.iter().all(|life| life.stays.len() <= 1));
    let year = crate::synthetic::returns::Year::all(DAYS)[3];
    let of = |lives: &[Life]| crate::synthetic::returns::of_year(lives, "E09000015", year);
    assert_eq!(of(&one), of(&two));
}
