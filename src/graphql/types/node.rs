//! Whatever has a global id, found by it again.

use async_graphql::{Context, ID, Interface};
use chrono::{DateTime, TimeDelta};

use super::{
    Authority, CareLeaver, Carer, Child, Episode, Indicator, IndicatorValue, MissingEpisode, Period, Placement, Review,
    Scorecard, indicator_value::source,
};
use crate::{
    access::{Domain, Level},
    breakdowns::{Dimension, Group},
    figures::AuthorityView,
    graphql::{
        error::Refusal,
        ids::{self, NodeKey},
        paging::ListItem,
        request::RequestContext,
        scalars::Moment,
    },
    indicators,
    period::{self, PeriodKind},
};

/// Whatever has a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The global id."))]
pub(in crate::graphql) enum Node {
    /// An authority.
    Authority(Authority),
    /// An indicator of the catalogue.
    Indicator(Indicator),
    /// A period.
    Period(Period),
    /// A number.
    IndicatorValue(Box<IndicatorValue>),
    /// A scorecard.
    Scorecard(Scorecard),
    /// A child.
    Child(Child),
    /// A care leaver.
    CareLeaver(CareLeaver),
    /// A carer household.
    Carer(Carer),
    /// An episode of care.
    Episode(Episode),
    /// A placement.
    Placement(Placement),
    /// A review.
    Review(Review),
    /// A time missing or away.
    MissingEpisode(MissingEpisode),
}

/// What has the id, if there is such a thing and the viewer may see it.
pub(in crate::graphql) async fn node(ctx: &Context<'_>, id: &str) -> Result<Option<Node>, Refusal> {
    let request = RequestContext::of(ctx)?;
    match ids::open(id) {
        None => Ok(None),
        Some(NodeKey::Plainly(kind, keys)) => {
            plain(request, &kind, &keys.iter().map(String::as_str).collect::<Vec<_>>()).await
        }
        Some(NodeKey::ByName { authority, name }) => {
            let Some(view) = request.open(&authority, None).await? else { return Ok(None) };
            let Some((kind, keys)) = view.pseudonyms().and_then(|names| ids::named(names, &name)) else {
                return Ok(None);
            };
            record(request, &view, &kind, &keys.iter().map(String::as_str).collect::<Vec<_>>()).await
        }
    }
}

async fn plain(request: &RequestContext, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    match (kind, keys) {
        (Indicator::KIND, [code]) => {
            let found = request.catalogue().into_iter().find(|indicator| indicator.code == *code);
            Ok(found.map(|indicator| Node::Indicator(Indicator(indicator))))
        }
        (Period::KIND, [code]) => Ok(read(code).map(|period| Node::Period(Period(period)))),
        (IndicatorValue::KIND, [authority, code, rest @ .., known]) => {
            let Some(indicator) = indicators::find(code) else { return Ok(None) };
            let view = as_known(request, authority, known, indicator.domain).await?;
            view.map_or(Ok(None), |view| value(&view, indicator, rest))
        }
        (Scorecard::KIND, [authority, code, known]) => {
            let view = as_known(request, authority, known, Domain::Core).await?;
            let Some((view, period)) = view.zip(read(code)) else { return Ok(None) };
            let asked = may_ask(&view, None, period)?;
            Ok(asked.then(|| Node::Scorecard(Scorecard::new(&view, period))))
        }
        (Authority::KIND, [authority]) => {
            let view = request.open(authority, None).await?;
            Ok(view.map(|view| Node::Authority(Authority::view(&view))))
        }
        (kind, [authority, keys @ ..]) => {
            let found = match request.open(authority, None).await? {
                // Who is shown pseudonyms knows no other names.
                Some(view) if view.pseudonyms().is_none() => record(request, &view, kind, keys).await?,
                _ => None,
            };
            if let (None, Some(child)) = (&found, keys.first()) {
                request.read_log.missed(child);
            }
            Ok(found)
        }
        _ => Ok(None),
    }
}

/// An authority as known at the moment that an id names: for those who may see true values; for the others only if
/// nothing has changed since, and without a look at what was known then.
async fn as_known(
    request: &RequestContext,
    authority: &str,
    known: &str,
    domain: Domain,
) -> Result<Option<AuthorityView>, Refusal> {
    let Some(now) = request.open(authority, None).await? else { return Ok(None) };
    if now.known_at().map(|at| at.timestamp_micros().to_string()).unwrap_or_default() == known {
        return Ok(Some(now));
    }
    // Before the first import nothing was known, which is written as nothing.
    let then = if known.is_empty() { Some(Moment(DateTime::UNIX_EPOCH)) } else { moment(known) };
    match then {
        Some(then) if now.totals(domain) == Ok(Level::Exact) => request.open(authority, Some(then)).await,
        _ => Ok(None),
    }
}

