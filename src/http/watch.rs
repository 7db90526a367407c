//! Counters that alarms are set on: who is refused often, reads many children, reads at night, walks through all figures,
//! or tries one identifier after the other.
//!
//! They name nobody: each is a sum by role, and beside it the most that any one principal has in the running hour. Who that
//! was is for the readers of the record of reading. Identifiers are compared and never shown.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Timelike, Utc};

use crate::audit::{Digest, Read, Trace};

/// What is counted: its name as a sum, its name as the most of one principal, and what it means.
const COUNTED: [(&str, &str, &str); 5] = [
    ("lookedafter_denials_total", "lookedafter_denials_of_one", "Requests in which something was refused"),
    (
        "lookedafter_children_read_total",
        "lookedafter_children_read_of_one",
        "Children whose rows were shown, each once an hour",
    ),
    (
        "lookedafter_night_reads_total",
        "lookedafter_night_reads_of_one",
        "Requests from 22 to 6 o'clock UTC that children's rows were shown to",
    ),
    (
        "lookedafter_figures_read_total",
        "lookedafter_figures_read_of_one",
        "Figures at levels S and R that were shown, each once an hour",
    ),
    (
        "lookedafter_ids_in_sequence_total",
        "lookedafter_ids_in_sequence_of_one",
        "Identifiers of nobody that were asked for one after the other",
    ),
];

/// The hours of the night, in UTC: in summer an hour later by the clock on the wall.
const EVENING: u32 = 22;
const MORNING: u32 = 6;

/// Most principals that are remembered in an hour; those beyond are counted again with each request.
const MOST: usize = 10_000;

/// What each principal has done in the running hour.
#[derive(Default)]
pub(super) struct Watch(Mutex<Hour>);

#[derive(Default)]
struct Hour {
    /// Hours since 1970.
    number: i64,
    /// By principal and role.
    seen: HashMap<(Option<Digest>, String), Seen>,
    /// The most of any one principal, by role.
    most: HashMap<String, HourCounts>,
}

#[derive(Default)]
struct Seen {
    children: HashSet<Trace>,
    figures: HashSet<String>,
    missed: Option<u64>,
    counted: HourCounts,
}

/// How often each thing happened, in the order of [`COUNTED`].
type HourCounts = [u64; 5];

/// Says what the counters mean.
pub(super) fn describe() {
    for (sum, most, what) in COUNTED {
        metrics::describe_counter!(sum, format!("{what}, by role."));
        metrics::describe_gauge!(most, format!("{what}: the most of any one principal in the running hour, by role."));
    }
}

impl Watch {
    /// Counts a request with what is recorded of it, and the identifiers in it that stand for nobody.
    pub(super) fn count(&self, read: &Read, missed: &[String], at: DateTime<Utc>) {
        let mut hour = self.turned(at);
        let counted = hour.note(read, missed, at);
        let role = &read.principal.role;
        let most = hour.most.get(role).copied().unwrap_or_default();
        for (((sum, of_one, _), by), most) in COUNTED.into_iter().zip(counted).zip(most) {
            if by > 0 {
                metrics::counter!(sum, "role" => role.clone()).increment(by);
                metrics::gauge!(of_one, "role" => role.clone()).set(most as f64);
            }
        }
    }

    /// Begins again where another hour has begun.
    pub(super) fn turn(&self, at: DateTime<Utc>) {
        drop(self.turned(at));
    }

    fn turned(&self, at: DateTime<Utc>) -> MutexGuard<'_, Hour> {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = at.timestamp().div_euclid(3_600);
        if number != hour.number {
            for (role, (_, of_one, _)) in hour.most.keys().flat_map(|role| COUNTED.map(|counted| (role, counted))) {
                metrics::gauge!(of_one, "role" => role.clone()).set(0.0);
            }
            *hour = Hour { number, ..Hour::default() };
        }
        hour
    }
}

