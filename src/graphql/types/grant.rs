//! A grant: who may act in which role for which authority, and until when.

use async_graphql::{ID, Object, SimpleObject};

use crate::{
    graphql::{
        paging::ListItem,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    period,
    store::rows,
};

/// A grant, as it stands on a day.
pub(in crate::graphql) struct Grant {
    row: rows::Grant,
    today: period::Date,
}

impl Grant {
    /// The grant of this row.
    pub(in crate::graphql) fn new(row: rows::Grant, today: period::Date) -> Self {
        Self { row, today }
    }

    /// ONS code of the authority whose data it opens.
    pub(in crate::graphql) fn authority_code(&self) -> &str {
        &self.row.authority_id
    }
}

/// Who may act in which role for which authority, and until when.
#[Object]
impl Grant {
    /// Identifier.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn id(&self) -> ID {
        ID(self.row.grant_id.clone())
    }

    /// Whom it is for: the subject of their tokens; `public` for everyone without a token.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn subject(&self) -> &str {
        &self.row.subject
    }

    /// Who signs those tokens (`iss`); null for development tokens.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn issuer(&self) -> Option<&str> {
        self.row.issuer.as_deref()
    }

    /// The role, such as `health_partner`.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn role(&self) -> &str {
        &self.row.role
    }

    /// ONS code of the authority whose data may be read.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn authority(&self) -> &str {
        &self.row.authority_id
    }

    /// The organisation of the subject.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn organisation(&self) -> Option<&str> {
        self.row.organisation.as_deref()
    }

    /// The agreement that it rests on.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn agreement(&self) -> &str {
        &self.row.agreement
    }

    /// First day.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn from(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// Last day.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn to(&self) -> Date {
        Date(self.row.ends_on)
    }

    /// The day on which it was suspended; null while it is not.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn suspended_on(&self) -> Option<Date> {
        self.row.suspended_on.map(Date)
    }

    /// Whether it permits anything today.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn in_force(&self) -> bool {
        let begun = self.row.starts_on <= self.today && self.today <= self.row.ends_on;
        begun && self.row.suspended_on.is_none()
    }
}

impl ListItem for Grant {
    const LIST: &'static str = "grants";

    fn key(&self) -> String {
        format!("{} {}", self.row.ends_on, self.row.grant_id)
    }
}

connection!(
    /// A page of grants, those that end first before the others.
    GrantConnection,
    /// A grant with its place in the list.
    GrantEdge,
    Grant,
    Admin,
    Exact
);

/// Why something was not changed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MutationError {
    /// The stable code: VALIDATION, NOT_FOUND or FORBIDDEN.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) code: &'static str,
    /// The reason in plain words.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) message: String,
    /// Which part of the input it is about; empty for all of it.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) path: Vec<String>,
}

/// What became of a change to a grant: the grant, or why it was not changed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct GrantPayload {
    /// The grant as it is now; null where nothing was changed.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) grant: Option<Grant>,
    /// Why nothing was changed; empty where it was.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    pub(in crate::graphql) errors: Vec<MutationError>,
}
