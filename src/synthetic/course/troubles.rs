//! Times missing: a minority of teenagers, and those again and again.

use crate::{
    care::codes::MissingKind,
    period::{Date, birthday},
    synthetic::{
        dice::{Dice, after},
        life::{Absence, Life, Stay},
    },
};

/// Adds times missing or away within the stay, from twelve years on.
pub(super) fn fill(dice: &mut Dice, life: &mut Life, stay: &Stay, until: Date) {
    let mut on = stay.start().max(birthday(life.birth, 12));
    if !dice.chance(22) {
        return;
    }
    loop {
        on = after(on, dice.waiting_days(160) + 3);
        let to = after(on, dice.between(0, 4));
        if to >= until {
            return;
        }
        let kind = if dice.chance(75) { MissingKind::M } else { MissingKind::A };
        life.absences.push(Absence { kind, from: on, to });
        on = to;
    }
}
