//! A time when a child was missing or away.

use std::sync::Arc;

use async_graphql::{ID, Object};

use crate::{
    access::Pseudonyms,
    figures::AuthorityView,
    graphql::{
        ids,
        paging::ListItem,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    store::rows,
};

/// A time missing or away.
pub(in crate::graphql) struct MissingEpisode {
    row: Arc<rows::MissingEpisode>,
    view: AuthorityView,
}

impl MissingEpisode {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "MissingEpisode";

    /// The time of this row.
    pub(in crate::graphql) fn new(row: Arc<rows::MissingEpisode>, view: &AuthorityView) -> Self {
        Self { row, view: view.clone() }
    }
}

/// A time when a child was missing, or away from the placement without authorisation.
#[Object]
impl MissingEpisode {
    /// The global id.
    #[graphql(directive = access::apply(About::Missing, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.view, Self::KIND, &[&self.row.child_id, &self.key()])
    }

    /// M missing, A away without authorisation.
    #[graphql(directive = access::apply(About::Missing, At::Pseudonymous))]
    async fn kind(&self) -> Option<&str> {
        self.row.kind.as_deref()
    }

    /// First day.
    #[graphql(directive = access::apply(About::Missing, At::Pseudonymous))]
    async fn start(&self) -> Date {
        Date(self.row.started_on)
    }

    /// Last day; null while missing.
    #[graphql(directive = access::apply(About::Missing, At::Pseudonymous))]
    async fn end(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }
}

impl ListItem for MissingEpisode {
    const LIST: &'static str = "missing episodes";

    fn key(&self) -> String {
        self.row.started_on.to_string()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.view.pseudonyms()
    }
}

connection!(
    /// A page of times when one child was missing or away, by first day.
    MissingEpisodeConnection,
    /// A time missing or away with its place in the list.
    MissingEpisodeEdge,
    MissingEpisode,
    Missing,
    Pseudonymous
);
