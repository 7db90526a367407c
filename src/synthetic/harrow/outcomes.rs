//! What is dealt out: the counts of the scorecard that do not follow from who comes and goes.
//!
//! For 2023-24 every count is the one printed. For the three years before, the dealing brings the year-end values
//! near those printed, as far as one number can be fitted without touching another.

use super::{
    group::{day, days},
    person::Person,
    shares::deal,
};
use crate::{
    period::{Date, Window},
    synthetic::dice::{Dice, after},
};

const JUNE: Date = day(2023_06_30);
const SEPTEMBER: Date = day(2023_09_30);
/// The quarters of 2023-24.
const FIRST: Window = days(2023_04_01, 2023_06_30);
const SECOND: Window = days(2023_07_01, 2023_09_30);
/// From when those whose teeth or health are not looked after in either quarter go without.
const WITHOUT: Window = days(2022_07_01, 2023_09_30);

/// A year before, with what the dealing makes of it.
struct Past {
    year: Window,
    late_reviews: usize,
    two_moves: usize,
    no_dentist: usize,
    no_assessment: usize,
    missing: usize,
}

const PAST: [Past; 3] = [
    Past {
        year: days(2020_04_01, 2021_03_31),
        late_reviews: 5,
        two_moves: 18,
        no_dentist: 32,
        no_assessment: 1,
        missing: 27,
    },
    Past {
        year: days(2021_04_01, 2022_03_31),
        late_reviews: 18,
        two_moves: 26,
        no_dentist: 10,
        no_assessment: 1,
        missing: 26,
    },
    Past {
        year: days(2022_04_01, 2023_03_31),
        late_reviews: 54,
        two_moves: 17,
        no_dentist: 10,
        no_assessment: 10,
        missing: 24,
    },
];

/// Deals everything.
pub(super) fn deal_all(dice: &mut Dice, people: &mut [Person]) {
    distances(people);
    checks(people);
    reviews(people);
    moves(dice, people);
    missing(dice, people);
    for past in &PAST {
        before(dice, people, past);
    }
}

/// Stays through both quarter ends.
fn throughout(person: &Person) -> bool {
    person.in_care_on(JUNE) && person.in_care_on(SEPTEMBER)
}

/// More than twenty miles: 31 of 151 in June, 27 of 146 in September.
fn distances(people: &mut [Person]) {
    let far = |person: &mut Person| person.marks.far = true;
    deal(people, 23, |p| throughout(p) && p.has_distance(), far);
    deal(people, 8, |p| p.in_care_on(JUNE) && !p.in_care_on(SEPTEMBER) && p.has_distance(), far);
    deal(people, 4, |p| p.came > JUNE && p.in_care_on(SEPTEMBER) && p.has_distance(), far);
    let gone = people.iter().filter(|p| !p.in_care_on(JUNE) && p.came < JUNE).count();
    deal(people, gone * 17 / 100, |p| !p.in_care_on(JUNE) && p.came < JUNE, far);
}

/// No dentist for 20 of 112 in June and 18 of 108 in September; no assessment for 10 and 10.
fn checks(people: &mut [Person]) {
    let june_only = |p: &Person| p.twelve_months_on(JUNE) && !p.twelve_months_on(SEPTEMBER);
    let september_only = |p: &Person| !p.twelve_months_on(JUNE) && p.twelve_months_on(SEPTEMBER);
    let both = |p: &Person| p.twelve_months_on(JUNE) && p.twelve_months_on(SEPTEMBER);
    let no_dentist = |p: &mut Person| p.marks.no_dentist.push(WITHOUT);
    deal(people, 16, both, no_dentist);
    deal(people, 4, june_only, no_dentist);
    deal(people, 2, september_only, no_dentist);
    let no_assessment = |p: &mut Person| p.marks.no_assessment.push(WITHOUT);
    deal(people, 8, both, no_assessment);
    deal(people, 2, june_only, no_assessment);
    deal(people, 2, september_only, no_assessment);
}