/// A record of an authority.
async fn record(
    request: &RequestContext,
    view: &AuthorityView,
    kind: &str,
    keys: &[&str],
) -> Result<Option<Node>, Refusal> {
    if Refusal::or_rows(view, Domain::Core)?.is_none() {
        return Ok(None);
    }
    match (kind, keys) {
        (Carer::KIND, [household]) => {
            let Some(scope) = Refusal::or_rows(view, Domain::Carer)? else { return Ok(None) };
            let row = request.loaders.household(scope, household).await?;
            Ok(row.map(|row| Node::Carer(Carer::new(row, scope, view))))
        }
        (kind, [child, rest @ ..]) => match Child::find(view, child) {
            Some(child) => of_child(request, child, kind, rest).await,
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

async fn of_child(request: &RequestContext, child: Child, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    match (kind, keys) {
        (Child::KIND, []) => Ok(Some(Node::Child(child))),
        (CareLeaver::KIND, [on]) => {
            let may_read = child.view.records(Domain::Leaver).is_ok();
            let on = on.parse().ok().filter(|_| may_read);
            Ok(on.and_then(|on| CareLeaver::on(child, on)).map(Node::CareLeaver))
        }
        (Episode::KIND, [key]) => Ok(with_key(child.all_episodes(request).await?, key).map(Node::Episode)),
        (Placement::KIND, [key]) => Ok(with_key(child.all_placements(request).await?, key).map(Node::Placement)),
        (Review::KIND, [key]) => Ok(with_key(child.all_reviews(request).await?, key).map(Node::Review)),
        (MissingEpisode::KIND, [key]) => Ok(with_key(child.all_missing(request).await?, key).map(Node::MissingEpisode)),
        _ => Ok(None),
    }
}

fn with_key<T: ListItem>(all: Option<Vec<T>>, key: &str) -> Option<T> {
    all?.into_iter().find(|item| item.key() == key)
}

/// A number, unless the rule has changed since the id was given out, or the viewer is answered for another period.
fn value(
    view: &AuthorityView,
    indicator: &'static indicators::Indicator,
    keys: &[&str],
) -> Result<Option<Node>, Refusal> {
    let [period, dimension, member, version, from @ ..] = keys else { return Ok(None) };
    let Some((period, group)) = read(period).zip(group(dimension, member)) else { return Ok(None) };
    if indicator.version() != *version || !view.may_see(indicator) || !may_ask(view, Some(indicator), period)? {
        return Ok(None);
    }
    // Ids given out before they named a source stand for what is answered where none is asked for.
    let answer = match (from, source(from)) {
        ([], _) => Some(view.answer(indicator, period, group)),
        (_, Some(source)) => view.answer_from(&source, indicator, period, group),
        _ => None,
    };
    let same = answer.filter(|answer| answer.period == period);
    Ok(same.map(|answer| Node::IndicatorValue(Box::new(IndicatorValue::new(view, answer)))))
}

/// Whether the viewer may ask about the period; about a single day not everyone may.
fn may_ask(
    view: &AuthorityView,
    indicator: Option<&indicators::Indicator>,
    period: period::Period,
) -> Result<bool, Refusal> {
    match period.kind {
        PeriodKind::Day => Ok(Refusal::or_nothing(view, view.single_day(indicator, period.end, false))?.is_some()),
        _ => Ok(true),
    }
}

/// The group that an id names, which is none for all children; nothing where there is no such group.
fn group(dimension: &str, member: &str) -> Option<Option<Group>> {
    if dimension.is_empty() {
        return Some(None);
    }
    let groups = Dimension::ALL.into_iter().find(|known| known.code() == dimension)?.groups();
    groups.iter().copied().find(|group| group.code() == member).map(Some)
}

/// A period by its code; a single day by its date.
fn read(code: &str) -> Option<period::Period> {
    period::Period::parse(code).ok().or_else(|| period::Period::parse_day(code))
}

/// The moment just after the import that an id names; none where it names none.
fn moment(known: &str) -> Option<Moment> {
    let received = DateTime::from_timestamp_micros(known.parse().ok()?)?;
    Some(Moment(received + TimeDelta::microseconds(1)))
}
