//! A child, with what hangs from it.

use async_graphql::{Context, ID, Object};

use super::{
    Episode, EpisodeConnection, MissingEpisode, MissingEpisodeConnection, Placement, PlacementConnection, Review,
    ReviewConnection,
};
use crate::{
    access::{Domain, Pseudonyms},
    breakdowns::{AgeBand, EthnicGroup, Gender, Group},
    care,
    figures::AuthorityView,
    graphql::{
        error::{FieldResult, Refusal},
        ids,
        paging::{ListItem, Page, PageRequest},
        request::RequestContext,
        scalars::Date,
        schema::directive::{About, At, access},
    },
    period,
};

/// A child of an authority, by its place among the histories.
#[derive(Clone)]
pub(in crate::graphql) struct Child {
    pub(super) view: AuthorityView,
    place: usize,
}

/// The arguments of a list.
type ListArguments<'a> = (i32, Option<&'a str>);

impl Child {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Child";

    /// The child at a place among the histories, if the viewer may know of it.
    pub(super) fn at(view: &AuthorityView, place: usize) -> Option<Self> {
        view.read_child(place).then(|| Self { view: view.clone(), place })
    }

    /// The child with the authority's own identifier, if there is one that the viewer may know of.
    pub(in crate::graphql) fn find(view: &AuthorityView, id: &str) -> Option<Self> {
        Self::at(view, view.place_of(id)?)
    }

    /// The history.
    pub(super) fn history(&self) -> Option<&care::Child> {
        self.view.history_of(self.place)
    }

    /// The authority's own identifier.
    pub(super) fn reference(&self) -> &str {
        self.history().map_or("", |child| &child.id)
    }

    /// The day given or, without one, the last day of the records.
    fn day(&self, on: Option<Date>) -> Option<period::Date> {
        on.map(|day| day.0).or_else(|| self.view.horizon())
    }

    fn age_on(&self, on: Option<Date>) -> Option<i32> {
        self.history()?.age_on(self.age_day(on)?)
    }

    /// The day as at which the age is told; none where it is not told to the viewer.
    fn age_day(&self, on: Option<Date>) -> Option<period::Date> {
        self.view.age_day(self.day(on)?)
    }

    /// The stretch of legal status and placement on the day given; none while not looked after.
    fn episode_on(&self, on: Option<Date>) -> Option<care::Episode> {
        let day = self.view.care_day(self.day(on)?)?;
        self.history()?.period_on(day)?.episode_on(day).copied()
    }

    /// The episodes; none where they may not be read.
    pub(in crate::graphql) async fn all_episodes(
        &self,
        request: &RequestContext,
    ) -> Result<Option<Vec<Episode>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.view, Domain::Core)? else { return Ok(None) };
        let rows = request.loaders.episodes(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| Episode::new(row.clone(), &self.view)).collect()))
    }

    /// The placements; none where they may not be read.
    pub(in crate::graphql) async fn all_placements(
        &self,
        request: &RequestContext,
    ) -> Result<Option<Vec<Placement>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.view, Domain::Placement)? else { return Ok(None) };
        let rows = request.loaders.placements(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| Placement::new(row.clone(), &self.view)).collect()))
    }

    /// The reviews; none where they may not be read.
    pub(in crate::graphql) async fn all_reviews(
        &self,
        request: &RequestContext,
    ) -> Result<Option<Vec<Review>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.view, Domain::Review)? else { return Ok(None) };
        let Some(history) = self.history() else { return Ok(None) };
        let rows = request.loaders.reviews(scope, &history.id).await?;
        Ok(Some(Review::of(&self.view, history, &rows)))
    }

    /// The times missing or away; none where they may not be read.
    pub(in crate::graphql) async fn all_missing(
        &self,
        request: &RequestContext,
    ) -> Result<Option<Vec<MissingEpisode>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.view, Domain::Missing)? else { return Ok(None) };
        let rows = request.loaders.missing(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| MissingEpisode::new(row.clone(), &self.view)).collect()))
    }

    /// The page of a list that the child has, if it may be read.
    fn page<T: ListItem>(
        &self,
        request: &RequestContext,
        (first, after): ListArguments<'_>,
        all: Option<Vec<T>>,
    ) -> Result<Option<Page<T>>, Refusal> {
        let wanted = PageRequest::named::<T>(first, after, request.most(), self.view.pseudonyms())?;
        Ok(all.map(|all| Page::of_all(&wanted, all)))
    }
}

