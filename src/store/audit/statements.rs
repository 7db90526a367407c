//! The questions to the record of reading, and how its values are told to a database.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};

use crate::audit::{Bytes, Digest, GENESIS, SealedRecord};

/// The columns of a record.
pub(super) const COLUMNS: &str = "seq, at, text, prev, hash";

/// The last record.
pub(super) const HEAD: &str = "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1";

/// The last record: its place and digest; before the first, what stands for one.
pub(super) async fn head<C: ConnectionTrait>(db: &C) -> Result<(u64, Digest), DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), HEAD)).await?;
    row.map_or(Ok((0, GENESIS)), |row| Ok((whole(&row, 0)?, digest(&row, 1)?)))
}

/// A record out of a row with [`COLUMNS`].
pub(super) fn record(row: &QueryResult) -> Result<SealedRecord, DbErr> {
    let (at, text) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok(SealedRecord { seq: whole(row, 0)?, at, text, prev: digest(row, 3)?, hash: digest(row, 4)? })
}

/// Runs a statement that changes something.
pub(super) async fn run<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(|_| ())
}

/// Runs a question.
pub(super) async fn ask<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await
}

/// A place as the database takes it.
pub(super) fn number(seq: u64) -> Value {
    i64::try_from(seq).unwrap_or(i64::MAX).into()
}

/// Bytes as the database takes them.
pub(super) fn bytes<const N: usize>(bytes: &Bytes<N>) -> Value {
    bytes.0.to_vec().into()
}

/// A place out of a row.
pub(super) fn whole(row: &QueryResult, index: usize) -> Result<u64, DbErr> {
    Ok(u64::try_from(row.try_get_by_index::<i64>(index)?).unwrap_or_default())
}

/// Bytes out of a row; wrong ones, which nobody of ours wrote, as zeros: no digest is that.
pub(super) fn digest<const N: usize>(row: &QueryResult, index: usize) -> Result<Bytes<N>, DbErr> {
    Ok(Bytes::from_slice(&row.try_get_by_index::<Vec<u8>>(index)?).unwrap_or(Bytes([0; N])))
}
