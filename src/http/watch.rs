//! Counters that alarms are set on: who is refused often, reads many children, reads at night, walks through all figures,
//! or tries one identifier after the other.
//!
//! A principal stands in them as the first digits of the digest under which the record of reading has them. What is
//! remembered is of the running hour alone; identifiers are compared and never shown.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Timelike, Utc};

use crate::audit::{Digest, Read, Trace};

/// Refused requests.
const DENIALS: &str = "lookedafter_denials_total";
/// Children whose rows were shown, each once an hour.
const CHILDREN: &str = "lookedafter_children_read_total";
/// Requests by night that children's rows were shown to.
const NIGHT: &str = "lookedafter_night_reads_total";
/// Figures at S and R that were shown, each once an hour.
const FIGURES: &str = "lookedafter_figures_read_total";
/// Identifiers of nobody, each the next after the one before.
const IN_SEQUENCE: &str = "lookedafter_ids_in_sequence_total";

/// The hours of the night, in UTC: in summer an hour later by the clock on the wall.
const EVENING: u32 = 22;
const MORNING: u32 = 6;

/// How many digits of a digest are shown.
const DIGITS: usize = 12;

/// Most principals that are remembered in an hour; those beyond are counted anew with each request.
const MOST: usize = 10_000;

/// What each principal has done in the running hour.
#[derive(Default)]
pub(super) struct Watch(Mutex<Hour>);

#[derive(Default)]
struct Hour {
    /// Hours since 1970.
    number: i64,
    seen: HashMap<Option<Digest>, Seen>,
}

#[derive(Default)]
struct Seen {
    children: HashSet<Trace>,
    figures: HashSet<String>,
    missed: Option<u64>,
}

/// By how much each counter goes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    denials: u64,
    children: u64,
    night: u64,
    figures: u64,
    in_sequence: u64,
}

/// Says what the counters mean.
pub(super) fn describe() {
    metrics::describe_counter!(DENIALS, "Requests in which something was refused, by principal and role.");
    metrics::describe_counter!(CHILDREN, "Children whose rows were shown, each once an hour, by principal and role.");
    metrics::describe_counter!(NIGHT, "Requests from 22 to 6 o'clock UTC that children's rows were shown to.");
    metrics::describe_counter!(FIGURES, "Figures at levels S and R that were shown, each once an hour.");
    metrics::describe_counter!(IN_SEQUENCE, "Identifiers of nobody that were asked for one after the other.");
}

impl Watch {
    /// Counts a request with what is recorded of it, and the identifiers in it that stand for nobody.
    pub(super) fn count(&self, read: &Read, missed: &[String], at: DateTime<Utc>) {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner).note(read, missed, at);
        let principal = read.principal.subject.map_or_else(|| "public".to_owned(), |digest| digest.to_string());
        let principal: String = principal.chars().take(DIGITS).collect();
        let Counted { denials, children, night, figures, in_sequence } = counted;
        for (name, by) in
            [(DENIALS, denials), (CHILDREN, children), (NIGHT, night), (FIGURES, figures), (IN_SEQUENCE, in_sequence)]
        {
            if by > 0 {
                let labels = [("principal", principal.clone()), ("role", read.principal.role.clone())];
                metrics::counter!(name, &labels).increment(by);
            }
        }
    }
}

impl Hour {
    fn note(&mut self, read: &Read, missed: &[String], at: DateTime<Utc>) -> Counted {
        let number = at.timestamp().div_euclid(3_600);
        if number != self.number || self.seen.len() > MOST {
            *self = Hour { number, ..Hour::default() };
        }
        let seen = self.seen.entry(read.principal.subject).or_default();
        let is_night = at.hour() >= EVENING || at.hour() < MORNING;
        Counted {
            denials: u64::from(!read.outcome.permitted || read.outcome.reason.is_some()),
            children: read.about.children.iter().filter(|child| seen.children.insert(**child)).count() as u64,
            night: u64::from(is_night && read.about.child_count > 0),
            figures: read.about.tables.iter().filter(|figure| seen.figures.insert((*figure).clone())).count() as u64,
            in_sequence: missed.iter().filter(|id| seen.is_next(id)).count() as u64,
        }
    }
}

impl Seen {
    /// Whether an identifier ends in the number after that of the one before, or before it.
    fn is_next(&mut self, id: &str) -> bool {
        let digits = id.len() - id.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let number = id.get(id.len() - digits..).and_then(|digits| digits.parse::<u64>().ok());
        let before = std::mem::replace(&mut self.missed, number);
        number.zip(before).is_some_and(|(number, before)| number.abs_diff(before) == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{About, Bytes, Outcome, Principal};

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-03-10T{time}Z").parse().unwrap()
    }

    fn read(who: u8, children: &[u8], figures: &[&str]) -> Read {
        Read {
            principal: Principal { subject: Some(Bytes([who; 32])), role: "analyst".into(), ..Principal::default() },
            about: About {
                child_count: children.len() as u64,
                children: children.iter().map(|child| Bytes([*child; 16])).collect(),
                tables: figures.iter().map(|figure| (*figure).to_owned()).collect(),
                ..About::default()
            },
            outcome: Outcome { permitted: true, ..Outcome::default() },
            ..Read::default()
        }
    }

    #[test]
    fn a_child_and_a_figure_count_once_an_hour_for_each_principal() {
        let mut hour = Hour::default();
        let mut count = |who, children: &[u8], time: &str| {
            let counted = hour.note(&read(who, children, &["E09000015 cla_number 2024"]), &[], at(time));
            (counted.children, counted.figures, counted.night)
        };
        assert_eq!(count(1, &[1, 2], "12:00:00"), (2, 1, 0));
        assert_eq!(count(1, &[2, 3], "12:59:59"), (1, 0, 0));
        assert_eq!(count(2, &[2], "12:59:59"), (1, 1, 0));
        assert_eq!(count(1, &[2], "13:00:00"), (1, 1, 0));
    }

    #[test]
    fn the_night_is_from_22_to_6_and_counts_where_children_were_shown() {
        let night = |children: &[u8], time: &str| Hour::default().note(&read(1, children, &[]), &[], at(time)).night;
        let of_a_child = ["21:59:59", "22:00:00", "05:59:59", "06:00:00"].map(|time| night(&[1], time));
        assert_eq!((of_a_child, night(&[], "23:00:00")), ([0, 1, 1, 0], 0));
    }

    #[test]
    fn what_was_refused_counts_also_beside_what_was_permitted() {
        let denials = |permitted, reason: Option<&str>| {
            let outcome = Outcome { permitted, reason: reason.map(str::to_owned), ..Outcome::default() };
            Hour::default().note(&Read { outcome, ..read(1, &[], &[]) }, &[], at("12:00:00")).denials
        };
        assert_eq!([denials(true, None), denials(true, Some("NO_GRANT")), denials(false, None)], [0, 1, 1]);
    }

    #[test]
    fn identifiers_of_nobody_that_follow_each_other_are_counted_across_requests() {
        let mut hour = Hour::default();
        let mut tried = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            hour.note(&read(1, &[], &[]), &ids, at("12:00:00")).in_sequence
        };
        assert_eq!(tried(&["C0007"]), 0);
        assert_eq!(tried(&["C0008", "C0009", "C0020"]), 2);
        assert_eq!(tried(&["C0019", "none", "é9", "10"]), 2);
    }
}
