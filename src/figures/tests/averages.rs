//! Averages of neighbours, by level: below true values of controlled figures alone, and of all members.

use super::*;
use crate::comparators::{Averaging, Comparison, Edition};

/// What a neighbour published of itself: by the Department, or in a document of its own with so many of so many.
fn of_neighbour(n: usize, value: f64, parts: Option<(u64, u64)>) -> PublishedFigure {
    PublishedFigure {
        area: format!("E0900000{n}"),
        period: period("2022-23"),
        numerator: parts.map(|parts| parts.0),
        denominator: parts.map(|parts| parts.1),
        controlled: parts.is_none(),
        ..figure("figures", value)
    }
}

/// Six neighbours, of which the last published this; another may be without a figure.
fn beside_neighbours(role: Role, last: Option<PublishedFigure>, choice: &Choice) -> Comparison {
    let mut data = data(&[TWO_YEARS; 12]);
    let figures = (1..6).map(|n| of_neighbour(n, 60.0 + n as f64, None)).chain(last);
    let edition =
        Edition { name: "2021".into(), current_from: None, members: 6, whole: false, figures: figures.collect() };
    let published =
        authority_data::PublishedFigures { editions: vec![edition], ..authority_data::PublishedFigures::default() };
    beside(&mut data).published = HashMap::from([("dental_checks_pct".to_owned(), published)]);
    let view = seen_by(role, data);
    let answer = ask(&view, "dental_checks_pct", "2023-24-Q2");
    view.comparison(&answer, Comparator::StatisticalNeighbours, choice)
}

const MEANS: [Averaging; 2] = [Averaging::Mean, Averaging::Median];

fn by(averaging: Averaging) -> Choice {
    Choice { edition: None, averaging: Some(averaging) }
}

#[test]
fn an_average_of_controlled_figures_of_all_members_is_for_everyone() {
    let last = || Some(of_neighbour(6, 66.0, None));
    for role in [Role::Analyst, Role::PanelMember, Role::NeighbourAuthority, Role::Public] {
        for averaging in MEANS {
            let beside = beside_neighbours(role, last(), &by(averaging));
            assert_eq!((beside.value, beside.members), (Some(63.5), Some(6)), "{role:?} {averaging:?}");
        }
    }
}

#[test]
fn a_figure_that_was_not_controlled_is_in_no_average_below_true_values_and_does_not_show_by_being_missing() {
    let hidden = |role, last: Option<PublishedFigure>| {
        MEANS.map(|averaging| {
            let beside = beside_neighbours(role, last.clone(), &by(averaging));
            (beside.value, beside.absence, beside.members, beside.difference)
        })
    };
    let suppressed = PublishedFigure { value: Err(Absence::Confidential), ..of_neighbour(6, 0.0, None) };
    let without = PublishedFigure { numerator: None, ..of_neighbour(6, 4.0, Some((1, 25))) };
    // One in 25, without its parts, suppressed, never published: all alike.
    let lacking = [Some(of_neighbour(6, 4.0, Some((1, 25)))), Some(without), Some(suppressed), None];
    for role in [Role::PanelMember, Role::NeighbourAuthority, Role::HealthPartner, Role::Public] {
        for last in lacking.clone() {
            let silent = (None, Some(Absence::Confidential), None, None);
            assert_eq!(hidden(role, last), [silent; 2], "{role:?}");
        }
    }
    let exact = |last| beside_neighbours(Role::Analyst, last, &by(Averaging::Mean));
    let with = exact(lacking[0].clone());
    assert_eq!((with.value.map(f64::round), with.members), (Some(53.0), Some(6)));
    assert_eq!((exact(None).value, exact(None).members), (Some(63.0), Some(5)));
}

#[test]
fn a_council_s_figure_counts_in_the_form_in_which_the_gate_lets_it_through() {
    let last = || Some(of_neighbour(6, 66.4, Some((664, 1_000))));
    let mean = |role| beside_neighbours(role, last(), &by(Averaging::Mean)).value.unwrap();
    let of = |last: f64| (61.0 + 62.0 + 63.0 + 64.0 + 65.0 + last) / 6.0;
    assert!((mean(Role::PanelMember) - of(66.4)).abs() < 1e-9);
    assert!((mean(Role::Public) - of(66.0)).abs() < 1e-9, "rounded for everyone");
}

#[test]
fn an_average_as_a_report_prints_it_is_for_everyone() {
    let mut data = data(&[TWO_YEARS; 12]);
    let neighbours = vec![PublishedFigure { controlled: true, ..figure("report", 75.0) }];
    let published = authority_data::PublishedFigures { neighbours, ..authority_data::PublishedFigures::default() };
    beside(&mut data).published = HashMap::from([("dental_checks_pct".to_owned(), published)]);
    let view = seen_by(Role::PanelMember, data);
    let answer = ask(&view, "dental_checks_pct", "2023-24-Q2");
    let beside = view.comparison(&answer, Comparator::StatisticalNeighbours, &Choice::default());
    assert_eq!((beside.value, beside.averaging), (Some(75.0), Some(Averaging::AsPublished)));
}
