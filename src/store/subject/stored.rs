//! Everything that is stored about one child, in all tables and versions.

use sea_orm::{EntityTrait, Iterable, ModelTrait, QueryFilter, QueryOrder, Value, sea_query::Iden};
use serde_json::{Map, Value as Json};

use super::tables::{of_child, of_children};
use crate::store::{Store, StoreError, session::Session};

/// The rows of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRows {
    /// The table.
    pub table: &'static str,
    /// Its rows, each with every column by name; `known_from` and `known_to` are the imports that brought and retired
    /// it.
    pub rows: Vec<Map<String, Json>>,
}

impl Store {
    /// Everything that is stored about a child, by table; tables without rows of the child are left out. Keys are not
    /// shown: they say nothing about the child.
    pub async fn stored(&self, authority: &str, child: &str) -> Result<Vec<StoredRows>, StoreError> {
        let mut all = Vec::new();
        let session = self.connections.records(authority).await?;
        macro_rules! each {
            ($($table:ident)+) => {
                $(
                    let rows = rows_of::<entity::$table::Entity>(&session, authority, child).await?;
                    all.push(StoredRows { table: stringify!($table), rows });
                )+
            };
        }
        of_children!(each!());
        all.retain(|table| !table.rows.is_empty() && table.table != "child_key");
        Ok(all)
    }
}

async fn rows_of<E: EntityTrait>(
    db: &Session,
    authority: &str,
    child: &str,
) -> Result<Vec<Map<String, Json>>, StoreError>
where
    E::Model: ModelTrait<Entity = E>,
{
    let mut rows = E::find().filter(of_child::<E>(authority, child));
    for key in E::PrimaryKey::iter() {
        rows = rows.order_by_asc(sea_orm::PrimaryKeyToColumn::into_column(key));
    }
    let columns = |row: &E::Model| {
        E::Column::iter().map(|column| (column.unquoted().to_owned(), json(row.get(column)))).collect()
    };
    Ok(rows.all(db).await?.iter().map(columns).collect())
}

fn json(value: Value) -> Json {
    match value {
        Value::Bool(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::BigInt(value) => value.into(),
        Value::Double(value) => value.into(),
        Value::String(value) => value.into(),
        Value::ChronoDate(value) => value.map(|day| day.to_string()).into(),
        Value::ChronoDateTimeUtc(value) => value.map(|at| at.to_rfc3339()).into(),
        other => other.to_string().into(),
    }
}
