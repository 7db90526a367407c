//! The panel's scorecard.

use async_graphql::{ID, Object};

use super::{Authority, Comparison, Indicator, IndicatorValue, Period, Target};
use crate::{
    figures::{self, Opened},
    graphql::{
        access::{About, At, access},
        error::Told,
        ids,
        inputs::ComparatorInput,
        scalars::Moment,
    },
    period,
};

/// The scorecard of an authority for a period.
pub(in crate::graphql) struct Scorecard {
    opened: Opened,
    period: period::Period,
    rows: Vec<ScorecardRow>,
}

/// A row of a scorecard.
pub(in crate::graphql) struct ScorecardRow {
    number: usize,
    current: IndicatorValue,
}

impl Scorecard {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Scorecard";

    /// The rows that the viewer may see.
    pub(in crate::graphql) fn new(opened: &Opened, period: period::Period) -> Self {
        let row = |row: figures::ScorecardRow| ScorecardRow {
            number: row.number,
            current: IndicatorValue::new(opened, row.current),
        };
        let rows = opened.scorecard(period);
        Self { opened: opened.clone(), period, rows: rows.into_iter().map(row).collect() }
    }
}

/// The panel's scorecard: each row with its figure, the last three year ends and its comparators.
#[Object]
impl Scorecard {
    /// The global id.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        let known = self.opened.known_at().map(|at| at.timestamp_micros().to_string()).unwrap_or_default();
        ids::id(Self::KIND, &[&self.opened.place().ons_code, &self.period.code(), &known])
    }

    /// The authority.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn authority(&self) -> Authority {
        Authority::opened(&self.opened)
    }

    /// The period.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// When the newest import that it takes account of was received.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn as_known_on(&self) -> Option<Moment> {
        self.opened.known_at().map(Moment)
    }

    /// How many rows of the printed scorecard are not shown, because the role may not see their domain; 0 where all are.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn withheld_rows(&self) -> usize {
        self.opened.withheld_rows()
    }

    /// The rows, in the order of the printed scorecard.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    async fn rows(&self) -> &[ScorecardRow] {
        &self.rows
    }
}

/// A row of the scorecard.
#[Object]
impl ScorecardRow {
    /// Its number on the printed scorecard, from 1.
    #[graphql(name = "ref", directive = access::apply(About::Reference, At::R))]
    async fn number(&self) -> usize {
        self.number
    }

    /// What it is about.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn indicator(&self) -> Indicator {
        Indicator(self.current.answer.indicator)
    }

    /// The figure of the period.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    async fn current(&self) -> &IndicatorValue {
        &self.current
    }

    /// The three year ends before the period, oldest first: counted from the records where they reach, otherwise as
    /// the authority has printed them.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    async fn history(&self) -> Vec<IndicatorValue> {
        let opened = &self.current.opened;
        IndicatorValue::all(opened, opened.year_ends_before(&self.current.answer))
    }

    /// The target that stands beside the figure, as in `current`.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn target(&self) -> Option<Target> {
        self.current.opened.target(&self.current.answer).map(|standing| standing.target.into())
    }

    /// What the figure is set beside; null in the place of a comparator that does not exist, with an error.
    #[graphql(directive = access::apply(About::Indicator, At::R))]
    async fn comparators(
        &self,
        #[graphql(desc = "Which comparators; otherwise statistical neighbours, England and the two earlier periods.")]
        of: Option<Vec<ComparatorInput>>,
    ) -> Option<Vec<Option<Told<Comparison>>>> {
        Some(self.current.compared(of))
    }
}
