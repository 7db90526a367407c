//! What an answer is set beside: neighbours, England, region, earlier periods, target.

use std::borrow::Cow;

use super::{Answer, AuthorityView, answer::printed, authority_data::PublishedFigures};
use crate::{
    access::Level,
    comparators::{
        Choice, Comparator, Comparison, Edition, PublishedFigure, Rating, StandingTarget, earlier, latest_published,
        neighbour_average, rate, target_for, unrated_group, with_area, with_earlier, with_neighbours, with_target,
    },
    disclosure::protect,
    period::Period,
};

/// What a scorecard sets its figures beside unless it is asked for something else.
pub const STANDARD_COMPARATORS: [Comparator; 4] = [
    Comparator::StatisticalNeighbours,
    Comparator::England,
    Comparator::PreviousPeriod,
    Comparator::SamePeriodLastYear,
];

impl AuthorityView {
    /// Sets an answer beside one comparator, that of a group beside the same group (ruling 57); `choice` is about
    /// statistical neighbours only.
    pub fn comparison(&self, answer: &Answer, comparator: Comparator, choice: &Choice) -> Comparison {
        let figure = answer.figure();
        let nothing = PublishedFigures::default();
        let published = self.data().reference.published.get(answer.indicator.code);
        let published = published.and_then(|published| published.of(answer.group)).unwrap_or(&nothing);
        match comparator {
            Comparator::StatisticalNeighbours => {
                let editions = self.released(answer, &published.editions);
                let average = neighbour_average(&published.neighbours, &editions, figure.unit, answer.period, choice);
                with_neighbours(&figure, average)
            }
            Comparator::England => {
                with_area(&figure, comparator, "England", latest_published(&published.england, answer.period))
            }
            Comparator::Region => {
                let name = self.place().region.as_ref().map_or("Region", |region| region.name.as_str());
                with_area(&figure, comparator, name, latest_published(&published.region, answer.period))
            }
            Comparator::Target => with_target(&figure, self.target(answer)),
            Comparator::PreviousPeriod => {
                self.beside_earlier(answer, comparator, earlier(figure.basis, answer.period).previous)
            }
            Comparator::SamePeriodLastYear => {
                self.beside_earlier(answer, comparator, earlier(figure.basis, answer.period).same_last_year)
            }
        }
    }

    /// What the members of editions published, as far as the viewer may have an average of it: those who may not see true
    /// values get one of all members, of figures that were controlled before they were published or pass the gate
    /// (ruling A23).
    fn released<'a>(&self, answer: &Answer, editions: &'a [Edition]) -> Cow<'a, [Edition]> {
        let level = self.totals(answer.indicator.domain).unwrap_or(Level::Pseudonymous);
        if level == Level::Exact {
            return Cow::Borrowed(editions);
        }
        let passed = |figure: &PublishedFigure| {
            if figure.controlled {
                return Some(figure.clone());
            }
            let shown = protect(printed(answer.indicator, figure.period, figure).cell, level);
            let parts = (shown.numerator, shown.denominator);
            shown.value.map(|value| PublishedFigure {
                value: Ok(value),
                numerator: parts.0,
                denominator: parts.1,
                ..figure.clone()
            })
        };
        let released = |edition: &Edition| Edition {
            figures: edition.figures.iter().filter_map(passed).collect(),
            whole: true,
            ..edition.clone()
        };
        Cow::Owned(editions.iter().map(released).collect())
    }

    fn beside_earlier(&self, answer: &Answer, comparator: Comparator, period: Period) -> Comparison {
        let before = self.answer(answer.indicator, period, answer.group);
        // Why the earlier figure is not there, in its own word: a hidden one must not look like one that nobody has.
        Comparison { absence: before.absence, ..with_earlier(&answer.figure(), comparator, &before.figure()) }
    }

    /// The target that stands beside the answer, and whether it judges it; none for a group (ruling 57).
    pub fn target(&self, answer: &Answer) -> Option<StandingTarget<'_>> {
        let Answer { indicator, period, group: None, .. } = answer else { return None };
        target_for(self.data().reference.targets.get(indicator.code)?, indicator.basis, indicator.flat_target, *period)
    }

    /// Red, amber or green, with the rule; never for a group (ruling 57).
    pub fn rating(&self, answer: &Answer) -> Rating {
        match answer.group {
            None => rate(&answer.figure(), self.target(answer)),
            Some(_) => unrated_group(),
        }
    }
}
