//! One of the cast: the facts that a part fixes, and the marks that are dealt out afterwards.

use super::group::{Group, Home, Leaves, Origin};
use crate::{
    care::codes::{Ethnicity, ReasonCeased, Sex},
    period::{AsAt, Date, Window, age, birthday},
    synthetic::dice::{Dice, after},
};

/// One child of the cast.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The part they play.
    pub(super) part: &'static Group,
    /// Day of birth.
    pub(super) birth: Date,
    /// First day of care.
    pub(super) came: Date,
    /// The day care ended and why.
    pub(super) left: Option<(Date, ReasonCeased)>,
    /// Ethnic background.
    pub(super) ethnicity: Ethnicity,
    /// Sex.
    pub(super) sex: Sex,
    /// What was dealt to them.
    pub(super) marks: Marks,
}

/// What is dealt out among the cast, so that each count comes out.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Days of moves to other carers.
    pub(super) moves: Vec<Date>,
    /// Whether they live more than twenty miles from home.
    pub(super) far: bool,
    /// In each of these windows the first review that falls due is held late.
    pub(super) late_reviews: Vec<Window>,
    /// First days missing.
    pub(super) missing: Vec<Date>,
    /// First days away without permission.
    pub(super) away: Vec<Date>,
    /// No check by a dentist in these windows.
    pub(super) no_dentist: Vec<Window>,
    /// No health assessment in these windows.
    pub(super) no_assessment: Vec<Window>,
}

impl Person {
    /// Everyone of some parts.
    pub(super) fn all(dice: &mut Dice, parts: &'static [Group]) -> Vec<Self> {
        parts.iter().flat_map(|part| (0..part.count).map(|_| Self::new(dice, part)).collect::<Vec<_>>()).collect()
    }

    fn new(dice: &mut Dice, part: &'static Group) -> Self {
        let birth = dice.day(part.born.from, part.born.to);
        let came = dice.day(part.came.from.max(after(birth, 4)), part.came.to);
        let left = match part.leaves {
            Leaves::Stays => None,
            Leaves::Grown => Some((birthday(birth, 18), grown(dice))),
            Leaves::In(window, reason) => Some((dice.day(window.from, window.to), reason)),
            Leaves::Soon(least, most) => {
                let reason = if dice.chance(70) { ReasonCeased::E4a } else { ReasonCeased::E4b };
                Some((after(came, dice.between(least, most)), reason))
            }
        };
        let (ethnicity, sex) = (Ethnicity::Nobt, Sex::Male);
        Self { part, birth, came, left, ethnicity, sex, marks: Marks::default() }
    }

    /// Looked after on the day.
    pub(super) fn in_care_on(&self, day: Date) -> bool {
        self.came <= day && self.left.is_none_or(|(left, _)| left > day)
    }

    /// Looked after on the day and for twelve months before it.
    pub(super) fn twelve_months_on(&self, day: Date) -> bool {
        self.in_care_on(day) && self.came <= AsAt::new(day).twelve_months_ago
    }

    /// Age in completed years.
    pub(super) fn age_on(&self, day: Date) -> i32 {
        age(self.birth, day).unwrap_or(0)
    }

    /// Whether an unaccompanied asylum-seeking child.
    pub(super) fn is_unaccompanied(&self) -> bool {
        self.part.who == Origin::Unaccompanied
    }

    /// Counted where distance from home is: neither unaccompanied, nor with parents, nor with adopters.
    pub(super) fn has_distance(&self) -> bool {
        !self.is_unaccompanied() && !matches!(self.part.home, Home::Parents(_) | Home::Adopters(_))
    }

    /// May be dealt moves: lives nowhere that the count of long-term stability rests on.
    pub(super) fn may_move(&self) -> bool {
        matches!(self.part.home, Home::Teenager | Home::Fostered | Home::Supported)
    }
}

/// Why care ends at eighteen.
fn grown(dice: &mut Dice) -> ReasonCeased {
    use ReasonCeased::{E5, E6, E7, E17};
    dice.weighted(&[(E5, 60), (E17, 28), (E6, 8), (E7, 4)]).unwrap_or(E5)
}
