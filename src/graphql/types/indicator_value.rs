//! One number in one cell.

use async_graphql::{Context, ID, Object};

use super::{
    Authority, BreakdownMember, ChildConnection, Comparison, DirectionOfTravel, Indicator, Interval, Lineage, Period,
    PublishedValue, RagAssessment, Target, Trend,
    lists::{self, ListArguments},
};
use crate::{
    comparators::Document,
    figures::{Answer, AuthorityView, Source},
    graphql::{
        error::{FieldResult, Refusal},
        ids,
        inputs::ComparatorInput,
        paging::within,
        request::RequestContext,
        schema::directive::{About, At, access},
        vocabulary::{Absence, CohortPart, ValueSource, ValueStatus},
    },
};

/// What the source of an id begins with.
const RECORDS: &str = "records";
const PUBLISHED: &str = "published";

/// A source as keys of an id.
fn from(source: &Source) -> Vec<&str> {
    match source {
        Source::Records => vec![RECORDS],
        Source::Published(Document { publisher, name }) => vec![PUBLISHED, publisher, name],
    }
}

/// The source that keys of an id name; none if they name none.
pub(super) fn source(keys: &[&str]) -> Option<Source> {
    match *keys {
        [RECORDS] => Some(Source::Records),
        [PUBLISHED, publisher, name] => {
            Some(Source::Published(Document { publisher: publisher.to_owned(), name: name.to_owned() }))
        }
        _ => None,
    }
}

/// An answer, with the authority that it is about.
#[derive(Clone)]
pub(in crate::graphql) struct IndicatorValue {
    pub(super) view: AuthorityView,
    pub(super) answer: Answer,
}

impl IndicatorValue {
    /// What its ids begin with.
    pub(in crate::graphql) const KIND: &'static str = "IndicatorValue";

    /// The answer about this authority.
    pub(in crate::graphql) fn new(view: &AuthorityView, answer: Answer) -> Self {
        Self { view: view.clone(), answer }
    }

    /// Answers about one authority.
    pub(super) fn all(view: &AuthorityView, answers: impl IntoIterator<Item = Answer>) -> Vec<Self> {
        answers.into_iter().map(|answer| Self::new(view, answer)).collect()
    }

    /// What it is set beside, each in its place.
    pub(super) fn compared(&self, of: Option<Vec<ComparatorInput>>) -> Vec<Option<FieldResult<Comparison>>> {
        let decimals = self.answer.indicator.decimals;
        let chosen = ComparatorInput::chosen(of, &self.view).into_iter();
        let compare = |(comparator, choice)| self.view.comparison(&self.answer, comparator, &choice);
        let shown =
            chosen.map(|chosen| chosen.map(|chosen| Comparison::new(compare(chosen), decimals)).map_err(Into::into));
        shown.map(Some).collect()
    }

    fn before(&self, ctx: &Context<'_>, last: i32) -> Result<Vec<Self>, Refusal> {
        let last = within("last", last, RequestContext::of(ctx)?.most())?;
        Ok(Self::all(&self.view, self.view.history(&self.answer, last)))
    }

    fn trend_of(&self, ctx: &Context<'_>, points: i32) -> Result<Trend, Refusal> {
        let points = within("points", points, RequestContext::of(ctx)?.most())?;
        Ok(self.view.trend(&self.answer, points).into())
    }
}

