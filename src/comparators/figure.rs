//! The figures on both sides of a comparison: the authority's own, and one that somebody has published.

use crate::period::Period;
use crate::statistics::{Absence, Basis, Fraction, Interval, Polarity, Unit, ValueStatus};

/// A figure of the authority for one period, with what is needed to set others beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure<'a> {
    /// Code of the indicator.
    pub indicator: &'a str,
    /// What it is measured in.
    pub unit: Unit,
    /// Which way is better.
    pub polarity: Polarity,
    /// What stretch of time it measures.
    pub basis: Basis,
    /// The period it is for.
    pub period: Period,
    /// The unrounded value; none where it is absent.
    pub value: Option<f64>,
    /// How many were counted, where the figure is made of counts.
    pub numerator: Option<u64>,
    /// Out of how many; none for a count.
    pub denominator: Option<u64>,
    /// Its 95 percent interval.
    pub interval: Option<Interval>,
}

impl Figure<'_> {
    /// Numerator and denominator, where the figure has both.
    pub fn fraction(&self) -> Option<Fraction> {
        Some(Fraction::new(self.numerator?, self.denominator?))
    }
}

/// A figure that somebody has published about an area, or printed as an average of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedFigure {
    /// ONS code of the area, or the name of the average.
    pub area: String,
    /// The period it is for, usually a financial year.
    pub period: Period,
    /// The value as published, or why there is none.
    pub value: Result<f64, Absence>,
    /// Its numerator, where published.
    pub numerator: Option<u64>,
    /// Its denominator, where published.
    pub denominator: Option<u64>,
    /// How final it is.
    pub status: ValueStatus,
    /// Whether the body that published it has made sure that nobody can be recognised.
    pub controlled: bool,
}
