//! How a figure got to where it is: the periods before it, and whether they show a trend.

use super::{Answer, AuthorityView};
use crate::{
    breakdowns::Group,
    comparators::{Direction, direction, earlier},
    period::Period,
    statistics::{Absence, Bounds, Fraction, Trend, trend},
};

impl AuthorityView {
    /// The answer and those of the periods of its kind before it, oldest first, `last` in all. Where the viewer is not
    /// answered for a period, it goes on from the one that stands for it.
    pub fn history(&self, answer: &Answer, last: usize) -> Vec<Answer> {
        let by = answer.group.map(Group::dimension);
        let before = |period: &Period| self.answered_for(answer.indicator, period.previous(), by);
        let ask = |period| if period == answer.period { answer.clone() } else { self.like(answer, period) };
        self.each(answer, last, before, ask)
    }

    /// Whether the same period of the last `points` years shows a movement that is more than chance (ruling 50).
    pub fn trend(&self, answer: &Answer, points: usize) -> Trend {
        let years = self.each(answer, points, Period::same_last_year, |period| self.like(answer, period));
        // One year that is held back makes the whole movement silent, or the others would tell about it.
        let silent = years.iter().any(|year| year.absence == Some(Absence::Confidential));
        let bounds: Vec<_> = years.iter().map(|year| year.figure().bounds().filter(|_| !silent)).collect();
        let of = |end: fn(Bounds) -> Fraction| {
            let points: Vec<_> = bounds.iter().map(|bounds| bounds.map(end)).collect();
            trend(answer.indicator.unit, answer.indicator.polarity, &points)
        };
        of(|bounds| bounds.least).agreed(of(|bounds| bounds.most))
    }

    /// Which way the figure moved since the earlier period that it is like; none where either has no value.
    pub fn direction(&self, answer: &Answer) -> Option<(Direction, Period)> {
        let indicator = answer.indicator;
        let since = earlier(indicator.basis, answer.period).default;
        let before = self.answer(indicator, since, answer.group);
        Some((direction(indicator.unit, indicator.polarity, answer.value?, before.value?), before.period))
    }

    /// The figure of another period.
    fn like(&self, answer: &Answer, period: Period) -> Answer {
        self.answer(answer.indicator, period, answer.group)
    }

    fn each(
        &self,
        answer: &Answer,
        count: usize,
        before: impl Fn(&Period) -> Period,
        ask: impl Fn(Period) -> Answer,
    ) -> Vec<Answer> {
        let mut answers: Vec<Answer> =
            std::iter::successors(Some(answer.period), |period| Some(before(period))).take(count).map(ask).collect();
        answers.reverse();
        answers
    }
}
