//! What is shown at each level, figure by figure, and the laws of the gate for any figure.

use proptest::prelude::*;

use super::*;

fn counted(unit: Unit, numerator: u64, denominator: Option<u64>) -> Cell {
    let value = denominator.map_or(Some(numerator as f64), |of| Fraction::new(numerator, of).of(unit.scale()));
    Cell {
        unit,
        on: "2023-09-30".parse().unwrap(),
        of: FigureOrigin::Authority,
        value,
        highest: value,
        numerator: Some(numerator),
        most: Some(numerator),
        denominator,
        not_known: denominator.map(|_| 0),
        absence: None,
        interval: crate::statistics::interval(unit, numerator, denominator, Confidence::NinetyFive),
    }
}

/// A percentage of whom so many are not known.
fn unsure(numerator: u64, denominator: u64, not_known: u64) -> Cell {
    let bounds = Bounds::new(Fraction::new(numerator, denominator), not_known);
    Cell {
        highest: bounds.most.percent(),
        most: Some(bounds.most.numerator),
        not_known: Some(not_known),
        interval: bounds.interval(Confidence::NinetyFive),
        ..percent(numerator, denominator)
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

/// A figure of which nothing is held.
fn without_parts(cell: Cell) -> Cell {
    Cell { value: None, highest: None, numerator: None, most: None, denominator: None, not_known: None, ..cell }
}

const HIDDEN: Result<f64, Absence> = Err(Absence::Confidential);

#[test]
fn true_values_pass_unchanged_at_n_whatever_they_are() {
    for figure in
        [percent(1, 3), Cell { of: FigureOrigin::Group, on: "2023-10-17".parse().unwrap(), ..percent(5, 100) }]
    {
        assert_eq!(*protect(figure, Level::Exact), figure);
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
        assert_eq!(seen(figure, Level::Suppressed), expected, "{numerator} of {denominator}");
    }
    let hidden = protect(percent(1, 200), Level::Suppressed);
    assert_eq!((hidden.numerator, hidden.denominator, hidden.not_known, hidden.interval), (None, None, None, None));
    let shown = protect(percent(6, 12), Level::Suppressed);
    assert_eq!((shown.numerator, shown.denominator, shown.not_known), (Some(6), Some(12), Some(0)));
    assert!(shown.interval.is_some());
}

#[test]
fn one_to_five_not_known_hide_themselves_alone() {
    for (not_known, shown) in
        [(0, true), (1, false), (5, false), (6, true), (35, true), (36, false), (40, false), (41, true)]
    {
        let cell = protect(unsure(22, 63, not_known), Level::Suppressed);
        assert_eq!((cell.value, cell.numerator, cell.denominator), (percent(22, 63).value, Some(22), Some(63)));
        assert_eq!(cell.not_known, shown.then_some(not_known), "{not_known}");
        let rounded = protect(unsure(22, 63, not_known), Level::Rounded);
        assert_eq!((rounded.value, rounded.not_known), (Some(35.0), None));
    }
}

#[test]
fn neither_the_interval_nor_the_highest_value_gives_a_hidden_number_away() {
    let all = |not_known: std::ops::RangeInclusive<u64>, numerator, denominator| -> Vec<ProtectedFigure> {
        not_known.map(|n| protect(unsure(numerator, denominator, n), Level::Suppressed)).collect()
    };
    // 1 to 5 not known; 1 to 5 known among those not counted; and both where fewer than 11 are not counted.
    for alike in [all(1..=5, 22, 63), all(36..=40, 22, 63), all(1..=9, 53, 63), all(1..=6, 56, 63)] {
        assert!(alike.windows(2).all(|pair| pair[0] == pair[1]), "{alike:#?}");
        assert!(alike.iter().all(|cell| cell.interval.unwrap().contains(cell.highest.unwrap())));
    }
    let five = protect(unsure(22, 63, 1), Level::Suppressed);
    assert_eq!((five.most, five.interval), (Some(27), unsure(22, 63, 5).interval));
}

#[test]
fn that_nothing_is_known_of_many_is_no_secret_and_of_few_it_is() {
    let nothing = |of: u64| {
        let absence = Some(Absence::NotAvailable);
        Cell { value: None, highest: None, numerator: None, absence, ..unsure(0, of, of) }
    };
    assert_eq!(*protect(nothing(129), Level::Suppressed), nothing(129));
    assert_eq!(seen(nothing(129), Level::Rounded), Err(Absence::NotAvailable));
    assert_eq!(protect(nothing(129), Level::Rounded).denominator, None);
    assert_eq!((seen(nothing(5), Level::Suppressed), seen(nothing(5), Level::Rounded)), (HIDDEN, HIDDEN));
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
        assert_eq!(seen(counted(Unit::Count, count, None), Level::Suppressed), s, "{count}");
        assert_eq!(seen(counted(Unit::Count, count, None), Level::Rounded), r, "{count}");
    }
}

#[test]
fn a_rounded_rate_comes_from_the_rounded_count_and_a_rounded_percentage_is_whole() {
    assert_eq!(seen(counted(Unit::RatePer10000, 182, Some(60_000)), Level::Rounded), Ok(30.0));
    assert_eq!(seen(counted(Unit::RatePer10000, 7, Some(60_000)), Level::Rounded), HIDDEN);
    assert_eq!(seen(percent(90, 108), Level::Rounded), Ok(83.0));
    let shown = protect(percent(90, 108), Level::Rounded);
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
        assert_eq!(seen(figure, Level::Suppressed).is_ok(), s, "{day}");
        assert_eq!(seen(figure, Level::Rounded).is_ok(), r, "{day}");
        // What is not reported looks like what is small, and what nobody has says so on any day.
        for hidden in [percent(1, 108), percent(90, 108)].map(|cell| Cell { on: day.parse().unwrap(), ..cell }) {
            assert!(s && hidden.numerator == Some(90) || seen(hidden, Level::Suppressed) == HIDDEN, "{day}");
        }
        let nothing =
            Cell { absence: Some(Absence::NotYetDue), on: day.parse().unwrap(), ..without_parts(percent(0, 1)) };
        assert_eq!(seen(nothing, Level::Suppressed), Err(Absence::NotYetDue), "{day}");
    }
}