impl Hour {
    fn note(&mut self, read: &Read, missed: &[String], at: DateTime<Utc>) -> HourCounts {
        if self.seen.len() > MOST {
            self.seen.clear();
        }
        let role = &read.principal.role;
        let seen = self.seen.entry((read.principal.subject, role.clone())).or_default();
        let is_night = at.hour() >= EVENING || at.hour() < MORNING;
        let counted = [
            u64::from(!read.outcome.permitted || read.outcome.reason.is_some()),
            read.about.children.iter().filter(|child| seen.children.insert(**child)).count() as u64,
            u64::from(is_night && read.about.child_count > 0),
            read.about.tables.iter().filter(|figure| seen.figures.insert((*figure).clone())).count() as u64,
            missed.iter().filter(|id| seen.is_next(id)).count() as u64,
        ];
        let most = self.most.entry(role.clone()).or_default();
        for ((sum, most), by) in seen.counted.iter_mut().zip(most).zip(counted) {
            *sum += by;
            *most = (*most).max(*sum);
        }
        counted
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
        let watch = Watch::default();
        let count = |who, children: &[u8], time: &str| {
            let [_, children, night, figures, _] =
                watch.turned(at(time)).note(&read(who, children, &["E09000015 cla_number 2024"]), &[], at(time));
            (children, figures, night)
        };
        assert_eq!(count(1, &[1, 2], "12:00:00"), (2, 1, 0));
        assert_eq!(count(1, &[2, 3], "12:59:59"), (1, 0, 0));
        assert_eq!(count(2, &[2], "12:59:59"), (1, 1, 0));
        assert_eq!(count(1, &[2], "13:00:00"), (1, 1, 0));
    }

    #[test]
    fn the_night_is_from_22_to_6_and_counts_where_children_were_shown() {
        let night = |children: &[u8], time: &str| Hour::default().note(&read(1, children, &[]), &[], at(time))[2];
        let of_a_child = ["21:59:59", "22:00:00", "05:59:59", "06:00:00"].map(|time| night(&[1], time));
        assert_eq!((of_a_child, night(&[], "23:00:00")), ([0, 1, 1, 0], 0));
    }

    #[test]
    fn what_was_refused_counts_also_beside_what_was_permitted() {
        let denials = |permitted, reason: Option<&str>| {
            let outcome = Outcome { permitted, reason: reason.map(str::to_owned), ..Outcome::default() };
            Hour::default().note(&Read { outcome, ..read(1, &[], &[]) }, &[], at("12:00:00"))[0]
        };
        assert_eq!([denials(true, None), denials(true, Some("NO_GRANT")), denials(false, None)], [0, 1, 1]);
    }

    #[test]
    fn identifiers_of_nobody_that_follow_each_other_are_counted_across_requests() {
        let mut hour = Hour::default();
        let mut tried = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            hour.note(&read(1, &[], &[]), &ids, at("12:00:00"))[4]
        };
        assert_eq!(tried(&["C0007"]), 0);
        assert_eq!(tried(&["C0008", "C0009", "C0020"]), 2);
        assert_eq!(tried(&["C0019", "none", "é9", "10"]), 2);
    }

    #[test]
    fn the_sum_of_a_role_and_the_most_of_one_principal_are_shown_and_nobody_is_named() {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            let watch = Watch::default();
            let told = |line: &str| recorder.handle().render().lines().any(|found| found == line);
            watch.count(&read(1, &[1, 2], &[]), &[], at("12:00:00"));
            watch.count(&read(2, &[1, 2, 3], &[]), &[], at("12:10:00"));
            watch.count(&read(1, &[2, 3], &[]), &[], at("12:20:00"));
            assert!(told("lookedafter_children_read_total{role=\"analyst\"} 6"), "{}", recorder.handle().render());
            assert!(told("lookedafter_children_read_of_one{role=\"analyst\"} 3"), "{}", recorder.handle().render());
            assert!(!recorder.handle().render().contains("principal=\""));
            watch.turn(at("12:59:59"));
            assert!(told("lookedafter_children_read_of_one{role=\"analyst\"} 3"));
            watch.turn(at("13:00:00"));
            assert!(told("lookedafter_children_read_of_one{role=\"analyst\"} 0"));
            assert!(told("lookedafter_children_read_total{role=\"analyst\"} 6"));
        });
    }
}
