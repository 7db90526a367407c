//! What follows care for those who were in it at sixteen: duties, and a contact around each birthday.

use crate::{
    period::Date,
    synthetic::{dice::Dice, leaver, life::Life},
};

/// Adds duties and contacts, up to the last day of the records.
pub(super) fn fill(dice: &mut Dice, life: &mut Life, until: Date) {
    life.duties = leaver::duties(life.birth, &life.stays);
    // Known is only who had left by then.
    life.duties.retain(|duty| duty.from <= until);
    life.contacts = leaver::contacts(dice, life.birth, &life.duties, until);
}
