//! The writer to PostgreSQL's tables: it takes whatever waits, chains it to the head, and stores it in one statement,
//! so that many requests at once share one commit.
//!
//! Several processes may write to one chain. Each takes the place after the head that it knows; the key of the table
//! lets only one of them have it, and the others look at the head again.

use sea_orm::SqlErr;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::{
    AuditError,
    chain::{self, Chain, TIME, TRIES, chained},
    statements,
};
use crate::audit::{Body, Sealed, Trace};
use crate::store::{StoreError, session::Connections};

/// Most records in one statement: each number of them is a statement that the database prepares once and keeps.
const MOST: usize = 64;

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
    chain: Chain,
    signed_at: Instant,
}

type Waiting = (Body, oneshot::Sender<Result<u64, AuditError>>);

impl Writer {
    /// A writer to a database that has the tables.
    pub(super) fn new(connections: Connections, chain: Chain) -> Self {
        Self { connections, chain, signed_at: Instant::now() }
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
            let is_due = !waiting.is_empty() && self.store(waiting).await;
            let is_last = self.chain.has_written() && (ends || !closing.is_empty());
            if is_due || is_last || due.is_err() {
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

    /// Stores what waits and answers those who brought it. True if the head has to be signed.
    async fn store(&mut self, waiting: Vec<Waiting>) -> bool {
        let (bodies, replies): (Vec<Body>, Vec<_>) = waiting.into_iter().unzip();
        match self.write(&bodies).await {
            Ok((first, is_due)) => {
                replies.into_iter().zip(first..).for_each(|(reply, seq)| drop(reply.send(Ok(seq))));
                is_due
            }
            Err(error) => {
                chain::tell(&error);
                replies.into_iter().for_each(|reply| drop(reply.send(Err(AuditError::NotStored))));
                false
            }
        }
    }

    /// Stores records; tells the place of the first, and whether the head has to be signed.
    async fn write(&mut self, bodies: &[Body]) -> Result<(u64, bool), AuditError> {
        for _ in 0..TRIES {
            let head = match self.chain.head.take() {
                Some(head) => head,
                None => statements::head(&self.connections.auditor().await?).await?,
            };
            let (records, traces) = chained(bodies, head);
            match self.insert(&records, &traces).await {
                Ok(()) => return Ok((head.0 + 1, self.chain.stored(&records))),
                // Another process has taken the place.
                Err(StoreError::Failed(error))
                    if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AuditError::NotStored)
    }

    async fn insert(&self, records: &[Sealed], traces: &[(Trace, u64)]) -> Result<(), StoreError> {
        let session = self.connections.auditor().await?;
        statements::insert(&session, records, traces).await?;
        session.commit().await
    }

    /// Signs the head, unless it is signed.
    async fn sign(&mut self) {
        self.signed_at = Instant::now();
        if let Err(error) = self.try_to_sign().await {
            chain::tell_unsigned(&error);
        }
    }

    async fn try_to_sign(&mut self) -> Result<(), AuditError> {
        // Not the head that we know: another process may have written since, and one signature serves both.
        let head = statements::head(&self.connections.auditor().await?).await?;
        if self.chain.is_unsigned(head.0) {
            tokio::task::spawn_blocking(self.chain.signature(head)).await.map_err(|_| AuditError::Closed)??;
            self.chain.signed(head.0);
        }
        Ok(())
    }
}
