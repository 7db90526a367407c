//! Questions about what was recorded: pages of records, and whether all of them are whole.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, Statement, StreamTrait, Value};

use super::{
    AuditError, AuditLog,
    statements::{self, COLUMNS, ask, bytes, number},
};
use crate::audit::{Broken, Entry, Fault, Trace, TraceSum, Verifier, Whole};

/// How many records are read at once when all are proved.
const AT_ONCE: u64 = 5_000;

/// Which records are asked for; without any condition, all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Only those about this authority.
    pub authority: Option<String>,
    /// Only those about this child.
    pub trace: Option<Trace>,
    /// Only those made at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Only those made before this moment.
    pub to: Option<DateTime<Utc>>,
    /// Only those before the record in this place: the last of the page before.
    pub before: Option<u64>,
}

impl AuditLog {
    /// Records, newest first, at most so many.
    ///
    /// # Errors
    /// The database fails, or a record cannot be read.
    pub async fn page(&self, search: &Search, most: u64) -> Result<Vec<Entry>, AuditError> {
        let (mut conditions, mut values) = (Vec::new(), Vec::<Value>::new());
        let mut add = |words: &str, value: Value| {
            values.push(value);
            let place = if self.is_sqlite() { "?".to_owned() } else { format!("${}", values.len()) };
            conditions.push(words.replace('?', &place));
        };
        if let Some(authority) = &search.authority {
            // Nothing but a list of authorities holds a code between quotes: in variables they are escaped.
            add("text LIKE ?", format!("%\"{authority}\"%").into());
        }
        if let Some(trace) = &search.trace {
            add("seq IN (SELECT seq FROM audit_trace WHERE trace = ?)", bytes(trace));
        }
        if let Some(from) = search.from {
            add("at >= ?", from.timestamp_millis().into());
        }
        if let Some(to) = search.to {
            add("at < ?", to.timestamp_millis().into());
        }
        if let Some(before) = search.before {
            add("(at, seq) < (SELECT at, seq FROM audit_entry WHERE seq = ?)", number(before));
        }
        let filter = if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = format!("SELECT {COLUMNS} FROM audit_entry {filter} ORDER BY at DESC, seq DESC LIMIT {most}");
        let mut entries = Vec::new();
        for row in ask(&self.session().await?, &sql, values).await? {
            let record = statements::record(&row)?;
            let entry = record.entry().map_err(|_| AuditError::Unreadable(record.seq))?;
            if search.authority.as_ref().is_none_or(|authority| entry.fact.is_about(authority)) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// Proves all records to be whole, or tells the first that is not.
    ///
    /// # Errors
    /// The records or their heads cannot be read.
    pub async fn verify(&self) -> Result<Result<Whole, Broken>, AuditError> {
        match Verifier::new(self.heads.read()?, &self.heads.public()) {
            Ok(verifier) => self.proved(verifier).await,
            Err(broken) => Ok(Err(broken)),
        }
    }

    pub(super) async fn proved(&self, mut verifier: Verifier) -> Result<Result<Whole, Broken>, AuditError> {
        let mut last = 0;
        loop {
            let place = if self.is_sqlite() { "?" } else { "$1" };
            let sql = format!("SELECT {COLUMNS} FROM audit_entry WHERE seq > {place} ORDER BY seq ASC LIMIT {AT_ONCE}");
            let rows = ask(&self.session().await?, &sql, vec![number(last)]).await?;
            for row in &rows {
                let record = statements::record(row)?;
                if let Err(broken) = verifier.take(&record) {
                    return Ok(Err(broken));
                }
                last = record.seq;
            }
            if (rows.len() as u64) < AT_ONCE {
                break;
            }
        }
        let whole = match verifier.end() {
            Ok(whole) => whole,
            Err(broken) => return Ok(Err(broken)),
        };
        let as_indexed = self.indexed(&whole).await?;
        Ok(if as_indexed == whole.traces { Ok(whole) } else { Err(Broken { seq: whole.first, fault: Fault::Index }) })
    }

    /// The sum over the index of children, for records from the first to the last that were proved.
    async fn indexed(&self, whole: &Whole) -> Result<TraceSum, AuditError> {
        let places = if self.is_sqlite() { ("?", "?") } else { ("$1", "$2") };
        let sql = format!("SELECT trace, seq FROM audit_trace WHERE seq >= {} AND seq <= {}", places.0, places.1);
        let values = [number(whole.first), number(whole.last)];
        let session = self.session().await?;
        let statement = Statement::from_sql_and_values(ConnectionTrait::get_database_backend(&session), sql, values);
        let mut rows = std::pin::pin!(session.stream_raw(statement).await?);
        let mut sum = TraceSum::default();
        while let Some(row) = rows.try_next().await? {
            sum.add(&statements::digest(&row, 0)?, statements::whole(&row, 1)?);
        }
        Ok(sum)
    }
}
