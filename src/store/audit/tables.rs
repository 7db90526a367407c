//! The writer to PostgreSQL's tables: it takes whatever waits, chains it to the head, and stores it in one statement,
//! so that many requests at once share one commit.
//!
//! Several processes may write to one chain. Each takes the place after the head that it knows; the key of the table
//! lets only one of them have it, and the others look at the head again.

use sea_orm::sqlx::{self, PgConnection};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::{
    AuditError,
    chain::{self, Chain, PendingRecord, Place, Reply, TRIES, chained},
    statements,
};
use crate::audit::{Body, SealedRecord, Trace};
use crate::store::{
    error::is_away,
    session::{Connections, Session},
};

/// Most records in one statement.
const MOST: usize = 64;

/// Stores records with their traces: one statement for any number of them, and whole by itself.
const INSERT: &str = "WITH stored AS (INSERT INTO audit_entry (seq, at, text, prev, hash) \
                      SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], $4::bytea[], $5::bytea[])) \
                      INSERT INTO audit_trace (trace, seq) SELECT * FROM UNNEST($6::bytea[], $7::bigint[])";

/// What the writer is asked.
pub(super) enum WriterCommand {
    /// To store a record and tell its place.
    Append(Body, Reply),
    /// To sign the head and end.
    Close(oneshot::Sender<()>),
}

/// The writer.
pub(super) struct Writer {
    connections: Connections,
    /// The connection that records are stored through; none before the first, or once it was lost.
    lasting: Option<PgConnection>,
    chain: Chain,
    signed_at: Instant,
}

impl Writer {
    /// A writer to a database that has the tables.
    pub(super) fn new(connections: Connections, chain: Chain) -> Self {
        Self { connections, lasting: None, chain, signed_at: Instant::now() }
    }

    /// Writes until it is asked to end, or nobody is left to ask.
    pub(super) async fn run(mut self, mut asked: mpsc::Receiver<WriterCommand>) {
        let mut batch = Vec::with_capacity(MOST);
        loop {
            let due = self.signed_at + self.chain.sign_every;
            let due = tokio::time::timeout_at(due, asked.recv_many(&mut batch, MOST)).await;
            let ends = due == Ok(0);
            let (mut waiting, mut closing) = (Vec::with_capacity(batch.len()), Vec::new());
            for one in batch.drain(..) {
                match one {
                    WriterCommand::Append(body, reply) => waiting.push((body, reply)),
                    WriterCommand::Close(reply) => closing.push(reply),
                }
            }
            let is_due = !waiting.is_empty() && self.store(waiting).await;
            let is_last = self.chain.has_written() && (ends || !closing.is_empty());
            if is_due || is_last || due.is_err() {
                self.sign().await;
            }
            if ends || !closing.is_empty() {
                // Whoever was about to send in this moment is refused; left in the channel, it would be waited for without end.
                asked.close();
                while asked.recv().await.is_some() {}
                for reply in closing {
                    let _ = reply.send(());
                }
                return;
            }
        }
    }

    /// Stores what waits and answers those who brought it. True if the head has to be signed.
    async fn store(&mut self, waiting: Vec<PendingRecord>) -> bool {
        let (bodies, replies): (Vec<Body>, Vec<_>) = waiting.into_iter().unzip();
        match self.write(&bodies).await {
            Ok((first, is_due)) => {
                chain::answer(replies, first);
                is_due
            }
            Err(error) => {
                chain::refuse(replies, &error);
                false
            }
        }
    }

    /// Stores records; tells the place of the first, and whether the head has to be signed.
    async fn write(&mut self, bodies: &[Body]) -> Result<(u64, bool), AuditError> {
        let mut lost: Option<(u64, Vec<SealedRecord>)> = None;
        for _ in 0..TRIES {
            let head = match self.chain.head.take() {
                Some(head) => head,
                None => self.head().await?,
            };
            if let Some((first, records)) = lost.take_if(|(_, records)| is_last(records, head)) {
                return Ok((first, self.chain.stored(&records)));
            }
            let (records, traces) = chained(bodies, head);
            match self.insert(&records, &traces).await {
                Ok(()) => return Ok((head.0 + 1, self.chain.stored(&records))),
                // Another process has taken the place.
                Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {}
                // A connection that was lost, as when the database was restarted, is made again, once. What was
                // sent through it may have been stored all the same.
                Err(error) if is_away(&error) => {
                    self.lasting = None;
                    if lost.is_some() {
                        return Err(error.into());
                    }
                    lost = Some((head.0 + 1, records));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(AuditError::NotStored(None))
    }

    async fn insert(&mut self, records: &[SealedRecord], traces: &[(Trace, u64)]) -> Result<(), sqlx::Error> {
        let connection = match &mut self.lasting {
            Some(connection) => connection,
            None => self.lasting.insert(self.connections.lasting_auditor().await?),
        };
        let of = |bytes: fn(&SealedRecord) -> &[u8]| records.iter().map(bytes).collect::<Vec<_>>();
        let insert = sqlx::query(INSERT)
            .bind(records.iter().map(|record| record.seq.cast_signed()).collect::<Vec<_>>())
            .bind(records.iter().map(|record| record.at).collect::<Vec<_>>())
            .bind(records.iter().map(|record| record.text.as_str()).collect::<Vec<_>>())
            .bind(of(|record| &record.prev.0))
            .bind(of(|record| &record.hash.0))
            .bind(traces.iter().map(|(trace, _)| trace.0.as_slice()).collect::<Vec<_>>())
            .bind(traces.iter().map(|(_, seq)| seq.cast_signed()).collect::<Vec<_>>())
            .execute(connection);
        // The server ends what waits for a lock; what it does not even end waits on a line that is dead.
        let stored = timeout(self.connections.waits().short_statement(), insert).await;
        stored.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map(|_| ())
    }

    /// The last record that is stored, by whichever process.
    async fn head(&self) -> Result<Place, AuditError> {
        let head = async { Ok(statements::head(&self.connections.auditor().await?).await?) };
        timeout(self.connections.waits().short_statement(), head).await.unwrap_or(Err(AuditError::NotStored(None)))
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
        let head = self.head().await?;
        if self.chain.is_unsigned(head.0) {
            tokio::task::spawn_blocking(self.chain.signature(head)).await.map_err(|_| AuditError::Closed)??;
            self.chain.signed(head.0);
        }
        Ok(())
    }
}

/// Whether these records are the last ones that are stored.
fn is_last(records: &[SealedRecord], head: Place) -> bool {
    records.last().is_some_and(|record| (record.seq, record.hash) == head)
}

/// Stores a record that nobody can read, and takes it back.
pub(super) async fn try_writing(session: &Session) -> Result<(), AuditError> {
    // A place that no record has, and no other process tries at the same moment.
    let place = -1 - i64::from(rand::random::<u32>());
    let sql = "INSERT INTO audit_entry (seq, at, text, prev, hash) VALUES ($1, 0, '', '', '')";
    Ok(statements::run(session, sql, vec![place.into()]).await?)
}
