//! Homes for invented children: foster carers, relatives, children's homes, flats with support, parents, adopters.
//!
//! Postcodes lie in the area `ZZ` and registration numbers begin with nines: none of them exists.

use super::{dice::Dice, life::Setting};
use crate::care::codes::{Place, Provider};

/// Authorities in whose areas children are placed when it is not their own: shire counties and outer boroughs.
const OTHER_AREAS: [(&str, u32); 8] = [
    ("E10000015", 3),
    ("E06000060", 2),
    ("E10000030", 2),
    ("E09000017", 4),
    ("E09000009", 3),
    ("E09000003", 3),
    ("E10000016", 1),
    ("E08000025", 1),
];

/// Fostered by carers who were strangers, for now.
pub fn with_foster_carers(dice: &mut Dice) -> Setting {
    let provider = dice.weighted(&[(Provider::Pr1, 11), (Provider::Pr4, 8), (Provider::Pr5, 1)]);
    at(dice, Place::U6, provider, 28)
}

/// Fostered for good: the same carers, another kind of placement.
pub fn for_good(mut setting: Setting) -> Setting {
    setting.place = match setting.place {
        Place::U3 => Place::U1,
        Place::U6 => Place::U4,
        other => other,
    };
    setting
}

/// Fostered by a relative or a friend.
pub fn with_relatives(dice: &mut Dice) -> Setting {
    at(dice, Place::U3, Some(Provider::Pr1), 10)
}

/// Fostered by people who mean to adopt.
pub fn with_early_permanence_carers(dice: &mut Dice) -> Setting {
    at(dice, Place::U5, Some(Provider::Pr1), 30)
}

/// With adopters who did not foster the child before.
pub fn with_adopters(dice: &mut Dice) -> Setting {
    let provider = dice.weighted(&[(Provider::Pr1, 2), (Provider::Pr5, 1)]);
    at(dice, Place::A6, provider, 40)
}

/// The foster carers adopt.
pub fn carers_adopt(mut setting: Setting) -> Setting {
    setting.place = Place::A5;
    setting
}

/// In a children's home.
pub fn in_childrens_home(dice: &mut Dice) -> Setting {
    at(dice, Place::K2, Some(Provider::Pr4), 45)
}

/// In a flat or shared house with support.
pub fn in_supported_flat(dice: &mut Dice) -> Setting {
    Setting { urn: None, ..at(dice, Place::H5, Some(Provider::Pr4), 12) }
}

/// Someone under sixteen lives with foster carers in place of a supported flat.
pub fn for_age(setting: Setting, years: i32) -> Setting {
    if setting.place != Place::H5 || years >= 16 {
        return setting;
    }
    Setting { place: Place::U6, urn: Some("9900002".to_owned()), ..setting }
}

/// At home with a parent, under a care order.
pub fn with_parents(dice: &mut Dice) -> Setting {
    Setting { urn: None, tenths_of_miles: Some(0), other_area: None, ..at(dice, Place::P1, Some(Provider::Pr0), 0) }
}

/// Away from the usual carers for some days.
pub fn away_for_some_days(dice: &mut Dice) -> Setting {
    let place = dice.weighted(&[(Place::T3, 2), (Place::T1, 1), (Place::T4, 1)]).unwrap_or(Place::T3);
    Setting { urn: None, ..at(dice, place, None, 15) }
}

/// A setting of a kind, more than twenty miles away this many times in a hundred.
fn at(dice: &mut Dice, place: Place, provider: Option<Provider>, far_percent: u32) -> Setting {
    let far = dice.chance(far_percent);
    let outside = far || dice.chance(35);
    Setting {
        place,
        provider,
        postcode: postcode(dice),
        urn: Some(match provider {
            // The agency's number, not the carer's: carers of one agency share it.
            Some(Provider::Pr1) => "9900001".to_owned(),
            _ => format!("99{:05}", dice.between(2, 60)),
        }),
        tenths_of_miles: Some(if far { dice.between(201, 1400) } else { dice.between(3, 190) }),
        other_area: if outside { dice.weighted(&OTHER_AREAS) } else { None },
    }
}

/// A postcode of the right form in an area that does not exist.
pub(super) fn postcode(dice: &mut Dice) -> String {
    let letters = ["AB", "DE", "FG", "HJ", "LN", "PQ", "RS", "TU", "WX", "YZ"];
    let index = usize::try_from(dice.between(0, 9)).unwrap_or_default();
    format!("ZZ{} {}{}", dice.between(1, 99), dice.between(1, 9), letters.get(index).unwrap_or(&"AB"))
}
