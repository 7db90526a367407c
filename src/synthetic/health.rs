//! When children see the doctor and the dentist: once a year, under five twice, and soon after coming into care.

use super::{
    dice::after,
    life::{Check, HealthCheck},
};
use crate::period::{Date, add_months, age};

/// The checks of a stay, on the same day each year.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// Day of birth.
    pub birth: Date,
    /// First day of care.
    pub start: Date,
    /// The first day without checks: care has ended, or the records have.
    pub until: Date,
    /// A day on which the yearly check falls, in whichever year.
    pub yearly: Date,
}

impl Calendar {
    /// The dental checks.
    pub fn dental(&self) -> Vec<HealthCheck> {
        self.every_year_from(self.yearly).map(|on| HealthCheck { check: Check::Dental, on, refused: false }).collect()
    }

    /// The health assessments: the first within twenty working days of coming in, then every year or half year.
    pub fn assessments(&self) -> Vec<HealthCheck> {
        let first = Some(after(self.start, 18)).filter(|on| *on < self.until);
        let half_years = self
            .every_year_from(add_months(self.yearly, 6))
            .filter(|on| age(self.birth, *on).is_some_and(|years| years < 5));
        let yearly = self.every_year_from(self.yearly);
        let mut days: Vec<Date> = first.into_iter().chain(yearly).chain(half_years).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(|on| HealthCheck { check: Check::Assessment, on, refused: false }).collect()
    }

    /// The same day of each year of the stay, its first month left out.
    fn every_year_from(&self, day: Date) -> impl Iterator<Item = Date> {
        let (from, until) = (after(self.start, 30), self.until);
        (-30..30).map(move |years| add_months(day, years * 12)).filter(move |on| *on >= from && *on < until)
    }
}
