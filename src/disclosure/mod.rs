//! The gate of every figure: what a reader at each level may be given, so that no child can be recognised.
//!
//! A figure is a [`Cell`] first, which is not to be shown; [`protect`] alone makes a [`ProtectedFigure`] of it, which is all that the
//! layers above can get. True values pass at level N. At S and R a whole-authority figure passes at the ends of
//! quarters where nobody can be singled out, and everything else is confidential, with one word for all of it: which
//! figure was the small one would itself be a leak.

use std::ops::Deref;

use chrono::Datelike;

use crate::{
    access::Level,
    period::Date,
    statistics::{Absence, Bounds, Confidence, Fraction, Interval, Unit},
};

/// The counts that may single someone out.
const SMALL: std::ops::RangeInclusive<u64> = 1..=MOST_SMALL;
/// The largest of them.
const MOST_SMALL: u64 = 5;
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
    pub of: FigureOrigin,
    /// The unrounded value.
    pub value: Option<f64>,
    /// The value if all of those not known were counted; the value itself where everything is known.
    pub highest: Option<f64>,
    /// How many were counted.
    pub numerator: Option<u64>,
    /// How many would be counted if all of those not known were.
    pub most: Option<u64>,
    /// Out of how many; none for a count.
    pub denominator: Option<u64>,
    /// How many of the denominator the records say nothing about; none without a denominator.
    pub not_known: Option<u64>,
    /// Why there is no value.
    pub absence: Option<Absence>,
    /// The 95 percent interval.
    pub interval: Option<Interval>,
}

/// Whom a figure is about, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureOrigin {
    /// All children of the authority, counted from the records or printed with its parts.
    Authority,
    /// One group of a breakdown.
    Group,
    /// All children of the authority, as a body published it that has controlled it already.
    Published,
}

/// A figure that may be shown. Only [`protect`] makes one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProtectedFigure(Cell);

impl Deref for ProtectedFigure {
    type Target = Cell;

    fn deref(&self) -> &Cell {
        &self.0
    }
}

/// What a reader at this level may be given of a figure (ruling A6).
pub fn protect(cell: Cell, level: Level) -> ProtectedFigure {
    let absent = |absence| Cell {
        value: None,
        highest: None,
        numerator: None,
        most: None,
        denominator: None,
        not_known: None,
        absence: Some(absence),
        interval: None,
        ..cell
    };
    ProtectedFigure(match (level, cell.of) {
        (Level::Exact, _) => cell,
        // Why a whole-authority figure is not there says nothing about a child.
        (Level::Suppressed | Level::Rounded, FigureOrigin::Authority | FigureOrigin::Published)
            if says_nothing(&cell) =>
        {
            absent(cell.absence.unwrap_or(Absence::NotAvailable))
        }
        // Nothing is reported between: that a day is not one of these says nothing about a child either.
        (Level::Suppressed | Level::Rounded, _) if !reported_on(cell.on, level) => absent(Absence::Confidential),
        (Level::Suppressed, FigureOrigin::Authority) if nothing_is_known(&cell) => cell,
        (Level::Rounded, FigureOrigin::Authority) if nothing_is_known(&cell) => absent(Absence::NotAvailable),
        (Level::Suppressed, FigureOrigin::Authority) if singles_nobody_out(&cell) => without_few_unknown(cell),
        // Made of what is shown unrounded and of nothing else.
        (Level::Rounded, FigureOrigin::Authority) if singles_nobody_out(&cell) => {
            match rounded(&without_few_unknown(cell)) {
                Some((value, highest)) => {
                    Cell { value: Some(value), highest: Some(highest), absence: None, ..absent(Absence::Confidential) }
                }
                None => absent(Absence::Confidential),
            }
        }
        (Level::Suppressed, FigureOrigin::Published) => cell,
        (Level::Rounded, FigureOrigin::Published) => {
            Cell { value: cell.value, highest: cell.highest, absence: None, ..absent(Absence::Confidential) }
        }
        _ => absent(Absence::Confidential),
    })
}

/// Figures are reported at the ends of quarters and, rounded, at the ends of March and September.
fn reported_on(day: Date, level: Level) -> bool {
    let ends = match level {
        Level::Rounded => matches!((day.month(), day.day()), (3, 31) | (9, 30)),
        _ => matches!((day.month(), day.day()), (3, 31) | (6, 30) | (9, 30) | (12, 31)),
    };
    ends && !matches!(level, Level::Identified | Level::Pseudonymous)
}

/// Whether the figure is absent for a reason that holds whatever the records say about children.
fn says_nothing(cell: &Cell) -> bool {
    cell.value.is_none() && cell.numerator.is_none() && cell.denominator.is_none()
}

/// Whether the records say nothing about anybody of a population that is large enough: that tells nothing of a child.
fn nothing_is_known(cell: &Cell) -> bool {
    cell.value.is_none() && cell.denominator.is_some_and(|all| all >= FEWEST) && cell.not_known == cell.denominator
}

/// The figure without the number of those not known where it, or what it leaves of those not counted, is small.
///
/// The interval and whatever is judged by it would give the number away. So they are made as if it were the largest
/// that it may be: 5, or all who were not counted where a reader could otherwise tell the two cases apart.
fn without_few_unknown(cell: Cell) -> Cell {
    let (Some(numerator), Some(denominator), Some(not_known)) = (cell.numerator, cell.denominator, cell.not_known)
    else {
        return cell;
    };
    let missed = denominator.saturating_sub(numerator);
    if !SMALL.contains(&not_known) && !SMALL.contains(&missed.saturating_sub(not_known)) {
        return cell;
    }
    let at_most = if SMALL.contains(&not_known) && missed > 2 * MOST_SMALL { MOST_SMALL } else { missed };
    let bounds = Bounds::new(Fraction::new(numerator, denominator), at_most);
    Cell {
        highest: bounds.most.of(cell.unit.scale()),
        most: Some(bounds.most.numerator),
        not_known: None,
        interval: bounds.interval(Confidence::NinetyFive),
        ..cell
    }
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

/// The rounded value of a figure that singles nobody out, and the highest that it may be; none where it rounds into
/// what is hidden. Counts to the nearest 5 and rates from those; percentages whole.
fn rounded(cell: &Cell) -> Option<(f64, f64)> {
    let (numerator, value) = (cell.numerator?, cell.value?);
    let count = (numerator >= FEWEST_ROUNDED).then(|| (numerator + STEP / 2) / STEP * STEP);
    let rounded = match (cell.unit, cell.denominator) {
        (Unit::Count, _) => count? as f64,
        (Unit::RatePer10000, Some(population)) => Fraction::new(count?, population).of(cell.unit.scale())?,
        (Unit::Percent, Some(_)) => return Some((value.round(), cell.highest.unwrap_or(value).round())),
        _ => return None,
    };
    Some((rounded, rounded))
}

#[cfg(test)]
mod tests;
