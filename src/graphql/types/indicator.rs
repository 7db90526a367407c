//! An indicator of the catalogue, in words.

use async_graphql::{ID, Object};

use crate::{
    breakdowns::Dimension,
    graphql::{
        ids,
        paging::ListItem,
        schema::directive::{About, At, access},
        vocabulary::{Basis, BreakdownDimension, FlatTarget, Polarity, Unit},
    },
    indicators, scorecards, statistics,
};

/// An indicator.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct Indicator(pub(in crate::graphql) &'static indicators::Indicator);

impl Indicator {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Indicator";
}

/// A measure that a panel reads: what is counted, of whom, and in whose words.
#[Object]
impl Indicator {
    /// The global id.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::id(Self::KIND, &[self.0.code])
    }

    /// The stable code by which it is asked for.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn code(&self) -> &'static str {
        self.0.code
    }

    /// The name on the scorecard.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn title(&self) -> &'static str {
        self.0.title
    }

    /// What it measures, in a sentence or two.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn definition(&self) -> String {
        let (counted, of) = (self.0.numerator, self.0.denominator);
        match self.0.unit {
            _ if self.0.met.is_none() && self.0.unit == statistics::Unit::Count => counted.to_owned(),
            statistics::Unit::RatePer10000 => format!("{counted} For every 10,000 of: {of}"),
            _ => format!("{counted} Out of: {of}"),
        }
    }

    /// The chapter that it belongs to.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn theme(&self) -> &'static str {
        self.0.theme.label()
    }

    /// What its value is measured in.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn unit(&self) -> Unit {
        self.0.unit.into()
    }

    /// How many decimals its display has.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn decimals(&self) -> u32 {
        self.0.decimals
    }

    /// Which way is better.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn polarity(&self) -> Polarity {
        self.0.polarity.into()
    }

    /// What stretch of time it measures, up to the last day of the period asked for.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn period_kind(&self) -> Basis {
        self.0.basis.into()
    }

    /// Whether whom it is about, or whom it counts, can turn on a birthday or with a status that ends on one. Then readers
    /// who do not see whom records are about are answered for ends of quarters; so are all about age bands.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn depends_on_birthday(&self) -> bool {
        self.0.depends_on_birthday
    }

    /// When one target for the whole year judges it.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn flat_target(&self) -> FlatTarget {
        self.0.flat_target.into()
    }

    /// What it can be split by.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn breakdowns(&self) -> Vec<BreakdownDimension> {
        Dimension::ALL.into_iter().map(Into::into).collect()
    }

    /// Who is counted, in words.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn numerator_text(&self) -> &'static str {
        self.0.numerator
    }

    /// Out of whom, in words.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn denominator_text(&self) -> &'static str {
        self.0.denominator
    }

    /// Who is left out, in words.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn exclusions(&self) -> &'static str {
        self.0.exclusions
    }

    /// Where the rule comes from.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn source(&self) -> &'static str {
        self.0.source
    }

    /// Version of the rule; it changes whenever the rule does.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn version(&self) -> &'static str {
        self.0.version()
    }
}

impl ListItem for Indicator {
    const LIST: &'static str = "indicators";

    /// Its place in the catalogue.
    fn key(&self) -> String {
        let place = scorecards::listed().iter().position(|indicator| indicator.code == self.0.code);
        format!("{:04}", place.unwrap_or_default())
    }
}

connection!(
    /// A page of the catalogue of indicators.
    IndicatorConnection,
    /// An indicator with its place in the list.
    IndicatorEdge,
    Indicator,
    Reference,
    Rounded
);
