//! What an answer is set beside: neighbours, England, region, earlier periods, target.

use super::{Answer, Opened, holdings::Published};
use crate::comparators::{
    Choice, Comparator, Comparison, Rating, Target, earlier, latest_published, neighbour_average, rate, target_for,
    with_area, with_earlier, with_neighbours, with_target,
};
use crate::period::Period;

/// What a scorecard sets its figures beside unless it is asked for something else.
pub const STANDARD_COMPARATORS: [Comparator; 4] = [
    Comparator::StatisticalNeighbours,
    Comparator::England,
    Comparator::PreviousPeriod,
    Comparator::SamePeriodLastYear,
];

impl Opened {
    /// Sets an answer beside one comparator; `choice` is about statistical neighbours only.
    pub fn comparison(&self, answer: &Answer, comparator: Comparator, choice: &Choice) -> Comparison {
        let figure = answer.figure();
        let nothing = Published::default();
        let published = self.holdings().published.get(answer.indicator.code).unwrap_or(&nothing);
        match comparator {
            Comparator::StatisticalNeighbours => {
                let average =
                    neighbour_average(&published.neighbours, &published.editions, figure.unit, answer.period, choice);
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

    fn beside_earlier(&self, answer: &Answer, comparator: Comparator, period: Period) -> Comparison {
        let before = self.answer(answer.indicator, period, answer.group);
        // Why the earlier figure is not there, in its own word: a hidden one must not look like one that nobody has.
        Comparison { absence: before.absence, ..with_earlier(&answer.figure(), comparator, &before.figure()) }
    }

    /// The target by which the answer is judged; none for a group.
    pub fn target(&self, answer: &Answer) -> Option<&Target> {
        let targets = self.holdings().targets.get(answer.indicator.code).filter(|_| answer.group.is_none())?;
        target_for(targets, answer.indicator.basis, answer.period)
    }

    /// The target that a scorecard prints beside the answer: the one that judges it or, where that can only be done
    /// at the year's end, the one for the year.
    pub fn printed_target(&self, answer: &Answer) -> Option<&Target> {
        let targets = self.holdings().targets.get(answer.indicator.code)?;
        self.target(answer).or_else(|| target_for(targets, answer.indicator.basis, answer.period.financial_year()))
    }

    /// Red, amber or green, with the rule.
    pub fn rating(&self, answer: &Answer) -> Rating {
        rate(&answer.figure(), self.target(answer))
    }
}
