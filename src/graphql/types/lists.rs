//! The lists of children, care leavers and carers of an authority, chosen as the figures choose them.

use std::collections::HashSet;

use async_graphql::Context;

use super::{CareLeaver, CareLeaverConnection, Carer, CarerConnection, Child, ChildConnection};
use crate::{
    access::{Domain, Pseudonyms},
    figures::{Answer, Opened},
    graphql::{
        asking::Asking,
        error::Refusal,
        inputs::{CarerFilter, ChildFilter, Chosen, LeaverFilter},
        paging::{Listed, Page, Wanted},
    },
    indicators::{self, Part},
    store::rows::CarerHousehold,
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

impl Asked<'_> {
    fn wanted<T: Listed>(&self, ctx: &Context<'_>, opened: &Opened) -> Result<Wanted, Refusal> {
        Wanted::named::<T>(self.first, self.after, Asking::of(ctx)?.most(), opened.pseudonyms())
    }
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
    if Refusal::or_rows(opened, Domain::Core)?.is_none() {
        return Ok(None);
    }
    let wanted = asked.wanted::<Child>(ctx, opened)?;
    let chosen: Chosen = filter.chosen(opened)?;
    let listed = |after| opened.children(after).filter(|(_, child)| chosen.lists(child)).map(|(place, _)| place);
    let total = if ctx.look_ahead().field("totalCount").exists() { listed(None).count() } else { 0 };
    let page = Page::of(&wanted, listed(wanted.after.as_deref()), total);
    Ok(Some(ChildConnection(page.map(|place| Child::at(opened, place)))))
}

/// A page of some children, in the order of the viewer's lists.
fn page(opened: &Opened, wanted: &Wanted, places: Vec<usize>) -> Page<usize> {
    let (total, places) = (places.len(), HashSet::<usize>::from_iter(places));
    let rest = opened.children(wanted.after.as_deref()).map(|(place, _)| place);
    Page::of(wanted, rest.filter(|place| places.contains(place)), total)
}

/// A page of the children behind an answer; none where they may not be read, or where the records do not reach.
///
/// Readers of pseudonyms are shown those behind figures for the end of a quarter only, at level P of the last four: who
/// is in a figure often turns with a birthday. Who may not see when and why care began and ended is not shown either whom figures of that count.
pub(super) fn behind(
    ctx: &Context<'_>,
    opened: &Opened,
    answer: &Answer,
    part: Part,
    asked: &Asked<'_>,
) -> Result<Option<ChildConnection>, Refusal> {
    let on = answer.period.end;
    for domain in [answer.indicator.domain, Domain::Core] {
        if Refusal::or_rows(opened, domain)?.is_none() {
            return Ok(None);
        }
    }
    if answer.indicator.domain == Domain::Core && opened.hides_days() {
        return Ok(None);
    }
    let wanted = asked.wanted::<Child>(ctx, opened)?;
    let places = opened.cohort(answer.indicator, answer.group, on, part).filter(|_| opened.care_day(on) == Some(on));
    let shown = |places| page(opened, &wanted, places).map(|place| Child::at(opened, place));
    Ok(places.map(shown).map(ChildConnection))
}

/// A page of the care leavers of a day; none where they may not be read.
pub(super) fn leavers(
    ctx: &Context<'_>,
    opened: &Opened,
    filter: &LeaverFilter,
    asked: &Asked<'_>,
) -> Result<Option<CareLeaverConnection>, Refusal> {
    let Some(indicator) = indicators::find(CARE_LEAVERS) else { return Ok(None) };
    if Refusal::or_rows(opened, Domain::Leaver)?.is_none() {
        return Ok(None);
    }
    Refusal::or_chosen(opened, opened.may_choose(Domain::Leaver, filter.on.0))?;
    let wanted = asked.wanted::<CareLeaver>(ctx, opened)?;
    let on = opened.age_day(filter.on.0).ok_or_else(|| Refusal::not_recent(opened))?;
    let places = opened.cohort(indicator, None, on, Part::Denominator).unwrap_or_default();
    let leaver = |place| CareLeaver::on(Child::at(opened, place)?, on);
    Ok(Some(CareLeaverConnection(page(opened, &wanted, places).map(leaver))))
}

/// A page of the carer households approved on a day; none where they may not be read.
pub(super) async fn carers(
    ctx: &Context<'_>,
    opened: &Opened,
    filter: &CarerFilter,
    asked: &Asked<'_>,
) -> Result<Option<CarerConnection>, Refusal> {
    let asking = Asking::of(ctx)?;
    let Some(scope) = Refusal::or_rows(opened, Domain::Carer)? else { return Ok(None) };
    Refusal::or_chosen(opened, opened.may_choose(Domain::Carer, filter.approved_on.0))?;
    let wanted = asked.wanted::<Carer>(ctx, opened)?;
    let (records, on) = (asking.figures.store(), filter.approved_on.0);
    let page = match opened.pseudonyms() {
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
    asking.trail.read(Domain::Carer, scope.level(), page.nodes.len() as u64);
    Ok(Some(CarerConnection(page.map(|row| Some(Carer::new(row, scope, opened))))))
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
