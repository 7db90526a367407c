//! Everything that is held about one authority at one moment: its children and what they are set beside.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};

use crate::{
    audit::Traces,
    breakdowns::Group,
    comparators::{AreaCodes, Edition, PublishedFigure, Target},
    indicators::{Indicator, IndicatorCounts, count},
    period::Date,
    snapshot::{Population, Snapshot},
};

/// How many counted cells are kept before all are dropped; far more than a day of questions about one authority.
const MOST_KEPT: usize = 20_000;

/// An area's names and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// ONS nine-character code.
    pub ons_code: String,
    /// Its name; the code for one that is neither an English authority's nor on a list of areas.
    pub name: String,
    /// Three-digit number used by the Department for Education.
    pub la_code: Option<String>,
    /// The region it lies in.
    pub region: Option<Region>,
}

/// A region of England.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// ONS code, or the name where no code is known.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One edition of the authority's statistical neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeighbourEdition {
    /// Its name, usually a year.
    pub name: String,
    /// First day on which it is current, if it says so.
    pub current_from: Option<Date>,
    /// The neighbours by rank.
    pub members: Vec<Neighbour>,
}

/// A statistical neighbour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbour {
    /// 1 is the closest.
    pub rank: i32,
    /// Which authority.
    pub place: Place,
    /// How close, in the words of the edition.
    pub closeness: Option<String>,
}

/// What has been published about one indicator, older documents first.
#[derive(Clone, Debug, Default)]
pub struct PublishedFigures {
    /// The authority's own printed figures.
    pub local: Vec<PublishedFigure>,
    /// Averages of the statistical neighbours as printed.
    pub neighbours: Vec<PublishedFigure>,
    /// England.
    pub england: Vec<PublishedFigure>,
    /// The authority's region.
    pub region: Vec<PublishedFigure>,
    /// What each edition's members published.
    pub editions: Vec<Edition>,
    /// The same of single groups of children.
    pub groups: HashMap<Group, PublishedFigures>,
}

impl PublishedFigures {
    /// What was published of all children or, for a group, of that group alone (ruling 57).
    pub fn of(&self, group: Option<Group>) -> Option<&PublishedFigures> {
        group.map_or(Some(self), |group| self.groups.get(&group))
    }
}

/// The newest imports that touch an authority: whatever came after them has changed nothing of what is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Of its own records.
    pub(super) records: i64,
    /// Of what they are set beside.
    pub(super) reference: i64,
}

impl State {
    /// The newest of all that touch the authority.
    pub(super) fn newest(self) -> i64 {
        self.records.max(self.reference)
    }
}

/// Everything held about one authority, as known at one import. States that differ in the one share the other.
#[derive(Debug, Default)]
pub struct AuthorityData {
    pub(super) state: State,
    /// When the newest import that touches the authority was received.
    pub known_at: Option<DateTime<Utc>>,
    /// Its own records.
    pub records: Arc<Records>,
    /// What they are set beside.
    pub reference: Arc<Reference>,
}

impl Deref for AuthorityData {
    type Target = Records;

    fn deref(&self) -> &Records {
        &self.records
    }
}

/// An authority's own records, with what has been counted of them: the part that is dear to read.
#[derive(Debug, Default)]
pub struct Records {
    /// The children, returns and files.
    pub snapshot: Snapshot,
    /// How each child stands in the audit record.
    pub traces: Traces,
    counted: RwLock<HashMap<(&'static str, Date), IndicatorCounts>>,
}

/// What an authority's figures are set beside.
#[derive(Debug, Default)]
pub struct Reference {
    /// Names and numbers of the authority.
    pub place: Place,
    /// Mid-year estimates of its child population.
    pub population: Population,
    /// Targets by indicator code.
    pub targets: HashMap<String, Vec<Target>>,
    /// Published figures by indicator code.
    pub published: HashMap<String, PublishedFigures>,
    /// Editions of the statistical neighbours.
    pub editions: Vec<NeighbourEdition>,
    /// Which codes mean one authority.
    pub codes: AreaCodes,
}

impl Records {
    /// Records of which nothing has been counted yet.
    pub(super) fn new(snapshot: Snapshot, traces: Traces) -> Self {
        Self { snapshot, traces, counted: RwLock::default() }
    }

    /// What is counted for the indicator as at the day; every count is made once.
    pub fn counted(&self, indicator: &'static Indicator, on: Date) -> IndicatorCounts {
        self.count_together(&[indicator], on);
        let kept = self.counted.read().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&(indicator.code, on)).cloned();
        drop(kept);
        // Another thread may have emptied the store between the two steps.
        found.unwrap_or_else(|| count_one(&self.snapshot, indicator, on))
    }

    /// Counts in one pass whatever of the indicators has not been counted yet.
    pub fn count_together(&self, indicators: &[&'static Indicator], on: Date) {
        let kept = self.counted.read().unwrap_or_else(PoisonError::into_inner);
        let wanted: Vec<&'static Indicator> =
            indicators.iter().copied().filter(|indicator| !kept.contains_key(&(indicator.code, on))).collect();
        drop(kept);
        if wanted.is_empty() {
            return;
        }
        let counted = count(&self.snapshot, &wanted, on);
        let mut kept = self.counted.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.extend(wanted.iter().map(|indicator| (indicator.code, on)).zip(counted));
    }
}

fn count_one(snapshot: &Snapshot, indicator: &'static Indicator, on: Date) -> IndicatorCounts {
    let absent = || IndicatorCounts { counts: crate::indicators::Counts::default(), absence: None };
    count(snapshot, &[indicator], on).pop().unwrap_or_else(absent)
}
