//! A stay with one carer or in one setting.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::Carer;
use crate::{
    access::{Domain, Pseudonyms},
    figures::AuthorityView,
    graphql::{
        error::{FieldResult, Refusal},
        ids,
        paging::ListItem,
        request::RequestContext,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    store::rows,
};

/// A placement.
pub(in crate::graphql) struct Placement {
    row: Arc<rows::Placement>,
    view: AuthorityView,
}

impl Placement {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Placement";

    /// The placement of this row.
    pub(in crate::graphql) fn new(row: Arc<rows::Placement>, view: &AuthorityView) -> Self {
        Self { row, view: view.clone() }
    }

    async fn household(&self, ctx: &Context<'_>) -> Result<Option<Carer>, Refusal> {
        let Some(household) = &self.row.household_id else { return Ok(None) };
        let Some(scope) = Refusal::or_rows(&self.view, Domain::Carer)? else { return Ok(None) };
        let row = RequestContext::of(ctx)?.loaders.household(scope, household).await?;
        Ok(row.map(|row| Carer::new(row, scope, &self.view)))
    }
}

/// A stay with one carer or in one setting, worked out from the chain of episodes: temporary stays, changes of legal
/// status and changes with the same carer begin no new one.
#[Object]
impl Placement {
    /// The global id.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.view, Self::KIND, &[&self.row.child_id, &self.key()])
    }

    /// What kind it is: the code of the return (`PLACE`), such as U6 for a foster placement.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn kind(&self) -> Option<&str> {
        self.row.place.as_deref()
    }

    /// Who provides it: the code of the return (`PLACE_PROVIDER`), such as PR1 for the authority itself.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn provider(&self) -> Option<&str> {
        self.row.provider.as_deref()
    }

    /// First day.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn start(&self) -> Date {
        Date(self.row.started_on)
    }

    /// The day it ended, where the next one begins or care ends; null while it lasts.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn end(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }

    /// Why it ended: the code of the return (`REASON_PLACE_CHANGE`).
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn change_reason(&self) -> Option<&str> {
        self.row.reason_change.as_deref()
    }

    /// Miles between home and placement in a straight line; null where not known.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn distance_miles(&self) -> Option<f64> {
        self.row.distance
    }

    /// The carer household, where the authority has linked it.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn carer(&self, ctx: &Context<'_>) -> Option<FieldResult<Carer>> {
        self.household(ctx).await.map_err(Into::into).transpose()
    }
}

impl ListItem for Placement {
    const LIST: &'static str = "placements";

    fn key(&self) -> String {
        self.row.started_on.to_string()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.view.pseudonyms()
    }
}

connection!(
    /// A page of placements of one child, by first day.
    PlacementConnection,
    /// A placement with its place in the list.
    PlacementEdge,
    Placement,
    Placement,
    Pseudonymous
);
