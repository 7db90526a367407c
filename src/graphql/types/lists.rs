//! The lists of children, care leavers and carers of an authority, chosen as the figures choose them.

use async_graphql::Context;

use super::{CareLeaver, CareLeaverConnection, Carer, CarerConnection, Child, ChildConnection};
use crate::{
    access::Domain,
    figures::{Answer, Opened},
    graphql::{
        asking::Asking,
        error::Refusal,
        inputs::{CarerFilter, ChildFilter, Chosen, LeaverFilter},
        paging::{Page, Wanted},
    },
    indicators::{self, Context as AsAt, Part, cohort},
    store,
};

/// The indicator whose children are the care leavers of a day.
const CARE_LEAVERS: &str = "care_leavers_number";

/// What is asked of a list.
pub(super) struct Asked<'a> {
    /// Most items on the page.
    pub(super) first: i32,
    /// The cursor after which the page begins.
    pub(super) after: Option<&'a str>,
}

/// A page of children; none where they may not be read.
///
/// The children come from the histories in memory, so that a list holds those whom the figures count. A page is found
/// without looking at the whole list; how many there are is counted only if someone asks.
pub(super) fn children(
    ctx: &Context<'_>,
    opened: &Opened,
    filter: ChildFilter,
    asked: &Asked<'_>,
) -> Result<Option<ChildConnection>, Refusal> {
    if opened.records(Domain::Core).is_none() {
        return Ok(None);
    }
    let wanted = Wanted::new::<Child>(asked.first, asked.after, Asking::of(ctx)?.most())?;
    let snapshot = &opened.holdings().snapshot;
    let chosen: Chosen = filter.chosen(snapshot.horizon())?;
    let start =
        wanted.after.as_deref().map_or(0, |after| snapshot.children.partition_point(|child| &*child.id <= after));
    let listed = snapshot.children.iter().enumerate().skip(start).filter(|(_, child)| chosen.lists(child));
    let total = if ctx.look_ahead().field("totalCount").exists() {
        snapshot.children.iter().filter(|child| chosen.lists(child)).count()
    } else {
        0
    };
    let listed = listed.map(|(place, _)| Child::at(opened, place));
    Ok(Some(ChildConnection(Page::of(&wanted, listed, total))))
}

/// A page of the children behind an answer; none where they may not be read, or where the records do not reach.
pub(super) fn behind(
    ctx: &Context<'_>,
    opened: &Opened,
    answer: &Answer,
    part: Part,
    asked: &Asked<'_>,
) -> Result<Option<ChildConnection>, Refusal> {
    let on = answer.period.end;
    let snapshot = &opened.holdings().snapshot;
    let may_read = opened.records(answer.indicator.domain).is_some() && opened.records(Domain::Core).is_some();
    if !may_read || !snapshot.covers(on) {
        return Ok(None);
    }
    let wanted = Wanted::new::<Child>(asked.first, asked.after, Asking::of(ctx)?.most())?;
    let context = AsAt::new(snapshot, on);
    let of_group = |child: &&crate::care::Child| {
        answer.group.is_none_or(|group| answer.indicator.groups(child, &context).contains(&group))
    };
    let children = cohort(snapshot, answer.indicator, on, part);
    let children = children.into_iter().filter(of_group).filter_map(|child| Child::find(opened, &child.id));
    Ok(Some(ChildConnection(Page::of_all(&wanted, children.collect()))))
}

/// A page of the care leavers of a day; none where they may not be read.
pub(super) fn leavers(
    ctx: &Context<'_>,
    opened: &Opened,
    filter: &LeaverFilter,
    asked: &Asked<'_>,
) -> Result<Option<CareLeaverConnection>, Refusal> {
    let Some(indicator) = indicators::find(CARE_LEAVERS) else { return Ok(None) };
    if opened.records(Domain::Leaver).is_none() {
        return Ok(None);
    }
    let wanted = Wanted::new::<CareLeaver>(asked.first, asked.after, Asking::of(ctx)?.most())?;
    let children = cohort(&opened.holdings().snapshot, indicator, filter.on.0, Part::Denominator).into_iter();
    let leavers = children.filter_map(|child| Child::find(opened, &child.id));
    let leavers = leavers.map(|child| CareLeaver::on(child, filter.on.0));
    Ok(Some(CareLeaverConnection(Page::of_all(&wanted, leavers.collect()))))
}

/// A page of the carer households approved on a day; none where they may not be read.
pub(super) async fn carers(
    ctx: &Context<'_>,
    opened: &Opened,
    filter: &CarerFilter,
    asked: &Asked<'_>,
) -> Result<Option<CarerConnection>, Refusal> {
    let asking = Asking::of(ctx)?;
    let Some(scope) = opened.records(Domain::Carer) else { return Ok(None) };
    let wanted = Wanted::new::<Carer>(asked.first, asked.after, asking.most())?;
    let (records, on) = (asking.figures.store(), filter.approved_on.0);
    let page = records.carers(scope, on, wanted.after.as_deref(), wanted.first as u64).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { records.count_carers(scope, on).await? } else { 0 };
    let rows = page.rows.into_iter().map(|row| Carer::new(row, scope)).collect();
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    Ok(Some(CarerConnection(Page::cut(&wanted, store::Page { rows, more: page.more }, total))))
}
