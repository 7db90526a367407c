//! Loading an authority's records as the core reads them: every child with the rows of every return, as they are
//! known now or were known after an earlier import.

mod children;
mod lineage;
mod lists;
mod source;
mod tables;

use sea_orm::{ConnectionTrait, StreamTrait};

use super::{
    Store, StoreError,
    checksum::{self, Part},
};
use crate::{
    care::records::{ChildRecords, LoadedReturn},
    snapshot::LoadedList,
};
use children::Children;
pub use lineage::LoadedFile;
pub(super) use source::{Source, known, own};

/// The records of one authority.
#[derive(Clone, Debug, Default)]
pub struct LoadedRecords {
    /// Every child, in the order of their identifiers.
    pub children: Vec<ChildRecords>,
    /// The yearly returns in force, oldest first.
    pub returns: Vec<LoadedReturn>,
    /// The lists in force beside them.
    pub lists: Vec<LoadedList>,
    /// The files that the records came from.
    pub files: Vec<LoadedFile>,
}

impl Store {
    /// The records of an authority as they are known now, or were known after import `known_on`. All of them are of one
    /// moment, whatever is imported meanwhile. An authority without records loads as an empty one.
    pub async fn load(&self, authority: &str, known_on: Option<i64>) -> Result<LoadedRecords, StoreError> {
        let snapshot = self.connections.snapshot(authority).await?;
        checksum::check(&snapshot, Part::Records(authority)).await?;
        let source = Source::of(&snapshot, authority).known_on(known_on);
        let imports = lineage::in_force(&snapshot, authority, known_on).await?;
        let loaded = LoadedRecords {
            children: whole(&source).await?,
            returns: lineage::returns(&snapshot, &imports).await?,
            lists: lists::lists(&snapshot, authority, known_on, &imports).await?,
            files: lineage::files(&snapshot, &imports).await?,
        };
        snapshot.commit().await?;
        Ok(loaded)
    }

    /// The yearly returns of an authority that are in force now, oldest first.
    pub async fn returns(&self, authority: &str) -> Result<Vec<LoadedReturn>, StoreError> {
        returns(&self.connections.records(authority).await?, authority, None).await
    }
}

/// The yearly returns in force now or after an import, oldest first.
pub(super) async fn returns<C: ConnectionTrait>(
    db: &C,
    authority: &str,
    known_on: Option<i64>,
) -> Result<Vec<LoadedReturn>, StoreError> {
    lineage::returns(db, &lineage::in_force(db, authority, known_on).await?).await
}

/// What placements are worked out from, and the returns in force, now or after an import.
pub(super) async fn chains<C: ConnectionTrait + StreamTrait>(
    db: &C,
    authority: &str,
    known_on: Option<i64>,
) -> Result<LoadedRecords, StoreError> {
    let source = Source::of(db, authority).known_on(known_on);
    let mut children = Children::default();
    tables::details(&source, &mut children).await?;
    tables::episodes(&source, &mut children).await?;
    tables::carer_links(&source, &mut children).await?;
    let returns = returns(db, authority, known_on).await?;
    Ok(LoadedRecords { children: children.in_order(), returns, ..LoadedRecords::default() })
}

async fn whole<C: ConnectionTrait + StreamTrait>(source: &Source<'_, C>) -> Result<Vec<ChildRecords>, StoreError> {
    let mut children = Children::default();
    tables::details(source, &mut children).await?;
    tables::episodes(source, &mut children).await?;
    tables::reviews(source, &mut children).await?;
    tables::missing(source, &mut children).await?;
    tables::unaccompanied(source, &mut children).await?;
    tables::oc2(source, &mut children).await?;
    tables::oc3(source, &mut children).await?;
    tables::health(source, &mut children).await?;
    tables::contacts(source, &mut children).await?;
    tables::eligibility(source, &mut children).await?;
    tables::carer_links(source, &mut children).await?;
    tables::adoption(source, &mut children).await?;
    Ok(children.in_order())
}
