//! When reviews of a child's care are held: twenty working days after coming in, three months on, then every six.

use super::{dice::Dice, life::Life};
use crate::{
    care::codes::Participation,
    period::{Date, add_months, working_day_after},
};

/// The days of the reviews of a stay from `start`, before `until`; `held` says when a review due on a day is held.
pub fn held(start: Date, until: Date, mut held: impl FnMut(Date) -> Date) -> Vec<Date> {
    let mut days = Vec::new();
    let mut due = working_day_after(start, 20);
    loop {
        let on = held(due);
        if on >= until || on <= start {
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