/// A child who is or was looked after, or a care leaver. To partners a child is told of as at the ends of the last four
/// quarters: a day between stands for the one before it, a later one for the last, and of earlier days nothing is told.
#[Object]
impl Child {
    /// The global id.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.view, Self::KIND, &[self.reference()])
    }

    /// The authority's own identifier; null where the purpose stated does not open it, which `notices` say.
    #[graphql(name = "reference", directive = access::apply(About::Identity, At::Identified))]
    async fn own_reference(&self) -> Option<&str> {
        self.view.identifies().then(|| self.reference())
    }

    /// Age in completed years; null where the birth date is not known. Under a pseudonym as at the last end of a quarter.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn age(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<i32> {
        self.age_on(on)
    }

    /// The age band in the words of a breakdown, such as "10 to 15"; null for a day as at which the viewer is not told ages.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn age_band(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        self.age_day(on)?;
        Some(Group::AgeBand(AgeBand::of(self.age_on(on))).label())
    }

    /// The gender in the words of a breakdown, such as "Female".
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn gender(&self) -> &'static str {
        Group::Gender(Gender::from(self.history().and_then(|child| child.sex))).label()
    }

    /// Ethnic background: the code of the return, such as WBRI.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn ethnicity(&self) -> Option<&'static str> {
        self.history()?.ethnicity.map(|ethnicity| ethnicity.code())
    }

    /// The ethnic group in the words of a breakdown, such as "Mixed".
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn ethnic_group(&self) -> &'static str {
        Group::Ethnicity(EthnicGroup::from(self.history().and_then(|child| child.ethnicity))).label()
    }

    /// Whether an unaccompanied asylum-seeking child.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn uasc(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        let (history, day) = (self.history()?, self.view.age_day(self.day(on)?)?);
        Some(history.is_unaccompanied_on(day))
    }

    /// Legal status: the code of the return, such as C2 for a full care order; null while not looked after.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn legal_status(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        Some(self.episode_on(on)?.legal_status?.code())
    }

    /// The group of legal statuses in the words of national statistics, such as "Care orders"; null while not looked
    /// after.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn legal_status_group(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        Some(self.episode_on(on)?.legal_status?.group())
    }

    /// Whether placed within the area of the authority; null while not looked after, and where the records do not say.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn placed_in_area(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        self.episode_on(on)?.in_authority
    }

    /// Whether looked after: in on the first day of care, out on the day it ends, short breaks left out.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn looked_after(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        let (history, day) = (self.history()?, self.view.care_day(self.day(on)?)?);
        Some(history.looked_after_on(day))
    }

    /// Episodes of care, by first day, as now known.
    #[graphql(directive = access::apply(About::Core, At::Pseudonymous))]
    async fn episodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<EpisodeConnection>> {
        let answer = async {
            let request = RequestContext::of(ctx)?;
            self.page(request, (first, after.as_deref()), self.all_episodes(request).await?)
        };
        answer.await.map(|page| page.map(EpisodeConnection)).map_err(Into::into).transpose()
    }

    /// Placements, by first day, as now known.
    #[graphql(directive = access::apply(About::Placement, At::Pseudonymous))]
    async fn placements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<PlacementConnection>> {
        let answer = async {
            let request = RequestContext::of(ctx)?;
            self.page(request, (first, after.as_deref()), self.all_placements(request).await?)
        };
        answer.await.map(|page| page.map(PlacementConnection)).map_err(Into::into).transpose()
    }

    /// Reviews that were held or fell due, by due day, as now known.
    #[graphql(directive = access::apply(About::Review, At::Pseudonymous))]
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<ReviewConnection>> {
        let answer = async {
            let request = RequestContext::of(ctx)?;
            self.page(request, (first, after.as_deref()), self.all_reviews(request).await?)
        };
        answer.await.map(|page| page.map(ReviewConnection)).map_err(Into::into).transpose()
    }

    /// Times missing or away without authorisation, by first day, as now known.
    #[graphql(directive = access::apply(About::Missing, At::Pseudonymous))]
    async fn missing_episodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<MissingEpisodeConnection>> {
        let answer = async {
            let request = RequestContext::of(ctx)?;
            self.page(request, (first, after.as_deref()), self.all_missing(request).await?)
        };
        answer.await.map(|page| page.map(MissingEpisodeConnection)).map_err(Into::into).transpose()
    }
}

impl ListItem for Child {
    const LIST: &'static str = "children";

    fn key(&self) -> String {
        self.reference().to_owned()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.view.pseudonyms()
    }
}

connection!(
    /// A page of children, in a lasting order.
    ChildConnection,
    /// A child with its place in the list.
    ChildEdge,
    Child,
    Core,
    Pseudonymous
);
