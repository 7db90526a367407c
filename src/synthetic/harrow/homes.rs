//! Where each of the cast lives and under which law, from coming in to leaving.

use super::{
    group::{Home, Origin},
    person::Person,
};
use crate::{
    care::codes::{LegalStatus, Need, Place, ReasonChange},
    period::Date,
    synthetic::{
        chain::Chain,
        dice::{Dice, after},
        life::{Adoption, Setting, Stay},
        setting,
    },
};

/// Something that happens during the stay.
enum Step {
    Law(LegalStatus),
    Move(Setting),
    Settle,
}

/// The stay of one of the cast, and the way to adoption if it went that way.
pub(super) fn stay(dice: &mut Dice, person: &Person) -> (Stay, Option<Adoption>) {
    let placed = placed_day(dice, person);
    let adoption = way_to_adoption(person, placed);
    let mut steps = legal_steps(person, adoption);
    steps.extend(moves(dice, person, placed));
    steps.sort_by_key(|(on, _)| *on);
    let first = first_home(dice, person, placed);
    let mut chain = Chain::begin(person.came, need(dice, person), first_law(person), first);
    for (on, step) in steps.into_iter().filter(|(on, _)| *on > person.came) {
        take(&mut chain, on, step);
    }
    (chain.end(person.left), adoption)
}

fn take(chain: &mut Chain, on: Date, step: Step) {
    let Some(now) = chain.setting().cloned() else { return };
    match step {
        Step::Law(law) => chain.law(on, law),
        Step::Move(to) => chain.moves(on, to, ReasonChange::Carpl),
        Step::Settle => chain.stays_with_carer(on, setting::for_good(now)),
    }
}

/// The day of the move that the part tells of.
fn placed_day(dice: &mut Dice, person: &Person) -> Option<Date> {
    match person.part.home {
        Home::SettledSince(window) | Home::Parents(window) | Home::Adopters(window) => {
            Some(dice.day(window.from, window.to).max(person.came))
        }
        _ => None,
    }
}

/// The home on coming in; with a parent from the first where the part says no other.
fn first_home(dice: &mut Dice, person: &Person, placed: Option<Date>) -> Setting {
    let home = match person.part.home {
        Home::Parents(window) if window.contains(person.came) && placed.is_some() => setting::with_parents(dice),
        Home::Relatives => setting::with_relatives(dice),
        Home::Supported => supported_or_fostered(dice, person),
        Home::Teenager if dice.chance(22) && person.age_on(person.came) > 10 => setting::in_childrens_home(dice),
        _ => setting::with_foster_carers(dice),
    };
    at_distance(dice, person, home)
}

/// The moves: the one that the part tells of, those that were dealt, and a foster home that becomes one for good.
fn moves(dice: &mut Dice, person: &Person, placed: Option<Date>) -> Vec<(Date, Step)> {
    let mut steps = Vec::new();
    if let Some(on) = placed {
        let to = match person.part.home {
            Home::Parents(_) => setting::with_parents(dice),
            Home::Adopters(_) => setting::with_adopters(dice),
            _ => setting::with_foster_carers(dice),
        };
        steps.push((on, Step::Move(at_distance(dice, person, to))));
    }
    for on in &person.marks.moves {
        let to = if person.age_on(*on) >= 16 { supported_or_fostered(dice, person) } else { next_home(dice, person) };
        steps.push((*on, Step::Move(at_distance(dice, person, to))));
    }
    if matches!(person.part.home, Home::Settled | Home::SettledSince(_)) {
        steps.push((after(placed.unwrap_or(person.came), 240), Step::Settle));
    }
    steps
}

fn next_home(dice: &mut Dice, person: &Person) -> Setting {
    if person.part.home == Home::Teenager && dice.chance(35) {
        setting::in_childrens_home(dice)
    } else {
        setting::with_foster_carers(dice)
    }
}

fn supported_or_fostered(dice: &mut Dice, person: &Person) -> Setting {
    if person.age_on(person.came) >= 16 && dice.chance(70) {
        setting::in_supported_flat(dice)
    } else {
        setting::with_foster_carers(dice)
    }
}

/// As far from home as was dealt; with parents it is no way at all.
fn at_distance(dice: &mut Dice, person: &Person, home: Setting) -> Setting {
    match home.place {
        Place::P1 => home,
        _ if person.marks.far => {
            let outside = home.other_area.or(Some("E10000015"));
            Setting { tenths_of_miles: Some(dice.between(205, 1300)), other_area: outside, ..home }
        }
        _ => Setting { tenths_of_miles: Some(dice.between(4, 180)), ..home },
    }
}

/// Decided, matched and placed; the adopters are found by the agency.
fn way_to_adoption(person: &Person, placed: Option<Date>) -> Option<Adoption> {
    let on = placed.filter(|_| matches!(person.part.home, Home::Adopters(_)))?;
    let half_way = after(person.came, (on - person.came).num_days() / 2);
    Some(Adoption { decided: half_way, matched: after(on, -20), by_carers: false, couple: true })
}

/// The legal status on coming in.
fn first_law(person: &Person) -> LegalStatus {
    let home_on_order = matches!(person.part.home, Home::Parents(window) if window.contains(person.came));
    if home_on_order || person.age_on(person.came) < 2 { LegalStatus::C1 } else { LegalStatus::V2 }
}

/// What the court orders: nothing for the unaccompanied and for those who come in late or stay briefly.
fn legal_steps(person: &Person, adoption: Option<Adoption>) -> Vec<(Date, Step)> {
    let teenager = person.age_on(person.came) >= 14;
    if person.part.who == Origin::Unaccompanied || teenager {
        return Vec::new();
    }
    let interim = after(person.came, 45);
    let last = match adoption {
        Some(adoption) => (after(adoption.decided, 7), Step::Law(LegalStatus::E1)),
        // A child goes home on an order, or not at all.
        None => match person.part.home {
            Home::Parents(window) if !window.contains(person.came) => {
                (after(person.came, 120), Step::Law(LegalStatus::C2))
            }
            _ => (after(person.came, 230), Step::Law(LegalStatus::C2)),
        },
    };
    if first_law(person) == LegalStatus::C1 { vec![last] } else { vec![(interim, Step::Law(LegalStatus::C1)), last] }
}

fn need(dice: &mut Dice, person: &Person) -> Need {
    use Need::{N1, N3, N4, N5, N8};
    if person.part.who == Origin::Unaccompanied {
        return N8;
    }
    dice.weighted(&[(N1, 60), (N5, 20), (N4, 12), (N3, 8)]).unwrap_or(N1)
}
