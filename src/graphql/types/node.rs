//! Whatever has a global id, found by it again.

use async_graphql::{Context, ID, Interface};
use chrono::{DateTime, TimeDelta};

use super::{
    Authority, CareLeaver, Carer, Child, Episode, Indicator, IndicatorValue, MissingEpisode, Period, Placement, Review,
    Scorecard,
};
use crate::{
    access::Domain,
    breakdowns::Dimension,
    figures::Opened,
    graphql::{asking::Asking, error::Refusal, ids, paging::Listed, scalars::Moment},
    period,
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
    let Some((kind, keys)) = ids::open(id) else { return Ok(None) };
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    match (kind.as_str(), keys.as_slice()) {
        (Indicator::KIND, [code]) => {
            let found = asking.catalogue().into_iter().find(|indicator| indicator.code == *code);
            Ok(found.map(|indicator| Node::Indicator(Indicator(indicator))))
        }
        (Period::KIND, [code]) => Ok(read(code).map(|period| Node::Period(Period(period)))),
        (IndicatorValue::KIND, [authority, rest @ .., known]) => {
            let opened = asking.open(authority, moment(known)).await?;
            Ok(opened.and_then(|opened| value(&opened, rest)))
        }
        (Scorecard::KIND, [authority, code, known]) => {
            let opened = asking.open(authority, moment(known)).await?;
            Ok(opened.zip(read(code)).map(|(opened, period)| Node::Scorecard(Scorecard::new(&opened, period))))
        }
        (kind, [authority, keys @ ..]) => match asking.open(authority, None).await? {
            Some(opened) => record(asking, &opened, kind, keys).await,
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// An authority, or a record of one.
async fn record(asking: &Asking, opened: &Opened, kind: &str, keys: &[&str]) -> Result<Option<Node>, Refusal> {
    match (kind, keys) {
        (Authority::KIND, []) => Ok(Some(Node::Authority(Authority::opened(opened)))),
        (Carer::KIND, [household]) => {
            let Some(scope) = opened.records(Domain::Carer) else { return Ok(None) };
            let row = asking.loaders.household(scope, household).await?;
            Ok(row.map(|row| Node::Carer(Carer::new(row, scope))))
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
            let may_read = child.opened.records(Domain::Leaver).is_some();
            let on = on.parse().ok().filter(|_| may_read);
            Ok(on.map(|on| Node::CareLeaver(CareLeaver::on(child, on))))
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

/// A number, unless the rule has changed since the id was given out.
fn value(opened: &Opened, keys: &[&str]) -> Option<Node> {
    let [code, period, dimension, member, version] = keys else { return None };
    let indicator = opened.indicator(code).filter(|indicator| indicator.version == *version)?;
    let group = match *dimension {
        "" => None,
        dimension => {
            let groups = Dimension::ALL.into_iter().find(|known| known.code() == dimension)?.groups();
            Some(groups.iter().copied().find(|group| group.code() == *member)?)
        }
    };
    let answer = opened.holdings().answer(indicator, read(period)?, group);
    Some(Node::IndicatorValue(Box::new(IndicatorValue::new(opened, answer))))
}

/// A period by its code; a single day by its date.
fn read(code: &str) -> Option<period::Period> {
    let day = || code.parse().ok().map(|day| period::Period::containing(period::PeriodKind::Day, day));
    period::Period::parse(code).ok().or_else(day)
}

/// The moment just after the import that an id names; none where it names none.
fn moment(known: &str) -> Option<Moment> {
    let received = DateTime::from_timestamp_micros(known.parse().ok()?)?;
    Some(Moment(received + TimeDelta::microseconds(1)))
}
