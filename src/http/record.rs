//! The record of a request: who asked, why, what, about whom, and what came of it. It is written before the answer leaves.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
    time::Instant,
};

use chrono::{DateTime, Utc};

use super::answer::SerializedAnswer;
use super::fault::Fault;
use super::watch::Watch;
use crate::access::{Role, Viewer};
use crate::audit::{About, ITEMS, OPERATION_NAME, Operation, Outcome, Principal, Read, digest_of};
use crate::figures::{ReadLog, Reads};
use crate::graphql::document::{DeclaredVariable, RequestSummary};
use crate::graphql::{self, child_in};
use crate::indicators;
use crate::period::{Date, Period};
use crate::store::AuditLog;

/// What stands in the place of a text that may be about a child, before the child's trace where there is one.
const HIDDEN: &str = "#";
/// How many values are kept of all variables together, with the lists and objects that hold them.
const ROOM: usize = 200;
/// The longest text that is looked at as a code: every code, date and word of the schema is shorter.
const LONGEST: usize = 64;

/// Writes the record of each request.
#[derive(Clone)]
pub struct Recorder {
    log: AuditLog,
    /// The words of the schema: they name no child.
    words: Arc<HashSet<String>>,
    watch: Arc<Watch>,
}

/// A request while it is being answered.
pub(super) struct Recording {
    viewer: Viewer,
    case: Option<String>,
    asked: RequestSummary,
    read_log: ReadLog,
    began: Instant,
}

