//! Checks of the rows of a return against each other, the child's age and the year. They tell; no row is refused or
//! changed by them.

mod adoption;
mod ages;
mod last_year;
mod leavers;
mod liberty;
mod missing;
mod moves;
mod oc2;
mod placements;
mod providers;
mod reviews;
mod spells;
mod starts;
mod unaccompanied;
mod workers;

#[cfg(test)]
mod table;

use std::collections::HashMap;
use std::sync::Arc;

use crate::import::csv::spot::Spot;
use crate::import::report::{Issue, Report};
use crate::import::rules::rule::Rule;
use crate::import::ssda903::people::People;
use crate::import::ssda903::returned::ReturnRows;
use crate::import::ssda903::year::ReturnYear;
use crate::period::{Date, birthday};
use crate::store::StoredState;
use spells::{Chains, Spell};

/// What every check may look at.
struct Context<'a> {
    returned: &'a ReturnRows,
    people: &'a People,
    year: ReturnYear,
    held: &'a StoredState,
    chains: Chains<'a>,
    /// The first day of each child's first episode in the returns of other years that are held.
    first_held: HashMap<&'a str, Date>,
}

/// A rule that a row breaks, and the column to look at.
type BrokenRule = (&'static Rule, &'static str);

/// Tells every rule that the rows of a return break.
pub fn check(returned: &ReturnRows, people: &People, year: ReturnYear, held: &StoredState, report: &mut Report) {
    let mut first_held: HashMap<&str, Date> = HashMap::new();
    for (child, start) in held.starts.values().flatten() {
        let first = first_held.entry(child.as_str()).or_insert(*start);
        *first = (*first).min(*start);
    }
    let chains = Chains::new(&returned.episodes.rows);
    let context = Context { returned, people, year, held, chains, first_held };
    for check in [
        ages::check,
        starts::check,
        moves::check,
        placements::check,
        providers::check,
        oc2::check,
        leavers::check,
        reviews::check,
        missing::check,
        adoption::check,
        unaccompanied::check,
        workers::check,
        liberty::check,
        last_year::check,
    ] {
        check(&context, report);
    }
}

impl Context<'_> {
    /// The day on which the child reaches an age.
    fn birthday(&self, child: &str, years: i32) -> Option<Date> {
        self.people.birth(child).map(|birth| birthday(birth, years))
    }

    /// No return of another year that is held has an earlier episode of the child.
    fn is_first_known(&self, spell: &Spell<'_>) -> bool {
        self.first_held.get(spell.row.child_id.as_str()).is_none_or(|first| spell.row.started_on <= *first)
    }

    /// The last day that the return covers.
    fn last_day(&self) -> Date {
        self.year.up_to.unwrap_or(self.year.window.to)
    }
}

/// Tells the rules that one row breaks.
fn tell(report: &mut Report, file: &Arc<str>, line: Spot, broken: impl IntoIterator<Item = BrokenRule>) {
    for (rule, column) in broken {
        report.tell(Issue::of_file(file, rule).at(line).column(column));
    }
}

/// The rules whose condition holds.
fn those_broken<const N: usize>(rules: [(bool, BrokenRule); N]) -> impl Iterator<Item = BrokenRule> {
    rules.into_iter().filter(|(holds, _)| *holds).map(|(_, broken)| broken)
}
