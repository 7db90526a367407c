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
    figures::Opened,
    graphql::{
        access::{About, At, access},
        asking::Asking,
        error::{Refusal, Told},
        ids,
        paging::{Listed, Page, Wanted},
        scalars::Date,
    },
    period,
};

/// A child of an authority, by its place among the histories.
#[derive(Clone)]
pub(in crate::graphql) struct Child {
    pub(super) opened: Opened,
    place: usize,
}

/// The arguments of a list.
type Asked<'a> = (i32, Option<&'a str>);

impl Child {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "Child";

    /// The child at a place among the histories, if the viewer may know of it.
    pub(super) fn at(opened: &Opened, place: usize) -> Option<Self> {
        opened.read_child(place).then(|| Self { opened: opened.clone(), place })
    }

    /// The child with the authority's own identifier, if there is one that the viewer may know of.
    pub(in crate::graphql) fn find(opened: &Opened, id: &str) -> Option<Self> {
        Self::at(opened, opened.place_of(id)?)
    }

    /// The history.
    pub(super) fn history(&self) -> Option<&care::Child> {
        self.opened.history_of(self.place)
    }

    /// The authority's own identifier.
    pub(super) fn reference(&self) -> &str {
        self.history().map_or("", |child| &child.id)
    }

    /// The day given or, without one, the last day of the records.
    fn day(&self, on: Option<Date>) -> Option<period::Date> {
        on.map(|day| day.0).or_else(|| self.opened.horizon())
    }

    fn age_on(&self, on: Option<Date>) -> Option<i32> {
        self.history()?.age_on(self.age_day(on)?)
    }

    /// The day as at which the age is told; none where it is not told to the viewer.
    fn age_day(&self, on: Option<Date>) -> Option<period::Date> {
        self.opened.age_day(self.day(on)?)
    }

    /// The stretch of legal status and placement on the day given; none while not looked after.
    fn episode_on(&self, on: Option<Date>) -> Option<care::Episode> {
        let day = self.opened.care_day(self.day(on)?)?;
        self.history()?.period_on(day)?.episode_on(day).copied()
    }

    /// The episodes; none where they may not be read.
    pub(in crate::graphql) async fn all_episodes(&self, asking: &Asking) -> Result<Option<Vec<Episode>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.opened, Domain::Core)? else { return Ok(None) };
        let rows = asking.loaders.episodes(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| Episode::new(row.clone(), &self.opened)).collect()))
    }

    /// The placements; none where they may not be read.
    pub(in crate::graphql) async fn all_placements(&self, asking: &Asking) -> Result<Option<Vec<Placement>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.opened, Domain::Placement)? else { return Ok(None) };
        let rows = asking.loaders.placements(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| Placement::new(row.clone(), &self.opened)).collect()))
    }

    /// The reviews; none where they may not be read.
    pub(in crate::graphql) async fn all_reviews(&self, asking: &Asking) -> Result<Option<Vec<Review>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.opened, Domain::Review)? else { return Ok(None) };
        let Some(history) = self.history() else { return Ok(None) };
        let rows = asking.loaders.reviews(scope, &history.id).await?;
        Ok(Some(Review::of(&self.opened, history, &rows)))
    }

    /// The times missing or away; none where they may not be read.
    pub(in crate::graphql) async fn all_missing(
        &self,
        asking: &Asking,
    ) -> Result<Option<Vec<MissingEpisode>>, Refusal> {
        let Some(scope) = Refusal::or_rows(&self.opened, Domain::Missing)? else { return Ok(None) };
        let rows = asking.loaders.missing(scope, self.reference()).await?;
        Ok(Some(rows.iter().map(|row| MissingEpisode::new(row.clone(), &self.opened)).collect()))
    }

    /// The page of a list that the child has, if it may be read.
    fn page<T: Listed>(
        &self,
        asking: &Asking,
        (first, after): Asked<'_>,
        all: Option<Vec<T>>,
    ) -> Result<Option<Page<T>>, Refusal> {
        let wanted = Wanted::named::<T>(first, after, asking.most(), self.opened.pseudonyms())?;
        Ok(all.map(|all| Page::of_all(&wanted, all)))
    }
}

