//! The statements of an import: many rows in one, so that a return of a large authority is stored in seconds.

use sea_orm::{
    ConnectionTrait, EntityName, Iterable, ModelTrait, PrimaryKeyToColumn, Statement, Value, sea_query::Iden,
};

use crate::store::{
    StoreError,
    row::{Column, Row},
};

/// Values in one statement. SQLite takes 32,766 and PostgreSQL 65,535; beyond some thousands nothing is gained.
const VALUES: usize = 8_000;

/// Inserts rows; `done` hears how many have been stored after each statement.
pub(in crate::store) async fn insert<M, C>(db: &C, rows: &[M], mut done: impl FnMut(usize)) -> Result<(), StoreError>
where
    M: ModelTrait,
    C: ConnectionTrait,
{
    let columns: Vec<_> = Column::<M>::iter().collect();
    let names: Vec<String> = columns.iter().map(quoted).collect();
    let into = format!("INSERT INTO {} ({}) VALUES", table::<M>(), names.join(", "));
    let (mut sql, mut of) = (String::new(), 0);
    for chunk in rows.chunks(VALUES / columns.len().max(1)) {
        if chunk.len() != of {
            of = chunk.len();
            sql = format!("{into} {}", tuples(db, of, columns.len(), 0));
        }
        let values: Vec<Value> = chunk.iter().flat_map(|row| columns.iter().map(|column| row.get(*column))).collect();
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), &sql, values)).await?;
        done(chunk.len());
    }
    Ok(())
}

/// Marks rows as retired by an import.
pub(super) async fn retire<M, C>(db: &C, rows: &[M], number: i64) -> Result<(), StoreError>
where
    M: Row,
    C: ConnectionTrait,
{
    let key: Vec<Column<M>> = key_columns::<M>();
    let names: Vec<String> = key.iter().map(quoted).collect();
    let (table, known_to) = (table::<M>(), quoted(&M::known_to()));
    for chunk in rows.chunks(VALUES / key.len().max(1)) {
        let mut values = vec![Value::from(number)];
        values.extend(chunk.iter().flat_map(|row| key.iter().map(|column| row.get(*column))));
        let sql = format!(
            "UPDATE {table} SET {known_to} = {} WHERE ({}) IN (VALUES {})",
            placeholder(db, 1),
            names.join(", "),
            tuples(db, chunk.len(), key.len(), 1),
        );
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

fn key_columns<M: Row>() -> Vec<Column<M>> {
    <M::Entity as sea_orm::EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect()
}

fn table<M: ModelTrait>() -> String {
    format!("\"{}\"", M::Entity::default().table_name())
}

fn quoted(column: &impl Iden) -> String {
    format!("\"{}\"", column.unquoted())
}

/// `(?, ?), (?, ?)`, or `($1, $2), ($3, $4)` counted on after `before`.
fn tuples<C: ConnectionTrait>(db: &C, rows: usize, columns: usize, before: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                text.push_str(", ");
            }
            text.push_str(&placeholder(db, before + row * columns + column + 1));
        }
        text.push(')');
    }
    text
}

fn placeholder<C: ConnectionTrait>(db: &C, number: usize) -> String {
    match db.get_database_backend() {
        sea_orm::DbBackend::Postgres => format!("${number}"),
        _ => "?".to_owned(),
    }
}
