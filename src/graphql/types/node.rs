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
    figures::Opened,
    graphql::{
        asking::Asking,
        error::Refusal,
        ids::{self, Identified},
        paging::Listed,
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
    let asking = Asking::of(ctx)?;
    match ids::open(id) {
        None => Ok(None),
        Some(Identified::Plainly(kind, keys)) => {
            plain(asking, &kind, &keys.iter().map(String::as_str).collect::<Vec<_>>()).await
        }
        Some(Identified::ByName { authority, name }) => {
            let Some(opened) = asking.open(&authority, None).await? else { return Ok(None) };
            let Some((kind, keys)) = opened.pseudonyms().and_then(|names| ids::named(names, &name)) else {
                return Ok(None);
            };
            record(asking, &opened, &kind, &keys.iter().map(String::as_str).collect::<Vec<_>>()).await
        }
    }
}

async fn plain(asking: &Asking, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    match (kind, keys) {
        (Indicator::KIND, [code]) => {
            let found = asking.catalogue().into_iter().find(|indicator| indicator.code == *code);
            Ok(found.map(|indicator| Node::Indicator(Indicator(indicator))))
        }
        (Period::KIND, [code]) => Ok(read(code).map(|period| Node::Period(Period(period)))),
        (IndicatorValue::KIND, [authority, code, rest @ .., known]) => {
            let Some(indicator) = indicators::find(code) else { return Ok(None) };
            let opened = as_known(asking, authority, known, indicator.domain).await?;
            opened.map_or(Ok(None), |opened| value(&opened, indicator, rest))
        }
        (Scorecard::KIND, [authority, code, known]) => {
            let opened = as_known(asking, authority, known, Domain::Core).await?;
            let Some((opened, period)) = opened.zip(read(code)) else { return Ok(None) };
            let asked = may_ask(&opened, None, period)?;
            Ok(asked.then(|| Node::Scorecard(Scorecard::new(&opened, period))))
        }
        (Authority::KIND, [authority]) => {
            let opened = asking.open(authority, None).await?;
            Ok(opened.map(|opened| Node::Authority(Authority::opened(&opened))))
        }
        (kind, [authority, keys @ ..]) => {
            let found = match asking.open(authority, None).await? {
                // Who is shown pseudonyms knows no other names.
                Some(opened) if opened.pseudonyms().is_none() => record(asking, &opened, kind, keys).await?,
                _ => None,
            };
            if let (None, Some(child)) = (&found, keys.first()) {
                asking.trail.missed(child);
            }
            Ok(found)
        }
        _ => Ok(None),
    }
}

/// An authority as known at the moment that an id names: for those who may see true values; for the others only if
/// nothing has changed since, and without a look at what was known then.
async fn as_known(asking: &Asking, authority: &str, known: &str, domain: Domain) -> Result<Option<Opened>, Refusal> {
    let Some(now) = asking.open(authority, None).await? else { return Ok(None) };
    if now.known_at().map(|at| at.timestamp_micros().to_string()).unwrap_or_default() == known {
        return Ok(Some(now));
    }
    // Before the first import nothing was known, which is written as nothing.
    let then = if known.is_empty() { Some(Moment(DateTime::UNIX_EPOCH)) } else { moment(known) };
    match then {
        Some(then) if now.totals(domain) == Ok(Level::N) => asking.open(authority, Some(then)).await,
        _ => Ok(None),
    }
}

/// A record of an authority.
async fn record(asking: &Asking, opened: &Opened, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    if Refusal::or_rows(opened, Domain::Core)?.is_none() {
        return Ok(None);
    }
    match (kind, keys) {
        (Carer::KIND, [household]) => {
            let Some(scope) = Refusal::or_rows(opened, Domain::Carer)? else { return Ok(None) };
            let row = asking.loaders.household(scope, household).await?;
            Ok(row.map(|row| Node::Carer(Carer::new(row, scope, opened))))
        }
        (kind, [child, rest @ ..]) => match Child::find(opened, child) {
            Some(child) => of_child(asking, child, kind, rest).await,
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

async fn of_child(asking: &Asking, child: Child, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    match (kind, keys) {
        (Child::KIND, []) => Ok(Some(Node::Child(child))),
        (CareLeaver::KIND, [on]) => {
            let may_read = child.opened.records(Domain::Leaver).is_ok();
            let on = on.parse().ok().filter(|_| may_read);
            Ok(on.and_then(|on| CareLeaver::on(child, on)).map(Node::CareLeaver))
        }
        (Episode::KIND, [key]) => Ok(with_key(child.all_episodes(asking).await?, key).map(Node::Episode)),
        (Placement::KIND, [key]) => Ok(with_key(child.all_placements(asking).await?, key).map(Node::Placement)),
        (Review::KIND, [key]) => Ok(with_key(child.all_reviews(asking).await?, key).map(Node::Review)),
        (MissingEpisode::KIND, [key]) => Ok(with_key(child.all_missing(asking).await?, key).map(Node::MissingEpisode)),
        _ => Ok(None),
    }
}

fn with_key<T: Listed>(all: Option<Vec<T>>, key: &str) -> Option<T> {
    all?.into_iter().find(|item| item.key() == key)
}

/// A number, unless the rule has changed since the id was given out, or the viewer is answered for another period.
fn value(opened: &Opened, indicator: &'static indicators::Indicator, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    let [period, dimension, member, version, from @ ..] = keys else { return Ok(None) };
    let Some((period, group)) = read(period).zip(group(dimension, member)) else { return Ok(None) };
    if indicator.version != *version || !opened.may_see(indicator) || !may_ask(opened, Some(indicator), period)? {
        return Ok(None);
    }
    // Ids given out before they named a source stand for what is answered where none is asked for.
    let answer = match (from, source(from)) {
        ([], _) => Some(opened.answer(indicator, period, group)),
        (_, Some(source)) => opened.answer_from(&source, indicator, period, group),
        _ => None,
    };
    let same = answer.filter(|answer| answer.period == period);
    Ok(same.map(|answer| Node::IndicatorValue(Box::new(IndicatorValue::new(opened, answer)))))
}

/// Whether the viewer may ask about the period; about a single day not everyone may.
fn may_ask(
    opened: &Opened,
    indicator: Option<&indicators::Indicator>,
    period: period::Period,
) -> Result<bool, Refusal> {
    match period.kind {
        PeriodKind::Day => Ok(Refusal::or_nothing(opened, opened.single_day(indicator, period.end, false))?.is_some()),
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
