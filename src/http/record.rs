//! The record of a request: who asked, why, what, about whom, and what came of it. It is written before the answer leaves.

use std::time::Instant;

use async_graphql::{Response, Value, Variables};

use super::fault::Fault;
use crate::access::{Role, Viewer};
use crate::audit::{About, Digest, Operation, Outcome, Principal, Read, digest_of, mark_of};
use crate::figures::{Touched, Trail};
use crate::graphql::documents::Asked;
use crate::indicators;
use crate::period::{Date, Period};
use crate::store::{AuditError, AuditLog, Store};

/// Name of the secret under which what callers write is kept unreadable.
const SECRET: &str = "audit variables";

/// Writes the record of each request.
#[derive(Clone)]
pub struct Recorder {
    log: AuditLog,
    secret: Digest,
}

/// A request while it is being answered.
pub(super) struct Recording {
    viewer: Viewer,
    case: Option<String>,
    asked: Asked,
    trail: Trail,
    began: Instant,
}

/// How a request ended, as far as the record is concerned.
pub(super) enum Ended<'a> {
    /// With this answer, of so many bytes.
    Answered(&'a Response, u64),
    /// Without one, for this reason.
    Unanswered(&'static str),
}

impl Recording {
    /// Begins with a request.
    pub(super) fn new(viewer: Viewer, case: Option<&str>, asked: Asked, trail: Trail) -> Self {
        Self { viewer, case: case.map(str::to_owned), asked, trail, began: Instant::now() }
    }
}

impl Recorder {
    /// Writes to this log.
    ///
    /// # Errors
    /// The database of the secret fails.
    pub async fn new(store: &Store, log: AuditLog) -> Result<Self, AuditError> {
        Ok(Self { log, secret: crate::audit::Bytes(store.secret(SECRET).await?) })
    }

    /// The log that is written to.
    pub fn log(&self) -> &AuditLog {
        &self.log
    }

    /// Writes the record of a request.
    ///
    /// # Errors
    /// It cannot be stored: then the answer must not leave.
    pub(super) async fn write(&self, recording: Recording, ended: Ended<'_>) -> Result<(), Fault> {
        let read = self.read(recording, ended);
        self.log.append(read).await.map(|_| ()).map_err(|error| {
            tracing::error!(code = error.code(), "a request is not answered because it cannot be recorded");
            Fault::NotRecorded
        })
    }

    fn read(&self, recording: Recording, ended: Ended<'_>) -> Read {
        let Recording { viewer, case, asked, trail, began } = recording;
        let touched = trail.touched();
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (read_something, bytes, failure) = match ended {
            Ended::Answered(response, bytes) => (response.data != Value::Null, bytes, "INVALID"),
            Ended::Unanswered(why) => (false, 0, why),
        };
        let denied = touched.denial.map(|denial| denial.code());
        let reason = denied.or((!read_something).then_some(failure));
        let children = touched.traces();
        Read {
            principal: principal(&viewer, &touched),
            purpose: viewer.purpose.map(|purpose| purpose.code().to_owned()),
            case_reference: case,
            operation: Operation {
                document: Some(asked.document),
                name: asked.name,
                variables: self.written(&asked.variables),
            },
            outcome: Outcome {
                permitted: read_something && (touched.closest.is_some() || denied.is_none()),
                reason: reason.map(str::to_owned),
                rows: touched.rows + children.len() as u64,
                cells: touched.cells,
                suppressed: touched.confidential,
                bytes,
                ms,
            },
            about: About {
                levels: touched.closest.iter().map(|level| format!("{level:?}")).collect(),
                domains: touched.domains.iter().map(|domain| domain.code().to_owned()).collect(),
                child_count: children.len() as u64,
                children,
                authorities: touched.authorities.into_iter().collect(),
                tables: touched.released.into_iter().collect(),
            },
        }
    }

    /// The variables, with every text that may be about a child made unreadable; none where there are none.
    fn written(&self, variables: &Variables) -> Option<String> {
        if variables.is_empty() {
            return None;
        }
        let mut value = serde_json::to_value(&**variables).ok()?;
        self.hide(&mut value);
        Some(value.to_string())
    }

    fn hide(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) if !is_plain(text) => {
                *text = format!("#{}", mark_of(&self.secret, "", text));
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(|item| self.hide(item)),
            serde_json::Value::Object(fields) => fields.values_mut().for_each(|field| self.hide(field)),
            _ => {}
        }
    }
}

/// Whether a text names something that is no child: a date, a period, an authority, an indicator, a word of the schema.
fn is_plain(text: &str) -> bool {
    let word =
        text.len() <= 40 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    word || text.parse::<Date>().is_ok()
        || Period::parse(text).is_ok()
        || crate::access::is_ons_code(text)
        || indicators::find(text).is_some()
}

fn principal(viewer: &Viewer, touched: &Touched) -> Principal {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_child_is_kept_readable_and_everything_else_is_not() {
        for text in ["2023-09-30", "2023-24-Q2", "E09000015", "cla_number", "QUARTER"] {
            assert!(is_plain(text), "{text}");
        }
        for text in ["C0001", "Q2hpbGQfRTA5", "Smith", "", "12345", "E09000015.abc"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
