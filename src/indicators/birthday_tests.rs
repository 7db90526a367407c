//! Every indicator says whether it can turn on a birthday, and no other does.
//!
//! Invented children are counted twice at the end of every month of three years, the second time born some days earlier or
//! later. Nobody's care reaches the 18th birthday, whose day everyone may know as the one on which care ended; save under
//! V2 in a children's home, where it may go on.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};

use super::{all, count};
use crate::{
    breakdowns::{Dimension, Group},
    care::story,
    period::{Date, Period, PeriodKind, birthday},
    snapshot::Snapshot,
};

/// Someone with a birth date that may move, and everything else that is told of them.
#[derive(Clone, Debug)]
struct Life {
    born: Date,
    /// Whether they are unaccompanied until they are 18.
    unaccompanied: bool,
    facts: String,
}

impl Life {
    fn told(&self, later: i64) -> Snapshot {
        let born = self.born + TimeDelta::days(later);
        let until =
            if self.unaccompanied { format!(", unaccompanied until {}", birthday(born, 18)) } else { String::new() };
        let (records, returns) = story::records(&format!("born {born}{until}, {}", self.facts)).unwrap();
        Snapshot::new("E09000015", 1, [records], returns)
    }
}

fn day(from: &str, days: i64) -> impl Strategy<Value = Date> + use<> {
    let from: Date = from.parse().unwrap();
    (0..days).prop_map(move |n| from + TimeDelta::days(n))
}

/// A child who turns 5 or 16 in care.
fn in_care() -> impl Strategy<Value = Life> {
    let born = prop_oneof![day("2016-04-01", 1_000), day("2006-06-01", 600)];
    let moved = (day("2021-06-01", 200), day("2022-01-01", 700));
    let events = prop::collection::vec(
        (prop_oneof!["health", "dentist", "reviewed", "missing"], day("2021-04-01", 1_090)),
        1..6,
    );
    (born, day("2018-06-01", 1_000), moved, events, 0..40_u32).prop_map(
        |(born, placed, (moved, again), events, miles)| {
            let events: String = events.iter().map(|(kind, on)| format!(", {kind} {on}")).collect();
            let facts =
                format!("placed {placed} U6, moved {moved} U4, moved {again} U6 {miles} miles, oc2 2023 teeth{events}");
            Life { born, unaccompanied: false, facts }
        },
    )
}

/// Someone who left care at 17 and turns 19, 20, 21 or 25.
fn leaver() -> impl Strategy<Value = Life> {
    let born = prop_oneof![day("2000-06-01", 1_600), day("1996-06-01", 900)];
    let told = prop_oneof!["oc3 2023 YES F2 U1", "eligible 2019-05-01 FORMER_RELEVANT", "oc3 2024 NO 0 0"];
    let contacts = prop::collection::vec((day("2021-03-01", 1_100), prop_oneof!["YES G5 U1", "YES F2 S2"]), 0..4);
    (born, told, contacts).prop_map(|(born, told, contacts)| {
        let left = birthday(born, 17) + TimeDelta::days(30);
        let contacts: String = contacts.iter().map(|(on, status)| format!(", contact {on} {status}")).collect();
        let facts = format!("placed {} U6, left {left} E4A, {told}{contacts}", left - TimeDelta::days(500));
        Life { born, unaccompanied: false, facts }
    })
}

/// An unaccompanied child who turns 18, and stays in a children's home under V2.
fn unaccompanied() -> impl Strategy<Value = Life> {
    (day("2003-06-01", 900), 0..40_u32).prop_map(|(born, miles)| {
        let facts = format!("placed 2019-06-01 V2 K2 {miles} miles");
        Life { born, unaccompanied: true, facts }
    })
}

/// The indicators by which a life is counted otherwise when it began some days later, at the end of some month; those whose
/// age bands do are told apart.
fn turned(life: &Life, later: i64) -> (BTreeSet<&'static str>, bool) {
    let (one, other) = (life.told(0), life.told(later));
    let first = Period::containing(PeriodKind::Month, "2021-04-01".parse().unwrap());
    let mut found = (BTreeSet::new(), false);
    for month in std::iter::successors(Some(first), |month| Some(month.next())).take(36) {
        let (before, after) = (count(&one, all(), month.end), count(&other, all(), month.end));
        for ((indicator, before), after) in all().iter().zip(&before).zip(&after) {
            let groups = |dimension: Dimension| {
                dimension.groups().iter().any(|group: &Group| before.counts.group(*group) != after.counts.group(*group))
            };
            let whole = before.counts.total != after.counts.total || before.absence != after.absence;
            if whole || groups(Dimension::Ethnicity) || groups(Dimension::Gender) {
                found.0.insert(indicator.code);
            }
            found.1 |= groups(Dimension::AgeBand);
        }
    }
    found
}

#[test]
fn an_indicator_turns_on_a_birthday_exactly_where_it_says_so() {
    let lives = prop_oneof![in_care(), leaver(), unaccompanied()].boxed();
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha),
    );
    let mut found = BTreeSet::new();
    let mut bands = 0;
    for _ in 0..600 {
        let (life, later) = (lives.clone(), -27..28_i64).new_tree(&mut runner).unwrap().current();
        let (indicators, age_bands) = turned(&life, later);
        found.extend(indicators);
        bands += usize::from(age_bands);
    }
    let flagged: BTreeSet<_> = all().iter().filter(|i| i.depends_on_birthday).map(|i| i.code).collect();
    assert_eq!(found, flagged);
    assert!(bands > 50, "age bands turn for every indicator: {bands}");
}