/// One number in one cell, never alone: either `value` is set, or `absence` says why it is not.
#[Object]
impl IndicatorValue {
    /// The global id: another indicator, authority, period, group, source, version of the rule or state of the records has
    /// another one, so clients may keep what they were told under it.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    pub(in crate::graphql) async fn id(&self) -> ID {
        let Answer { indicator, period, group, source, .. } = &self.answer;
        let period = period.code();
        let known = self.view.known_at().map(|at| at.timestamp_micros().to_string()).unwrap_or_default();
        let (dimension, member) = group.map_or(("", ""), |group| (group.dimension().code(), group.code()));
        let mut keys =
            vec![&*self.view.place().ons_code, indicator.code, &period, dimension, member, indicator.version()];
        keys.extend(from(source));
        keys.push(&known);
        ids::id(Self::KIND, &keys)
    }

    /// What is measured.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn indicator(&self) -> Indicator {
        Indicator(self.answer.indicator)
    }

    /// The authority that it is about.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn authority(&self) -> Authority {
        Authority::view(&self.view)
    }

    /// The period; the figure is as at its last day. It may be an earlier one than was asked for: `dependsOnBirthday` of the
    /// indicator says when.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn period(&self) -> Period {
        Period(self.answer.period)
    }

    /// The group, for a row of a breakdown; empty for all children.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn breakdown(&self) -> Vec<BreakdownMember> {
        self.answer.group.map(BreakdownMember::from).into_iter().collect()
    }

    /// The unrounded value: percentages from 0 to 100.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn value(&self) -> Option<f64> {
        self.answer.value
    }

    /// The value as a report prints it, or the words that stand in its place. Print it as it is.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn display(&self) -> String {
        self.answer.display()
    }

    /// Where it is from: counted from the records or, where they do not reach, printed by the authority.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn source(&self) -> ValueSource {
        match self.answer.source {
            Source::Records => ValueSource::Records,
            Source::Published(_) => ValueSource::Published,
        }
    }

    /// The document that prints it; null for a counted figure.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn document(&self) -> Option<&str> {
        match &self.answer.source {
            Source::Records => None,
            Source::Published(document) => Some(&document.name),
        }
    }

    /// What the authority has printed for the same period, the newest document first.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn published(&self) -> Vec<PublishedValue> {
        self.view.published(&self.answer).into_iter().filter_map(PublishedValue::new).collect()
    }

    /// How many were counted.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn numerator(&self) -> Option<u64> {
        self.answer.numerator
    }

    /// Out of how many; null for a count.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn denominator(&self) -> Option<u64> {
        self.answer.denominator
    }

    /// How many of the denominator the records say nothing about; they are not in the numerator. Null without a
    /// denominator and, for those who may not see small numbers, where it is 1 to 5 or leaves as few.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn not_known(&self) -> Option<u64> {
        self.answer.not_known
    }

    /// Why there is no value.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn absence(&self) -> Option<Absence> {
        self.answer.absence.map(Into::into)
    }

    /// How final it is.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn status(&self) -> ValueStatus {
        self.answer.status.into()
    }

    /// The range in which the true figure lies, 19 times in 20, whatever is true of those not known.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn interval(&self) -> Option<Interval> {
        self.answer.interval.map(Into::into)
    }

    /// Red, amber or green by the authority's own target, with the rule. Not rated where those not known could change it.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn rag(&self) -> RagAssessment {
        self.view.rating(&self.answer).into()
    }

    /// The target that stands for this period: the quarter's own, else that of the year, else of the latest year before.
    /// Null where there is none, and for a group. `rag` says whether it judges already.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn target(&self) -> Option<Target> {
        self.view.target(&self.answer).map(|standing| standing.target.into())
    }

    /// Whether it moved since the earlier period that it is like; null where either has no value.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn direction(&self) -> Option<DirectionOfTravel> {
        self.view.direction(&self.answer).map(Into::into)
    }

    /// This figure and those of the periods of its kind before it, oldest first.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many in all.", default = 8)] last: i32,
    ) -> Option<FieldResult<Vec<IndicatorValue>>> {
        Some(self.before(ctx, last).map_err(Into::into))
    }

    /// Whether the same period of several years shows a movement that is more than chance.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many years; fewer than 5 with a number give no test.", default = 5)] points: i32,
    ) -> Option<FieldResult<Trend>> {
        Some(self.trend_of(ctx, points).map_err(Into::into))
    }

    /// What it is set beside; null in the place of a comparator that does not exist, with an error.
    #[graphql(directive = access::apply(About::Indicator, At::Rounded))]
    async fn comparators(
        &self,
        #[graphql(desc = "Which comparators; otherwise statistical neighbours, England and the two earlier periods.")]
        of: Option<Vec<ComparatorInput>>,
    ) -> Option<Vec<Option<FieldResult<Comparison>>>> {
        Some(self.compared(of))
    }

    /// What it rests on.
    #[graphql(directive = access::apply(About::Indicator, At::Exact))]
    async fn lineage(&self) -> Option<Lineage> {
        self.view.lineage(&self.answer).map(Into::into)
    }

    /// The children behind the number, in a lasting order; null for those who may not read the records,
    /// where the records do not reach the period, and for printed figures.
    #[graphql(directive = access::apply(About::Indicator, At::Pseudonymous))]
    async fn cohort(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] part: CohortPart,
        #[graphql(desc = "Most items on the page.", default = 50)] first: i32,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Option<FieldResult<ChildConnection>> {
        let asked = ListArguments { first, after: after.as_deref() };
        if self.answer.source != Source::Records {
            return None;
        }
        lists::behind(ctx, &self.view, &self.answer, part.into(), &asked).map_err(Into::into).transpose()
    }

    /// Version of the rule that it was counted by.
    #[graphql(directive = access::apply(About::Reference, At::Rounded))]
    async fn definition_version(&self) -> &'static str {
        self.answer.indicator.version()
    }
}
