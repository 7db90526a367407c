//! Reviews of a child's care: when each was due and whether it was held in time (methodology M10, rulings 23 to 25).
//!
//! The first review is due twenty working days after care began, the second three months after the first was held,
//! later ones six months after the one before. A review held early moves the dates that follow. While one is missed,
//! the next falls due from the missed date.

use crate::period::{Date, add_months};

/// A review that fell due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewDue {
    /// The day by which it had to be held.
    pub due: Date,
    /// The day it was held, in time or late; none while outstanding.
    pub held: Option<Date>,
}

impl ReviewDue {
    /// Whether the review was held on or before its due date.
    pub fn in_time(&self) -> bool {
        self.held.is_some_and(|held| held <= self.due)
    }
}

/// The chain of reviews of one period of care, from its first due date up to `horizon`, the last day of the records.
///
/// `held` are the days of reviews within the period, in order and without repeats. A date that a late review
/// overtook before it was reached does not fall due.
pub(super) fn reviews_due(first_due: Date, end: Option<Date>, held: &[Date], horizon: Date) -> Box<[ReviewDue]> {
    let mut chain: Vec<ReviewDue> = Vec::new();
    let mut held = held.iter().copied().peekable();
    let mut due = first_due;
    let mut any_held = false;
    let mut missed = false;
    loop {
        if let Some(on) = held.next_if(|on| *on <= due) {
            match chain.last_mut() {
                Some(last) if missed => last.held = Some(on),
                _ => chain.push(ReviewDue { due, held: Some(on) }),
            }
            due = add_months(on, if any_held { 6 } else { 3 });
            any_held = true;
            missed = false;
            continue;
        }
        if end.is_some_and(|end| due >= end) || (due > horizon && held.peek().is_none()) {
            return chain.into();
        }
        let first = chain.is_empty();
        chain.push(ReviewDue { due, held: None });
        due = add_months(due, if first { 3 } else { 6 });
        missed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn chain(first_due: &str, held: &[&str], horizon: &str) -> Vec<String> {
        let held: Vec<Date> = held.iter().map(|h| day(h)).collect();
        reviews_due(day(first_due), None, &held, day(horizon))
            .iter()
            .map(|r| match r.held {
                Some(held) => format!("{} {}", r.due, held),
                None => r.due.to_string(),
            })
            .collect()
    }

    #[test]
    fn the_second_review_is_due_three_months_after_the_first_and_later_ones_six() {
        assert_eq!(
            chain("2023-01-31", &["2023-01-20", "2023-04-20", "2023-10-01"], "2023-12-31"),
            ["2023-01-31 2023-01-20", "2023-04-20 2023-04-20", "2023-10-20 2023-10-01"]
        );
    }

    #[test]
    fn missed_reviews_roll_three_months_after_the_first_then_six() {
        assert_eq!(chain("2023-01-31", &[], "2023-12-31"), ["2023-01-31", "2023-04-30", "2023-10-30"]);
    }

    #[test]
    fn the_first_review_held_is_followed_by_three_months_even_after_misses() {
        assert_eq!(
            chain("2023-01-31", &["2023-06-01"], "2023-10-01"),
            ["2023-01-31", "2023-04-30 2023-06-01", "2023-09-01"]
        );
    }

    #[test]
    fn a_date_overtaken_by_a_late_review_does_not_fall_due() {
        assert_eq!(
            chain("2023-01-31", &["2023-01-20", "2023-04-25"], "2023-11-01"),
            ["2023-01-31 2023-01-20", "2023-04-20 2023-04-25", "2023-10-25"]
        );
    }

    #[test]
    fn nothing_falls_due_on_the_day_care_ends() {
        let reviews = reviews_due(day("2023-01-31"), Some(day("2023-01-31")), &[], day("2023-12-31"));
        assert!(reviews.is_empty());
    }
}
