//! The draft of a table: its key, its columns, what it refers to.
//!
//! Every fact table begins its key with the authority and ends it with `known_from`, the import that brought the row;
//! `known_to` is empty while the row is current. The key also orders the rows, so that an authority, or a child, is
//! one stretch of the table.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string},
    sea_orm::DatabaseBackend,
};

/// What the rows of a table refer to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refers {
    Nowhere,
    ToAuthority,
    ToChild,
}

/// A table to be made.
pub(crate) struct Draft {
    name: &'static str,
    key: Vec<ColumnDef>,
    columns: Vec<ColumnDef>,
    refers: Refers,
    versioned: Versioned,
    index: Vec<&'static str>,
    long_rows: bool,
}

/// Whether rows are kept in versions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Versioned {
    ByImport,
    Not,
}

impl Draft {
    /// Facts of one child.
    pub(crate) fn of_a_child(name: &'static str) -> Self {
        Self::new(name, vec![string("authority_id"), string("child_id")], Refers::ToChild, Versioned::ByImport)
    }

    /// Facts of one authority.
    pub(crate) fn of_an_authority(name: &'static str) -> Self {
        Self::new(name, vec![string("authority_id")], Refers::ToAuthority, Versioned::ByImport)
    }

    /// Reference data, whose areas need not be authorities that we hold.
    pub(crate) fn of_reference(name: &'static str) -> Self {
        Self::new(name, Vec::new(), Refers::Nowhere, Versioned::ByImport)
    }

    /// Identities and the book-keeping of the program itself.
    pub(crate) fn unversioned(name: &'static str) -> Self {
        Self::new(name, Vec::new(), Refers::Nowhere, Versioned::Not)
    }

    fn new(name: &'static str, key: Vec<ColumnDef>, refers: Refers, versioned: Versioned) -> Self {
        Self { name, key, columns: Vec::new(), refers, versioned, index: Vec::new(), long_rows: false }
    }

    /// Further columns of the key.
    pub(crate) fn keyed_by(mut self, key: impl IntoIterator<Item = ColumnDef>) -> Self {
        self.key.extend(key);
        self
    }

    /// Columns beside the key.
    pub(crate) fn with(mut self, columns: impl IntoIterator<Item = ColumnDef>) -> Self {
        self.columns.extend(columns);
        self
    }

    /// Rows belong to an authority that exists.
    pub(crate) fn referring_to_authority(mut self) -> Self {
        self.refers = Refers::ToAuthority;
        self
    }

    /// A second way to find rows.
    pub(crate) fn indexed_by(mut self, columns: impl IntoIterator<Item = &'static str>) -> Self {
        self.index.extend(columns);
        self
    }

    /// Rows are long, so that SQLite had better keep them apart from their key.
    pub(crate) fn of_long_rows(mut self) -> Self {
        self.long_rows = true;
        self
    }

    fn statement(&self, backend: DatabaseBackend) -> TableCreateStatement {
        let (mut key, mut columns) = (self.key.clone(), self.columns.clone());
        if self.versioned == Versioned::ByImport {
            key.push(big_integer("known_from"));
            columns.push(big_integer_null("known_to"));
        }
        let mut primary = Index::create();
        for column in &key {
            primary.col(Alias::new(column.get_column_name()));
        }
        let mut table = Table::create();
        table.table(self.name).if_not_exists().primary_key(&mut primary);
        for column in key.iter_mut().chain(columns.iter_mut()) {
            table.col(column);
        }
        if let Some(key) = self.foreign_key() {
            table.foreign_key(&mut key.to_owned());
        }
        if backend == DatabaseBackend::Sqlite && !self.long_rows {
            table.extra("WITHOUT ROWID");
        }
        table.take()
    }

    fn foreign_key(&self) -> Option<ForeignKeyCreateStatement> {
        let (parent, columns): (_, &[&'static str]) = match self.refers {
            Refers::Nowhere => return None,
            Refers::ToAuthority => ("authority", &["authority_id"]),
            Refers::ToChild => ("child", &["authority_id", "child_id"]),
        };
        let mut key = ForeignKey::create();
        key.name(format!("{}_{parent}", self.name)).from_tbl(self.name).to_tbl(parent);
        for column in columns {
            key.from_col(*column).to_col(*column);
        }
        Some(key)
    }
}

/// Makes the tables in the order given.
pub(crate) async fn create(manager: &SchemaManager<'_>, drafts: Vec<Draft>) -> Result<(), DbErr> {
    for draft in drafts {
        manager.create_table(draft.statement(manager.get_database_backend())).await?;
        if !draft.index.is_empty() {
            let mut index = Index::create();
            index.name(format!("{}_by_{}", draft.name, draft.index.join("_"))).table(draft.name).if_not_exists();
            for column in draft.index {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
    }
    Ok(())
}

/// Drops the tables in the reverse order.
pub(crate) async fn drop(manager: &SchemaManager<'_>, drafts: Vec<Draft>) -> Result<(), DbErr> {
    for draft in drafts.into_iter().rev() {
        manager.drop_table(Table::drop().table(draft.name).take()).await?;
    }
    Ok(())
}
