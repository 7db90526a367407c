//! Young people who have left care: those who left before the returns begin, and what each contact finds.

use super::{
    group::{day, days},
    shares::shares,
};
use crate::{
    care::codes::{Ethnicity, InTouch, Sex},
    period::{Date, Window, birthday},
    synthetic::{
        dice::{Dice, after},
        leaver,
        life::{Contact, Life, Wellbeing},
    },
};

/// How many of those who had left before April 2020 drop out of the duty, and when. With those who left later the
/// numbers of care leavers are 183, 189 and 186 at the year ends, 185 in June and 187 in September 2023.
const UNTIL: [(usize, Window); 5] = [
    (37, days(2021_04_10, 2022_03_20)),
    (45, days(2022_04_10, 2023_03_20)),
    (10, days(2023_04_10, 2023_06_20)),
    (14, days(2023_07_10, 2023_09_20)),
    (37, days(2023_10_10, 2024_03_20)),
];
/// Their days of birth: the return asks about all of them in 2020-21.
const BORN: Window = days(1999_04_06, 2002_03_26);

/// Who is asked in a time, and how many of them are in work or school or not, and suitably housed or not.
struct LeaverOutcomes {
    time: Window,
    neet: usize,
    unsuitable: usize,
}

/// For 2023-24 ten of 29 by June and twelve of 34 after are not in education, employment or training; one of each is
/// not suitably housed. For the years before, shares of a thousand near those printed.
const FOUND: [LeaverOutcomes; 2] = [
    LeaverOutcomes { time: days(2023_04_01, 2023_06_30), neet: 10, unsuitable: 1 },
    LeaverOutcomes { time: days(2023_07_01, 2023_09_30), neet: 12, unsuitable: 1 },
];
const BEFORE: [LeaverOutcomes; 3] = [
    LeaverOutcomes { time: days(2020_04_01, 2021_03_31), neet: 400, unsuitable: 179 },
    LeaverOutcomes { time: days(2021_04_01, 2022_03_31), neet: 276, unsuitable: 101 },
    LeaverOutcomes { time: days(2022_04_01, 2023_03_31), neet: 282, unsuitable: 99 },
];

/// Those who had left before the first return; `number` is the first free identifier.
pub(super) fn left_before(dice: &mut Dice, number: usize) -> Vec<Life> {
    let until = UNTIL.iter().flat_map(|(count, time)| vec![*time; *count]);
    let people: Vec<Window> = until.collect();
    let groups = shares(people.len(), super::ETHNICITIES);
    people.iter().zip(groups).enumerate().map(|(at, (time, group))| one(dice, number + at, *time, group)).collect()
}

fn one(dice: &mut Dice, number: usize, until: Window, ethnicity: Ethnicity) -> Life {
    let birth = dice.day(BORN.from, BORN.to);
    let mut duties = leaver::from_leaving(birth, birthday(birth, 18));
    for duty in &mut duties {
        duty.until = Some(dice.day(until.from, until.to));
    }
    Life {
        child: format!("INV{number:06}"),
        birth,
        sex: if dice.chance(56) { Sex::Male } else { Sex::Female },
        ethnicity,
        upn: format!("Z98{}", dice.digits(10)),
        home: String::new(),
        unaccompanied: false,
        stays: Vec::new(),
        absences: Vec::new(),
        checks: Vec::new(),
        wellbeing: Wellbeing::default(),
        adoption: None,
        duties,
        contacts: Vec::new(),
    }
}

/// A contact with everyone near each birthday after care, up to September 2023.
pub(super) fn contacts(dice: &mut Dice, lives: &mut [Life]) {
    for found in &FOUND {
        ask(dice, lives, found);
    }
    for found in &BEFORE {
        let asked = lives.iter().filter(|life| asked_in(life, found.time).is_some()).count();
        let share = |of_a_thousand: usize| (asked * of_a_thousand + 500) / 1000;
        let found = LeaverOutcomes { time: found.time, neet: share(found.neet), unsuitable: share(found.unsuitable) };
        ask(dice, lives, &found);
    }
    at_other_ages(dice, lives);
    for life in lives {
        life.contacts.sort_by_key(|contact| contact.on);
    }
}

/// Contacts with everyone who turns 19, 20 or 21 in the time, before the birthday.
fn ask(dice: &mut Dice, lives: &mut [Life], found: &LeaverOutcomes) {
    let asked: Vec<&mut Life> = lives.iter_mut().filter(|life| asked_in(life, found.time).is_some()).collect();
    let of = asked.len();
    let neet = shares(of, &[(true, found.neet), (false, of.saturating_sub(found.neet))]);
    let unsuitable = shares(of, &[(true, found.unsuitable), (false, of.saturating_sub(found.unsuitable))]);
    for ((life, neet), unsuitable) in asked.into_iter().zip(neet).zip(unsuitable) {
        let Some(birthday) = asked_in(life, found.time) else { continue };
        life.contacts.push(Contact {
            on: after(birthday, -dice.between(0, 40)),
            in_touch: InTouch::Yes,
            activity: if neet { leaver::neet(dice) } else { leaver::busy(dice) },
            accommodation: if unsuitable { leaver::unsuitable(dice) } else { leaver::suitable(dice) },
        });
    }
}

/// The 19th, 20th or 21st birthday in the time of someone who has left care.
fn asked_in(life: &Life, time: Window) -> Option<Date> {
    let left = life.duties.first()?.from;
    (19..=21).map(|age| birthday(life.birth, age)).find(|on| time.contains(*on)).filter(|on| left < *on)
}

/// At eighteen soon after the birthday, from twenty-two before it while the duty lasts.
fn at_other_ages(dice: &mut Dice, lives: &mut [Life]) {
    for life in lives {
        let (Some(first), Some(last)) = (life.duties.first().copied(), life.duties.last().copied()) else { continue };
        for age in [18, 22, 23, 24] {
            let on = birthday(life.birth, age);
            let on = if age == 18 { after(on, dice.between(3, 20)) } else { after(on, -dice.between(5, 40)) };
            let owed = on > first.from && last.until.is_none_or(|until| on < until);
            if owed && on >= day(2020_04_01) && on <= day(2023_09_30) {
                let neet = dice.chance(33);
                life.contacts.push(Contact {
                    on,
                    in_touch: InTouch::Yes,
                    activity: if neet { leaver::neet(dice) } else { leaver::busy(dice) },
                    accommodation: leaver::suitable(dice),
                });
            }
        }
    }
}
