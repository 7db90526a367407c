//! The one writer: it takes whatever waits, chains it to the head, and stores it in one statement.
//!
//! Several processes may write to one chain. Each takes the place after the head that it knows; the key of the table
//! lets only one of them have it, and the others look at the head again.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use sea_orm::SqlErr;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::{AuditError, heads::Heads, statements};
use crate::audit::{Body, Digest, Head, Mark, Sealed, Trace};
use crate::store::{StoreError, session::Connections};

/// Most records in one statement: each number of them is a statement that the database prepares once and keeps.
const MOST: usize = 64;

/// The head is signed after the first record and the last, after so many,
const RECORDS: u64 = 1_000;

/// or after so much time.
const TIME: Duration = Duration::from_secs(60 * 60);

/// How often a place may be taken by another process before the writer gives up.
const TRIES: usize = 1_000;

/// What the writer is asked.
pub(super) enum Asked {
    /// To store a record and tell its place.
    Append(Body, oneshot::Sender<Result<u64, AuditError>>),
    /// To sign the head and end.
    Close(oneshot::Sender<()>),
}

/// The writer.
pub(super) struct Writer {
    connections: Connections,
    heads: Arc<Heads>,
    head: Option<(u64, Digest)>,
    has_written: bool,
    signed: u64,
    signed_at: Instant,
}

type Waiting = (Body, oneshot::Sender<Result<u64, AuditError>>);

impl Writer {
    /// A writer that knows which head was signed last.
    pub(super) fn new(connections: Connections, heads: Arc<Heads>) -> Result<Self, AuditError> {
        let signed = heads.read()?.iter().map(|signed| signed.head.seq).max().unwrap_or_default();
        Ok(Self { connections, heads, head: None, has_written: false, signed, signed_at: Instant::now() })
    }

    /// Writes until it is asked to end, or nobody is left to ask.
    pub(super) async fn run(mut self, mut asked: mpsc::Receiver<Asked>) {
        let mut batch = Vec::with_capacity(MOST);
        loop {
            let due = tokio::time::timeout_at(self.signed_at + TIME, asked.recv_many(&mut batch, MOST)).await;
            let ends = due == Ok(0);
            let (mut waiting, mut closing) = (Vec::with_capacity(batch.len()), Vec::new());
            for one in batch.drain(..) {
                match one {
                    Asked::Append(body, reply) => waiting.push((body, reply)),
                    Asked::Close(reply) => closing.push(reply),
                }
            }
            let mut first = false;
            if !waiting.is_empty() {
                first = !self.has_written;
                self.store(waiting).await;
            }
            let unsigned = self.head.map_or(0, |(seq, _)| seq.saturating_sub(self.signed));
            let last = self.has_written && (ends || !closing.is_empty());
            if first || last || unsigned >= RECORDS || due.is_err() {
                self.sign().await;
            }
            if ends || !closing.is_empty() {
                for reply in closing {
                    let _ = reply.send(());
                }
                return;
            }
        }
    }

    /// Stores what waits and answers those who brought it.
    async fn store(&mut self, waiting: Vec<Waiting>) {
        let (bodies, replies): (Vec<Body>, Vec<_>) = waiting.into_iter().unzip();
        match self.write(&bodies).await {
            Ok(first) => replies.into_iter().zip(first..).for_each(|(reply, seq)| drop(reply.send(Ok(seq)))),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "audit records cannot be written");
                for reply in replies {
                    let _ = reply.send(Err(AuditError::NotStored));
                }
            }
        }
    }

    /// Stores records; returns the place of the first.
    async fn write(&mut self, bodies: &[Body]) -> Result<u64, AuditError> {
        let mut tries = 0;
        loop {
            let head = match self.head.take() {
                Some(head) => head,
                None => statements::head(&self.connections.auditor().await?).await?,
            };
            let (records, traces) = chained(bodies, head);
            match statements::insert(&self.connections, &records, &traces).await {
                Ok(()) => {
                    self.has_written = true;
                    self.head = records.last().map(|record| (record.seq, record.hash));
                    return Ok(head.0 + 1);
                }
                Err(error) => {
                    let cause = match &error {
                        StoreError::Failed(cause) => cause.sql_err(),
                        _ => None,
                    };
                    let taken = matches!(cause, Some(SqlErr::UniqueConstraintViolation(_)));
                    tries += 1;
                    if !taken || tries == TRIES {
                        return Err(error.into());
                    }
                }
            }
        }
    }

    /// Signs the head, unless it is signed. A failure is told in the log: the records are stored all the same, and the
    /// next head covers them too.
    async fn sign(&mut self) {
        self.signed_at = Instant::now();
        if let Err(error) = self.try_to_sign().await {
            tracing::error!(error = &error as &dyn std::error::Error, "the head of the audit records cannot be signed");
        }
    }

    async fn try_to_sign(&mut self) -> Result<(), AuditError> {
        // Not the head that we know: another process may have written since, and one signature serves both.
        let (seq, hash) = statements::head(&self.connections.auditor().await?).await?;
        if seq <= self.signed {
            return Ok(());
        }
        if !self.connections.is_postgres() {
            // What is signed must be on the disk, or a power cut would look like records cut off.
            self.connections.maintain_and_tell("PRAGMA wal_checkpoint(PASSIVE)").await?;
        }
        let (heads, head) = (Arc::clone(&self.heads), Head { mark: Mark::Head, seq, hash, time: Utc::now() });
        tokio::task::spawn_blocking(move || heads.add(head)).await.map_err(|_| AuditError::Closed)??;
        self.signed = seq;
        Ok(())
    }
}

/// The records in their places after a head, and the traces in them, each once.
fn chained(bodies: &[Body], (mut seq, mut prev): (u64, Digest)) -> (Vec<Sealed>, Vec<(Trace, u64)>) {
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
