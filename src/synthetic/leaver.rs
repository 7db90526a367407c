//! After care: who is owed a duty, until when, and the contacts around each birthday.

use super::{
    dice::{Dice, after},
    life::{Contact, Duty, Life, Stay},
};
use crate::{
    care::codes::{Accommodation, Activity, Eligibility, InTouch, ReasonCeased},
    period::{Date, add_months, birthday},
};

/// Thirteen weeks, which make a child who is looked after at sixteen a care leaver.
const THIRTEEN_WEEKS: i64 = 91;

/// The duties owed to a young person who has left care; none to most children.
///
/// Owed are those looked after for thirteen weeks since fourteen, some of it at sixteen or later, who were not
/// adopted, did not die and were not taken over by another authority. They last until the 25th birthday.
pub fn duties(birth: Date, stays: &[Stay]) -> Vec<Duty> {
    let care = stays.iter().filter(|stay| !stay.is_respite());
    let Some((left, reason)) = care.clone().filter_map(|stay| stay.end).next_back() else { return Vec::new() };
    let open = care.clone().any(|stay| stay.end.is_none());
    let days: i64 = care.map(|s| (s.until().min(left) - s.start().max(birthday(birth, 14))).num_days().max(0)).sum();
    let elsewhere = reason.is_adoption() || matches!(reason, ReasonCeased::E2 | ReasonCeased::E3);
    if open || elsewhere || days < THIRTEEN_WEEKS || left <= birthday(birth, 16) {
        return Vec::new();
    }
    from_leaving(birth, left)
}

/// Relevant until eighteen, former relevant until twenty-five.
pub fn from_leaving(birth: Date, left: Date) -> Vec<Duty> {
    let adult = birthday(birth, 18);
    let grown = Some(birthday(birth, 25));
    let former = Duty { eligibility: Eligibility::FormerRelevant, from: left.max(adult), until: grown };
    if left >= adult {
        return vec![former];
    }
    vec![Duty { eligibility: Eligibility::Relevant, from: left, until: Some(adult) }, former]
}

/// A contact near each birthday after care, up to the last day of the records.
pub fn contacts(dice: &mut Dice, birth: Date, duties: &[Duty], until: Date) -> Vec<Contact> {
    let Some(first) = duties.first() else { return Vec::new() };
    let last = duties.last().and_then(|duty| duty.until).unwrap_or(Date::MAX);
    let days: Vec<_> = (17..25).map(|age| (age, after(birthday(birth, age), -dice.between(0, 50)))).collect();
    let owed = days.into_iter().filter(|(_, on)| *on > first.from && *on < last && *on <= until);
    owed.map(|(age, on)| at_age(contact(dice, on), age)).collect()
}

/// Nobody stays put with former foster carers at seventeen: that is for those who have grown up there.
fn at_age(found: Contact, age: i32) -> Contact {
    let accommodation = match found.accommodation {
        Accommodation::Z1 if age < 18 => Accommodation::D1,
        other => other,
    };
    Contact { accommodation, ..found }
}

/// What a contact finds, as often as councils report it.
fn contact(dice: &mut Dice, on: Date) -> Contact {
    if dice.chance(5) {
        let in_touch = dice.weighted(&[(InTouch::No, 2), (InTouch::Refu, 1)]).unwrap_or(InTouch::No);
        return Contact { on, in_touch, activity: Activity::NotKnown, accommodation: Accommodation::NotKnown };
    }
    Contact {
        on,
        in_touch: InTouch::Yes,
        activity: if dice.chance(36) { neet(dice) } else { busy(dice) },
        accommodation: if dice.chance(9) { unsuitable(dice) } else { suitable(dice) },
    }
}

/// In education, employment or training.
pub fn busy(dice: &mut Dice) -> Activity {
    use Activity::{F1, F2, F4, F5, P2, P5};
    dice.weighted(&[(F2, 8), (F5, 6), (F1, 3), (P5, 3), (P2, 2), (F4, 1)]).unwrap_or(F2)
}

/// Not in education, employment or training.
pub fn neet(dice: &mut Dice) -> Activity {
    use Activity::{G4, G5, G6};
    dice.weighted(&[(G5, 6), (G4, 3), (G6, 2)]).unwrap_or(G5)
}

/// A home that suits.
pub fn suitable(dice: &mut Dice) -> Accommodation {
    use Accommodation::{B1, D1, E1, K1, U1, Z1};
    dice.weighted(&[(U1, 8), (D1, 7), (B1, 4), (Z1, 4), (E1, 1), (K1, 1)]).unwrap_or(U1)
}

/// A home that does not.
pub fn unsuitable(dice: &mut Dice) -> Accommodation {
    use Accommodation::{S2, V2, X2};
    dice.weighted(&[(X2, 3), (S2, 2), (V2, 1)]).unwrap_or(X2)
}

/// The contact that speaks for a birthday: the nearest from three months before to one month after.
pub(super) fn contact_near(life: &Life, day: Date) -> Option<&Contact> {
    life.contacts
        .iter()
        .filter(|contact| contact.on >= add_months(day, -3) && contact.on <= add_months(day, 1))
        .min_by_key(|contact| (contact.on - day).num_days().abs())
}
