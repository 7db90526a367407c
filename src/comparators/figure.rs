//! The figures on both sides of a comparison: the authority's own, and one that somebody has published.

use crate::indicators::Likeness;
use crate::period::Period;
use crate::statistics::{Absence, Basis, Bounds, Confidence, Fraction, Interval, Polarity, Unit, ValueStatus, wilson};

/// A figure of the authority for one period, with what is needed to set others beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// How the figure published for the whole country stands to it.
    pub national: Option<Likeness>,
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
    /// The value if all of those not known were counted; the value itself where everything is known.
    pub highest: Option<f64>,
    /// How many were counted, where the figure is made of counts.
    pub numerator: Option<u64>,
    /// How many would be counted if all of those not known were.
    pub most: Option<u64>,
    /// Out of how many; none for a count.
    pub denominator: Option<u64>,
    /// Its 95 percent interval.
    pub interval: Option<Interval>,
}

impl Figure {
    /// Numerator and denominator, with none and with all of those not known counted; none without a value.
    pub fn bounds(&self) -> Option<Bounds> {
        let (numerator, denominator) = (self.numerator.filter(|_| self.value.is_some())?, self.denominator?);
        let most = self.most.unwrap_or(numerator);
        Some(Bounds { least: Fraction::new(numerator, denominator), most: Fraction::new(most, denominator) })
    }

    /// The intervals by which the figure is judged: its own or, for a percentage, one with none and one with all of
    /// those not known counted (ruling 67).
    pub(super) fn intervals(&self) -> Vec<Interval> {
        let bounds = self.bounds().filter(|_| self.unit == Unit::Percent && self.interval.is_some());
        match bounds {
            Some(bounds) => bounds.ends().into_iter().filter_map(|end| wilson(end, Confidence::NinetyFive)).collect(),
            None => self.interval.into_iter().collect(),
        }
    }
}

/// What a published figure stands in.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// Who published it.
    pub publisher: String,
    /// Its name.
    pub name: String,
}

/// A figure that somebody has published about an area, or printed as an average of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedFigure {
    /// ONS code of the area, or the name of the average.
    pub area: String,
    /// The document that it stands in.
    pub document: Document,
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
