//! A whole cohort: the lives, the carers who house them, and the files that a council would hold about them.

use super::{
    Plan,
    carers::{Household, Link, house},
    companions,
    dice::Dice,
    harrow, invent,
    life::Life,
    returns::{self, Return, Year},
    table::Table,
};
use crate::period::Window;

/// A cohort of one authority.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// ONS code, written where a placement lies in the authority's own area.
    pub authority: String,
    /// The days that the returns cover.
    pub days: Window,
    lives: Vec<Life>,
    households: Vec<Household>,
    links: Vec<Link>,
}

impl Cohort {
    /// A cohort drawn by chance.
    pub fn drawn(authority: &str, plan: Plan) -> Self {
        Self::housed(authority, plan.days, plan.seed, invent(plan))
    }

    /// The invented records of Harrow, fitted to its printed scorecard.
    pub fn harrow() -> Self {
        Self::housed(harrow::AUTHORITY, harrow::DAYS, 0, harrow::lives())
    }

    fn housed(authority: &str, days: Window, seed: u64, mut lives: Vec<Life>) -> Self {
        let (households, links) = house(&mut Dice::new(seed.wrapping_add(1)), &mut lives);
        Self { authority: authority.to_owned(), days, lives, households, links }
    }

    /// The years of its returns, oldest first.
    pub fn years(&self) -> Vec<Year> {
        Year::all(self.days)
    }

    /// The return of one year.
    pub fn of_year(&self, year: Year) -> Return {
        returns::of_year(&self.lives, &self.authority, year)
    }

    /// The lists beside the returns, each named as its kind of import.
    pub fn lists(&self) -> Vec<Table> {
        vec![
            companions::leavers(&self.lives, self.days),
            companions::leaver_contacts(&self.lives, self.days),
            companions::carers(&self.households),
            companions::placement_links(&self.links, self.days),
        ]
    }

    /// Tables of the Standard Safeguarding Dataset, for what the returns do not date.
    pub fn dataset(&self) -> Vec<Table> {
        vec![companions::health_checks(&self.lives, self.days)]
    }
}
