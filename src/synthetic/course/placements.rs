//! The course of one stay: legal statuses, homes and moves, and how it ends.

use super::Entry;
use crate::{
    care::codes::{LegalStatus, Place, ReasonCeased, ReasonChange},
    period::{Date, add_months, age, birthday},
    synthetic::{
        chain::Chain,
        dice::{Dice, after},
        life::{Adoption, Setting, Stay},
        setting,
    },
};

/// A stay, and the way to adoption if it went that way.
pub(super) struct Course {
    pub(super) stay: Stay,
    pub(super) adoption: Option<Adoption>,
}

/// Something that happens during a stay.
enum Step {
    Law(LegalStatus),
    Move(Setting, ReasonChange),
    Settle,
    Away(i64),
    Home(Setting),
    Adopters(Setting),
}

/// Draws a stay that begins on the day.
pub(super) fn stay(dice: &mut Dice, entry: Entry, birth: Date, start: Date) -> Course {
    let (end, reason) = ending(dice, entry, birth, start);
    let law = entry.law(dice);
    let adoption = reason.is_adoption().then(|| way_to_adoption(dice, start, end));
    let mut steps = legal_steps(dice, law, start, adoption);
    match adoption {
        Some(adoption) => steps.push((after(adoption.matched, 25), Step::Adopters(setting::with_adopters(dice)))),
        None if entry != Entry::Respite => steps.extend(moves(dice, entry, start, end)),
        None => {}
    }
    steps.sort_by_key(|(on, _)| *on);
    let years_on = |day: Date| age(birth, day).unwrap_or(0);
    let first = setting::for_age(first_setting(dice, entry, adoption), years_on(start));
    let mut chain = Chain::begin(start, entry.need(dice), law, first);
    for (on, step) in steps.into_iter().filter(|(on, _)| *on > start && *on < end) {
        let step = match step {
            Step::Move(to, why) => Step::Move(setting::for_age(to, years_on(on)), why),
            other => other,
        };
        take(&mut chain, dice, on, step);
    }
    Course { stay: chain.end(Some((end, reason))), adoption }
}

fn take(chain: &mut Chain, dice: &mut Dice, on: Date, step: Step) {
    let Some(now) = chain.setting().cloned() else { return };
    match step {
        Step::Law(law) => chain.law(on, law),
        Step::Move(to, why) => chain.moves(on, to, why),
        Step::Settle if now.place == Place::U6 || now.place == Place::U3 => {
            chain.stays_with_carer(on, setting::for_good(now));
        }
        Step::Settle => {}
        Step::Away(days) => {
            chain.moves(on, setting::away_for_some_days(dice), ReasonChange::Carpl);
            chain.moves(after(on, days), now, ReasonChange::Carpl);
        }
        // A child goes home on a care order, or not while looked after.
        Step::Home(to) if chain.legal_status() == Some(LegalStatus::C2) => chain.moves(on, to, ReasonChange::Carpl),
        Step::Home(_) => {}
        Step::Adopters(_) if now.place == Place::U5 => chain.stays_with_carer(on, setting::carers_adopt(now)),
        Step::Adopters(to) => chain.moves(on, to, ReasonChange::Carpl),
    }
}

/// When and why care ends: at eighteen at the latest.
fn ending(dice: &mut Dice, entry: Entry, birth: Date, start: Date) -> (Date, ReasonCeased) {
    use ReasonCeased::{E2, E3, E4a, E4b, E5, E8, E11, E12, E13, E17, E41, E45, E46, E47, E48};
    let home = [(E4a, 22), (E4b, 8), (E13, 5), (E41, 4), (E8, 4), (E3, 1)];
    let orders = [(E45, 7), (E46, 2), (E47, 3), (E48, 1)];
    let adult = birthday(birth, 18);
    let (mean, reason) = match entry {
        Entry::Baby if dice.chance(34) => (620, if dice.chance(45) { E11 } else { E12 }),
        Entry::Young if dice.chance(13) => (760, if dice.chance(45) { E11 } else { E12 }),
        Entry::Baby | Entry::Young if dice.chance(30) => (420, dice.weighted(&orders).unwrap_or(E45)),
        Entry::Unaccompanied | Entry::NearlyGrown => (5000, E5),
        Entry::Teenager if dice.chance(55) => (5000, E5),
        Entry::School if dice.chance(45) => (5000, E5),
        Entry::Respite => (900, E4a),
        _ => (330, dice.weighted(&home).unwrap_or(E4a)),
    };
    let least = if reason.is_adoption() { 420 } else { 1 };
    let end = after(start, dice.waiting_days(mean).max(least));
    if end < adult {
        return (end, if reason == E5 { E4a } else { reason });
    }
    let grown = [(E5, 60), (ReasonCeased::E6, 8), (E17, 24), (ReasonCeased::E7, 5), (E2, 0)];
    (adult, dice.weighted(&grown).unwrap_or(E5))
}

