//! Joining the returns of several years into one history for each child.
//!
//! The newest return wins, row by row. Rows are repaired first and short breaks are taken out afterwards
//! (ruling R7), so the order in which years were loaded never matters.

mod adult;
mod episodes;
mod mended;
mod periods;

pub use mended::{Fate, ROW_CUT, ROW_LOST, ROW_REPLACED, RepairedRow, Repairs};

use super::{
    child::{Child, Unaccompanied},
    leaver::LeaverHistory,
    missing::missing_episodes,
    records::{ChildRecords, DetailRow, LoadedReturn, ReviewRow},
};
use crate::period::Date;

/// The history of one child; none for a child who only ever had short breaks, and who is in no figure.
pub fn join(records: ChildRecords, returns: &[LoadedReturn]) -> Option<Child> {
    let mut chain = episodes::chain(records.episodes, returns);
    let had_rows = !chain.rows.is_empty();
    episodes::without_short_breaks(&mut chain.rows);
    let only_short_breaks = had_rows && chain.rows.is_empty();
    if only_short_breaks {
        return None;
    }
    let birth = newest(&records.details, |row| row.birth);
    let horizon = returns.iter().map(|r| r.up_to).max().unwrap_or(Date::MIN);
    adult::end_care_at_18(&mut chain, birth, horizon);
    let held = days_held(&records.reviews);
    let periods = periods::periods_of_care(&chain, &records.carers, &held, horizon);
    let missing = missing_episodes(records.missing, returns, &periods);
    let newest_unaccompanied = records.unaccompanied.iter().max_by_key(|row| row.return_year);
    let mut health = records.health;
    health.sort_by_key(|event| event.on);
    let mut oc2 = records.oc2;
    oc2.sort_by_key(|row| row.return_year);
    Some(Child {
        id: records.child,
        birth,
        sex: newest(&records.details, |row| row.sex),
        ethnicity: newest(&records.details, |row| row.ethnicity),
        unaccompanied: newest_unaccompanied.map(|row| Unaccompanied { until: row.until }),
        periods,
        missing,
        health: health.into(),
        oc2: oc2.into(),
        adoption_decided: records.adoption_decisions.into_iter().min(),
        leaver: LeaverHistory::new(records.oc3, records.contacts, records.eligibility).map(Box::new),
        repairs: Repairs::of(&chain.mended),
    })
}

/// The value of the newest return that gives one (ruling 20).
fn newest<T: Copy>(details: &[DetailRow], value: impl Fn(&DetailRow) -> Option<T>) -> Option<T> {
    details.iter().filter_map(|row| Some((row.return_year, value(row)?))).max_by_key(|(year, _)| *year).map(|(_, v)| v)
}

/// The days on which reviews were held, in order; two on one day are one.
fn days_held(reviews: &[ReviewRow]) -> Vec<Date> {
    let mut days: Vec<Date> = reviews.iter().map(|r| r.held).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The rows of a child that cannot stand beside those of other returns as they were sent.
pub fn mended(records: &ChildRecords, returns: &[LoadedReturn]) -> Vec<RepairedRow> {
    episodes::chain(records.episodes.clone(), returns).mended
}

/// The last day that a return covers, if a later return is loaded.
pub(super) fn last_day_if_followed(year: i32, returns: &[LoadedReturn]) -> Option<Date> {
    returns.iter().any(|r| r.year > year).then(|| episodes::last_day_of(year, returns)).flatten()
}

#[cfg(test)]
mod laws_tests;
#[cfg(test)]
mod years_tests;

#[cfg(test)]
mod tests {
    use crate::care::{Child, codes::ReasonCeased, story};

    fn child(text: &str) -> Child {
        story::child(text).unwrap().unwrap()
    }

    fn periods(text: &str) -> Vec<String> {
        let show = |p: &crate::care::PeriodOfCare| {
            let end = p.end.map_or("now".into(), |end| end.to_string());
            format!("{}..{} {}", p.start, end, p.end_reason.map_or("-", ReasonCeased::code))
        };
        child(text).periods.iter().map(show).collect()
    }

    #[test]
    fn a_change_of_placement_on_the_same_day_goes_on() {
        assert_eq!(periods("placed 2023-01-01, moved 2023-02-01, left 2023-03-01 E4A"), ["2023-01-01..2023-03-01 E4A"]);
    }

    #[test]
    fn coming_back_on_the_day_care_ended_is_a_new_period() {
        assert_eq!(
            periods("placed 2023-01-01, left 2023-03-01 E4A, placed 2023-03-01"),
            ["2023-01-01..2023-03-01 E4A", "2023-03-01..now -"]
        );
    }

    #[test]
    fn a_gap_after_x1_ends_the_period_for_a_reason_unknown() {
        assert_eq!(
            periods("placed 2023-01-01, paused 2023-03-01, placed 2023-04-01"),
            ["2023-01-01..2023-03-01 -", "2023-04-01..now -"]
        );
    }

    #[test]
    fn short_breaks_are_taken_out_and_part_the_periods_around_them() {
        assert_eq!(
            periods("placed 2023-01-01, status 2023-03-01 V3, status 2023-04-01 C2"),
            ["2023-01-01..2023-03-01 -", "2023-04-01..now -"]
        );
        assert!(story::child("placed 2023-01-01 V4, left 2023-02-01 E8").unwrap().is_none());
    }

    #[test]
    fn a_short_break_cuts_an_overlapping_row_before_it_is_taken_out() {
        assert_eq!(
            periods("placed 2023-01-01 C2, left 2023-06-01 E4A, placed 2023-05-01 V3, left 2023-05-03 E8"),
            ["2023-01-01..2023-05-01 -"]
        );
    }

    #[test]
    fn the_newest_return_wins_and_the_order_of_returns_does_not_matter() {
        let first = "return 2023, placed 2023-01-01";
        let second = "return 2024, placed 2023-01-01, left 2023-05-01 E45";
        let forward = periods(&format!("{first}, {second}"));
        assert_eq!(forward, ["2023-01-01..2023-05-01 E45"]);
        assert_eq!(periods(&format!("{second}, {first}")), forward);
    }

    #[test]
    fn a_child_absent_for_a_year_and_held_again_was_never_gone() {
        assert_eq!(
            periods("return 2018, placed 2017-06-01, return 2019, return 2020, placed 2017-06-01"),
            ["2017-06-01..now -"]
        );
    }

    #[test]
    fn a_missing_spell_left_open_ends_with_its_return_if_another_follows() {
        let joined = child("return 2023, placed 2023-01-01, missing 2023-03-01, return 2024, placed 2023-01-01");
        assert_eq!(joined.missing.first().unwrap().end, Some("2023-03-31".parse().unwrap()));
    }
}