/// How a request ended, as far as the record is concerned.
pub(super) enum RequestOutcome<'a> {
    /// With this answer.
    Answered(&'a SerializedAnswer),
    /// Without one, for this reason.
    ExecutionFailure(&'static str),
}

impl Recording {
    /// Begins with a request.
    pub(super) fn new(viewer: Viewer, case: Option<&str>, asked: RequestSummary, read_log: ReadLog) -> Self {
        Self { viewer, case: case.map(str::to_owned), asked, read_log, began: Instant::now() }
    }
}

impl Recorder {
    /// Writes to this log.
    pub fn new(log: AuditLog) -> Self {
        Self { log, words: Arc::new(graphql::words()), watch: Arc::default() }
    }

    /// The log that is written to.
    pub fn log(&self) -> &AuditLog {
        &self.log
    }

    /// Lets what is watched by the hour begin again with each.
    pub(super) fn keep_up(&self, now: DateTime<Utc>) {
        self.watch.turn(now);
    }

    /// Writes the record of a request.
    ///
    /// # Errors
    /// It cannot be stored: then the answer must not leave.
    pub(super) async fn write(&self, recording: Recording, ended: RequestOutcome<'_>) -> Result<(), Fault> {
        let (mut read, missed) = self.read(recording, ended);
        self.watch.count(&read, &missed, Utc::now());
        read.about.table_count = cut(&mut read.about.tables);
        self.log.append(read).await.map(|_| ()).map_err(|error| {
            tracing::error!(code = error.code(), "a request is not answered because it cannot be recorded");
            Fault::NotRecorded
        })
    }

    fn read(&self, recording: Recording, ended: RequestOutcome<'_>) -> (Read, Vec<String>) {
        let Recording { viewer, case, asked, read_log, began } = recording;
        let touched = read_log.touched();
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (read_something, bytes, failure) = match ended {
            RequestOutcome::Answered(answer) => (answer.holds_data, answer.bytes(), "INVALID"),
            RequestOutcome::ExecutionFailure(why) => (false, 0, why),
        };
        let denied = touched.denial.map(|denial| denial.code());
        let reason = denied.or((!read_something).then_some(failure));
        let children = touched.traces();
        let (authorities, authority_count) = authorities(&viewer, &touched);
        let read = Read {
            principal: principal(&viewer, &touched),
            purpose: viewer.purpose.map(|purpose| purpose.code().to_owned()),
            case_reference: case,
            operation: Operation {
                document: Some(asked.document),
                name: asked.name.map(|name| name.chars().take(OPERATION_NAME).collect()),
                variables: self.written(&asked.variables, &touched),
            },
            outcome: Outcome {
                permitted: read_something && (touched.closest.is_some() || denied.is_none()),
                reason: reason.map(str::to_owned),
                rows: touched.rows + touched.children().count() as u64,
                cells: touched.cells,
                suppressed: touched.confidential,
                bytes,
                ms,
            },
            about: About {
                levels: touched.closest.iter().map(|level| level.letter().to_owned()).collect(),
                domains: touched.domains.iter().map(|domain| domain.code().to_owned()).collect(),
                child_count: children.len() as u64,
                children,
                authorities,
                authority_count,
                tables: touched.released.into_iter().collect(),
                table_count: None,
            },
        };
        (read, touched.missed)
    }

    /// The variables; none where there are none. A child that was found stands in them as the trace that erasure makes
    /// unreadable, and nothing is kept of other texts that may be about one.
    fn written(&self, variables: &[DeclaredVariable], touched: &Reads) -> Option<String> {
        if variables.is_empty() {
            return None;
        }
        let mut room = ROOM;
        let written =
            variables.iter().zip(1..).take(ITEMS).map(|(DeclaredVariable { name, value, is_number }, place)| {
                let mut value = value.clone().into_json().unwrap_or_default();
                if !(*is_number && value.is_number()) {
                    self.hide(&mut value, touched, &mut room);
                }
                (self.name(name, place), value)
            });
        let mut written: serde_json::Map<_, _> = written.collect();
        if variables.len() > ITEMS {
            written.insert(HIDDEN.to_owned(), counted(variables.len()));
        }
        Some(serde_json::Value::Object(written).to_string())
    }

    /// A name that the schema has too; of any other, which whoever asks has made up, only its place is kept.
    fn name(&self, name: &str, place: u64) -> String {
        if self.words.contains(name) { name.to_owned() } else { format!("{HIDDEN}{place}") }
    }

    /// Of a long list the beginning is kept, and how many items there were; where there is no room any more, nothing.
    fn hide(&self, value: &mut serde_json::Value, touched: &Reads, room: &mut usize) {
        if *room == 0 {
            *value = HIDDEN.into();
            return;
        }
        *room -= 1;
        match value {
            serde_json::Value::String(text) if !self.is_plain(text) => {
                let child = child_in(text).unwrap_or_else(|| std::mem::take(text));
                *text = touched.trace_of(&child).map_or_else(|| HIDDEN.to_owned(), |trace| format!("{HIDDEN}{trace}"));
            }
            serde_json::Value::Number(_) => *value = HIDDEN.into(),
            serde_json::Value::Array(items) => {
                let all = items.len();
                items.truncate(ITEMS);
                items.iter_mut().for_each(|item| self.hide(item, touched, room));
                if all > ITEMS {
                    items.push(counted(all));
                }
            }
            serde_json::Value::Object(fields) => {
                let all = std::mem::take(fields);
                let count = all.len();
                fields.extend(all.into_iter().zip(1..).take(ITEMS).map(|((name, mut field), place)| {
                    self.hide(&mut field, touched, room);
                    (self.name(&name, place), field)
                }));
                if count > ITEMS {
                    fields.insert(HIDDEN.to_owned(), counted(count));
                }
            }
            _ => {}
        }
    }

    /// Whether a text names something that is no child: a date, a period, an authority, an indicator, a word of the schema.
    fn is_plain(&self, text: &str) -> bool {
        if text.len() > LONGEST {
            return false;
        }
        self.words.contains(text)
            || text.parse::<Date>().is_ok()
            || Period::parse(text).is_ok()
            || crate::access::is_ons_code(text)
            || indicators::find(text).is_some()
    }
}

/// How many items a list had of which the beginning is kept.
fn counted(items: usize) -> serde_json::Value {
    format!("{HIDDEN}{ITEMS} of {items}").into()
}

/// Keeps the beginning of a long list; how many there were, where it was cut.
fn cut(list: &mut Vec<String>) -> Option<u64> {
    let all = list.len();
    list.truncate(ITEMS);
    (all > ITEMS).then_some(all as u64)
}

/// The authorities that were asked about: all that a grant opens to the one who asks, because their records are found by
/// them, and as many others as there is room for; and how many there were, where not all are told.
fn authorities(viewer: &Viewer, touched: &Reads) -> (Vec<String>, Option<u64>) {
    let held: HashSet<&str> = viewer.grants.iter().map(|grant| grant.authority.as_str()).collect();
    let (opened, others): (Vec<&String>, Vec<&String>) =
        touched.authorities.iter().partition(|code| held.contains(code.as_str()));
    let others: BTreeSet<String> = others.into_iter().map(|code| known_authority(code.clone())).collect();
    let room = ITEMS.saturating_sub(opened.len());
    let count = opened.len() + others.len();
    let told: BTreeSet<String> = opened.into_iter().cloned().chain(others.into_iter().take(room)).collect();
    let is_cut = told.len() < count;
    (told.into_iter().collect(), is_cut.then_some(count as u64))
}

/// The code of an authority; of anything else that was asked for as one, nothing.
fn known_authority(asked: String) -> String {
    if crate::access::is_ons_code(&asked) { asked } else { HIDDEN.to_owned() }
}

fn principal(viewer: &Viewer, touched: &Reads) -> Principal {
    let used: Vec<&crate::access::Grant> =
        viewer.grants.iter().filter(|grant| touched.grants.contains(&grant.id)).collect();
    let mut agreements: Vec<String> = used.iter().map(|grant| grant.agreement.clone()).collect();
    agreements.sort_unstable();
    agreements.dedup();
    let signed_in = viewer.role != Role::Public;
    Principal {
        subject: signed_in.then(|| digest_of(&[&viewer.issuer, &viewer.subject])),
        display: viewer.subject.clone(),
        organisation: used.iter().find_map(|grant| grant.organisation.clone()),
        role: viewer.role.code().to_owned(),
        grants: touched.grants.iter().cloned().collect(),
        agreements,
        inspection: used.iter().find_map(|grant| grant.inspection.clone()),
    }
}
