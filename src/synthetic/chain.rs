//! Telling a stay in care step by step, so that its episodes always join as the return wants them.
//!
//! Steps are told in order of date. Two things on one day make one episode, with the reason that says both.

use super::{
    dice::after,
    life::{Setting, Spell, Stay},
};
use crate::{
    care::codes::{LegalStatus, Need, ReasonCeased, ReasonChange, ReasonNew},
    period::Date,
};

/// A stay in care that is being told.
#[derive(Debug)]
pub struct Chain {
    need: Need,
    spells: Vec<Spell>,
}

impl Chain {
    /// A child comes into care.
    pub fn begin(from: Date, need: Need, law: LegalStatus, setting: Setting) -> Self {
        Self { need, spells: vec![Spell { from, began: ReasonNew::S, law, setting, left: None }] }
    }

    /// Where the child lives now.
    pub fn setting(&self) -> Option<&Setting> {
        self.spells.last().map(|spell| &spell.setting)
    }

    /// The legal status now.
    pub fn legal_status(&self) -> Option<LegalStatus> {
        self.spells.last().map(|spell| spell.law)
    }

    /// The legal status changes.
    pub fn law(&mut self, on: Date, law: LegalStatus) {
        self.step(on, ReasonNew::L, None, |spell| spell.law = law);
    }

    /// The child moves to another carer; a home that happens to be the very same is no move.
    pub fn moves(&mut self, on: Date, setting: Setting, why: ReasonChange) {
        let home = |setting: &Setting| (setting.place, setting.postcode.clone());
        if self.setting().is_some_and(|now| home(now) == home(&setting)) {
            return;
        }
        self.step(on, ReasonNew::P, Some(why), |spell| spell.setting = setting);
    }

    /// The placement becomes another kind of placement with the same carer.
    pub fn stays_with_carer(&mut self, on: Date, setting: Setting) {
        self.step(on, ReasonNew::T, Some(ReasonChange::Place), |spell| spell.setting = setting);
    }

    /// Care ends, or lasts.
    pub fn end(self, end: Option<(Date, ReasonCeased)>) -> Stay {
        let mut spells = self.spells;
        if let Some((day, _)) = end {
            spells.retain(|spell| spell.from < day);
            // Nobody leaves care from a short stay elsewhere.
            if spells.last().is_some_and(|last| last.setting.place.is_temporary()) {
                spells.pop();
            }
            // What was told for later never happened.
            if let Some(last) = spells.last_mut() {
                last.left = None;
            }
        }
        Stay { need: self.need, spells, end, reviews: Vec::new() }
    }

    /// The day after coming back from a short stay elsewhere: the child first goes back to where they were.
    fn settled_since(&self) -> Date {
        match self.spells.as_slice() {
            [.., before, last] if before.setting.place.is_temporary() => after(last.from, 1),
            _ => Date::MIN,
        }
    }

    fn step(&mut self, on: Date, began: ReasonNew, left: Option<ReasonChange>, change: impl FnOnce(&mut Spell)) {
        let on = on.max(self.settled_since());
        let same_day = self.spells.last().is_some_and(|last| last.from >= on);
        if same_day {
            let before = self.spells.len().checked_sub(2).and_then(|at| self.spells.get_mut(at));
            if let (Some(before), Some(_)) = (before, left) {
                before.left = left;
            }
            if let Some(last) = self.spells.last_mut() {
                last.began = both(last.began, began);
                change(last);
            }
            return;
        }
        let Some(mut next) = self.spells.last().cloned() else { return };
        if let Some(last) = self.spells.last_mut() {
            last.left = left;
        }
        next.from = on;
        next.began = began;
        next.left = None;
        change(&mut next);
        self.spells.push(next);
    }
}

/// The reason for an episode in which two things changed on one day.
fn both(first: ReasonNew, second: ReasonNew) -> ReasonNew {
    use ReasonNew::{B, L, P, S, T, U};
    match (first, second) {
        (S, _) | (_, S) => S,
        (B, _) | (_, B) | (L, P) | (P, L) | (U, P) | (P, U) => B,
        (L, T) | (T, L) | (U, _) | (_, U) => U,
        (P, _) | (_, P) => P,
        (L, L) => L,
        (T, T) => T,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::{dice::Dice, setting};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn two_things_on_one_day_make_one_episode_that_says_both() {
        let mut dice = Dice::new(1);
        let mut chain =
            Chain::begin(day("2022-01-05"), Need::N1, LegalStatus::V2, setting::with_foster_carers(&mut dice));
        chain.law(day("2022-02-01"), LegalStatus::C1);
        chain.moves(day("2022-02-01"), setting::with_foster_carers(&mut dice), ReasonChange::Carpl);
        let stay = chain.end(None);
        let began: Vec<_> = stay.spells.iter().map(|s| s.began).collect();
        assert_eq!(began, [ReasonNew::S, ReasonNew::B]);
        assert_eq!(stay.spells[0].left, Some(ReasonChange::Carpl));
    }

    #[test]
    fn nothing_follows_the_end_of_care() {
        let mut dice = Dice::new(1);
        let mut chain =
            Chain::begin(day("2022-01-05"), Need::N1, LegalStatus::V2, setting::with_foster_carers(&mut dice));
        chain.moves(day("2022-03-01"), setting::with_foster_carers(&mut dice), ReasonChange::Child);
        let stay = chain.end(Some((day("2022-03-01"), ReasonCeased::E4a)));
        assert_eq!(stay.spells.len(), 1);
        assert_eq!(stay.spells[0].left, None);
    }
}