#[test]
fn groups_are_confidential_whatever_their_size() {
    let group = Cell { of: FigureOrigin::Group, ..percent(90, 108) };
    assert_eq!((seen(group, Level::Suppressed), seen(group, Level::Rounded)), (HIDDEN, HIDDEN));
    let empty = Cell { absence: Some(Absence::NotYetDue), ..without_parts(group) };
    assert_eq!(seen(empty, Level::Suppressed), HIDDEN);
}

#[test]
fn a_printed_percentage_without_its_parts_is_confidential_and_a_controlled_one_passes() {
    let printed = Cell { value: percent(90, 108).value, ..without_parts(percent(90, 108)) };
    assert_eq!((seen(printed, Level::Suppressed), seen(printed, Level::Rounded)), (HIDDEN, HIDDEN));
    let controlled = Cell { of: FigureOrigin::Published, ..printed };
    assert_eq!(
        (seen(controlled, Level::Suppressed), seen(controlled, Level::Rounded)),
        (Ok(printed.value.unwrap()), Ok(printed.value.unwrap()))
    );
}

#[test]
fn why_nothing_is_there_is_told_only_where_no_child_stands_behind_it() {
    let nothing = without_parts(percent(0, 1));
    for absence in [Absence::NotYetDue, Absence::NotAvailable, Absence::NotCollected] {
        assert_eq!(seen(Cell { absence: Some(absence), ..nothing }, Level::Suppressed), Err(absence));
    }
    let of_nobody = Cell { value: None, absence: Some(Absence::NotAvailable), ..percent(0, 0) };
    assert_eq!(seen(of_nobody, Level::Suppressed), HIDDEN);
}

#[test]
fn rows_of_children_are_no_way_to_figures() {
    for level in [Level::Identified, Level::Pseudonymous] {
        assert_eq!(seen(percent(90, 108), level), HIDDEN);
    }
}

fn any_figure() -> impl Strategy<Value = Cell> {
    let unit = prop_oneof![Just(Unit::Count), Just(Unit::Percent), Just(Unit::RatePer10000)];
    (unit, 0..300_u64, 0..300_u64, 0..300_u64).prop_map(|(unit, numerator, more, not_known)| match unit {
        Unit::Count => counted(unit, numerator, None),
        Unit::Percent => unsure(numerator, numerator + more, not_known.min(more)),
        _ => counted(unit, numerator, Some(numerator + more)),
    })
}

proptest! {
    #[test]
    fn nothing_small_is_ever_in_what_is_shown(figure in any_figure()) {
        for level in [Level::Suppressed, Level::Rounded] {
            let shown = protect(figure, level);
            let small = |count: Option<u64>| count.is_some_and(|count| SMALL.contains(&count));
            prop_assert!(!small(shown.numerator));
            prop_assert!(!small(shown.denominator));
            prop_assert!(!small(shown.not_known));
            let missed = shown.denominator.zip(shown.numerator).map(|(of, part)| of - part);
            prop_assert!(!small(missed.zip(shown.not_known).map(|(missed, unknown)| missed - unknown)));
            prop_assert!(!small(shown.denominator.zip(shown.numerator).map(|(of, part)| of - part)));
            if shown.value.is_some() {
                prop_assert!(!small(figure.numerator) && figure.denominator.or(figure.numerator).unwrap() >= FEWEST);
            }
        }
    }

    #[test]
    fn whatever_is_rounded_was_shown_unrounded_too(figure in any_figure()) {
        if protect(figure, Level::Rounded).value.is_some() {
            prop_assert!(protect(figure, Level::Suppressed).value.is_some());
        }
    }

    #[test]
    fn what_is_shown_of_a_hidden_number_of_unknown_is_the_same_for_five_of_them(
        numerator in 6..300_u64, missed in 6..300_u64, not_known in 1..300_u64,
    ) {
        let shown = |not_known| protect(unsure(numerator, numerator + missed, not_known), Level::Suppressed);
        let own = shown(not_known.min(missed));
        if own.not_known.is_none() {
            prop_assert!((1..=missed).filter(|other| shown(*other) == own).count() >= 5);
        }
    }

    #[test]
    fn all_hidden_figures_of_a_day_are_alike(a in any_figure(), b in any_figure()) {
        let (a, b) = (protect(a, Level::Suppressed), protect(Cell { unit: a.unit, ..b }, Level::Suppressed));
        if a.value.is_none() && b.value.is_none() {
            prop_assert_eq!(a, b);
        }
    }
}
