//! The gate of every figure: what a reader at each level may be given, so that no child can be recognised.
//!
//! A figure is a [`Cell`] first, which is not to be shown; [`protect`] alone makes a [`Shown`] of it, which is all that the
//! layers above can get. True values pass at level N. At S and R a whole-authority figure passes at the ends of
//! quarters where nobody can be singled out, and everything else is confidential, with one word for all of it: which
//! figure was the small one would itself be a leak.

use std::ops::Deref;

use chrono::Datelike;

use crate::{
    access::Level,
    period::Date,
    statistics::{Absence, Fraction, Interval, Unit},
};

/// The largest count that may single someone out.
const SMALL: std::ops::RangeInclusive<u64> = 1..=5;
/// The smallest number of children that a figure may be about.
const FEWEST: u64 = 6;
/// Rounded counts are multiples of this.
const STEP: u64 = 5;
/// The smallest count that is shown rounded.
const FEWEST_ROUNDED: u64 = 8;

/// One number in one cell, as counted. It is not to be shown before [`protect`] has let it through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// What it is measured in.
    pub unit: Unit,
    /// The last day of its period.
    pub on: Date,
    /// All children, or a group of them.
    pub of: Of,
    /// The unrounded value.
    pub value: Option<f64>,
    /// How many were counted.
    pub numerator: Option<u64>,
    /// Out of how many; none for a count.
    pub denominator: Option<u64>,
    /// How many of the denominator the records say nothing about.
    pub blank: u64,
    /// Why there is no value.
    pub absence: Option<Absence>,
    /// The 95 percent interval.
    pub interval: Option<Interval>,
}

/// Whom a figure is about, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// All children of the authority, counted from the records or printed with its parts.
    Authority,
    /// One group of a breakdown.
    Group,
    /// All children of the authority, as a body published it that has controlled it already.
    Published,
}

/// A figure that may be shown. Only [`protect`] makes one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown(Cell);

impl Deref for Shown {
    type Target = Cell;

    fn deref(&self) -> &Cell {
        &self.0
    }
}

/// What a reader at this level may be given of a figure (access ruling 6).
pub fn protect(cell: Cell, level: Level) -> Shown {
    let absent = |absence| Cell {
        value: None,
        numerator: None,
        denominator: None,
        blank: 0,
        absence: Some(absence),
        interval: None,
        ..cell
    };
    Shown(match (level, cell.of) {
        (Level::N, _) => cell,
        (Level::S | Level::R, _) if !reported_on(cell.on, level) => absent(Absence::NotAvailable),
        // Why a whole-authority figure is not there says nothing about a child.
        (Level::S | Level::R, Of::Authority | Of::Published) if says_nothing(&cell) => {
            absent(cell.absence.unwrap_or(Absence::NotAvailable))
        }
        (Level::S, Of::Authority) if singles_nobody_out(&cell) => Cell { blank: 0, ..cell },
        (Level::R, Of::Authority) if singles_nobody_out(&cell) => match rounded(&cell) {
            Some(value) => Cell { value: Some(value), absence: None, ..absent(Absence::Confidential) },
            None => absent(Absence::Confidential),
        },
        (Level::S, Of::Published) => cell,
        (Level::R, Of::Published) => Cell { value: cell.value, absence: None, ..absent(Absence::Confidential) },
        _ => absent(Absence::Confidential),
    })
}

/// Figures are reported at the ends of quarters and, rounded, at the ends of March and September.
fn reported_on(day: Date, level: Level) -> bool {
    let ends = match level {
        Level::R => matches!((day.month(), day.day()), (3, 31) | (9, 30)),
        _ => matches!((day.month(), day.day()), (3, 31) | (6, 30) | (9, 30) | (12, 31)),
    };
    ends && !matches!(level, Level::I | Level::P)
}

/// Whether the figure is absent for a reason that holds whatever the records say about children.
fn says_nothing(cell: &Cell) -> bool {
    cell.value.is_none() && cell.numerator.is_none() && cell.denominator.is_none()
}

/// Whether the population is large enough, and neither those counted nor the others among it are few. A count is its
/// own population.
fn singles_nobody_out(cell: &Cell) -> bool {
    let Some(numerator) = cell.numerator else { return false };
    let population = match (cell.denominator, cell.unit) {
        (Some(denominator), _) => denominator,
        (None, Unit::Count) => numerator,
        // Without its parts nobody can tell whom a percentage or a rate is about.
        (None, _) => return false,
    };
    let others = cell.denominator.map(|denominator| denominator.saturating_sub(numerator));
    population >= FEWEST && !SMALL.contains(&numerator) && !others.is_some_and(|others| SMALL.contains(&others))
}

/// The rounded value of a figure that singles nobody out; none where it rounds into what is hidden. Counts to the
/// nearest 5 and rates from those; percentages whole.
fn rounded(cell: &Cell) -> Option<f64> {
    let (numerator, value) = (cell.numerator?, cell.value?);
    let count = (numerator >= FEWEST_ROUNDED).then(|| (numerator + STEP / 2) / STEP * STEP);
    match (cell.unit, cell.denominator) {
        (Unit::Count, _) => count.map(|count| count as f64),
        (Unit::RatePer10000, Some(population)) => Fraction::new(count?, population).of(cell.unit.scale()),
        (Unit::Percent, Some(_)) => Some(value.round()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
