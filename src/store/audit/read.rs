//! Questions about what was recorded: pages of records, and whether all of them are whole.

use std::path::Path;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, QueryResult, Statement, StreamTrait, Value};

use super::{
    AuditError, AuditLog,
    statements::{self, COLUMNS, ask, bytes, number},
};
use crate::audit::{ChainFault, Entry, Fault, IntactLog, SignedHead, Trace, TraceSum, Verifier};

/// How many records are read at once when all are proved.
const AT_ONCE: u64 = 1_000;

/// How often records are proved again that others change meanwhile.
const TRIES: usize = 5;

/// Whether a record is about an authority, see [`crate::audit::Fact::is_about`].
const ABOUT_IN_SQLITE: &str = "? IN (SELECT value FROM json_each(text, '$.fact.read.about.authorities') \
                               UNION ALL SELECT json_extract(text, '$.fact.administration.authority'))";
const ABOUT_IN_POSTGRES: &str = "COALESCE(text::jsonb #> '{fact,read,about,authorities}', \
                                 text::jsonb #> '{fact,administration,authority}') @> to_jsonb(?::text)";

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
        let (filter, values) = self.filter(search);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql = format!("SELECT {COLUMNS} FROM audit_entry {filter} ORDER BY at DESC, seq DESC LIMIT {most}");
        let rows = ask(&self.session().await?, &sql, values).await?;
        let entry = |row: &QueryResult| {
            let record = statements::record(row)?;
            record.entry().map_err(|_| AuditError::Unreadable(record.seq))
        };
        rows.iter().map(entry).collect()
    }

    /// How many records there are, on all pages.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count(&self, search: &Search) -> Result<u64, AuditError> {
        let (filter, values) = self.filter(&Search { before: None, ..search.clone() });
        let rows = ask(&self.session().await?, &format!("SELECT count(*) FROM audit_entry {filter}"), values).await?;
        Ok(rows.first().map_or(Ok(0), |row| statements::whole(row, 0))?)
    }

    /// The condition of a search, and its values.
    fn filter(&self, search: &Search) -> (String, Vec<Value>) {
        let (mut conditions, mut values) = (Vec::new(), Vec::<Value>::new());
        let mut add = |words: &str, value: Value| {
            values.push(value);
            let place = if self.is_sqlite() { "?".to_owned() } else { format!("${}", values.len()) };
            conditions.push(words.replace('?', &place));
        };
        if let Some(authority) = &search.authority {
            // Quick to refuse what does not hold the code at all; then the code must stand where authorities do.
            add("text LIKE ?", format!("%\"{authority}\"%").into());
            add(if self.is_sqlite() { ABOUT_IN_SQLITE } else { ABOUT_IN_POSTGRES }, authority.as_str().into());
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
        (filter, values)
    }

    /// Proves all records to be whole, or tells the first that is not.
    ///
    /// # Errors
    /// The records or their heads cannot be read.
    pub async fn verify(&self) -> Result<Result<IntactLog, ChainFault>, AuditError> {
        for _ in 1..TRIES {
            let heads = self.heads.read()?;
            let lines = heads.len();
            let outcome = self.proved_by(heads).await?;
            // Another process may have signed a head, or rolled records away, while they were read.
            if outcome.is_ok() || self.heads.read()?.len() == lines {
                return Ok(outcome);
            }
        }
        self.proved_by(self.heads.read()?).await
    }

    /// The file of heads and the number of its last line, if the end of that is missing.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn torn_head(&self) -> Result<Option<(&Path, usize)>, AuditError> {
        Ok(self.heads.lines()?.torn.map(|line| (self.heads.path(), line)))
    }

    async fn proved_by(&self, heads: Vec<SignedHead>) -> Result<Result<IntactLog, ChainFault>, AuditError> {
        match Verifier::new(heads, &self.heads.public()) {
            Ok(verifier) => self.proved(verifier).await,
            Err(broken) => Ok(Err(broken)),
        }
    }

    pub(super) async fn proved(&self, mut verifier: Verifier) -> Result<Result<IntactLog, ChainFault>, AuditError> {
        // No record has a place before the first.
        let before = ask(&self.session().await?, "SELECT count(*) FROM audit_entry WHERE seq < 1", Vec::new()).await?;
        if before.first().map_or(Ok(0), |row| statements::whole(row, 0))? > 0 {
            return Ok(Err(ChainFault { seq: 0, fault: Fault::Inserted }));
        }
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
        Ok(if as_indexed == whole.traces {
            Ok(whole)
        } else {
            Err(ChainFault { seq: whole.first, fault: Fault::Index })
        })
    }

    /// The sum over the index of children, for records from the first to the last that were proved.
    async fn indexed(&self, whole: &IntactLog) -> Result<TraceSum, AuditError> {
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
