//! Who asks, and what they may ask.

use async_graphql::{Context, Object, SimpleObject};

use super::Authority;
use crate::{
    access as policy,
    graphql::{
        access::{About, At, access},
        asking::Asking,
        error::{Refusal, Told},
    },
};

/// Who asks.
pub(in crate::graphql) struct Viewer(pub(in crate::graphql) policy::Viewer);

/// Who asks: a person or a program in one role, with the authorities that they may ask about.
#[Object]
impl Viewer {
    /// The subject of the token; `public` without one.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The role in which the request is made, such as `analyst`; `public` for those without a token.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    async fn role(&self) -> &'static str {
        self.0.role.code()
    }

    /// The purpose stated with the request, such as `performance-monitoring`.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    async fn purpose(&self) -> Option<&'static str> {
        self.0.purpose.map(policy::Purpose::code)
    }

    /// The authorities that the viewer may ask about.
    #[graphql(directive = access::apply(About::Reference, At::R))]
    async fn authorities(&self, ctx: &Context<'_>) -> Option<Told<Vec<Authority>>> {
        Some(authorities(ctx).await.map_err(Into::into))
    }

    /// How much one request may ask for.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    async fn limits(&self) -> Limits {
        self.0.limits.into()
    }
}

async fn authorities(ctx: &Context<'_>) -> Result<Vec<Authority>, Refusal> {
    let asking = Asking::of(ctx)?;
    let places = asking.figures.authorities(&asking.viewer).await?;
    Ok(places.into_iter().map(Authority::named).collect())
}

/// How much one request may ask for.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Limits {
    /// Deepest nesting of fields.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_depth: usize,
    /// Highest cost: objects that may be fetched.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_complexity: usize,
    /// Most items on a page.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_page_size: usize,
    /// Most items on all pages of one operation.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_nodes: usize,
    /// Most fields given another name.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_aliases: usize,
    /// Most fields at the top of an operation.
    #[graphql(directive = access::apply(About::Caller, At::R))]
    max_root_fields: usize,
}

impl From<policy::Limits> for Limits {
    fn from(limits: policy::Limits) -> Self {
        Self {
            max_depth: limits.max_depth,
            max_complexity: limits.max_complexity,
            max_page_size: limits.max_page_size,
            max_nodes: limits.max_nodes,
            max_aliases: limits.max_aliases,
            max_root_fields: limits.max_root_fields,
        }
    }
}
