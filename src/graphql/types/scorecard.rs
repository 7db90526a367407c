//! The panel's scorecard.

use async_graphql::{ID, Object};

use super::{Authority, Comparison, Indicator, IndicatorValue, Period, Target};
use crate::{
    figures::{self, AuthorityView},
    graphql::{
        error::FieldResult,
        ids,
        inputs::ComparatorInput,
        scalars::Moment,
        schema::directive::{About, At, access},
    },
    period,
};

/// The scorecard of an authority for a period.
pub(in crate::graphql) struct Scorecard {
    view: AuthorityView,
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
    pub(in crate::graphql) fn new(view: &AuthorityView, period: period::Period) -> Self {
        let row = |row: figures::ScorecardRow| ScorecardRow {
            number: row.number,
            current: IndicatorValue::new(view, row.current),
        };
        let rows = view.scorecard(period);
        Self { view: view.clone(), period, rows: rows.into_iter().map(row).collect() }
    }
}

/// The panel's scorecard: each row with its figure, the last three year ends and its comparators.
#[Object]
impl Scorecard {
    /// The global id.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        let known = self.view.known_at().map(|at| at.timestamp_micros().to_string()).unwrap_or_default();
        ids::id(Self::KIND, &[&self.view.place().ons_code, &self.period.code(), &known])
    }

    /// The authority.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn authority(&self) -> Authority {
        Authority::view(&self.view)
    }

    /// The period.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// When the newest import that it takes account of was received.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn as_known_on(&self) -> Option<Moment> {
        self.view.known_at().map(Moment)
    }

    /// How many rows of the printed scorecard are not shown, because the role may not see their domain; 0 where all are.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn withheld_rows(&self) -> usize {
        self.view.withheld_rows()
    }

    /// The rows, in the order of the printed scorecard.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn rows(&self) -> &[ScorecardRow] {
        &self.rows
    }
}

/// A row of the scorecard.
#[Object]
impl ScorecardRow {
    /// Its number on the printed scorecard, from 1.
    #[graphql(name = "ref", directive = access::apply(About::Reference, At::Rounded))]
    async fn number(&self) -> usize {
        self.number
    }

    /// What it is about.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn indicator(&self) -> Indicator {
        Indicator(self.current.answer.indicator)
    }

    /// The figure of the period.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn current(&self) -> &IndicatorValue {
        &self.current
    }

    /// The three year ends before the period, oldest first: counted from the records where they reach, otherwise as
    /// the authority has printed them.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn history(&self) -> Vec<IndicatorValue> {
        let view = &self.current.view;
        IndicatorValue::all(view, view.year_ends_before(&self.current.answer))
    }

    /// The target that stands beside the figure, as in `current`.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn target(&self) -> Option<Target> {
        self.current.view.target(&self.current.answer).map(|standing| standing.target.into())
    }

    /// What the figure is set beside; null in the place of a comparator that does not exist, with an error.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn comparators(
        &self,
        #[graphql(desc = "Which comparators; otherwise statistical neighbours, England and the two earlier periods.")]
        of: Option<Vec<ComparatorInput>>,
    ) -> Option<Vec<Option<FieldResult<Comparison>>>> {
        Some(self.current.compared(of))
    }
}
