//! From one of the cast to a whole life: placements, legal status, reviews, checks, times missing.

use super::{group::day, homes, person::Person};
use crate::{
    care::codes::MissingKind,
    period::{Date, Window, add_months, working_day_after},
    synthetic::{
        dice::{Dice, after},
        health::Calendar,
        leaver,
        life::{Absence, HealthCheck, Life, Stay, Wellbeing},
        reviews, setting,
    },
};

/// The first day of the first return, and the day after the last.
const FIRST_DAY: Date = day(2020_04_01);
const BEYOND: Date = day(2023_10_01);

/// Tells the life of one of the cast; `number` makes the identifier.
pub(super) fn tell(dice: &mut Dice, number: usize, person: &Person) -> Life {
    let home = if person.is_unaccompanied() { String::new() } else { setting::postcode(dice) };
    let upn = if person.is_unaccompanied() { "UN3".to_owned() } else { format!("Z98{}", dice.digits(10)) };
    let (stay, adoption) = homes::stay(dice, person);
    let mut life = Life {
        child: format!("INV{number:06}"),
        birth: person.birth,
        sex: person.sex,
        ethnicity: person.ethnicity,
        upn,
        home,
        unaccompanied: person.is_unaccompanied(),
        stays: Vec::new(),
        absences: absences(dice, person),
        checks: checks(dice, person),
        wellbeing: Wellbeing {
            difficulties: difficulties(dice),
            not_immunised: dice.chance(12),
            ..Wellbeing::default()
        },
        adoption,
        duties: Vec::new(),
        contacts: Vec::new(),
    };
    let held = reviews_held(dice, person, &stay);
    let reviews = held.into_iter().map(|on| (on, reviews::participation(dice, &life, on))).collect();
    life.stays.push(Stay { reviews, ..stay });
    life.duties = leaver::duties(life.birth, &life.stays);
    life
}

/// Reviews fall due from April to June and from October to December, so that no half year has more than its own.
fn reviews_held(dice: &mut Dice, person: &Person, stay: &Stay) -> Vec<Date> {
    let mut late: Vec<Window> = person.marks.late_reviews.clone();
    let until = stay.until().min(BEYOND);
    let mut before = stay.start();
    reviews::held(first_due(stay), until, |due| {
        let first = before == stay.start();
        let is_late = late.iter().position(|window| window.contains(due));
        let on = match is_late {
            Some(at) => {
                late.remove(at);
                after(due, 9)
            }
            None if first => due,
            None => in_season(dice, before, due),
        };
        before = on;
        on
    })
}

/// The day on which the first review within the returns falls due: for those who came before, the first due day of
/// the chain that goes on unmet from the first episode in the files.
fn first_due(stay: &Stay) -> Date {
    let shown = stay.chain().find(|(_, next)| next.is_none_or(|next| next.from >= FIRST_DAY));
    let mut due = working_day_after(shown.map_or(stay.start(), |(spell, _)| spell.from), 20);
    let mut months = 3;
    while due < FIRST_DAY {
        due = add_months(due, months);
        months = 6;
    }
    due
}

/// A little before the day it is due, within the season; at the end of the season before, where it is due between.
fn in_season(dice: &mut Dice, before: Date, due: Date) -> Date {
    use chrono::Datelike;
    let season = |month: u32| Date::from_ymd_opt(due.year(), month, 1).unwrap_or(due);
    match due.month() {
        4..=6 => after(due, -dice.between(0, 3)).max(season(4)),
        10..=12 => after(due, -dice.between(0, 3)).max(season(10)),
        month => {
            let next_season = season(if month < 4 { 1 } else { 7 });
            let on = after(next_season, -dice.between(4, 20)).max(after(before, 14));
            if on < next_season { on } else { due }
        }
    }
}

/// Checks once a year, at a time of year that both quarters of 2023-24 can see; some go without.
fn checks(dice: &mut Dice, person: &Person) -> Vec<HealthCheck> {
    let until = person.left.map_or(BEYOND, |(left, _)| left.min(BEYOND));
    let calendar = |yearly: Date| Calendar { birth: person.birth, start: person.came, until, yearly };
    let dental = calendar(yearly(dice, &person.marks.no_dentist)).dental();
    let assessments = calendar(yearly(dice, &person.marks.no_assessment)).assessments();
    let missed = |checks: Vec<HealthCheck>, windows: &[Window]| -> Vec<HealthCheck> {
        checks.into_iter().filter(|check| !windows.iter().any(|window| window.contains(check.on))).collect()
    };
    let mut all = missed(dental, &person.marks.no_dentist);
    all.extend(missed(assessments, &person.marks.no_assessment));
    all.retain(|check| check.on >= FIRST_DAY);
    all
}

/// From November to March; in April and May for those who miss some, so that missing one year leaves the next.
fn yearly(dice: &mut Dice, without: &[Window]) -> Date {
    match without.is_empty() {
        true => dice.day(day(2021_11_05), day(2022_03_25)),
        false => dice.day(day(2022_04_08), day(2022_05_24)),
    }
}

fn absences(dice: &mut Dice, person: &Person) -> Vec<Absence> {
    let mut absence = |from: Date, kind| Absence { kind, from, to: after(from, dice.between(0, 4)) };
    let missing: Vec<Absence> = person.marks.missing.iter().map(|on| absence(*on, MissingKind::M)).collect();
    let away: Vec<Absence> = person.marks.away.iter().map(|on| absence(*on, MissingKind::A)).collect();
    let mut all: Vec<Absence> = missing.into_iter().chain(away).collect();
    all.sort_by_key(|absence| absence.from);
    all
}

fn difficulties(dice: &mut Dice) -> u8 {
    u8::try_from(dice.between(3, 26)).unwrap_or(12)
}
