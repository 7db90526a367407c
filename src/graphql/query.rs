//! What can be asked.

use async_graphql::{Context, ID, Object};
use chrono::TimeDelta;

use super::{
    auditing,
    error::{FieldResult, Refusal},
    inputs::AuthorityKey,
    paging::{Page, PageRequest, within},
    request::RequestContext,
    scalars::Moment,
    schema::directive::{About, At, access},
    types::{
        ApiVersion, AuditEventConnection, Authority, AuthorityConnection, Grant, GrantConnection, Indicator,
        IndicatorConnection, Node, Period, Viewer, node,
    },
    vocabulary::PeriodKind,
};
use crate::{
    access::{Act, Domain, Level, decide_act},
    period,
};

/// Where every question begins.
pub struct Query;

/// Where every question begins.
#[Object]
impl Query {
    /// Who asks, and what they may ask.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn viewer(&self, ctx: &Context<'_>) -> Option<FieldResult<Viewer>> {
        Some(RequestContext::of(ctx).map(|request| Viewer(request.viewer.clone())).map_err(Into::into))
    }

    /// The version of the API and of its data.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn api_version(&self) -> ApiVersion {
        ApiVersion
    }

    /// An authority; null if there is none with this key, or if the viewer may not ask about it.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn authority(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One of its keys.")] by: AuthorityKey,
    ) -> Option<FieldResult<Authority>> {
        authority(ctx, &by).await.map_err(Into::into).transpose()
    }

    /// The authorities that the viewer may ask about, by ONS code.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn authorities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of a name or a code.")] search: Option<String>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<AuthorityConnection>> {
        Some(authorities(ctx, search, first, after.as_deref()).await.map_err(Into::into))
    }

    /// An indicator by its code.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn indicator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its code, such as cla_number.")] code: String,
    ) -> Option<FieldResult<Indicator>> {
        Some(indicator(ctx, &code).map_err(Into::into))
    }

    /// The catalogue of indicators that the viewer may see: those of the scorecard first, in its order.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of a code or a title.")] search: Option<String>,
        #[graphql(desc = "Most items on the page.", default = 100)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<IndicatorConnection>> {
        Some(indicators(ctx, search, first, after.as_deref()).map_err(Into::into))
    }

    /// The latest periods of a kind that the records reach, oldest first: those of the authority that reach furthest, of the
    /// ones that the viewer may ask about. Before the first return the latest that have ended. Days are the last days of
    /// months for those who read no identified records.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn periods(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Years, quarters, months or days; days that end no month are told to readers of identified records alone."
        )]
        kind: PeriodKind,
        #[graphql(desc = "How many.", default = 12)] last: i32,
    ) -> Option<FieldResult<Vec<Period>>> {
        Some(periods(ctx, kind, last).await.map_err(Into::into))
    }

    /// The audit record of an authority, the newest first.
    #[graphql(directive = access::apply(About::Audit, At::Exact))]
    #[allow(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn audit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "ONS code of the authority.")] authority: String,
        #[graphql(desc = "Only records about this child, by the authority's own identifier; for subject access.")]
        child: Option<String>,
        #[graphql(desc = "Only records made at this moment or later.")] from: Option<Moment>,
        #[graphql(desc = "Only records made before this moment.")] to: Option<Moment>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<AuditEventConnection>> {
        let (child, after) = (child.as_deref(), after.as_deref());
        let question = auditing::Question { authority: &authority, child, from, to, first, after };
        auditing::page(ctx, &question).await.map_err(Into::into).transpose()
    }

    /// The grants for the authorities whose grants the viewer manages, those that end first before the others.
    #[graphql(directive = access::apply(About::Admin, At::Exact))]
    async fn grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that end within this many days.")] expiring: Option<i32>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<GrantConnection>> {
        Some(grants(ctx, expiring, first, after.as_deref()).await.map_err(Into::into))
    }

    /// Whatever has the id; null if there is no such thing, or if the viewer may not see it.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Option<FieldResult<Node>> {
        node(ctx, &id).await.map_err(Into::into).transpose()
    }

    /// Whatever has the ids, in their order; null in the place of an id of which there is no such thing, or that the viewer may
    /// not see.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids.")] ids: Vec<ID>,
    ) -> Option<FieldResult<Vec<Option<FieldResult<Node>>>>> {
        Some(nodes(ctx, &ids).await.map_err(Into::into))
    }
}

