//! The checksums of a whole database: when its tables change, and for whoever asks whether it is sound.

use std::sync::atomic::Ordering;

use entity::authority;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Statement, StreamTrait};

use super::{KEPT, Part, check, keep};
use crate::store::{Store, StoreError};

/// Checks everything that is stored, if there are checksums; tells each table that does not agree, with the authority if it
/// is of one.
pub(in crate::store) async fn check_all<C: ConnectionTrait + StreamTrait>(db: &C) -> Result<Vec<String>, StoreError> {
    let mut damaged = Vec::new();
    if !there_are(db).await? {
        return Ok(damaged);
    }
    let authorities = authorities(db).await?;
    let parts = authorities.iter().map(|authority| Part::Records(authority)).chain([Part::Reference]);
    for part in parts {
        match check(db, part).await {
            Ok(()) => {}
            Err(StoreError::Damaged(table)) if part.key().is_empty() => damaged.push(table),
            Err(StoreError::Damaged(table)) => damaged.push(format!("{table} of {}", part.key())),
            Err(error) => return Err(error),
        }
    }
    Ok(damaged)
}

impl Store {
    /// Makes sure that what belongs to no authority is sound, once after each import.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], or the database fails.
    pub async fn check_reference(&self) -> Result<(), StoreError> {
        let latest = self.latest_import().await?;
        if self.connections.is_postgres() || self.reference_checked.load(Ordering::Relaxed) == latest {
            return Ok(());
        }
        check(&self.connections.reference().await?, Part::Reference).await?;
        self.reference_checked.store(latest, Ordering::Relaxed);
        Ok(())
    }

    /// Each table that does not agree with its checksum.
    ///
    /// # Errors
    /// The database fails.
    pub async fn damaged_tables(&self) -> Result<Vec<String>, StoreError> {
        check_all(&self.connections.moment().await?).await
    }
}

/// Keeps the checksums of everything that is stored, if there is a table for them.
pub(in crate::store) async fn keep_all<C: ConnectionTrait + StreamTrait>(db: &C) -> Result<(), StoreError> {
    if !there_are(db).await? {
        return Ok(());
    }
    for authority in authorities(db).await? {
        keep(db, Part::Records(&authority)).await?;
    }
    keep(db, Part::Reference).await
}

async fn there_are<C: ConnectionTrait>(db: &C) -> Result<bool, StoreError> {
    let backend = db.get_database_backend();
    if backend != DbBackend::Sqlite {
        return Ok(false);
    }
    let sql = format!("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{KEPT}'");
    Ok(db.query_one_raw(Statement::from_string(backend, sql)).await?.is_some())
}

async fn authorities<C: ConnectionTrait>(db: &C) -> Result<Vec<String>, StoreError> {
    let all = authority::Entity::find().select_only().column(authority::Column::AuthorityId);
    Ok(all.into_tuple().all(db).await?)
}
