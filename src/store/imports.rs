//! The list of imports, and one of them with its files and issues.

use entity::{import, import_file, import_issue};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::DateTimeUtc};

use super::{
    Store, StoreError,
    rows::{Import, ImportFile, ImportIssue},
    session::set_authority,
};

/// One import with everything that is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// The import.
    pub import: Import,
    /// Its files, by name.
    pub files: Vec<ImportFile>,
    /// What was wrong, in the order in which it was found.
    pub issues: Vec<ImportIssue>,
}

impl Store {
    /// Number of the newest import; 0 before the first. Cheap enough to be asked twice a second.
    pub async fn latest_import(&self) -> Result<i64, StoreError> {
        let newest = import::Entity::find().select_only().column_as(import::Column::Number.max(), "newest");
        let session = self.connections.reference().await?;
        Ok(newest.into_tuple::<Option<i64>>().one(&session).await?.flatten().unwrap_or_default())
    }

    /// Number of the newest import received by a moment; 0 before the first.
    pub async fn import_known_at(&self, at: DateTimeUtc) -> Result<i64, StoreError> {
        let newest = import::Entity::find().select_only().column_as(import::Column::Number.max(), "newest");
        let newest = newest.filter(import::Column::ReceivedAt.lte(at));
        let session = self.connections.reference().await?;
        Ok(newest.into_tuple::<Option<i64>>().one(&session).await?.flatten().unwrap_or_default())
    }

    /// When the newest import up to a number was received, of those of some authorities or of what all share; none before
    /// the first. When others import is nobody else's business.
    pub async fn received_at(&self, number: i64, authorities: &[&str]) -> Result<Option<DateTimeUtc>, StoreError> {
        let newest = import::Entity::find().select_only().column(import::Column::ReceivedAt);
        let theirs = import::Column::AuthorityId.is_in(authorities.iter().copied());
        let newest = newest
            .filter(import::Column::Number.lte(number))
            .filter(Condition::any().add(theirs).add(import::Column::AuthorityId.is_null()))
            .order_by_desc(import::Column::Number);
        Ok(newest.into_tuple().one(&self.connections.reference().await?).await?)
    }

    /// All imports, newest first; of one authority, if one is named.
    pub async fn imports(&self, authority: Option<&str>) -> Result<Vec<Import>, StoreError> {
        let mut all = import::Entity::find().order_by_desc(import::Column::Number);
        if let Some(authority) = authority {
            all = all.filter(import::Column::AuthorityId.eq(authority));
        }
        Ok(all.all(&self.connections.book().await?).await?)
    }

    /// One import with its files and issues.
    ///
    /// # Errors
    /// [`StoreError::NoSuchImport`].
    pub async fn import(&self, number: i64) -> Result<ImportReport, StoreError> {
        let session = self.connections.book().await?;
        let import = import::Entity::find_by_id(number).one(&session).await?.ok_or(StoreError::NoSuchImport(number))?;
        set_authority(&session, import.authority_id.as_deref()).await?;
        let files = import_file::Entity::find()
            .filter(import_file::Column::ImportNumber.eq(number))
            .order_by_asc(import_file::Column::Name);
        let issues = import_issue::Entity::find()
            .filter(import_issue::Column::ImportNumber.eq(number))
            .order_by_asc(import_issue::Column::IssueNumber);
        Ok(ImportReport { import, files: files.all(&session).await?, issues: issues.all(&session).await? })
    }
}
