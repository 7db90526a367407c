//! Erasing a child: every row in every table goes, and the key with them.

use entity::{child, import, import_issue, unfinished_erasure};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QuerySelect, QueryTrait, sqlx::types::chrono::Utc,
};

use super::{
    SECRET, Tombstones,
    tables::{of_child, of_children},
};
use crate::store::{
    Store, StoreError,
    checksum::{self, Part},
    rows::Import,
    write::{insert, next_number},
};

/// The kind of import under which an erasure stands in the book of imports, so that serving processes notice it.
pub(in crate::store) const ERASURE: &str = "erasure";

/// What became of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureOutcome {
    /// The child is gone.
    Now {
        /// Its number in the book of imports.
        number: i64,
        /// How many rows were removed.
        rows: u64,
    },
    /// The child was gone already.
    Before,
    /// There is and was no such child.
    Unknown,
}

impl Store {
    /// Removes every row of a child in all versions, and the child's key, and leaves a tombstone. What the database
    /// file still holds in freed pages goes with [`Store::clean`].
    ///
    /// Values that were told as issues of the authority's imports are blanked: they belong to rows of files, and the
    /// database does not know which were the child's.
    ///
    /// # Errors
    /// The database fails; then nothing was removed.
    pub async fn erase(&self, authority: &str, child: &str) -> Result<ErasureOutcome, StoreError> {
        // Before the transaction, which would keep it from being made.
        let secret = self.secret(SECRET).await?;
        let transaction = self.owner().await?.owner(Some(authority)).await?;
        if transaction.get_database_backend() == DbBackend::Sqlite {
            transaction.execute_unprepared("PRAGMA secure_delete = ON").await?;
        }
        checksum::check(&transaction, Part::Records(authority)).await?;
        let tombstones = Tombstones::of(&transaction, authority, secret).await?;
        let known = child::Entity::find().filter(of_child::<child::Entity>(authority, child)).one(&transaction).await?;
        let outcome = match known {
            Some(_) => removed(&transaction, &tombstones, authority, child).await?,
            None if tombstones.cover(child) => ErasureOutcome::Before,
            None => ErasureOutcome::Unknown,
        };
        checksum::keep(&transaction, Part::Records(authority)).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// The authorities that had a child erased after an import: what is kept in memory of them must go.
    pub async fn erased_since(&self, number: i64) -> Result<Vec<String>, StoreError> {
        let since = import::Entity::find()
            .select_only()
            .column(import::Column::AuthorityId)
            .filter(import::Column::Number.gt(number))
            .filter(import::Column::Kind.eq(ERASURE))
            .filter(import::Column::AuthorityId.is_not_null())
            .distinct();
        Ok(since.into_tuple().all(&self.connections.book().await?).await?)
    }
}

async fn removed(
    db: &DatabaseTransaction,
    tombstones: &Tombstones,
    authority: &str,
    child: &str,
) -> Result<ErasureOutcome, StoreError> {
    let mut rows = 0;
    macro_rules! each {
        ($($table:ident)+) => {
            $(
                let theirs = entity::$table::Entity::delete_many();
                rows += theirs.filter(of_child::<entity::$table::Entity>(authority, child)).exec(db).await?.rows_affected;
            )+
        };
    }
    of_children!(each!());
    blank_issues(db, authority).await?;
    insert(db, &[tombstones.row(child, Utc::now().date_naive())], |_| ()).await?;
    let number = next_number(db).await?;
    let entry = Import {
        number,
        authority_id: Some(authority.to_owned()),
        kind: ERASURE.to_owned(),
        received_at: Utc::now(),
        summary: "one child erased".to_owned(),
        ..Import::default()
    };
    insert(db, &[entry], |_| ()).await?;
    insert(db, &[unfinished_erasure::Model { import_number: number }], |_| ()).await?;
    Ok(ErasureOutcome::Now { number, rows })
}

async fn blank_issues(db: &DatabaseTransaction, authority: &str) -> Result<(), StoreError> {
    let imports = import::Entity::find()
        .select_only()
        .column(import::Column::Number)
        .filter(import::Column::AuthorityId.eq(authority))
        .into_query();
    let blank = import_issue::ActiveModel { value: Set(None), ..Default::default() };
    import_issue::Entity::update_many()
        .set(blank)
        .filter(import_issue::Column::ImportNumber.in_subquery(imports))
        .filter(import_issue::Column::Value.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}