/// The decision a good half year in, the match some months before the order.
fn way_to_adoption(dice: &mut Dice, start: Date, end: Date) -> Adoption {
    let decided = after(start, dice.between(150, 220));
    let matched = dice.day(after(decided, 14), after(end, -150)).max(after(decided, 14));
    Adoption { decided, matched, by_carers: dice.chance(15), couple: dice.chance(85) }
}

/// Emergency protection lasts days; an interim order follows, and a full or a placement order within the year.
fn legal_steps(dice: &mut Dice, first: LegalStatus, start: Date, adoption: Option<Adoption>) -> Vec<(Date, Step)> {
    use LegalStatus::{C1, C2, E1, L1, L2, V2};
    let short = match first {
        L1 => 2,
        L2 => 8,
        _ => dice.between(20, 120),
    };
    let interim = after(start, short);
    let goes_to_court = adoption.is_some() || matches!(first, L1 | L2 | C1) || (first == V2 && dice.chance(30));
    let mut steps = Vec::new();
    if goes_to_court && first != C1 {
        steps.push((interim, Step::Law(C1)));
    }
    match adoption {
        Some(adoption) => steps.push((after(adoption.decided, 10), Step::Law(E1))),
        None if goes_to_court => steps.push((add_months(interim, 7), Step::Law(C2))),
        None => {}
    }
    steps
}

fn first_setting(dice: &mut Dice, entry: Entry, adoption: Option<Adoption>) -> Setting {
    match entry {
        _ if adoption.is_some_and(|adoption| adoption.by_carers) => setting::with_early_permanence_carers(dice),
        Entry::NearlyGrown | Entry::Unaccompanied if dice.chance(55) => setting::in_supported_flat(dice),
        Entry::Teenager if dice.chance(14) => setting::in_childrens_home(dice),
        Entry::Baby | Entry::Young | Entry::School if dice.chance(20) => setting::with_relatives(dice),
        _ => setting::with_foster_carers(dice),
    }
}

/// Some children move again and again, most settle; some placements become long term, some carers go on holiday, and
/// a few children go home on an order.
fn moves(dice: &mut Dice, entry: Entry, start: Date, end: Date) -> Vec<(Date, Step)> {
    let (first, later) = if dice.chance(19) { (80, 170) } else { (1900, 3800) };
    let mut steps = Vec::new();
    let mut on = start;
    for turn in 0..40 {
        on = after(on, dice.waiting_days(if turn == 0 { first } else { later }) + 2);
        if on >= end {
            break;
        }
        let (why, to) = next_home(dice, entry);
        steps.push((on, Step::Move(to, why)));
        if dice.chance(8) {
            let days = dice.between(2, 12);
            steps.push((after(on, 40), Step::Away(days)));
            on = after(on, 60);
        }
    }
    if dice.chance(40) {
        steps.push((after(start, 300), Step::Settle));
    }
    if dice.chance(12) {
        steps.push((after(start, dice.between(300, 700)), Step::Home(setting::with_parents(dice))));
    }
    steps
}

fn next_home(dice: &mut Dice, entry: Entry) -> (ReasonChange, Setting) {
    use ReasonChange::{Alleg, Carpl, Child, Close, Creqb, Creqo, Lareq, Other};
    let reasons = [(Carpl, 50), (Creqb, 18), (Creqo, 8), (Child, 6), (Lareq, 8), (Other, 6), (Close, 2), (Alleg, 2)];
    let why = dice.weighted(&reasons).unwrap_or(Carpl);
    let to = match entry {
        Entry::Teenager | Entry::NearlyGrown if dice.chance(30) => setting::in_childrens_home(dice),
        Entry::NearlyGrown | Entry::Unaccompanied if dice.chance(60) => setting::in_supported_flat(dice),
        Entry::Young | Entry::School if dice.chance(12) => setting::with_relatives(dice),
        _ => setting::with_foster_carers(dice),
    };
    (why, to)
}
