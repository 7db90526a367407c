//! A stretch of one legal status and one placement.

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

/// An episode of care.
pub(in crate::graphql) struct Episode {
    row: Arc<rows::Episode>,
    view: AuthorityView,
}

impl Episode {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Episode";

    /// The episode of this row.
    pub(in crate::graphql) fn new(row: Arc<rows::Episode>, view: &AuthorityView) -> Self {
        Self { row, view: view.clone() }
    }
}

/// A stretch of one legal status and one placement, as the newest return that holds it says.
#[Object]
impl Episode {
    /// The global id.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.view, Self::KIND, &[&self.row.child_id, &self.key()])
    }

    /// First day.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn start(&self) -> Date {
        Date(self.row.started_on)
    }

    /// The day it ended, which is no longer part of it; null while open.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn end(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }

    /// Why it began: the code of the return (`RNE`), such as S where the child came into care.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn reason_new(&self) -> Option<&str> {
        self.row.reason_new.as_deref()
    }

    /// Why it ended: the code of the return (`REC`), X1 where another episode follows.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn reason_ceased(&self) -> Option<&str> {
        self.row.reason_ceased.as_deref()
    }

    /// Legal status: the code of the return (`LS`), such as C2 for a full care order.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn legal_status(&self) -> Option<&str> {
        self.row.legal_status.as_deref()
    }

    /// Category of need: the code of the return (`CIN`).
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn need(&self) -> Option<&str> {
        self.row.need.as_deref()
    }

    /// Kind of placement: the code of the return (`PLACE`).
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn place(&self) -> Option<&str> {
        self.row.place.as_deref()
    }
}

impl ListItem for Episode {
    const LIST: &'static str = "episodes";

    fn key(&self) -> String {
        self.row.started_on.to_string()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.view.pseudonyms()
    }
}

connection!(
    /// A page of episodes of one child, by first day.
    EpisodeConnection,
    /// An episode with its place in the list.
    EpisodeEdge,
    Episode,
    Core,
    Pseudonymous
);
