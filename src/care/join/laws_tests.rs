//! Laws of the join, held for any rows that a return could bring.

use proptest::prelude::*;

use crate::{
    care::{
        Child,
        codes::{LegalStatus, ReasonCeased, ReasonNew},
        join,
        records::{ChildRecords, EpisodeRow, LoadedReturn},
    },
    period::Date,
};

fn returns() -> Vec<LoadedReturn> {
    let of = |year| LoadedReturn { year, up_to: Date::from_ymd_opt(year, 3, 31).unwrap() };
    vec![of(2022), of(2023), of(2024)]
}

prop_compose! {
    fn row()(
        year in 2022..=2024,
        start in 0u64..900,
        length in prop::option::of(0u64..300),
        ended in prop::sample::select(vec![None, Some(ReasonCeased::X1), Some(ReasonCeased::E4a)]),
        began in prop::sample::select(vec![None, Some(ReasonNew::S), Some(ReasonNew::P), Some(ReasonNew::L)]),
        status in prop::sample::select(vec![None, Some(LegalStatus::C2), Some(LegalStatus::V3)]),
    ) -> EpisodeRow {
        let start = Date::from_ymd_opt(2021, 4, 1).unwrap() + chrono::Days::new(start);
        EpisodeRow {
            return_year: year,
            start,
            end: length.map(|days| start + chrono::Days::new(days)),
            reason_ceased: ended,
            reason_new: began,
            legal_status: status,
            ..EpisodeRow::default()
        }
    }
}

fn joined(episodes: &[EpisodeRow]) -> Option<Child> {
    join(ChildRecords { episodes: episodes.to_vec(), ..ChildRecords::default() }, &returns())
}

proptest! {
    #[test]
    fn the_order_of_rows_and_returns_does_not_matter(rows in prop::collection::vec(row(), 0..10), turn in 0usize..10) {
        // Of two rows with one key in one return the later end wins; equal rows but for their codes would be a draw.
        let mut rows = rows;
        rows.sort_by_key(|r| (r.start, r.return_year));
        rows.dedup_by_key(|r| (r.start, r.return_year));
        let straight = format!("{:?}", joined(&rows));
        let turned_by = turn.min(rows.len());
        rows.rotate_left(turned_by);
        rows.reverse();
        prop_assert_eq!(straight, format!("{:?}", joined(&rows)));
    }

    #[test]
    fn periods_follow_each_other_and_their_episodes_abut(rows in prop::collection::vec(row(), 0..10)) {
        let Some(child) = joined(&rows) else { return Ok(()) };
        for pair in child.periods.windows(2) {
            prop_assert!(pair[0].end.is_some_and(|end| end <= pair[1].start));
        }
        for period in child.periods.iter() {
            prop_assert!(period.end.is_none_or(|end| end > period.start));
            prop_assert!(period.episodes.windows(2).all(|pair| pair[0].end == Some(pair[1].start)));
            prop_assert_eq!(period.episodes.first().map(|e| e.start), Some(period.start));
            prop_assert_eq!(period.episodes.last().and_then(|e| e.end), period.end);
            prop_assert!(period.episodes.iter().all(|e| e.legal_status != Some(LegalStatus::V3)));
            prop_assert!(period.placements.first().is_some_and(|p| p.start == period.start));
        }
    }

    #[test]
    fn a_child_is_looked_after_on_the_first_day_and_not_on_the_last(rows in prop::collection::vec(row(), 0..10)) {
        let Some(child) = joined(&rows) else { return Ok(()) };
        for period in child.periods.iter() {
            prop_assert!(child.looked_after_on(period.start));
            if let Some(end) = period.end {
                let came_back = child.periods.iter().any(|later| later.start == end);
                prop_assert_eq!(child.looked_after_on(end), came_back);
            }
        }
    }
}