/// A child who is or was looked after, or a care leaver. To partners a child is told of as at the ends of the last four
/// quarters: a day between stands for the one before it, a later one for the last, and of earlier days nothing is told.
#[Object]
impl Child {
    /// The global id.
    #[graphql(directive = access::apply(About::Core, At::P))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::of_record(&self.opened, Self::KIND, &[self.reference()])
    }

    /// The authority's own identifier; null where the purpose stated does not open it, which `notices` say.
    #[graphql(name = "reference", directive = access::apply(About::Identity, At::I))]
    async fn own_reference(&self) -> Option<&str> {
        self.opened.identifies().then(|| self.reference())
    }

    /// Age in completed years; null where the birth date is not known. Under a pseudonym as at the last end of a quarter.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn age(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<i32> {
        self.age_on(on)
    }

    /// The age band in the words of a breakdown, such as "10 to 15"; null for a day as at which the viewer is not told ages.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn age_band(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        self.age_day(on)?;
        Some(Group::AgeBand(AgeBand::of(self.age_on(on))).label())
    }

    /// The gender in the words of a breakdown, such as "Female".
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn gender(&self) -> &'static str {
        Group::Gender(Gender::from(self.history().and_then(|child| child.sex))).label()
    }

    /// Ethnic background: the code of the return, such as WBRI.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn ethnicity(&self) -> Option<&'static str> {
        self.history()?.ethnicity.map(|ethnicity| ethnicity.code())
    }

    /// The ethnic group in the words of a breakdown, such as "Mixed".
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn ethnic_group(&self) -> &'static str {
        Group::Ethnicity(EthnicGroup::from(self.history().and_then(|child| child.ethnicity))).label()
    }

    /// Whether an unaccompanied asylum-seeking child.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn uasc(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        let (history, day) = (self.history()?, self.opened.age_day(self.day(on)?)?);
        Some(history.is_unaccompanied_on(day))
    }

    /// Legal status: the code of the return, such as C2 for a full care order; null while not looked after.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn legal_status(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        Some(self.episode_on(on)?.legal_status?.code())
    }

    /// The group of legal statuses in the words of national statistics, such as "Care orders"; null while not looked
    /// after.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn legal_status_group(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<&'static str> {
        Some(self.episode_on(on)?.legal_status?.group())
    }

    /// Whether placed within the area of the authority; null while not looked after, and where the records do not say.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn placed_in_area(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        self.episode_on(on)?.in_authority
    }

    /// Whether looked after: in on the first day of care, out on the day it ends, short breaks left out.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn looked_after(
        &self,
        #[graphql(desc = "On this day; otherwise on the last day of the records.")] on: Option<Date>,
    ) -> Option<bool> {
        let (history, day) = (self.history()?, self.opened.care_day(self.day(on)?)?);
        Some(history.looked_after_on(day))
    }

    /// Episodes of care, by first day, as now known.
    #[graphql(directive = access::apply(About::Core, At::P))]
    async fn episodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<Told<EpisodeConnection>> {
        let answer = async {
            let asking = Asking::of(ctx)?;
            self.page(asking, (first, after.as_deref()), self.all_episodes(asking).await?)
        };
        answer.await.map(|page| page.map(EpisodeConnection)).map_err(Into::into).transpose()
    }

    /// Placements, by first day, as now known.
    #[graphql(directive = access::apply(About::Placement, At::P))]
    async fn placements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<Told<PlacementConnection>> {
        let answer = async {
            let asking = Asking::of(ctx)?;
            self.page(asking, (first, after.as_deref()), self.all_placements(asking).await?)
        };
        answer.await.map(|page| page.map(PlacementConnection)).map_err(Into::into).transpose()
    }

    /// Reviews that were held or fell due, by due day, as now known.
    #[graphql(directive = access::apply(About::Review, At::P))]
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<Told<ReviewConnection>> {
        let answer = async {
            let asking = Asking::of(ctx)?;
            self.page(asking, (first, after.as_deref()), self.all_reviews(asking).await?)
        };
        answer.await.map(|page| page.map(ReviewConnection)).map_err(Into::into).transpose()
    }

    /// Times missing or away without authorisation, by first day, as now known.
    #[graphql(directive = access::apply(About::Missing, At::P))]
    async fn missing_episodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<Told<MissingEpisodeConnection>> {
        let answer = async {
            let asking = Asking::of(ctx)?;
            self.page(asking, (first, after.as_deref()), self.all_missing(asking).await?)
        };
        answer.await.map(|page| page.map(MissingEpisodeConnection)).map_err(Into::into).transpose()
    }
}

impl Listed for Child {
    const LIST: &'static str = "children";

    fn key(&self) -> String {
        self.reference().to_owned()
    }

    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        self.opened.pseudonyms()
    }
}

connection!(
    /// A page of children, in a lasting order.
    ChildConnection,
    /// A child with its place in the list.
    ChildEdge,
    Child,
    Core,
    P
);
