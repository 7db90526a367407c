//! One authority's children, as known at one import, ready to be counted.
//!
//! A snapshot never changes. A new import makes a new one, and a question reads one snapshot from beginning to end.

mod facts;
mod population;

pub use facts::{Fact, LoadedList};
pub use population::{MidYear, Population};

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    care::{
        Child,
        codes::MissingKind,
        join,
        records::{ChildRecords, HealthEventKind, LoadedReturn},
    },
    period::{Date, Window, financial_year_start},
};

/// A file that the figures rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Which list or return it is, such as `ssda903 2024 episodes`.
    pub source: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Rows that are in use.
    pub rows_used: u64,
}

/// Everything that figures about one authority are counted from.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// ONS code.
    pub authority: String,
    /// The latest import that the snapshot knows of.
    pub known_on: i64,
    /// Every child with a history, in order of identifier.
    pub children: Vec<Child>,
    /// The loaded returns, oldest first.
    pub returns: Vec<LoadedReturn>,
    /// The lists in force.
    pub lists: Vec<LoadedList>,
    /// The files behind it all.
    pub inputs: Vec<Input>,
    missing: Vec<(MissingKind, Window)>,
    dental_days: Vec<Date>,
    assessment_days: Vec<Date>,
    flag_years: Vec<i32>,
    leaver_years: Vec<i32>,
    lists_leavers: bool,
}

impl Snapshot {
    /// Joins the records of every child. Inputs and lists are filled in by the caller.
    pub fn new(
        authority: &str,
        known_on: i64,
        records: impl IntoIterator<Item = ChildRecords>,
        mut returns: Vec<LoadedReturn>,
    ) -> Self {
        returns.sort_unstable();
        let mut children: Vec<Child> = records.into_iter().filter_map(|records| join(records, &returns)).collect();
        children.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Self::of_children(authority, known_on, children, returns)
    }

    /// A snapshot of histories that are joined already and stand in order of identifier.
    pub fn of_children(authority: &str, known_on: i64, children: Vec<Child>, returns: Vec<LoadedReturn>) -> Self {
        let days_of = |kind: HealthEventKind| {
            let events = children.iter().flat_map(|child| child.health.iter());
            let mut days: Vec<Date> = events.filter(|event| event.kind.is_a(kind)).map(|event| event.on).collect();
            days.sort_unstable();
            days.dedup();
            days
        };
        let (dental_days, assessment_days) = (days_of(HealthEventKind::Dental), days_of(HealthEventKind::Assessment));
        let spells = children.iter().flat_map(|child| child.missing.iter());
        let missing = spells
            .filter_map(|spell| Some((spell.kind?, Window::new(spell.start, spell.end.unwrap_or(Date::MAX)))))
            .collect();
        let years_of = |years: &mut dyn Iterator<Item = i32>| years.collect::<BTreeSet<_>>().into_iter().collect();
        let flag_years = years_of(&mut children.iter().flat_map(|child| child.oc2.iter()).map(|row| row.return_year));
        let leavers = || children.iter().filter_map(|child| child.leaver.as_deref());
        let leaver_years = years_of(&mut leavers().flat_map(|leaver| leaver.oc3.iter()).map(|row| row.return_year));
        let lists_leavers = leavers().any(|leaver| !leaver.eligibility.is_empty());
        Self {
            authority: authority.to_owned(),
            known_on,
            children,
            returns,
            missing,
            dental_days,
            assessment_days,
            flag_years,
            leaver_years,
            lists_leavers,
            ..Self::default()
        }
    }

    /// The child with the identifier.
    pub fn child(&self, id: &str) -> Option<&Child> {
        let at = self.children.binary_search_by(|child| (*child.id).cmp(id)).ok()?;
        self.children.get(at)
    }

    /// The first day that the loaded returns cover: 1 April of the year of the first.
    pub fn records_from(&self) -> Option<Date> {
        self.returns.iter().map(|r| financial_year_start(r.up_to)).min()
    }

    /// The last day that the loaded returns cover (ruling 47).
    pub fn horizon(&self) -> Option<Date> {
        self.returns.iter().map(|r| r.up_to).max()
    }

    /// Whether the returns cover the day: the return of its financial year is loaded and reaches it.
    pub fn covers(&self, day: Date) -> bool {
        self.returns.iter().any(|r| day <= r.up_to && financial_year_start(r.up_to) <= day)
    }

    /// Whether the day lies in the first twelve months of the loaded returns, where chains of reviews that began
    /// earlier show misses that are not real (ruling 25).
    pub fn history_is_short_on(&self, day: Date) -> bool {
        self.returns.first().is_some_and(|r| financial_year_start(r.up_to) == financial_year_start(day))
    }

    /// Whether the authority holds a dated event of the kind in the window.
    pub fn has_health_events(&self, kind: HealthEventKind, window: Window) -> bool {
        let days = match kind {
            HealthEventKind::Dental => &self.dental_days,
            HealthEventKind::Assessment => &self.assessment_days,
            _ => return false,
        };
        let first = days.partition_point(|day| *day < window.from);
        days.get(first).is_some_and(|day| *day <= window.to)
    }

    /// Whether the day is a 31 March whose return holds the yearly health flags.
    pub fn has_yearly_flags_on(&self, day: Date) -> bool {
        self.flag_years.iter().any(|year| Date::from_ymd_opt(*year, 3, 31) == Some(day))
    }

    /// Whether any child was recorded as missing, or away, in the window.
    pub fn has_missing(&self, kind: MissingKind, window: Window) -> bool {
        self.missing.iter().any(|(k, spell)| *k == kind && spell.from <= window.to && spell.to >= window.from)
    }

    /// Whether the authority has loaded a list of care leavers with their eligibility.
    pub fn lists_leavers(&self) -> bool {
        self.lists_leavers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::{records::HealthEvent, story};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_after_the_last_return_or_between_returns_are_not_covered() {
        let returns = vec![
            LoadedReturn { year: 2021, up_to: day("2021-03-31") },
            LoadedReturn { year: 2023, up_to: day("2022-09-30") },
        ];
        let snapshot = Snapshot::new("E09000015", 1, [], returns);
        assert_eq!(snapshot.horizon(), Some(day("2022-09-30")));
        assert_eq!(snapshot.records_from(), Some(day("2020-04-01")));
        assert!(snapshot.covers(day("2020-04-01")) && snapshot.covers(day("2022-09-30")));
        assert!(!snapshot.covers(day("2020-03-31")) && !snapshot.covers(day("2021-04-01")));
        assert!(!snapshot.covers(day("2022-10-01")));
    }

    #[test]
    fn initial_and_review_assessments_are_assessments_and_development_checks_are_not() {
        let holds = |kind| {
            let event = HealthEvent { kind, on: day("2023-06-01"), attended: true };
            let child = Child { health: [event].into(), ..story::child("placed 2023-05-01").unwrap().unwrap() };
            let window = Window::new(day("2022-10-01"), day("2023-09-30"));
            Snapshot::of_children("E09000015", 1, vec![child], Vec::new())
                .has_health_events(HealthEventKind::Assessment, window)
        };
        assert!(holds(HealthEventKind::Assessment));
        assert!(holds(HealthEventKind::InitialAssessment) && holds(HealthEventKind::ReviewAssessment));
        assert!(!holds(HealthEventKind::Development) && !holds(HealthEventKind::Dental));
    }
}
