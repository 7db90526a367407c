//! A carer household.

use async_graphql::{Context, ID, Object};

use crate::{
    access::{Level, Pseudonyms, Scope},
    figures::AuthorityView,
    graphql::{
        error::{FieldResult, Refusal},
        ids,
        loaders::PlacesKey,
        paging::ListItem,
        request::RequestContext,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    store::rows,
};

/// A household, with the scope in which it was read.
pub(in crate::graphql) struct Carer {
    row: rows::CarerHousehold,
    scope: Scope,
    view: AuthorityView,
}

impl Carer {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Carer";

    /// The household of this row.
    pub(in crate::graphql) fn new(row: rows::CarerHousehold, scope: &Scope, view: &AuthorityView) -> Self {
        Self { row, scope: scope.clone(), view: view.clone() }
    }

    async fn filled(&self, ctx: &Context<'_>, on: Option<Date>) -> Result<i64, Refusal> {
        let request = RequestContext::of(ctx)?;
        let asked = on.map_or_else(|| request.at.date_naive(), |day| day.0);
        let on = self.view.age_day(asked).ok_or_else(|| Refusal::not_recent(&self.view))?;
        request.loaders.filled_places(PlacesKey::new(&self.scope, &self.row.household_id, on)).await
    }
}

/// Kinds of approval that many households share.
const USUAL: [&str; 18] = [
    "mainstream",
    "kinship",
    "connected person",
    "connected persons",
    "family and friends",
    "friends and family",
    "short break",
    "short breaks",
    "short term",
    "long term",
    "permanent",
    "emergency",
    "respite",
    "remand",
    "parent and child",
    "fostering for adoption",
    "supported lodgings",
    "temporary",
];

fn is_usual(kind: &str) -> bool {
    let word = kind.to_lowercase().replace(['-', '_'], " ");
    USUAL.contains(&word.trim())
}

/// A household approved to care for children.
#[Object]
impl Carer {
    /// The global id.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.view, Self::KIND, &[&self.row.household_id])
    }

    /// The authority's own identifier.
    #[graphql(directive = access::apply(About::Carer, At::Identified))]
    async fn reference(&self) -> &str {
        &self.row.household_id
    }

    /// Kind of approval, in the words of the authority's list: mainstream, kinship, short break and so on. Where records
    /// are shown under pseudonyms, a word that is none of the usual ones is null: it may tell which household it is.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn kind(&self) -> Option<&str> {
        let is_shown = |kind: &&str| self.scope.level() == Level::Identified || is_usual(kind);
        self.row.kind.as_deref().filter(is_shown)
    }

    /// Places that the household is approved for.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn approved_places(&self) -> Option<i32> {
        self.row.approved_places
    }

    /// Children placed with the household.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn filled_places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On this day; otherwise today.")] on: Option<Date>,
    ) -> Option<FieldResult<i64>> {
        Some(self.filled(ctx, on).await.map_err(Into::into))
    }

    /// Approved from.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn approved_on(&self) -> Date {
        Date(self.row.approved_on)
    }

    /// The day the approval ended; null while approved.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn ended_on(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }

    /// Why the approval ended, in the words of the authority's list.
    #[graphql(directive = access::apply(About::Carer, At::Identified))]
    async fn end_reason(&self) -> Option<&str> {
        self.row.end_reason.as_deref()
    }
}

impl ListItem for Carer {
    const LIST: &'static str = "carers";

    fn key(&self) -> String {
        self.row.household_id.clone()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.view.pseudonyms()
    }
}

connection!(
    /// A page of carer households, by the authority's own identifier.
    CarerConnection,
    /// A carer household with its place in the list.
    CarerEdge,
    Carer,
    Carer,
    Pseudonymous
);