async fn grants(
    ctx: &Context<'_>,
    expiring: Option<i32>,
    first: i32,
    after: Option<&str>,
) -> Result<GrantConnection, Refusal> {
    let request = RequestContext::of(ctx)?;
    let wanted = PageRequest::new::<Grant>(first, after, request.most())?;
    let today = request.at.date_naive();
    let by = expiring.and_then(|days| today.checked_add_signed(TimeDelta::days(i64::from(days))));
    let (policy, viewer) = (request.figures.policy(), &request.viewer);
    let may = |authority: &str| decide_act(policy, viewer, Act::ManageGrants, authority, request.at).is_ok();
    let all = request.figures.store().grants(by).await?;
    let listed = all.into_iter().filter(|grant| may(&grant.authority_id) && (by.is_none() || grant.ends_on >= today));
    let page = Page::of_all(&wanted, listed.map(|row| Grant::new(row, today)).collect());
    request.read_log.read(Domain::Admin, Level::Exact, page.nodes.len() as u64);
    page.nodes.iter().for_each(|grant| _ = request.may(Act::ManageGrants, grant.authority_code()));
    Ok(GrantConnection(page))
}

pub(super) async fn authority(ctx: &Context<'_>, by: &AuthorityKey) -> Result<Option<Authority>, Refusal> {
    let request = RequestContext::of(ctx)?;
    let code = match by.ons_code() {
        Some(code) => Some(code),
        None => {
            let places = request.figures.authorities(&request.viewer).await?;
            places.into_iter().find(|place| by.is_of(place)).map(|place| place.ons_code)
        }
    };
    let Some(code) = code else { return Ok(None) };
    let view = request.open(&code, None).await?;
    Ok(view.map(|view| Authority::view(&view)))
}

async fn authorities(
    ctx: &Context<'_>,
    search: Option<String>,
    first: i32,
    after: Option<&str>,
) -> Result<AuthorityConnection, Refusal> {
    let request = RequestContext::of(ctx)?;
    let wanted = PageRequest::new::<Authority>(first, after, request.most())?;
    let places = request.figures.authorities(&request.viewer).await?;
    let found = places.into_iter().filter(|place| holds(search.as_deref(), [&place.name, &place.ons_code]));
    Ok(AuthorityConnection(Page::of_all(&wanted, found.map(Authority::named).collect())))
}

pub(super) fn indicator(ctx: &Context<'_>, code: &str) -> Result<Indicator, Refusal> {
    let catalogue = RequestContext::of(ctx)?.catalogue();
    let found = catalogue.iter().find(|indicator| indicator.code == code);
    found
        .map(|indicator| Indicator(indicator))
        .ok_or_else(|| Refusal::unknown("indicator", code, catalogue.iter().map(|indicator| indicator.code)))
}

fn indicators(
    ctx: &Context<'_>,
    search: Option<String>,
    first: i32,
    after: Option<&str>,
) -> Result<IndicatorConnection, Refusal> {
    let request = RequestContext::of(ctx)?;
    let wanted = PageRequest::new::<Indicator>(first, after, request.most())?;
    let catalogue = request.catalogue().into_iter();
    let found = catalogue.filter(|indicator| holds(search.as_deref(), [indicator.code, indicator.title]));
    Ok(IndicatorConnection(Page::of_all(&wanted, found.map(Indicator).collect())))
}

async fn periods(ctx: &Context<'_>, kind: PeriodKind, last: i32) -> Result<Vec<Period>, Refusal> {
    let request = RequestContext::of(ctx)?;
    let last = within("last", last, request.most())?;
    let reached = request.figures.records_up_to(&request.viewer).await?;
    let ends_of_months = kind == PeriodKind::Day && !request.figures.exact_days(&request.viewer, request.at);
    let counted = if ends_of_months { period::PeriodKind::Month } else { kind.into() };
    let latest = period::Period::latest_ended_by(counted, reached.unwrap_or(request.at.date_naive()));
    let told = |period: period::Period| match ends_of_months {
        true => period::Period::containing(period::PeriodKind::Day, period.end),
        false => period,
    };
    let latest = std::iter::successors(Some(latest), |period| Some(period.previous()));
    let mut periods: Vec<Period> = latest.take(last).map(told).map(Period).collect();
    periods.reverse();
    Ok(periods)
}

async fn nodes(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<FieldResult<Node>>>, Refusal> {
    let most = RequestContext::of(ctx)?.most();
    if ids.len() > most {
        return Err(Refusal::wrong(format!("Too many ids: at most {most}.")));
    }
    let found = ids.iter().map(async |id| node(ctx, id).await.map_err(Into::into).transpose());
    Ok(futures_util::future::join_all(found).await)
}

/// Whether one of the texts holds what is searched, whatever the case.
fn holds<T: AsRef<str>>(search: Option<&str>, texts: [T; 2]) -> bool {
    let Some(search) = search.map(str::to_lowercase) else { return true };
    texts.iter().any(|text| text.as_ref().to_lowercase().contains(&search))
}
