//! Who asks, and what they may ask.

use async_graphql::{Context, Object, SimpleObject};

use super::Authority;
use crate::{
    access as policy,
    figures::ReadableDomain,
    graphql::{
        error::{FieldResult, Refusal},
        request::RequestContext,
        scalars::Date,
        schema::directive::{About, At, access},
    },
};

/// Who asks.
pub(in crate::graphql) struct Viewer(pub(in crate::graphql) policy::Viewer);

/// Who asks: a person or a program in one role, with the authorities that they may ask about.
#[Object]
impl Viewer {
    /// The subject of the token; `public` without one.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The role in which the request is made, such as `analyst`; `public` for those without a token.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn role(&self) -> &'static str {
        self.0.role.code()
    }

    /// The purpose stated with the request, such as `performance-monitoring`.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn purpose(&self) -> Option<&'static str> {
        self.0.purpose.map(policy::Purpose::code)
    }

    /// The purposes that may be stated in this role, as `X-Purpose` takes them.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn purposes(&self, ctx: &Context<'_>) -> Option<FieldResult<Vec<&'static str>>> {
        let request = RequestContext::of(ctx).map_err(Into::into);
        Some(request.map(|request| request.figures.policy().purposes(self.0.role).codes().collect()))
    }

    /// What may be read now, with the role and the purpose of this request, in the order of the signed table; a domain of
    /// which nothing may be read is not listed. Of several authorities the closest level counts.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn domains(&self, ctx: &Context<'_>) -> Option<FieldResult<Vec<DomainAccess>>> {
        let request = RequestContext::of(ctx).map_err(Into::into);
        let all = |request: &RequestContext| request.figures.readable(&self.0, request.at).into_iter();
        Some(request.map(|request| all(request).filter_map(DomainAccess::new).collect()))
    }

    /// The last day on which all of the authorities may be asked about: that of the grant which ends first. Null without
    /// a grant. Each authority has its own in `Authority.grantedUntil`.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn granted_until(&self, ctx: &Context<'_>) -> Option<FieldResult<Date>> {
        let request = RequestContext::of(ctx).map_err(Into::into);
        let first_end = |at| {
            let authorities = self.0.authorities(at).into_iter();
            authorities.filter_map(|authority| self.0.granted_until(authority, at)).min()
        };
        request.map(|request| first_end(request.at).map(Date)).transpose()
    }

    /// The authorities that the viewer may ask about.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn authorities(&self, ctx: &Context<'_>) -> Option<FieldResult<Vec<Authority>>> {
        Some(authorities(ctx).await.map_err(Into::into))
    }

    /// How much one request may ask for.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn limits(&self) -> Limits {
        self.0.limits.into()
    }
}

async fn authorities(ctx: &Context<'_>) -> Result<Vec<Authority>, Refusal> {
    let request = RequestContext::of(ctx)?;
    let places = request.figures.authorities(&request.viewer).await?;
    Ok(places.into_iter().map(Authority::named).collect())
}

/// What may be read of one domain.
#[derive(SimpleObject)]
pub(in crate::graphql) struct DomainAccess {
    /// Which domain.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    domain: About,
    /// The closest level: that of records where they may be read, otherwise that of figures.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    level: At,
    /// How close records may be read, `I` or `P`; null where they may not. For a purpose that does not open who children are
    /// it is `P`, but of carers.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    records: Option<At>,
    /// How close figures may be read, `N`, `S` or `R`; null where they may not.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    figures: Option<At>,
}

impl DomainAccess {
    fn new(readable: ReadableDomain) -> Option<Self> {
        Some(Self {
            domain: About::of(readable.domain)?,
            level: readable.closest()?.into(),
            records: readable.rows.map(Into::into),
            figures: readable.totals.map(Into::into),
        })
    }
}

/// How much one request may ask for.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Limits {
    /// Deepest nesting of fields.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_depth: usize,
    /// Highest cost: objects that may be fetched.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_complexity: usize,
    /// Most items on a page.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_page_size: usize,
    /// Most items on all pages of one operation.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_nodes: usize,
    /// Most fields given another name.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_aliases: usize,
    /// Most fields at the top of an operation.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_root_fields: usize,
    /// Most values that an introspection may answer.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    max_introspection: usize,
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
            max_introspection: limits.max_introspection,
        }
    }
}
