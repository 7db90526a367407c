//! What is shown at each level, figure by figure, and the laws of the gate for any figure.

use proptest::prelude::*;

use super::*;

fn counted(unit: Unit, numerator: u64, denominator: Option<u64>) -> Cell {
    let value = denominator.map_or(Some(numerator as f64), |of| Fraction::new(numerator, of).of(unit.scale()));
    Cell {
        unit,
        on: "2023-09-30".parse().unwrap(),
        of: Of::Authority,
        value,
        numerator: Some(numerator),
        denominator,
        blank: 3,
        absence: None,
        interval: crate::statistics::interval(unit, numerator, denominator, crate::statistics::Confidence::NinetyFive),
    }
}

fn percent(numerator: u64, denominator: u64) -> Cell {
    counted(Unit::Percent, numerator, Some(denominator))
}

fn seen(counted: Cell, level: Level) -> Result<f64, Absence> {
    let shown = protect(counted, level);
    assert_eq!(shown.value.is_some(), shown.absence.is_none());
    shown.value.ok_or_else(|| shown.absence.unwrap())
}

const HIDDEN: Result<f64, Absence> = Err(Absence::Confidential);

#[test]
fn true_values_pass_unchanged_at_n_whatever_they_are() {
    for figure in [percent(1, 3), Cell { of: Of::Group, on: "2023-10-17".parse().unwrap(), ..percent(5, 100) }] {
        assert_eq!(*protect(figure, Level::N), figure);
    }
}

#[test]
fn a_percentage_shows_where_neither_part_is_one_to_five_and_the_population_is_at_least_six() {
    for (numerator, denominator, shown) in [
        (6, 12, true),
        (5, 12, false),
        (7, 12, false),
        (0, 6, true),
        (6, 6, true),
        (0, 5, false),
        (1, 200, false),
        (195, 200, false),
        (194, 200, true),
        (200, 200, true),
        (0, 0, false),
    ] {
        let figure = percent(numerator, denominator);
        let expected = if shown { Ok(figure.value.unwrap()) } else { HIDDEN };
        assert_eq!(seen(figure, Level::S), expected, "{numerator} of {denominator}");
    }
    let hidden = protect(percent(1, 200), Level::S);
    assert_eq!((hidden.numerator, hidden.denominator, hidden.blank, hidden.interval), (None, None, 0, None));
    let shown = protect(percent(6, 12), Level::S);
    assert_eq!((shown.numerator, shown.denominator, shown.blank), (Some(6), Some(12), 0));
    assert!(shown.interval.is_some());
}

#[test]
fn a_count_is_its_own_population() {
    for (count, s, r) in [
        (0, HIDDEN, HIDDEN),
        (5, HIDDEN, HIDDEN),
        (6, Ok(6.0), HIDDEN),
        (7, Ok(7.0), HIDDEN),
        (8, Ok(8.0), Ok(10.0)),
        (12, Ok(12.0), Ok(10.0)),
        (13, Ok(13.0), Ok(15.0)),
        (182, Ok(182.0), Ok(180.0)),
    ] {
        assert_eq!(seen(counted(Unit::Count, count, None), Level::S), s, "{count}");
        assert_eq!(seen(counted(Unit::Count, count, None), Level::R), r, "{count}");
    }
}

#[test]
fn a_rounded_rate_comes_from_the_rounded_count_and_a_rounded_percentage_is_whole() {
    assert_eq!(seen(counted(Unit::RatePer10000, 182, Some(60_000)), Level::R), Ok(30.0));
    assert_eq!(seen(counted(Unit::RatePer10000, 7, Some(60_000)), Level::R), HIDDEN);
    assert_eq!(seen(percent(90, 108), Level::R), Ok(83.0));
    let shown = protect(percent(90, 108), Level::R);
    assert_eq!((shown.numerator, shown.denominator, shown.interval), (None, None, None));
}

