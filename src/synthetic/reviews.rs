//! When reviews of a child's care are held: twenty working days after coming in, three months on, then every six.

use super::{dice::Dice, life::Life};
use crate::{
    care::codes::Participation,
    period::{Date, add_months},
};

/// The days of the reviews before `until`; `held` says when a review that is due on a day is held.
pub fn held(first_due: Date, until: Date, mut held: impl FnMut(Date) -> Date) -> Vec<Date> {
    let mut days: Vec<Date> = Vec::new();
    let mut due = first_due;
    loop {
        let on = held(due);
        if on >= until || days.last().is_some_and(|last| on <= *last) {
            return days;
        }
        due = add_months(on, if days.is_empty() { 3 } else { 6 });
        days.push(on);
    }
}

/// How children of that age take part.
pub fn participation(dice: &mut Dice, life: &Life, on: Date) -> Participation {
    use Participation::{Pn0, Pn1, Pn2, Pn3, Pn4, Pn5, Pn6, Pn7};
    if life.age_on(on) < 4 {
        return Pn0;
    }
    dice.weighted(&[(Pn1, 50), (Pn6, 26), (Pn2, 6), (Pn5, 8), (Pn7, 5), (Pn4, 3), (Pn3, 2)]).unwrap_or(Pn1)
}
