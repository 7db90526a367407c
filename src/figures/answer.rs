//! One number in one cell, never alone: with its two parts, its interval, its status or the reason for its absence.

use std::ops::Deref;

use super::AuthorityData;
use crate::{
    breakdowns::Group,
    comparators::{self, Document, PublishedFigure},
    disclosure::{Cell, FigureOrigin, ProtectedFigure},
    indicators::{Indicator, IndicatorCounts, worked},
    period::{Date, Period},
    statistics::{Absence, Unit, ValueStatus, display},
};

/// The answer to one question, as its reader may have it: one indicator, one period, all children or one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked about.
    pub indicator: &'static Indicator,
    /// The period asked for; the figure is as at its last day.
    pub period: Period,
    /// The group, for a row of a breakdown.
    pub group: Option<Group>,
    /// How final it is.
    pub status: ValueStatus,
    /// Where it is from.
    pub source: Source,
    pub(super) shown: ProtectedFigure,
}

impl Deref for Answer {
    type Target = Cell;

    /// The number with its parts.
    fn deref(&self) -> &Cell {
        &self.shown
    }
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl std::fmt::Debug for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

impl Answer {
    /// The value as a report prints it, or the words that stand in its place.
    pub fn display(&self) -> String {
        match (self.value, self.absence) {
            (Some(value), _) => display(value, self.indicator.decimals),
            (None, Some(absence)) => absence.display().to_owned(),
            (None, None) => Absence::NotAvailable.display().to_owned(),
        }
    }

    /// The figure in the form that comparisons take.
    pub fn figure(&self) -> comparators::Figure {
        comparators::Figure {
            national: self.indicator.national,
            unit: self.indicator.unit,
            polarity: self.indicator.polarity,
            basis: self.indicator.basis,
            period: self.period,
            value: self.value,
            highest: self.highest,
            numerator: self.numerator,
            most: self.most,
            denominator: self.denominator,
            interval: self.interval,
        }
    }
}

/// Where a figure is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Counted from the records.
    Records,
    /// Printed by the authority in a document.
    Published(Document),
}

/// A figure before the gate.
pub(super) struct UnprotectedFigure {
    pub(super) cell: Cell,
    pub(super) status: ValueStatus,
    pub(super) source: Source,
}

/// A figure without a number.
pub(super) fn absent(indicator: &Indicator, period: Period, group: Option<Group>, absence: Absence) -> Cell {
    Cell {
        unit: indicator.unit,
        on: period.end,
        of: if group.is_some() { FigureOrigin::Group } else { FigureOrigin::Authority },
        value: None,
        highest: None,
        numerator: None,
        most: None,
        denominator: None,
        not_known: None,
        absence: Some(absence),
        interval: None,
    }
}

/// A figure as the authority has printed it.
pub(super) fn printed(indicator: &Indicator, period: Period, printed: &PublishedFigure) -> UnprotectedFigure {
    let cell = Cell {
        of: if printed.controlled { FigureOrigin::Published } else { FigureOrigin::Authority },
        value: printed.value.ok(),
        highest: printed.value.ok(),
        numerator: printed.numerator,
        most: printed.numerator,
        denominator: printed.denominator,
        absence: printed.value.err(),
        ..absent(indicator, period, None, Absence::NotAvailable)
    };
    UnprotectedFigure { cell, status: printed.status, source: Source::Published(printed.document.clone()) }
}

impl AuthorityData {
    pub(super) fn cell(
        &self,
        counted: &IndicatorCounts,
        indicator: &'static Indicator,
        period: Period,
        group: Option<Group>,
    ) -> Cell {
        let nothing = absent(indicator, period, group, Absence::NotAvailable);
        if counted.absence.is_some() {
            return Cell { absence: counted.absence, ..nothing };
        }
        let tally = group.map_or(counted.counts.total, |group| counted.counts.group(group));
        let population = if indicator.unit == Unit::RatePer10000 { self.population(period.end, group) } else { None };
        let worked = worked(indicator, tally, population);
        Cell {
            value: worked.value,
            highest: worked.highest,
            numerator: worked.numerator,
            most: worked.most,
            denominator: worked.denominator,
            not_known: worked.not_known,
            absence: worked.value.is_none().then_some(Absence::NotAvailable),
            interval: worked.interval,
            ..nothing
        }
    }

    /// Children of the area, in all or of one group, by the estimate in use on the day.
    pub fn population(&self, on: Date, group: Option<Group>) -> Option<u64> {
        let mid_year = self.reference.population.on(on)?;
        group.map_or(mid_year.all, |group| mid_year.group(group))
    }
}
