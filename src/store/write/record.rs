//! The book of imports: number, kind, files and issues.

use entity::import;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sqlx::types::chrono::Utc,
};

use super::statements;
use crate::store::{
    Batch, Findings, StoreError,
    rows::{Import, ImportFile, ImportIssue},
    subject::ERASURE,
};

/// The number of the import that is being written; no other can be written beside it.
pub(in crate::store) async fn next_number<C: ConnectionTrait>(db: &C) -> Result<i64, StoreError> {
    let largest = import::Entity::find().select_only().column_as(import::Column::Number.max(), "largest");
    Ok(largest.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or_default() + 1)
}

/// The imports in force for an authority, or of reference data, latest first.
pub(super) fn in_force(authority: Option<&str>) -> Select<import::Entity> {
    let of_whom = match authority {
        Some(authority) => import::Column::AuthorityId.eq(authority),
        None => import::Column::AuthorityId.is_null(),
    };
    import::Entity::find()
        .filter(of_whom)
        .filter(import::Column::UndoneBy.is_null())
        .filter(import::Column::Undoes.is_null())
        .filter(import::Column::Kind.ne(ERASURE))
        .order_by_desc(import::Column::Number)
}

/// Whether the same was imported before, for the same dates.
pub(super) async fn is_repeat(db: &DatabaseTransaction, batch: &Batch) -> Result<bool, StoreError> {
    let year = match batch.return_year {
        Some(year) => import::Column::ReturnYear.eq(year),
        None => import::Column::ReturnYear.is_null(),
    };
    let latest = in_force(batch.authority.as_deref()).filter(import::Column::Kind.eq(&batch.kind)).filter(year);
    Ok(latest.one(db).await?.is_some_and(|import| import.up_to == batch.up_to))
}

/// Enters an import.
pub(super) async fn entry(
    db: &DatabaseTransaction,
    number: i64,
    batch: &mut Batch,
    summary: String,
) -> Result<(), StoreError> {
    let entry = Import {
        number,
        authority_id: batch.authority.take(),
        kind: std::mem::take(&mut batch.kind),
        return_year: batch.return_year,
        up_to: batch.up_to,
        received_at: Utc::now(),
        undoes: None,
        undone_by: None,
        summary,
    };
    statements::insert(db, &[entry], |_| ()).await
}

/// Enters the files and issues of an import.
pub(super) async fn report(db: &DatabaseTransaction, number: i64, findings: &Findings) -> Result<(), StoreError> {
    let files: Vec<_> =
        findings.files.iter().map(|file| ImportFile { import_number: number, ..file.clone() }).collect();
    statements::insert(db, &files, |_| ()).await?;
    let issues: Vec<_> = (1..)
        .zip(findings.issues.iter().cloned())
        .map(|(issue_number, issue)| ImportIssue { import_number: number, issue_number, ..issue })
        .collect();
    statements::insert(db, &issues, |_| ()).await
}
