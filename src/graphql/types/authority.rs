//! An authority, and everything that can be asked about it.

use async_graphql::{Context, ID, Object};

use super::{
    Breakdown, CareLeaverConnection, CarerConnection, ChildConnection, ComparatorSet, IndicatorValue, Region,
    Scorecard, Trend,
    lists::{self, ListArguments},
};
use crate::{
    figures::{AuthorityView, Place},
    graphql::{
        error::{FieldResult, Refusal},
        ids,
        inputs::{AskedOf, CarerFilter, ChildFilter, LeaverFilter, PeriodInput},
        paging::{ListItem, within},
        request::RequestContext,
        scalars::{Date, Moment},
        schema::directive::{About, At, access},
        vocabulary::BreakdownDimension,
    },
    indicators::Indicator,
};

/// Most values in one answer of `values`.
const MOST_VALUES: usize = 10_000;

/// An authority that the viewer may ask about.
#[derive(Clone)]
pub(in crate::graphql) struct Authority {
    place: Place,
    /// As it is now, once it has been opened.
    now: Option<AuthorityView>,
}

impl Authority {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Authority";

    /// One of a list, opened when something is asked about it.
    pub(in crate::graphql) fn named(place: Place) -> Self {
        Self { place, now: None }
    }

    /// One that is open.
    pub(in crate::graphql) fn view(view: &AuthorityView) -> Self {
        Self { place: view.place().clone(), now: Some(view.clone()) }
    }

    /// The authority as it is now, or was known at an earlier moment.
    ///
    /// # Errors
    /// The records cannot be read, or nothing was known at that moment.
    pub(super) async fn open(&self, ctx: &Context<'_>, known_on: Option<Moment>) -> Result<AuthorityView, Refusal> {
        if let (None, Some(now)) = (known_on, &self.now) {
            return Ok(now.clone());
        }
        let view = RequestContext::of(ctx)?.open(&self.place.ons_code, known_on).await?;
        view.ok_or_else(|| Refusal::wrong("Nothing was known about the authority at that moment."))
    }

    async fn answer(
        &self,
        ctx: &Context<'_>,
        indicator: &str,
        period: &PeriodInput,
        known_on: Option<Moment>,
    ) -> Result<IndicatorValue, Refusal> {
        let view = self.open(ctx, known_on).await?;
        let indicator = visible(ctx, &view, indicator)?;
        let period = period.one(AskedOf { view: &view, indicator: Some(indicator) })?;
        Ok(IndicatorValue::new(&view, view.answer(indicator, period, None)))
    }

    /// A figure for each period of each code. An unknown code is told where its figures would begin, and leaves the places of
    /// its periods empty, so that the figures of the others stand where they always stand.
    async fn answers(
        &self,
        ctx: &Context<'_>,
        codes: &[String],
        period: &PeriodInput,
        known_on: Option<Moment>,
    ) -> Result<Vec<Option<FieldResult<IndicatorValue>>>, Refusal> {
        let view = self.open(ctx, known_on).await?;
        let read = codes.iter().map(|code| {
            let found = visible(ctx, &view, code);
            let indicator = found.as_ref().ok().copied();
            (found, period.all(AskedOf { view: &view, indicator }))
        });
        let mut read: Vec<_> = read.collect();
        if read.iter().all(|(_, periods)| periods.is_err()) {
            // What is wrong with the period is wrong for all.
            return read.pop().map_or(Ok(Vec::new()), |(_, periods)| periods.map(|_| Vec::new()));
        }
        let (mut asked, mut unknown) = (Vec::new(), Vec::new());
        for (found, periods) in read {
            let place = asked.len();
            match (found, periods) {
                (Ok(indicator), Ok(periods)) => asked.extend(periods.into_iter().map(|one| Some((indicator, one)))),
                (found, periods) => {
                    asked.resize(place + periods.as_ref().map_or(1, Vec::len), None);
                    unknown.extend(found.err().or(periods.err()).map(|refusal| (place, refusal)));
                }
            }
            if asked.len() > MOST_VALUES {
                return Err(Refusal::wrong(format!("Too many values at once: at most {MOST_VALUES}.")));
            }
        }
        let answers = view.answers(&asked.iter().copied().flatten().collect::<Vec<_>>());
        let mut figures = IndicatorValue::all(&view, answers).into_iter();
        let mut values: Vec<_> = asked.iter().map(|asked| asked.and_then(|_| figures.next()).map(Ok)).collect();
        for (place, refusal) in unknown {
            if let Some(value) = values.get_mut(place) {
                *value = Some(Err(refusal.into()));
            }
        }
        Ok(values)
    }
}

