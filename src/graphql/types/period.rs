//! A period with its names and days.

use async_graphql::{ID, Object};

use crate::{
    graphql::{
        ids,
        scalars::Date,
        schema::directive::{About, At, access},
        vocabulary::PeriodKind,
    },
    period,
};

/// A named stretch of time.
#[derive(Clone, Copy, Debug)]
pub(in crate::graphql) struct Period(pub(in crate::graphql) period::Period);

impl Period {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Period";
}

/// A named stretch of time. Figures are as at its last day; what stretch up to that day they measure is the
/// indicator's business.
#[Object]
impl Period {
    /// The global id.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::id(Self::KIND, &[&self.0.code()])
    }

    /// The stable code: 2023-24, 2023-24-Q2, 2023-10, or a date.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn code(&self) -> String {
        self.0.code()
    }

    /// Year, quarter, month or day.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn kind(&self) -> PeriodKind {
        self.0.kind.into()
    }

    /// The name that a report prints, such as 2023-24 Q2.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn label(&self) -> String {
        self.0.label()
    }

    /// First day.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn start(&self) -> Date {
        Date(self.0.start)
    }

    /// Last day.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn end(&self) -> Date {
        Date(self.0.end)
    }

    /// The period of its kind just before.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn previous(&self) -> Period {
        Period(self.0.previous())
    }

    /// The same period a year before.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn same_last_year(&self) -> Period {
        Period(self.0.same_last_year())
    }
}
