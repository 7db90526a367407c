//! Writing one import in one transaction: all of it is stored, or the database stays as it was.
//!
//! Only what differs is written. A row that changed or vanished is retired, never destroyed, so that figures can be
//! asked as they were known after an earlier import, and an import can be undone.

mod difference;
mod identities;
mod placements;
mod record;
#[cfg(test)]
mod retiring_tests;
mod statements;
mod tables;
#[cfg(test)]
mod tests;
mod undo;
mod years;
#[cfg(test)]
mod years_tests;

use sea_orm::DatabaseTransaction;

use super::{
    Batch, Findings, Outcome, Progress, Store, StoreError,
    checksum::{self, Part},
    row::{Holds, Owner},
    subject::{SECRET, Tombstones},
};
pub(in crate::store) use record::next_number;
pub(in crate::store) use statements::insert;
use tables::{Tally, Writer};

/// Hears how far the writing is.
pub type Listener<'a> = &'a (dyn Fn(Progress) + Send + Sync);

impl Store {
    /// Stores an import, unless all of it is stored already. Another process may import at the same time: one waits.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another import takes too long; after any error the database is as it was.
    pub async fn write(&self, batch: Batch, listener: Listener<'_>) -> Result<Outcome, StoreError> {
        // Before the transaction, which would keep it from being made.
        let secret = self.secret(SECRET).await?;
        // What the log beside the file holds now could keep it from being emptied on a full disk.
        self.empty_log().await;
        let transaction = self.connections.importer(batch.authority.as_deref()).await?;
        let outcome = written(&transaction, batch, secret, listener).await.map(|(outcome, _)| outcome);
        let outcome = end(transaction, outcome).await;
        if outcome.is_err() {
            self.empty_log().await;
        }
        outcome
    }

    /// Does all that [`Store::write`] does, and takes it back: what an import would do and tell, and whether it would be
    /// refused.
    ///
    /// # Errors
    /// Those of [`Store::write`].
    pub async fn rehearse(&self, batch: Batch) -> Result<(Outcome, Findings), StoreError> {
        let secret = self.secret(SECRET).await?;
        let transaction = self.connections.importer(batch.authority.as_deref()).await?;
        let rehearsed = written(&transaction, batch, secret, &|_| ()).await;
        let taken_back = transaction.rollback().await;
        self.empty_log().await;
        if rehearsed.is_ok() {
            taken_back?;
        }
        rehearsed
    }

    /// Undoes an authority's latest import that is in force (or the latest of reference data): what it retired is
    /// current again, what it brought is retired. The undoing is an import itself.
    ///
    /// # Errors
    /// [`StoreError::NoSuchImport`]; [`StoreError::CannotUndo`] where a later import stands in the way.
    pub async fn undo(&self, number: i64) -> Result<Outcome, StoreError> {
        self.empty_log().await;
        let transaction = self.connections.importer(None).await?;
        let outcome = undo::undone(&transaction, number).await;
        let outcome = end(transaction, outcome).await;
        if outcome.is_err() {
            self.empty_log().await;
        }
        outcome
    }
}

/// Commits what was written; takes everything back if it failed or changed nothing.
async fn end(transaction: DatabaseTransaction, outcome: Result<Outcome, StoreError>) -> Result<Outcome, StoreError> {
    match outcome {
        Ok(Outcome::Written { .. }) => transaction.commit().await?,
        Ok(Outcome::Unchanged { .. }) => transaction.rollback().await?,
        // SQLite may have taken it back already, and then says that there is nothing to take back.
        Err(_) => drop(transaction.rollback().await),
    }
    outcome
}

/// Refuses a return that would retire most of what is stored of its year, unless that is meant. Every row that was stored
/// in the import's scope is now retired or unchanged.
fn spares_the_year(batch: &Batch, tally: &Tally) -> Result<(), StoreError> {
    match batch.return_year {
        Some(year) if !batch.may_retire_most && tally.retired > tally.unchanged => {
            Err(StoreError::RetiresMost { year, retired: tally.retired, stored: tally.retired + tally.unchanged })
        }
        _ => Ok(()),
    }
}

/// Writes an import beside what is sound, and keeps the checksums of what it has changed.
async fn written(
    db: &DatabaseTransaction,
    batch: Batch,
    secret: [u8; 32],
    listener: Listener<'_>,
) -> Result<(Outcome, Findings), StoreError> {
    let authority = batch.authority.clone();
    let parts = Part::written(authority.as_deref());
    for part in parts {
        checksum::check(db, part).await?;
    }
    let written = stored(db, batch, secret, listener).await?;
    if matches!(written.0, Outcome::Written { .. }) {
        for part in parts {
            checksum::keep(db, part).await?;
        }
    }
    Ok(written)
}

async fn stored(
    db: &DatabaseTransaction,
    mut batch: Batch,
    secret: [u8; 32],
    listener: Listener<'_>,
) -> Result<(Outcome, Findings), StoreError> {
    let mut rows = std::mem::take(&mut batch.rows);
    if rows.hold(Holds::Records) != batch.authority.is_some()
        || rows.hold(Holds::Reference) == batch.authority.is_some()
    {
        return Err(StoreError::MixedRows);
    }
    let mut left_out = 0;
    if let Some(authority) = &batch.authority {
        identities::ensure_authorities(db, [authority.as_str()]).await?;
        left_out = Tombstones::of(db, authority, secret).await?.leave_out(&mut rows, &mut batch.issues);
    }
    if let Some(details) = &rows.authority_detail {
        identities::ensure_authorities(db, details.iter().map(|row| row.authority_id.as_str())).await?;
    }
    let moves_placements = rows.episode.is_some() || rows.placement_link.is_some() || rows.child_detail.is_some();
    let owner = Owner {
        authority: batch.authority.clone(),
        kind: batch.kind.clone(),
        return_year: batch.return_year,
        number: record::next_number(db).await?,
    };
    let mut writer = Writer::new(db, owner, rows.count(), listener);
    writer.replace_all(rows).await?;
    let (number, tally) = (writer.owner.number, writer.tally);
    spares_the_year(&batch, &tally)?;
    if tally.changes() == 0 && record::is_repeat(db, &batch).await? {
        return Ok((
            Outcome::Unchanged { rows: tally.unchanged },
            Findings { files: batch.files, issues: batch.issues },
        ));
    }
    record::entry(db, number, &mut batch, tally.to_string()).await?;
    let Batch { mut files, mut issues, .. } = batch;
    if moves_placements {
        issues.extend(years::join(&mut writer, &mut files).await?);
    }
    let findings = Findings { files, issues };
    record::report(db, number, &findings).await?;
    let Tally { added, retired, unchanged } = tally;
    Ok((Outcome::Written { number, added, retired, unchanged, left_out }, findings))
}
