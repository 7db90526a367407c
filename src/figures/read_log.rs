//! What one request has touched: which authorities, how close to the children, which children. The audit record is
//! made from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use super::{AuthorityData, Notice};
use crate::access::{Denial, Domain, Grant, Level};
use crate::audit::Trace;

/// Most identifiers of nothing that are noted.
const MOST_MISSED: usize = 100;

/// What one request has touched so far; cheap to clone, all clones write on one.
#[derive(Clone, Default)]
pub struct ReadLog(Arc<Mutex<Reads>>);

/// What was touched.
#[derive(Clone, Default)]
pub struct Reads {
    /// ONS codes of the authorities that were asked about, permitted or not.
    pub authorities: BTreeSet<String>,
    /// What was read.
    pub domains: BTreeSet<Domain>,
    /// The closest level that was read at.
    pub closest: Option<Level>,
    /// The most telling reason for something that was not permitted.
    pub denial: Option<Denial>,
    /// The grants that permitted it.
    pub grants: BTreeSet<String>,
    /// Figures that were given.
    pub cells: u64,
    /// Figures that were held back as confidential.
    pub confidential: u64,
    /// Figures at levels S and R by authority, indicator and period.
    pub released: BTreeSet<String>,
    children: BTreeMap<String, (Arc<AuthorityData>, BTreeSet<usize>)>,
    searched: BTreeSet<Trace>,
    /// Identifiers that were asked for and stand for nothing that the viewer may know of, the first of them.
    pub missed: Vec<String>,
    /// Other rows that were read, such as carer households.
    pub rows: u64,
    /// Why the answer holds less than its reader may expect.
    pub notices: BTreeSet<Notice>,
}

impl Reads {
    /// How the children whose rows were read stand in the audit record. One without a key of its own has been erased
    /// in the meantime.
    pub fn traces(&self) -> Vec<Trace> {
        let of = |(data, places): &(Arc<AuthorityData>, BTreeSet<usize>)| {
            let children = places.iter().filter_map(|place| data.snapshot.children.get(*place));
            children.filter_map(|child| data.traces.of(&child.id)).collect::<Vec<_>>()
        };
        self.children.values().flat_map(of).chain(self.searched.iter().copied()).collect()
    }

    /// How a child whose rows were read stands in the audit record, by the authority's identifier.
    pub fn trace_of(&self, child: &str) -> Option<Trace> {
        let known = self.children().find(|(_, id)| *id == child).map(|(authority, _)| authority);
        self.children.get(known?).and_then(|(data, _)| data.traces.of(child))
    }

    /// The children whose rows were read, as authority and identifier.
    pub fn children(&self) -> impl Iterator<Item = (&str, &str)> {
        self.children.iter().flat_map(|(authority, (data, places))| {
            let id = |place: &usize| data.snapshot.children.get(*place).map(|child| &*child.id);
            places.iter().filter_map(id).map(move |id| (authority.as_str(), id))
        })
    }
}

impl ReadLog {
    /// What was touched until now.
    pub fn touched(&self) -> Reads {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why the answer holds less than its reader may expect, as far as it is made.
    pub fn notices(&self) -> BTreeSet<Notice> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).notices.clone()
    }

    /// Notes something.
    pub(super) fn note(&self, write: impl FnOnce(&mut Reads)) {
        write(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Notes that something about an authority was not permitted.
    pub fn denied(&self, authority: &str, denial: Denial) {
        self.note(|touched| {
            touched.authorities.insert(authority.to_owned());
            touched.denial = touched.denial.max(Some(denial));
        });
    }

    /// Notes that it was looked up who read about a child.
    pub fn searched(&self, child: Trace) {
        self.note(|touched| {
            touched.searched.insert(child);
        });
    }

    /// Notes an identifier that stands for nothing that the viewer may know of.
    pub fn missed(&self, id: &str) {
        self.note(|touched| {
            if touched.missed.len() < MOST_MISSED {
                touched.missed.push(id.to_owned());
            }
        });
    }

    /// Notes the grant by which something was done for an authority.
    pub fn granted(&self, grant: &Grant) {
        self.note(|touched| {
            touched.authorities.insert(grant.authority.clone());
            touched.grants.insert(grant.id.clone());
        });
    }

    /// Notes that something was read that is no figure and no child.
    pub fn read(&self, domain: Domain, level: Level, rows: u64) {
        self.note(|touched| {
            touched.read(domain, level);
            touched.rows += rows;
        });
    }

    /// Notes that a child's rows were read.
    pub(super) fn child(&self, data: &Arc<AuthorityData>, place: usize) {
        self.note(|touched| {
            let children = touched.children.entry(data.reference.place.ons_code.clone());
            children.or_insert_with(|| (Arc::clone(data), BTreeSet::new())).1.insert(place);
        });
    }
}

impl Reads {
    /// Notes a reading.
    pub(super) fn read(&mut self, domain: Domain, level: Level) {
        self.domains.insert(domain);
        self.closest = Some(self.closest.map_or(level, |closest| closest.min(level)));
    }
}
