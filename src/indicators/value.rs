//! From counts to a value: the percentage, the rate, or the count itself.

use super::{Indicator, Tally};
use crate::statistics::{Bounds, Confidence, Fraction, Interval, Unit, interval};

/// A value with the numbers it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellValue {
    /// The unrounded value; none where the denominator is zero or not known, or where nothing is known of anybody.
    pub value: Option<f64>,
    /// The value if all of those not known were counted.
    pub highest: Option<f64>,
    /// How many were counted; none where nothing is known of anybody.
    pub numerator: Option<u64>,
    /// How many would be counted if all of those not known were.
    pub most: Option<u64>,
    /// Out of how many; none for counts, and for rates whose population is not loaded.
    pub denominator: Option<u64>,
    /// How many of the denominator the records say nothing about; none without a denominator.
    pub not_known: Option<u64>,
    /// The 95 percent interval.
    pub interval: Option<Interval>,
}

/// The value of a cell; `population` is the child population of the cell, for rates.
pub fn worked(indicator: &Indicator, tally: Tally, population: Option<u64>) -> CellValue {
    match indicator.unit {
        Unit::RatePer10000 => counted(indicator, tally.denominator, population),
        _ if indicator.met.is_none() => counted(indicator, tally.denominator, None),
        _ => share(indicator, tally),
    }
}

/// A count or a rate, of which everything is known.
fn counted(indicator: &Indicator, numerator: u64, denominator: Option<u64>) -> CellValue {
    let value = match (indicator.unit, denominator) {
        (Unit::Count, _) => Some(numerator as f64),
        (unit, denominator) => denominator.and_then(|d| Fraction::new(numerator, d).of(unit.scale())),
    };
    CellValue {
        value,
        highest: value,
        numerator: Some(numerator),
        most: Some(numerator),
        denominator,
        not_known: denominator.map(|_| 0),
        interval: interval(indicator.unit, numerator, denominator, Confidence::NinetyFive),
    }
}

/// A share of the children it is about. Where nothing is known of any of them it is not zero but unknown (ruling 67).
fn share(indicator: &Indicator, tally: Tally) -> CellValue {
    let bounds = Bounds::new(Fraction::new(tally.numerator, tally.denominator), tally.blank);
    let unknown = tally.denominator > 0 && tally.blank == tally.denominator;
    let known = |value: Option<f64>| value.filter(|_| !unknown);
    CellValue {
        value: known(bounds.least.of(indicator.unit.scale())),
        highest: known(bounds.most.of(indicator.unit.scale())),
        numerator: (!unknown).then_some(tally.numerator),
        most: (!unknown).then_some(bounds.most.numerator),
        denominator: Some(tally.denominator),
        not_known: Some(tally.blank),
        interval: bounds.interval(Confidence::NinetyFive).filter(|_| !unknown),
    }
}
