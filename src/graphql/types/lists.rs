//! The lists of children, care leavers and carers of an authority, chosen as the figures choose them.

use std::collections::HashSet;

use async_graphql::Context;

use super::{CareLeaver, CareLeaverConnection, Carer, CarerConnection, Child, ChildConnection};
use crate::{
    access::{Domain, Pseudonyms},
    figures::{Answer, AuthorityView},
    graphql::{
        error::Refusal,
        inputs::{CarerFilter, ChildFilter, ChildSelection, LeaverFilter},
        paging::{ListItem, Page, PageRequest},
        request::RequestContext,
    },
    indicators::{Part, catalogue::CARE_LEAVERS},
    store::rows::CarerHousehold,
};

/// What is asked of a list.
pub(super) struct ListArguments<'a> {
    /// Most items on the page.
    pub(super) first: i32,
    /// The cursor after which the page begins.
    pub(super) after: Option<&'a str>,
}

impl ListArguments<'_> {
    fn wanted<T: ListItem>(&self, ctx: &Context<'_>, view: &AuthorityView) -> Result<PageRequest, Refusal> {
        PageRequest::named::<T>(self.first, self.after, RequestContext::of(ctx)?.most(), view.pseudonyms())
    }
}

/// A page of children; none where they may not be read.
///
/// The children come from the histories in memory, so that a list holds those whom the figures count. A page is found
/// without looking at the whole list; how many there are is counted only if someone asks.
pub(super) fn children(
    ctx: &Context<'_>,
    view: &AuthorityView,
    filter: ChildFilter,
    asked: &ListArguments<'_>,
) -> Result<Option<ChildConnection>, Refusal> {
    if Refusal::or_rows(view, Domain::Core)?.is_none() {
        return Ok(None);
    }
    let wanted = asked.wanted::<Child>(ctx, view)?;
    let chosen: ChildSelection = filter.chosen(view)?;
    let listed = |after| view.children(after).filter(|(_, child)| chosen.lists(child)).map(|(place, _)| place);
    let total = if ctx.look_ahead().field("totalCount").exists() { listed(None).count() } else { 0 };
    let page = Page::of(&wanted, listed(wanted.after.as_deref()), total);
    Ok(Some(ChildConnection(page.map(|place| Child::at(view, place)))))
}

/// A page of some children, in the order of the viewer's lists.
fn page(view: &AuthorityView, wanted: &PageRequest, places: Vec<usize>) -> Page<usize> {
    let (total, places) = (places.len(), HashSet::<usize>::from_iter(places));
    let rest = view.children(wanted.after.as_deref()).map(|(place, _)| place);
    Page::of(wanted, rest.filter(|place| places.contains(place)), total)
}

/// A page of the children behind an answer; none where they may not be read, or where the records do not reach.
///
/// Readers of pseudonyms are shown those behind figures for the end of a quarter only, at level P of the last four: who
/// is in a figure often turns with a birthday. Who may not see when and why care began and ended is not shown either whom figures of that count.
pub(super) fn behind(
    ctx: &Context<'_>,
    view: &AuthorityView,
    answer: &Answer,
    part: Part,
    asked: &ListArguments<'_>,
) -> Result<Option<ChildConnection>, Refusal> {
    let on = answer.period.end;
    for domain in [answer.indicator.domain, Domain::Core] {
        if Refusal::or_rows(view, domain)?.is_none() {
            return Ok(None);
        }
    }
    if answer.indicator.domain == Domain::Core && view.hides_days() {
        return Ok(None);
    }
    let wanted = asked.wanted::<Child>(ctx, view)?;
    let places = view.cohort(answer.indicator, answer.group, on, part).filter(|_| view.care_day(on) == Some(on));
    let shown = |places| page(view, &wanted, places).map(|place| Child::at(view, place));
    Ok(places.map(shown).map(ChildConnection))
}

/// A page of the care leavers of a day; none where they may not be read.
pub(super) fn leavers(
    ctx: &Context<'_>,
    view: &AuthorityView,
    filter: &LeaverFilter,
    asked: &ListArguments<'_>,
) -> Result<Option<CareLeaverConnection>, Refusal> {
    if Refusal::or_rows(view, Domain::Leaver)?.is_none() {
        return Ok(None);
    }
    Refusal::or_chosen(view, view.may_choose(Domain::Leaver, filter.on.0))?;
    let wanted = asked.wanted::<CareLeaver>(ctx, view)?;
    let on = view.age_day(filter.on.0).ok_or_else(|| Refusal::not_recent(view))?;
    let places = view.cohort(CARE_LEAVERS, None, on, Part::Denominator).unwrap_or_default();
    let leaver = |place| CareLeaver::on(Child::at(view, place)?, on);
    Ok(Some(CareLeaverConnection(page(view, &wanted, places).map(leaver))))
}

/// A page of the carer households approved on a day; none where they may not be read.
pub(super) async fn carers(
    ctx: &Context<'_>,
    view: &AuthorityView,
    filter: &CarerFilter,
    asked: &ListArguments<'_>,
) -> Result<Option<CarerConnection>, Refusal> {
    let request = RequestContext::of(ctx)?;
    let Some(scope) = Refusal::or_rows(view, Domain::Carer)? else { return Ok(None) };
    Refusal::or_chosen(view, view.may_choose(Domain::Carer, filter.approved_on.0))?;
    let wanted = asked.wanted::<Carer>(ctx, view)?;
    let (records, on) = (request.figures.store(), filter.approved_on.0);
    let page = match view.pseudonyms() {
        Some(names) => {
            let all = records.all_carers(scope, on).await?;
            let total = all.iter().map(|row| &row.household_id).collect::<HashSet<_>>().len();
            Page::of(&wanted, after_named(all, wanted.after.as_deref(), names), total)
        }
        None => {
            let page = records.carers(scope, on, wanted.after.as_deref(), wanted.first as u64).await?;
            let counted = ctx.look_ahead().field("totalCount").exists();
            let total = if counted { records.count_carers(scope, on).await? } else { 0 };
            Page::cut(&wanted, page, usize::try_from(total).unwrap_or(usize::MAX))
        }
    };
    request.read_log.read(Domain::Carer, scope.level(), page.nodes.len() as u64);
    Ok(Some(CarerConnection(page.map(|row| Some(Carer::new(row, scope, view))))))
}

/// Households in the order of their pseudonyms, after one of them, so that a place in the list tells two readers nothing
/// about a household.
fn after_named(
    all: Vec<CarerHousehold>,
    after: Option<&str>,
    names: &Pseudonyms,
) -> impl Iterator<Item = CarerHousehold> {
    let after = after.and_then(|id| names.seal(id));
    let mut named: Vec<_> = all.into_iter().map(|row| (names.seal(&row.household_id), row)).collect();
    named.sort_by(|(name, _), (other, _)| name.cmp(other));
    named.into_iter().skip_while(move |(name, _)| after.is_some() && *name <= after).map(|(_, row)| row)
}
