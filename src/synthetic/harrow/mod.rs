//! "Harrow (invented records)": children who do not exist, fitted so that the scorecard of a real report comes out.
//!
//! The council printed its scorecard for the first two quarters of 2023-24, numerators and denominators included.
//! The cast is told part by part (`now`, `before`, `after_care`); what does not follow from who comes and goes is
//! dealt out (`marks`). Nothing is searched for and nothing is canned: the figures are counted from these records
//! like any others. The records end on 30 September 2023.

#![allow(clippy::inconsistent_digit_grouping, reason = "days are written as year, month and day: 2023_04_01")]

mod build;
mod ceased;
mod current;
mod group;
mod homes;
mod leavers;
mod outcomes;
mod person;
mod shares;
#[cfg(test)]
mod tests;

use super::{dice::Dice, life::Life};
use crate::{
    care::codes::{Ethnicity, Sex},
    period::Window,
};
use person::Person;

/// ONS code of the authority.
pub const AUTHORITY: &str = "E09000015";

/// The days that the returns cover: three whole years and half of the fourth.
pub const DAYS: Window = group::days(2020_04_01, 2023_09_30);

/// Shares of the groups among children from the borough.
const ETHNICITIES: &[(Ethnicity, usize)] = &[
    (Ethnicity::Wbri, 22),
    (Ethnicity::Mwbc, 12),
    (Ethnicity::Woth, 9),
    (Ethnicity::Aind, 10),
    (Ethnicity::Apkn, 7),
    (Ethnicity::Aoth, 8),
    (Ethnicity::Moth, 11),
    (Ethnicity::Bcrb, 6),
    (Ethnicity::Mwas, 5),
    (Ethnicity::Bafr, 6),
    (Ethnicity::Ooth, 5),
];
/// And among those who came from abroad alone.
const ETHNICITIES_ABROAD: &[(Ethnicity, usize)] =
    &[(Ethnicity::Ooth, 20), (Ethnicity::Aoth, 6), (Ethnicity::Bafr, 5), (Ethnicity::Woth, 2)];

/// Everyone, always the same.
pub fn lives() -> Vec<Life> {
    let mut dice = Dice::new(15);
    let mut people: Vec<Person> = [
        current::SINCE_2020,
        current::SINCE_EARLY_2021,
        current::SINCE_2021,
        current::SINCE_SUMMER_2022,
        current::SINCE_WINTER_2022,
        current::SINCE_SPRING_2023,
        current::SINCE_SUMMER_2023,
        ceased::GROWN_UP,
        ceased::LEFT_IN_2020,
        ceased::LEFT_IN_2021,
        ceased::LEFT_IN_2022,
    ]
    .into_iter()
    .flat_map(|parts| Person::all(&mut dice, parts))
    .collect();
    groups(&mut people);
    outcomes::deal_all(&mut dice, &mut people);
    let told = people.iter().enumerate().map(|(at, person)| build::tell(&mut dice, at + 1, person));
    let mut lives: Vec<Life> = told.collect();
    lives.extend(leavers::left_before(&mut dice, people.len() + 1));
    leavers::contacts(&mut dice, &mut lives);
    lives
}

/// Deals out ethnic groups and sexes, apart for those who came from abroad alone.
fn groups(people: &mut [Person]) {
    let (mut abroad, mut local): (Vec<_>, Vec<_>) = people.iter_mut().partition(|person| person.is_unaccompanied());
    let deal = |people: &mut [&mut Person], groups: &[(Ethnicity, usize)], boys: usize| {
        let groups = shares::shares(people.len(), groups);
        let sexes = shares::shares(people.len(), &[(Sex::Male, boys), (Sex::Female, 100 - boys)]);
        for ((person, group), sex) in people.iter_mut().zip(groups).zip(sexes) {
            person.ethnicity = group;
            person.sex = sex;
        }
    };
    deal(&mut abroad, ETHNICITIES_ABROAD, 85);
    deal(&mut local, ETHNICITIES, 50);
}
