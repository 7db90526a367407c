//! Checksums of what a file of SQLite holds, so that a byte that changed on the disk is noticed before it changes an answer.
//!
//! Each table has one for each authority, or one for all of its rows where they belong to no authority: a sum over digests
//! of the rows, whatever their order. Whoever changes a table checks it first, and keeps the new sum in the same transaction.
//! What differs between equal imports, such as times and random keys, is no part of it. PostgreSQL has checksums of its own.

mod all;
mod part;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, StreamTrait, Value};
use sha2::{Digest, Sha256};

use super::StoreError;
pub(super) use all::{check_all, keep_all};
pub(super) use part::Part;
use part::Table;

/// The table of checksums.
pub(super) const KEPT: &str = "checksum";

/// The checksums of a part as they are kept.
const READ: &str = "SELECT of_table, sum FROM checksum WHERE authority_id = ?";

/// Keeps a checksum in place of the one before.
const WRITE: &str = "INSERT INTO checksum (authority_id, of_table, sum) VALUES (?, ?, ?) \
                     ON CONFLICT (authority_id, of_table) DO UPDATE SET sum = excluded.sum";

/// Compares what is stored with its checksums.
///
/// # Errors
/// [`StoreError::Damaged`] with the first table that does not agree.
pub(super) async fn check<C: ConnectionTrait + StreamTrait>(db: &C, part: Part<'_>) -> Result<(), StoreError> {
    match differing(db, part).await?.into_iter().next() {
        Some((table, _)) => Err(StoreError::Damaged(table)),
        None => Ok(()),
    }
}

/// Keeps the checksums of what is stored now.
pub(super) async fn keep<C: ConnectionTrait + StreamTrait>(db: &C, part: Part<'_>) -> Result<(), StoreError> {
    for (table, sum) in differing(db, part).await? {
        let values = [part.key().into(), table.into(), sum.into()];
        db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, WRITE, values)).await?;
    }
    Ok(())
}

/// The tables that do not agree with their checksums, and what these would be now; none on PostgreSQL.
async fn differing<C: ConnectionTrait + StreamTrait>(
    db: &C,
    part: Part<'_>,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut differing = Vec::new();
    if ConnectionTrait::get_database_backend(db) != DbBackend::Sqlite {
        return Ok(differing);
    }
    let kept = kept(db, part).await?;
    for table in part::tables(db, part).await? {
        let found = text(sum(db, &table).await?);
        if kept.get(&table.name).map_or(EMPTY, String::as_str) != found {
            differing.push((table.name, found));
        }
    }
    Ok(differing)
}

/// The sum over no rows.
const EMPTY: &str = "00000000000000000000000000000000";

fn text(sum: u128) -> String {
    format!("{sum:032x}")
}

async fn kept<C: ConnectionTrait>(db: &C, part: Part<'_>) -> Result<BTreeMap<String, String>, DbErr> {
    let read = Statement::from_sql_and_values(DbBackend::Sqlite, READ, [part.key().into()]);
    let pair = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    db.query_all_raw(read).await?.iter().map(pair).collect()
}

/// The sum over the rows of a table.
async fn sum<C: ConnectionTrait + StreamTrait>(db: &C, table: &Table) -> Result<u128, DbErr> {
    let values = table.of.iter().map(|authority| Value::from(authority.as_str()));
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, &table.rows, values);
    let mut rows = std::pin::pin!(db.stream_raw(statement).await?);
    let mut sum = 0_u128;
    while let Some(row) = rows.try_next().await? {
        let row: Vec<u8> = row.try_get_by_index::<String>(0)?.into_bytes();
        let digest: [u8; 32] = Sha256::digest(&row).into();
        sum = sum.wrapping_add(digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half)));
    }
    Ok(sum)
}
