//! From a chain of episodes to periods of care (methodology M4).

use super::episodes::Chain;
use crate::{
    care::{
        codes::{ReasonCeased, ReasonNew},
        period_of_care::{Episode, PeriodOfCare, Periods},
        placement::placements_of,
        records::{CarerLink, EpisodeRow},
        review::reviews_due,
    },
    period::{Date, working_day_after},
};

/// How many working days after coming into care the first review is due (Care Planning Regulations 2010).
const FIRST_REVIEW_WORKING_DAYS: u32 = 20;

/// Splits the chain into periods: an episode continues one if it begins on the day the one before it ended and
/// that one ended with X1.
pub(super) fn periods_of_care(chain: &Chain, links: &[CarerLink], held: &[Date], horizon: Date) -> Periods {
    let goes_on = |before: &EpisodeRow, after: &EpisodeRow| {
        before.end == Some(after.start) && before.reason_ceased == Some(ReasonCeased::X1)
    };
    let period = |rows: &[EpisodeRow]| {
        let lost = chain.is_lost(rows.last()?.start);
        Some(PeriodOfCare { lost, ..period_of_care(rows, links, held, horizon)? })
    };
    chain.rows.chunk_by(goes_on).filter_map(period).collect()
}

fn period_of_care(rows: &[EpisodeRow], links: &[CarerLink], held: &[Date], horizon: Date) -> Option<PeriodOfCare> {
    let (first, last) = (rows.first()?, rows.last()?);
    let end = last.end;
    let held: Vec<Date> =
        held.iter().copied().filter(|day| *day >= first.start && end.is_none_or(|end| *day < end)).collect();
    let first_review_due = working_day_after(first.start, FIRST_REVIEW_WORKING_DAYS);
    let gap_after = end.is_some() && last.reason_ceased == Some(ReasonCeased::X1);
    Some(PeriodOfCare {
        start: first.start,
        end,
        lost: false,
        end_reason: last.reason_ceased.filter(|_| end.is_some() && !gap_after),
        start_unknown: first.reason_new != Some(ReasonNew::S),
        gap_after,
        episodes: rows.iter().map(Episode::from).collect(),
        placements: placements_of(rows, links),
        first_review_due,
        reviews: reviews_due(first_review_due, end, &held, horizon),
    })
}
