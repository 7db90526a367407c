//! What every writer does: records are chained in their places, and the head is signed now and then.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tokio::sync::oneshot;

use super::{AuditError, heads::Heads};
use crate::audit::{Body, Digest, Head, Mark, SealedRecord, Trace};

/// The head is signed after the first record of a process and the last, after so many, and after some time.
const RECORDS: u64 = 1_000;

/// How often a place may be taken by another process before a writer gives up.
pub(super) const TRIES: usize = 1_000;

/// A place in the chain, and the digest of the record there.
pub(super) type Place = (u64, Digest);

/// Where somebody waits to be told the place of a record.
pub(super) type Reply = oneshot::Sender<Result<u64, AuditError>>;

/// A record that waits to be stored.
pub(super) type PendingRecord = (Body, Reply);

/// What a writer knows of the chain: the last record that it stored, and which head was signed last.
pub(super) struct Chain {
    heads: Arc<Heads>,
    /// How long a record may wait for its head to be signed.
    pub(super) sign_every: Duration,
    /// Where the next record goes; none if that has to be looked up.
    pub(super) head: Option<Place>,
    stored: Option<u64>,
    signed: u64,
}

impl Chain {
    /// What is known before the first record.
    pub(super) fn new(heads: Arc<Heads>, sign_every: Duration) -> Result<Self, AuditError> {
        let signed = heads.read()?.iter().map(|signed| signed.head.seq).max().unwrap_or_default();
        Ok(Self { heads, sign_every, head: None, stored: None, signed })
    }

    /// Notes what was stored. True if the head has to be signed now.
    pub(super) fn stored(&mut self, records: &[SealedRecord]) -> bool {
        let is_first = self.stored.is_none();
        if let Some(last) = records.last() {
            self.head = Some((last.seq, last.hash));
            self.stored = Some(last.seq);
        }
        is_first || self.unsigned() >= RECORDS
    }

    /// Whether the head would have to be signed after so many more records.
    pub(super) fn is_nearly_due(&self, more: usize) -> bool {
        self.stored.is_none() || self.unsigned() + more as u64 >= RECORDS
    }

    /// Whether anything was written, after which the head has to be signed when the writer ends.
    pub(super) fn has_written(&self) -> bool {
        self.stored.is_some()
    }

    /// Whether a place comes after the last that was signed.
    pub(super) fn is_unsigned(&self, seq: u64) -> bool {
        seq > self.signed
    }

    /// What signs a head, to be run where it may block. What it signs must be on the disk already, or a power cut would
    /// look like records cut off.
    pub(super) fn signature(&self, (seq, hash): Place) -> impl FnOnce() -> Result<(), AuditError> + Send + use<> {
        let heads = Arc::clone(&self.heads);
        move || heads.add(Head { mark: Mark::Head, seq, hash, time: Utc::now() })
    }

    /// Notes which head was signed.
    pub(super) fn signed(&mut self, seq: u64) {
        self.signed = seq;
    }

    fn unsigned(&self) -> u64 {
        self.stored.unwrap_or_default().saturating_sub(self.signed)
    }
}

/// The records in their places after a head, and the traces in them, each once.
pub(super) fn chained(bodies: &[Body], (mut seq, mut prev): Place) -> (Vec<SealedRecord>, Vec<(Trace, u64)>) {
    let (mut records, mut traces) = (Vec::with_capacity(bodies.len()), Vec::new());
    for body in bodies {
        seq += 1;
        let record = body.seal(seq, prev);
        prev = record.hash;
        records.push(record);
        traces.extend(body.children().iter().map(|trace| (*trace, seq)));
    }
    traces.sort_unstable();
    traces.dedup();
    (records, traces)
}

/// Tells those who brought records the places of these, which follow each other.
pub(super) fn answer(replies: Vec<Reply>, first: u64) {
    replies.into_iter().zip(first..).for_each(|(reply, seq)| drop(reply.send(Ok(seq))));
}

/// Tells the log why records are not stored; those who brought them are told only that they are not.
pub(super) fn refuse(replies: Vec<Reply>, error: &AuditError) {
    let shortage = error.shortage();
    tracing::error!(
        error = error as &dyn std::error::Error,
        shortage = shortage.map(tracing::field::display),
        "audit records cannot be written"
    );
    replies.into_iter().for_each(|reply| drop(reply.send(Err(AuditError::NotStored(shortage)))));
}

/// Tells the log why a head is not signed. The records are stored all the same, and the next head covers them too.
pub(super) fn tell_unsigned(error: &AuditError) {
    tracing::error!(error = error as &dyn std::error::Error, "the head of the audit records cannot be signed");
}
