//! Drawing a life in care by chance: how children come in, what becomes of them, how they leave.
//!
//! Shares and lengths are of the size that English councils report; no child and no council is copied.

mod after_care;
mod entry;
mod placements;
mod troubles;

pub use entry::Entry;

use super::{
    dice::{Dice, after},
    health::Calendar,
    life::{Life, Stay, Wellbeing},
    reviews, setting,
};
use crate::{
    care::codes::{Ethnicity, Sex},
    period::{Date, Window, birthday, working_day_after},
};

/// Draws one child whose care touches the days; `number` makes the identifier.
pub fn draw(dice: &mut Dice, number: usize, days: Window) -> Life {
    loop {
        let entry = Entry::draw(dice);
        // Long stays that began before the records are as likely as they are in life, because every start that
        // does not reach the records is drawn again.
        let start = dice.day(after(days.from, -4000), days.to);
        let birth = entry.birth(dice, start);
        let course = placements::stay(dice, entry, birth, start);
        if course.stay.until() < days.from || course.stay.spells.is_empty() {
            continue;
        }
        let mut life = person(dice, number, entry, birth);
        life.adoption = course.adoption;
        life.stays.push(course.stay);
        come_back(dice, &mut life, days);
        fill(dice, &mut life, days);
        return life;
    }
}

/// Who the child is.
fn person(dice: &mut Dice, number: usize, entry: Entry, birth: Date) -> Life {
    let boys = if entry == Entry::Unaccompanied { 88 } else { 53 };
    Life {
        child: format!("INV{number:06}"),
        birth,
        sex: if dice.chance(boys) { Sex::Male } else { Sex::Female },
        ethnicity: entry.ethnicity(dice).unwrap_or(Ethnicity::Nobt),
        upn: pupil_number(dice, entry),
        home: if entry == Entry::Unaccompanied { String::new() } else { setting::postcode(dice) },
        unaccompanied: entry == Entry::Unaccompanied,
        stays: Vec::new(),
        absences: Vec::new(),
        checks: Vec::new(),
        wellbeing: wellbeing(dice),
        adoption: None,
        duties: Vec::new(),
        contacts: Vec::new(),
    }
}

/// Some come into care a second time, as the age they then have.
fn come_back(dice: &mut Dice, life: &mut Life, days: Window) {
    let Some((left, reason)) = life.stays.last().and_then(|stay| stay.end) else { return };
    let start = after(left, dice.between(1, 500));
    let entry = Entry::at_age(life.age_on(start));
    let Some(entry) = entry.filter(|_| !life.unaccompanied && Entry::may_come_back(reason)) else { return };
    if start <= days.to && dice.chance(10) {
        let course = placements::stay(dice, entry, life.birth, start);
        if course.adoption.is_none() && !course.stay.spells.is_empty() && !is_brief_at_sixteen(life, &course.stay) {
            life.stays.push(course.stay);
        }
    }
}

/// Nearly grown children come back for thirteen weeks or more, so that each stay by itself makes a care leaver.
fn is_brief_at_sixteen(life: &Life, stay: &Stay) -> bool {
    stay.until() > birthday(life.birth, 16) && (stay.until() - stay.start()).num_days() < 91
}

/// Reviews, checks, times missing and what follows care.
fn fill(dice: &mut Dice, life: &mut Life, days: Window) {
    let stays = std::mem::take(&mut life.stays);
    for mut stay in stays {
        if !stay.is_respite() {
            note_stay(dice, life, &mut stay, days);
        }
        life.stays.push(stay);
    }
    after_care::fill(dice, life, days.to);
}

fn note_stay(dice: &mut Dice, life: &mut Life, stay: &mut Stay, days: Window) {
    let until = stay.until().min(after(days.to, 1));
    let held = reviews::held(working_day_after(stay.start(), 20), until, |due| {
        if dice.chance(8) { after(due, dice.between(1, 40)) } else { after(due, -dice.between(0, 12)) }
    });
    stay.reviews = held.into_iter().map(|on| (on, reviews::participation(dice, life, on))).collect();
    let yearly = dice.day(stay.start(), after(stay.start(), 364));
    let calendar = Calendar { birth: life.birth, start: stay.start(), until, yearly };
    for (mut checks, missed) in [(calendar.dental(), 20), (calendar.assessments(), 9)] {
        checks.iter_mut().for_each(|check| check.refused = dice.chance(missed));
        life.checks.extend(checks);
    }
    troubles::fill(dice, life, stay, until);
}

fn wellbeing(dice: &mut Dice) -> Wellbeing {
    Wellbeing {
        difficulties: u8::try_from(dice.between(2, 26)).unwrap_or(10),
        not_immunised: dice.chance(14),
        misuses_substances: dice.chance(4),
        convicted: dice.chance(3),
    }
}

/// A number of the right form that no school has given, or the code for a child educated abroad.
fn pupil_number(dice: &mut Dice, entry: Entry) -> String {
    if entry == Entry::Unaccompanied { "UN3".to_owned() } else { format!("Z99{}", dice.digits(10)) }
}