/// Ten children have a late review by June and stay; eight more of those who came since June have one by September.
fn reviews(people: &mut [Person]) {
    let established = |p: &Person| throughout(p) && p.came < FIRST.from;
    deal(people, 10, established, |p| p.marks.late_reviews.push(FIRST));
    let first_due_in_summer = |p: &Person| p.came > day(2023_06_04) && p.came < day(2023_09_01);
    let there = |p: &Person| p.in_care_on(SEPTEMBER) && first_due_in_summer(p);
    deal(people, 8, there, |p| p.marks.late_reviews.push(SECOND));
}

/// Two children have their third placement by June, three more by September; some move once.
fn moves(dice: &mut Dice, people: &mut [Person]) {
    let recent = |p: &Person| throughout(p) && p.may_move() && p.came > day(2021_04_02) && p.came < FIRST.from;
    deal(people, 2, |p| recent(p) && p.age_on(JUNE) > 11, |p| p.marks.moves.extend(twice(dice, FIRST)));
    let (early, late) = (days(2023_05_04, 2023_06_20), days(2023_07_10, 2023_09_14));
    let still = |p: &Person| recent(p) && p.marks.moves.is_empty();
    deal(
        people,
        3,
        |p| still(p) && p.age_on(JUNE) > 11,
        |p| {
            p.marks.moves.extend([dice.day(early.from, early.to), dice.day(late.from, late.to)]);
        },
    );
    deal(people, 14, still, |p| p.marks.moves.push(dice.day(early.from, late.to)));
}

/// Sixteen of 213 are missing at some time by June, five more of 244 by September; three are away without permission.
fn missing(dice: &mut Dice, people: &mut [Person]) {
    let teenager = |p: &Person| throughout(p) && p.age_on(FIRST.from) > 12;
    let here = |p: &Person| teenager(p) && p.came < FIRST.from;
    deal(people, 16, here, |p| p.marks.missing.push(dice.day(day(2023_04_06), day(2023_06_20))));
    let not_yet = |p: &Person| teenager(p) && p.came < JUNE && p.marks.missing.is_empty();
    deal(people, 5, not_yet, |p| p.marks.missing.push(dice.day(day(2023_07_06), day(2023_09_20))));
    deal(people, 3, here, |p| p.marks.away.push(dice.day(day(2023_05_06), day(2023_06_20))));
}

/// The years before.
fn before(dice: &mut Dice, people: &mut [Person], past: &Past) {
    let (start, end) = (past.year.from, past.year.to);
    let autumn = after(start, 150);
    deal(
        people,
        past.late_reviews,
        |p| p.in_care_on(end) && p.came < autumn,
        |p| {
            p.marks.late_reviews.push(past.year);
        },
    );
    let may_move = |p: &Person| p.in_care_on(end) && p.came < autumn && p.may_move() && p.age_on(end) > 4;
    deal(people, past.two_moves, may_move, |p| {
        let from = p.came.max(start);
        p.marks.moves.extend(twice(dice, Window::new(from, end)));
    });
    // Checks that count in June and September 2023 stay: those under six need one each half year for it.
    let settled = |p: &Person| p.twelve_months_on(end) && p.age_on(end) > 6;
    deal(
        people,
        past.no_dentist,
        |p| settled(p) && p.marks.no_dentist.is_empty(),
        |p| {
            p.marks.no_dentist.push(past.year);
        },
    );
    deal(
        people,
        past.no_assessment,
        |p| settled(p) && p.marks.no_assessment.is_empty(),
        |p| {
            p.marks.no_assessment.push(past.year);
        },
    );
    let missing = |p: &Person| p.in_care_on(autumn) && p.in_care_on(after(autumn, 90)) && p.age_on(autumn) > 12;
    deal(people, past.missing, missing, |p| p.marks.missing.push(after(autumn, dice.between(0, 80))));
}

/// Two days in the window, some weeks apart.
fn twice(dice: &mut Dice, window: Window) -> [Date; 2] {
    let length = (window.to - window.from).num_days();
    let first = after(window.from, dice.between(length / 8 + 1, length / 3));
    [first, after(first, dice.between(length / 5, length / 2))]
}
