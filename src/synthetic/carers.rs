//! The authority's own foster carers: households with room for the children whom the lives place with them.
//!
//! Households are found after the lives are told: each placement goes to one with a free place, else to a new one.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use super::{
    dice::{Dice, after},
    life::{Life, Spell},
    setting,
};
use crate::{
    care::codes::{Ethnicity, Place, Provider, Sex},
    period::{Date, add_months},
};

/// A foster carer household.
#[derive(Clone, Debug)]
pub struct Household {
    /// The authority's identifier.
    pub household: String,
    /// What it is approved for.
    pub kind: &'static str,
    /// Approved from.
    pub approved: Date,
    /// How many children it may take.
    pub places: i64,
    /// Its carers.
    pub carers: Vec<Carer>,
}

/// A carer.
#[derive(Clone, Copy, Debug)]
pub struct Carer {
    /// Year of birth.
    pub birth_year: i64,
    /// Gender.
    pub gender: Sex,
    /// Ethnic background.
    pub ethnicity: Ethnicity,
}

/// Which household a placement was with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The child.
    pub child: String,
    /// First day of the placement.
    pub start: Date,
    /// The household.
    pub household: String,
}

/// A placement with the authority's own carers: whose it is, how long it lasts, and the postcode it was told with.
struct CarerPlacement {
    life: usize,
    from: Date,
    to: Date,
    kind: &'static str,
    postcode: String,
}

/// Carers who were strangers to the child, and those who were not and take nobody else.
const UNRELATED: &str = "short_term";
const CONNECTED: &str = "connected";

/// Finds a household for every placement with the authority's own carers and writes its postcode into the placement.
pub fn house(dice: &mut Dice, lives: &mut [Life]) -> (Vec<Household>, Vec<Link>) {
    let mut wanted: Vec<CarerPlacement> = lives.iter().enumerate().flat_map(|(at, life)| wanted_by(at, life)).collect();
    wanted.sort_by_key(|want| (want.from, want.life));
    let mut register = Register::default();
    let mut links = Vec::new();
    for want in wanted {
        let at = register.find(dice, &want);
        let Some((home, postcode)) = register.households.get(at) else { continue };
        if let Some(life) = lives.get_mut(want.life) {
            links.push(Link { child: life.child.clone(), start: want.from, household: home.household.clone() });
            move_in(life, &want, postcode);
        }
    }
    (register.households.into_iter().map(|(home, _)| home).collect(), links)
}

/// The households found so far, each with its postcode.
#[derive(Default)]
struct Register {
    households: Vec<(Household, String)>,
    /// Places of unrelated carers by the day from which they are free, the earliest on top.
    free: BinaryHeap<Reverse<(Date, usize)>>,
    /// The postcode of the household that each child was with last.
    last: HashMap<usize, String>,
}

impl Register {
    /// The number of a household with a place for the placement.
    fn find(&mut self, dice: &mut Dice, want: &CarerPlacement) -> usize {
        if want.kind == CONNECTED {
            return self.approve(dice, want);
        }
        let at = self.free_place(want).unwrap_or_else(|| self.approve(dice, want));
        self.free.push(Reverse((want.to, at)));
        if let Some((_, postcode)) = self.households.get(at) {
            self.last.insert(want.life, postcode.clone());
        }
        at
    }

    /// Takes the place that is free longest; a child who moves does not move back into the place just left.
    fn free_place(&mut self, want: &CarerPlacement) -> Option<usize> {
        let mut passed_over = Vec::new();
        let mut found = None;
        while let Some(Reverse((since, at))) = self.free.pop() {
            let postcode = self.households.get(at).map(|(_, postcode)| postcode);
            let fits = since <= want.from && self.last.get(&want.life) != postcode;
            if fits {
                found = Some(at);
                break;
            }
            passed_over.push(Reverse((since, at)));
            if since > want.from {
                break;
            }
        }
        self.free.extend(passed_over);
        found
    }

    /// Approves a new household; its places beyond the one that is wanted are free at once.
    fn approve(&mut self, dice: &mut Dice, want: &CarerPlacement) -> usize {
        let at = self.households.len();
        let home = household(dice, at, want);
        (1..home.places).for_each(|_| self.free.push(Reverse((want.from, at))));
        let mut postcode = setting::postcode(dice);
        while self.last.get(&want.life) == Some(&postcode) {
            postcode = setting::postcode(dice);
        }
        self.households.push((home, postcode));
        at
    }
}

/// The placements of a life with the authority's own carers: spells of one postcode in a row, short stays elsewhere
/// looked through.
fn wanted_by(at: usize, life: &Life) -> Vec<CarerPlacement> {
    let mut wanted: Vec<CarerPlacement> = Vec::new();
    for stay in life.stays.iter().filter(|stay| !stay.is_respite()) {
        let settled: Vec<_> = stay.spells.iter().filter(|spell| !spell.setting.place.is_temporary()).collect();
        for home in settled.chunk_by(|one, next| one.setting.postcode == next.setting.postcode) {
            let Some(first) = home.first().filter(|spell| is_own_fostering(spell)) else { continue };
            let next = settled.iter().find(|s| s.from > first.from && s.setting.postcode != first.setting.postcode);
            let related = matches!(first.setting.place, Place::U1 | Place::U2 | Place::U3);
            wanted.push(CarerPlacement {
                life: at,
                from: first.from,
                to: next.map_or(stay.until(), |spell| spell.from),
                kind: if related { CONNECTED } else { UNRELATED },
                postcode: first.setting.postcode.clone(),
            });
        }
    }
    wanted
}

fn is_own_fostering(spell: &Spell) -> bool {
    spell.setting.place.is_foster() && spell.setting.provider == Some(Provider::Pr1)
}

/// Writes the household's postcode in place of the one that the placement was told with.
fn move_in(life: &mut Life, want: &CarerPlacement, postcode: &str) {
    let spells = life.stays.iter_mut().flat_map(|stay| &mut stay.spells);
    let spells = spells.filter(|spell| spell.from >= want.from && spell.from < want.to);
    for spell in spells.filter(|spell| spell.setting.postcode == want.postcode) {
        postcode.clone_into(&mut spell.setting.postcode);
    }
}

fn household(dice: &mut Dice, number: usize, want: &CarerPlacement) -> Household {
    let couple = usize::from(dice.chance(60)) + 1;
    let own = dice.weighted(&[(Ethnicity::Wbri, 5), (Ethnicity::Aind, 3), (Ethnicity::Bcrb, 2), (Ethnicity::Bafr, 1)]);
    let carer = |dice: &mut Dice, turn: usize| Carer {
        birth_year: dice.between(1955, 1985),
        gender: if turn == 0 && dice.chance(80) { Sex::Female } else { Sex::Male },
        ethnicity: own.unwrap_or(Ethnicity::Wbri),
    };
    let years = i32::try_from(dice.between(1, 9)).unwrap_or(1);
    Household {
        household: format!("FC{:05}", number + 1),
        kind: want.kind,
        approved: if want.kind == CONNECTED {
            after(want.from, -dice.between(0, 20))
        } else {
            add_months(after(want.from, -dice.between(5, 300)), -12 * years)
        },
        places: if want.kind == CONNECTED { 1 } else { dice.between(1, 3) },
        carers: (0..couple).map(|turn| carer(dice, turn)).collect(),
    }
}
