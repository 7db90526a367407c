//! Where rows are read from: one authority, at one state of knowledge, perhaps some children only.

use futures_util::TryStreamExt;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Iterable, PrimaryKeyToColumn, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait, StreamTrait, TryGetable, sea_query::Iden,
};

use crate::store::StoreError;

/// The rows that are current, or were after an import.
pub(in crate::store) fn known<C: ColumnTrait>(from: C, to: C, on: Option<i64>) -> Condition {
    match on {
        None => Condition::all().add(to.is_null()),
        Some(on) => Condition::all().add(from.lte(on)).add(Condition::any().add(to.is_null()).add(to.gt(on))),
    }
}

/// The rows of one authority: the program's own filter. PostgreSQL has another, beneath it: see
/// `migration::row_security`. Tests can take this one away, to see whether that one holds.
pub(in crate::store) fn own<C: ColumnTrait>(column: C, authority: &str) -> Condition {
    #[cfg(test)]
    if crate::store::wall_tests::filter_is_off() {
        return Condition::all();
    }
    Condition::all().add(column.eq(authority))
}

/// Rows of one authority.
pub(in crate::store) struct Source<'a, C> {
    db: &'a C,
    authority: &'a str,
    known_on: Option<i64>,
    children: Option<&'a [String]>,
}

impl<'a, C: ConnectionTrait + StreamTrait> Source<'a, C> {
    /// All current rows of an authority.
    pub(in crate::store) fn of(db: &'a C, authority: &'a str) -> Self {
        Self { db, authority, known_on: None, children: None }
    }

    /// As they were known after an import.
    pub(super) fn known_on(self, known_on: Option<i64>) -> Self {
        Self { known_on, ..self }
    }

    /// Of these children alone.
    pub(in crate::store) fn children(self, ids: &'a [String]) -> Self {
        Self { children: Some(ids), ..self }
    }

    /// Hands the columns of every row, in the order of the key, to `take`, the child's identifier apart.
    pub(in crate::store) async fn each<E: EntityTrait, const N: usize>(
        &self,
        columns: [E::Column; N],
        mut take: impl FnMut(&str, &mut Fields<'_>) -> Result<(), DbErr>,
    ) -> Result<(), StoreError> {
        let column = |name: &str| E::Column::iter().find(move |column| column.unquoted() == name);
        let (Some(authority), Some(child)) = (column("authority_id"), column("child_id")) else { return Ok(()) };
        let (Some(from), Some(to)) = (column("known_from"), column("known_to")) else { return Ok(()) };
        let mut select = E::find()
            .select_only()
            .column(child)
            .columns(columns)
            .filter(own(authority, self.authority))
            .filter(known(from, to, self.known_on));
        for key in E::PrimaryKey::iter() {
            select = select.order_by_asc(key.into_column());
        }
        if let Some(ids) = self.children {
            select = select.filter(child.is_in(ids));
        }
        let statement = select.build(ConnectionTrait::get_database_backend(self.db));
        let mut rows = std::pin::pin!(self.db.stream_raw(statement).await?);
        while let Some(row) = rows.try_next().await? {
            let id: String = row.try_get_by_index(0)?;
            take(&id, &mut Fields { row: &row, next: 1 })?;
        }
        Ok(())
    }
}

/// The columns of a row, taken one after the other.
pub(in crate::store) struct Fields<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl Fields<'_> {
    /// The next value.
    pub(in crate::store) fn get<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        self.next += 1;
        self.row.try_get_by_index(self.next - 1)
    }

    /// The next value as a code of a set; nothing if it is empty or not in the set.
    pub(super) fn code<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<Option<T>, DbErr> {
        Ok(self.get::<Option<String>>()?.as_deref().and_then(parse))
    }

    /// The next value as text.
    pub(super) fn text(&mut self) -> Result<Option<Box<str>>, DbErr> {
        Ok(self.get::<Option<String>>()?.map(String::into_boxed_str))
    }
}
