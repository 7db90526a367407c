//! Cleaning the database file of what was deleted: freed pages are overwritten, and the log beside the file is emptied.

use std::time::{Duration, Instant};

use entity::unfinished_erasure;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::tables::NAMES;
use crate::store::{Store, StoreError};

/// How long readers may keep the log from being emptied.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait before the log is tried again.
const PAUSE: Duration = Duration::from_millis(50);

impl Store {
    /// Rewrites the file without what was deleted.
    ///
    /// # Errors
    /// [`StoreError::NotCleaned`] if others read without a pause; the database fails.
    pub async fn clean(&self) -> Result<(), StoreError> {
        let newest = self.unfinished().await?.into_iter().max();
        self.overwrite().await?;
        if let Some(newest) = newest {
            let transaction = self.owner().await?.owner(None).await?;
            let finished = unfinished_erasure::Column::ImportNumber.lte(newest);
            unfinished_erasure::Entity::delete_many().filter(finished).exec(&transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// How many erasures the database has not been cleaned after.
    pub async fn unfinished_erasures(&self) -> Result<usize, StoreError> {
        Ok(self.unfinished().await?.len())
    }

    async fn unfinished(&self) -> Result<Vec<i64>, StoreError> {
        let all = unfinished_erasure::Entity::find().all(&self.connections.book().await?).await?;
        Ok(all.into_iter().map(|one| one.import_number).collect())
    }

    async fn overwrite(&self) -> Result<(), StoreError> {
        let owner = self.owner().await?;
        if owner.is_postgres() {
            for table in NAMES.iter().chain(&["import_issue"]) {
                owner.maintain(&format!("VACUUM (FULL) \"{table}\"")).await?;
            }
            return Ok(());
        }
        self.empty_log_in_the_end().await?;
        self.connections.maintain("VACUUM").await?;
        self.empty_log_in_the_end().await
    }

    async fn empty_log_in_the_end(&self) -> Result<(), StoreError> {
        let begun = Instant::now();
        loop {
            let row = self.connections.maintain_and_tell("PRAGMA wal_checkpoint(TRUNCATE)").await?;
            let busy: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
            match busy {
                Some(0) | None => return Ok(()),
                Some(_) if begun.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
                Some(_) => return Err(StoreError::NotCleaned),
            }
        }
    }
}
