//! From counts to a value: the percentage, the rate, or the count itself.

use super::{Indicator, Tally};
use crate::statistics::{Fraction, Unit};

/// A value with the two numbers it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worked {
    /// The unrounded value; none where the denominator is nought or not known.
    pub value: Option<f64>,
    /// How many were counted.
    pub numerator: u64,
    /// Out of how many; none for counts, and for rates whose population is not loaded.
    pub denominator: Option<u64>,
}

impl Worked {
    /// The fraction, where there is one.
    pub fn fraction(&self) -> Option<Fraction> {
        Some(Fraction::new(self.numerator, self.denominator?))
    }
}

/// The value of a cell; `population` is the child population of the cell, for rates.
pub fn worked(indicator: &Indicator, tally: Tally, population: Option<u64>) -> Worked {
    let (numerator, denominator) = match indicator.unit {
        Unit::RatePer10000 => (tally.denominator, population),
        _ if indicator.met.is_none() => {
            return Worked { value: Some(tally.denominator as f64), numerator: tally.denominator, denominator: None };
        }
        _ => (tally.numerator, Some(tally.denominator)),
    };
    let value = denominator.and_then(|d| Fraction::new(numerator, d).of(indicator.unit.scale()));
    Worked { value, numerator, denominator }
}
