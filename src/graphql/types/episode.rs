//! A stretch of one legal status and one placement.

use std::sync::Arc;

use async_graphql::{ID, Object};

use crate::{
    graphql::{
        access::{About, At, access},
        ids,
        paging::Listed,
        scalars::Date,
    },
    store::rows,
};

/// An episode of care.
pub(in crate::graphql) struct Episode(pub(in crate::graphql) Arc<rows::Episode>);

impl Episode {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Episode";
}

/// A stretch of one legal status and one placement, as the newest return that holds it says.
#[Object]
impl Episode {
    /// The global id.
    #[graphql(directive = access::apply(About::Core, At::P))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::id(Self::KIND, &[&self.0.authority_id, &self.0.child_id, &self.key()])
    }

    /// First day.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn start(&self) -> Date {
        Date(self.0.started_on)
    }

    /// The day it ended, which is no longer part of it; null while open.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn end(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }

    /// Why it began: the code of the return (`RNE`), such as S where the child came into care.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn reason_new(&self) -> Option<&str> {
        self.0.reason_new.as_deref()
    }

    /// Why it ended: the code of the return (`REC`), X1 where another episode follows.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn reason_ceased(&self) -> Option<&str> {
        self.0.reason_ceased.as_deref()
    }

    /// Legal status: the code of the return (`LS`), such as C2 for a full care order.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn legal_status(&self) -> Option<&str> {
        self.0.legal_status.as_deref()
    }

    /// Category of need: the code of the return (`CIN`).
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn need(&self) -> Option<&str> {
        self.0.need.as_deref()
    }

    /// Kind of placement: the code of the return (`PLACE`).
    #[graphql(directive = access::apply(About::Placement, At::P))]
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }
}

impl Listed for Episode {
    const LIST: &'static str = "episodes";

    fn key(&self) -> String {
        self.0.started_on.to_string()
    }
}

connection!(
    /// A page of episodes of one child, by first day.
    EpisodeConnection,
    /// An episode with its place in the list.
    EpisodeEdge,
    Episode,
    Core,
    P
);