/// The indicator with the code, if the viewer may see it: one they may not see is like one that does not exist.
fn visible(ctx: &Context<'_>, view: &AuthorityView, code: &str) -> Result<&'static Indicator, Refusal> {
    if let Some(indicator) = view.indicator(code) {
        return Ok(indicator);
    }
    let visible = RequestContext::of(ctx)?.catalogue().into_iter().filter(|indicator| view.may_see(indicator));
    Err(Refusal::unknown("indicator", code, visible.map(|indicator| indicator.code)))
}

/// A local authority: everything about it hangs from here.
#[Object]
impl Authority {
    /// The global id.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::id(Self::KIND, &[&self.place.ons_code])
    }

    /// ONS nine-character code.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn ons_code(&self) -> &str {
        &self.place.ons_code
    }

    /// Three-digit number used by the Department for Education; null for a code that is neither an English authority's nor on
    /// a list of areas.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn la_code(&self) -> Option<&str> {
        self.place.la_code.as_deref()
    }

    /// Its name; the ONS code for one that is neither an English authority's nor on a list of areas.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn name(&self) -> &str {
        &self.place.name
    }

    /// The region that it lies in; null for a code that is neither an English authority's nor on a list of areas.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn region(&self) -> Option<Region> {
        self.place.region.as_ref().map(Into::into)
    }

    /// The first day that the loaded returns cover: 1 April of the first year; null before the first return.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn records_from(&self, ctx: &Context<'_>) -> Option<FieldResult<Date>> {
        let view = self.open(ctx, None).await.map_err(Into::into);
        view.map(|view| view.records_from().map(Date)).transpose()
    }

    /// The last day that the loaded returns cover; null before the first return.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn records_up_to(&self, ctx: &Context<'_>) -> Option<FieldResult<Date>> {
        let view = self.open(ctx, None).await.map_err(Into::into);
        view.map(|view| view.horizon().map(Date)).transpose()
    }

    /// The last day on which the viewer may ask about it in this role.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn granted_until(&self, ctx: &Context<'_>) -> Option<FieldResult<Date>> {
        let request = RequestContext::of(ctx).map_err(Into::into);
        let until = |request: &RequestContext| request.viewer.granted_until(&self.place.ons_code, request.at).map(Date);
        request.map(until).transpose()
    }

    /// The editions of its statistical neighbours.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn neighbours(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One edition by name; otherwise all of them.")] edition: Option<String>,
    ) -> Option<FieldResult<Vec<ComparatorSet>>> {
        let view = self.open(ctx, None).await.map_err(Into::into);
        let asked = |name: &str| edition.as_ref().is_none_or(|edition| edition == name);
        let sets =
            |view: AuthorityView| view.editions().iter().filter(|set| asked(&set.name)).map(Into::into).collect();
        Some(view.map(sets))
    }

    /// The panel's scorecard for a period.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn scorecard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period.")] period: PeriodInput,
        #[graphql(
            desc = "As known at this moment; otherwise now.",
            directive = access::apply(About::Indicator, At::Exact)
        )]
        as_known_on: Option<Moment>,
    ) -> Option<FieldResult<Scorecard>> {
        let view = self.open(ctx, as_known_on).await;
        let scorecard = view.and_then(|view| {
            let period = period.one(AskedOf { view: &view, indicator: None })?;
            Ok(Scorecard::new(&view, period))
        });
        Some(scorecard.map_err(Into::into))
    }

    /// One indicator for one period.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn value(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the indicator.")] indicator: String,
        #[graphql(desc = "The period.")] period: PeriodInput,
        #[graphql(
            desc = "As known at this moment; otherwise now.",
            directive = access::apply(About::Indicator, At::Exact)
        )]
        as_known_on: Option<Moment>,
    ) -> Option<FieldResult<IndicatorValue>> {
        Some(self.answer(ctx, &indicator, &period, as_known_on).await.map_err(Into::into))
    }

    /// Several indicators for one period or for a range: all periods of the first indicator, then of the second. An unknown
    /// code is null in each place of its periods, with an error at the first.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Codes of the indicators.")] indicators: Vec<String>,
        #[graphql(desc = "A period, or a range of them.")] period: PeriodInput,
        #[graphql(
            desc = "As known at this moment; otherwise now.",
            directive = access::apply(About::Indicator, At::Exact)
        )]
        as_known_on: Option<Moment>,
    ) -> Option<FieldResult<Vec<Option<FieldResult<IndicatorValue>>>>> {
        Some(self.answers(ctx, &indicators, &period, as_known_on).await.map_err(Into::into))
    }

    /// One indicator split by a dimension, beside the child population.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn breakdown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the indicator.")] indicator: String,
        #[graphql(desc = "The period.")] period: PeriodInput,
        #[graphql(desc = "What to split by.")] by: BreakdownDimension,
        #[graphql(
            desc = "As known at this moment; otherwise now.",
            directive = access::apply(About::Indicator, At::Exact)
        )]
        as_known_on: Option<Moment>,
    ) -> Option<FieldResult<Breakdown>> {
        let value = self.answer(ctx, &indicator, &period, as_known_on).await;
        let split = |value: IndicatorValue| {
            let answer = value.answer;
            let breakdown = value.view.breakdown(answer.indicator, answer.period, by.into());
            Breakdown::new(&value.view, breakdown)
        };
        Some(value.map(split).map_err(Into::into))
    }

    /// Whether the same period of several years shows a movement of one indicator that is more than chance.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the indicator.")] indicator: String,
        #[graphql(desc = "The last of the periods.")] period: PeriodInput,
        #[graphql(desc = "How many years; fewer than 5 with a number give no test.", default = 5)] points: i32,
        #[graphql(
            desc = "As known at this moment; otherwise now.",
            directive = access::apply(About::Indicator, At::Exact)
        )]
        as_known_on: Option<Moment>,
    ) -> Option<FieldResult<Trend>> {
        let value = self.answer(ctx, &indicator, &period, as_known_on).await;
        let trend = value.and_then(|value| {
            let points = within("points", points, RequestContext::of(ctx)?.most())?;
            Ok(value.view.trend(&value.answer, points).into())
        });
        Some(trend.map_err(Into::into))
    }

    /// Children, in a lasting order; null for those who may not read records.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which children; otherwise all.")] filter: Option<ChildFilter>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<ChildConnection>> {
        let asked = ListArguments { first, after: after.as_deref() };
        let view = self.open(ctx, None).await;
        let children = view.and_then(|view| lists::children(ctx, &view, filter.unwrap_or_default(), &asked));
        children.map_err(Into::into).transpose()
    }

    /// Care leavers of a day, in a lasting order; null for those who may not read their records.
    #[graphql(directive = access::apply(About::Leaver, At::Pseudonymous))]
    async fn leavers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which day.")] filter: LeaverFilter,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<CareLeaverConnection>> {
        let asked = ListArguments { first, after: after.as_deref() };
        let view = self.open(ctx, None).await;
        view.and_then(|view| lists::leavers(ctx, &view, &filter, &asked)).map_err(Into::into).transpose()
    }

    /// Carer households approved on a day, by the authority's own identifier; null for those who may not read them.
    #[graphql(directive = access::apply(About::Carer, At::Pseudonymous))]
    async fn carers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which day.")] filter: CarerFilter,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<CarerConnection>> {
        let asked = ListArguments { first, after: after.as_deref() };
        let carers = async { lists::carers(ctx, &self.open(ctx, None).await?, &filter, &asked).await };
        carers.await.map_err(Into::into).transpose()
    }
}

impl ListItem for Authority {
    const LIST: &'static str = "authorities";

    fn key(&self) -> String {
        self.place.ons_code.clone()
    }
}

connection!(
    /// A page of authorities.
    AuthorityConnection,
    /// An authority with its place in the list.
    AuthorityEdge,
    Authority,
    Reference,
    Rounded
);