#[test]
fn only_the_ends_of_quarters_are_reported_and_rounded_figures_only_in_march_and_september() {
    for (day, s, r) in [
        ("2023-09-30", true, true),
        ("2024-03-31", true, true),
        ("2023-12-31", true, false),
        ("2023-06-30", true, false),
        ("2023-09-29", false, false),
        ("2023-10-31", false, false),
    ] {
        let figure = Cell { on: day.parse().unwrap(), ..percent(90, 108) };
        assert_eq!(seen(figure, Level::S).is_ok(), s, "{day}");
        assert_eq!(seen(figure, Level::R).is_ok(), r, "{day}");
        let small = Cell { on: day.parse().unwrap(), ..percent(1, 108) };
        let not_reported = Err(Absence::NotAvailable);
        assert_eq!(seen(small, Level::S), if s { HIDDEN } else { not_reported }, "{day}");
    }
}

#[test]
fn groups_are_confidential_whatever_their_size() {
    let group = Cell { of: Of::Group, ..percent(90, 108) };
    assert_eq!((seen(group, Level::S), seen(group, Level::R)), (HIDDEN, HIDDEN));
    let empty = Cell { value: None, numerator: None, denominator: None, absence: Some(Absence::NotYetDue), ..group };
    assert_eq!(seen(empty, Level::S), HIDDEN);
}

#[test]
fn a_printed_percentage_without_its_parts_is_confidential_and_a_controlled_one_passes() {
    let printed = Cell { numerator: None, denominator: None, ..percent(90, 108) };
    assert_eq!((seen(printed, Level::S), seen(printed, Level::R)), (HIDDEN, HIDDEN));
    let controlled = Cell { of: Of::Published, ..printed };
    assert_eq!(
        (seen(controlled, Level::S), seen(controlled, Level::R)),
        (Ok(printed.value.unwrap()), Ok(printed.value.unwrap()))
    );
}

#[test]
fn why_nothing_is_there_is_told_only_where_no_child_stands_behind_it() {
    let nothing = Cell { value: None, numerator: None, denominator: None, ..percent(0, 1) };
    for absence in [Absence::NotYetDue, Absence::NotAvailable, Absence::NotCollected] {
        assert_eq!(seen(Cell { absence: Some(absence), ..nothing }, Level::S), Err(absence));
    }
    let of_nobody = Cell { value: None, absence: Some(Absence::NotAvailable), ..percent(0, 0) };
    assert_eq!(seen(of_nobody, Level::S), HIDDEN);
}

#[test]
fn rows_of_children_are_no_way_to_figures() {
    for level in [Level::I, Level::P] {
        assert_eq!(seen(percent(90, 108), level), HIDDEN);
    }
}

fn any_figure() -> impl Strategy<Value = Cell> {
    let unit = prop_oneof![Just(Unit::Count), Just(Unit::Percent), Just(Unit::RatePer10000)];
    (unit, 0..300_u64, 0..300_u64).prop_map(|(unit, numerator, more)| match unit {
        Unit::Count => counted(unit, numerator, None),
        _ => counted(unit, numerator, Some(numerator + more)),
    })
}

proptest! {
    #[test]
    fn nothing_small_is_ever_in_what_is_shown(figure in any_figure()) {
        for level in [Level::S, Level::R] {
            let shown = protect(figure, level);
            let small = |count: Option<u64>| count.is_some_and(|count| SMALL.contains(&count));
            prop_assert!(!small(shown.numerator));
            prop_assert!(!small(shown.denominator));
            prop_assert!(!small(shown.denominator.zip(shown.numerator).map(|(of, part)| of - part)));
            if shown.value.is_some() {
                prop_assert!(!small(figure.numerator) && figure.denominator.or(figure.numerator).unwrap() >= FEWEST);
            }
        }
    }

    #[test]
    fn whatever_is_rounded_was_shown_unrounded_too(figure in any_figure()) {
        if protect(figure, Level::R).value.is_some() {
            prop_assert!(protect(figure, Level::S).value.is_some());
        }
    }

    #[test]
    fn all_hidden_figures_of_a_day_are_alike(a in any_figure(), b in any_figure()) {
        let (a, b) = (protect(a, Level::S), protect(Cell { unit: a.unit, ..b }, Level::S));
        if a.value.is_none() && b.value.is_none() {
            prop_assert_eq!(a, b);
        }
    }
}
