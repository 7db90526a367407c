//! After an older backup was restored: children who were erased since are erased again, grants and shares that were ended
//! are ended again.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, Utc};
use entity::{child, erasure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::OnConflict};

use super::{ErasureOutcome, SECRET};
use crate::audit::{Bytes, Digest, SignedWithdrawal, Withdrawal, mark_of};
use crate::store::{
    Store, StoreError,
    checksum::{self, Part},
    load::own,
    session::set_authority,
};

/// How much was withdrawn again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WithdrawnAgain {
    /// Children who were in the backup and are erased now.
    pub erased: usize,
    /// Grants and shares that were in force in the backup.
    pub ended: usize,
}

impl Store {
    /// What would remain of a child who was erased.
    ///
    /// # Errors
    /// The database fails.
    pub async fn mark(&self, authority: &str, child: &str) -> Result<Digest, StoreError> {
        Ok(mark_of(&Bytes(self.secret(SECRET).await?), authority, child))
    }

    /// Withdraws again: every erasure, so that no import brings the child back, and of the grants and shares those that come
    /// after the first `before` lines, which the backup knew already.
    ///
    /// # Errors
    /// The database fails.
    pub async fn withdraw_again(
        &self,
        lines: &[SignedWithdrawal],
        before: usize,
    ) -> Result<WithdrawnAgain, StoreError> {
        let mut done = WithdrawnAgain::default();
        for (authority, marks) in erasures(lines) {
            done.erased += self.erase_again(&authority, &marks).await?;
        }
        for line in lines.iter().skip(before) {
            let day = line.time.date_naive();
            let last = day.pred_opt().unwrap_or(day);
            done.ended += match &line.withdrawal {
                Withdrawal::GrantSuspended { grant } => was_there(self.suspend_grant(grant, day).await)?,
                Withdrawal::GrantEnded { grant } => was_there(self.end_grant(grant, last).await)?,
                Withdrawal::ShareEnded { authority, mark, organisation } => {
                    self.end_share_again(authority, mark, organisation, last).await?
                }
                Withdrawal::Erasure { .. } | Withdrawal::ErasureFailed { .. } => 0,
            };
        }
        Ok(done)
    }

    /// Erases who was erased and is there again, as where an older copy of the database was put back by hand, or where an
    /// erasure was broken off; tells how many.
    ///
    /// # Errors
    /// The login may not delete, or the database fails.
    pub async fn erase_withdrawn(&self, lines: &[SignedWithdrawal]) -> Result<usize, StoreError> {
        let mut erased = 0;
        for (authority, marks) in self.unknown_erasures(lines).await? {
            erased += self.erase_again(&authority, &marks).await?;
        }
        Ok(erased)
    }

    /// How many children are there who were erased.
    ///
    /// # Errors
    /// The database fails.
    pub async fn erased_and_there(&self, lines: &[SignedWithdrawal]) -> Result<usize, StoreError> {
        let mut there = 0;
        for (authority, marks) in self.unknown_erasures(lines).await? {
            there += self.marked(&authority).await?.iter().filter(|(_, mark)| marks.contains(mark)).count();
        }
        Ok(there)
    }

    /// The erasures that the database does not know of, by authority.
    async fn unknown_erasures(
        &self,
        lines: &[SignedWithdrawal],
    ) -> Result<BTreeMap<String, HashSet<Digest>>, StoreError> {
        let mut unknown = erasures(lines);
        for (authority, marks) in &mut unknown {
            let session = self.connections.book().await?;
            set_authority(&session, Some(authority)).await?;
            let known =
                erasure::Entity::find().filter(own(erasure::Column::AuthorityId, authority)).all(&session).await?;
            let known: HashSet<Vec<u8>> = known.into_iter().map(|row| row.mark).collect();
            marks.retain(|mark| !known.contains(mark.0.as_slice()));
        }
        unknown.retain(|_, marks| !marks.is_empty());
        Ok(unknown)
    }

    async fn erase_again(&self, authority: &str, marks: &HashSet<Digest>) -> Result<usize, StoreError> {
        let mut erased = 0;
        for (child, mark) in self.marked(authority).await? {
            if marks.contains(&mark) && matches!(self.erase(authority, &child).await?, ErasureOutcome::Now { .. }) {
                erased += 1;
            }
        }
        let transaction = self.owner().await?.owner(Some(authority)).await?;
        let tombstones = Part::Some(authority, &["erasure"]);
        checksum::check(&transaction, tombstones).await?;
        let there = OnConflict::columns([erasure::Column::AuthorityId, erasure::Column::Mark]).do_nothing().to_owned();
        for mark in marks {
            let (authority_id, mark) = (authority.to_owned(), mark.0.to_vec());
            let row = erasure::Model { authority_id, mark, erased_on: Utc::now().date_naive() };
            erasure::Entity::insert(row.into_active_model().reset_all())
                .on_conflict(there.clone())
                .exec_without_returning(&transaction)
                .await?;
        }
        checksum::keep(&transaction, tombstones).await?;
        transaction.commit().await?;
        Ok(erased)
    }

    async fn end_share_again(
        &self,
        authority: &str,
        mark: &Digest,
        organisation: &str,
        last: NaiveDate,
    ) -> Result<usize, StoreError> {
        let mut ended = 0;
        for (child, _) in self.marked(authority).await?.into_iter().filter(|(_, found)| found == mark) {
            ended += self.end_share(authority, &child, organisation, last).await?;
        }
        Ok(usize::try_from(ended).unwrap_or_default())
    }

    /// The children of an authority, each with its mark.
    async fn marked(&self, authority: &str) -> Result<Vec<(String, Digest)>, StoreError> {
        let secret = Bytes(self.secret(SECRET).await?);
        let session = self.connections.records(authority).await?;
        let all = child::Entity::find().select_only().column(child::Column::ChildId);
        let all: Vec<String> =
            all.filter(own(child::Column::AuthorityId, authority)).into_tuple().all(&session).await?;
        Ok(all.into_iter().map(|child| (child.clone(), mark_of(&secret, authority, &child))).collect())
    }
}

/// A grant that was given after the backup is not there, and need not be ended.
fn was_there<T>(outcome: Result<T, StoreError>) -> Result<usize, StoreError> {
    match outcome {
        Ok(_) => Ok(1),
        Err(StoreError::NoSuchGrant) => Ok(0),
        Err(error) => Err(error),
    }
}

/// The marks of those who were erased, by authority.
fn erasures(lines: &[SignedWithdrawal]) -> BTreeMap<String, HashSet<Digest>> {
    let mut erased: BTreeMap<String, HashSet<Digest>> = BTreeMap::new();
    for line in lines {
        match &line.withdrawal {
            Withdrawal::Erasure { authority, mark } => {
                erased.entry(authority.clone()).or_default().insert(*mark);
            }
            Withdrawal::ErasureFailed { authority, mark } => {
                erased.entry(authority.clone()).or_default().remove(mark);
            }
            _ => {}
        }
    }
    erased
}
