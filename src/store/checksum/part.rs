//! Which tables a checksum is kept of, which of their rows, and which columns of these.

use migration::row_security::{Shown, shown};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::KEPT;

/// What is checked or kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Part<'a> {
    /// The records of an authority.
    Records(&'a str),
    /// Some tables of an authority.
    Some(&'a str, &'a [&'a str]),
    /// What belongs to no authority.
    Reference,
    /// Some tables of what belongs to no authority.
    Shared(&'a [&'a str]),
}

impl<'a> Part<'a> {
    /// The authority, or nothing: under it checksums are kept.
    pub(super) fn key(self) -> &'a str {
        match self {
            Self::Records(authority) | Self::Some(authority, _) => authority,
            Self::Reference | Self::Shared(_) => "",
        }
    }

    /// What an import changes, of an authority or of reference data.
    pub(in crate::store) fn written(authority: Option<&'a str>) -> [Self; 2] {
        match authority {
            Some(authority) => [Self::Records(authority), Self::Shared(&["authority"])],
            None => [Self::Reference, Self::Shared(&[])],
        }
    }

    fn has(self, table: &str) -> bool {
        match self {
            Self::Records(_) | Self::Reference => true,
            Self::Some(_, tables) | Self::Shared(tables) => tables.contains(&table),
        }
    }
}

/// Tables without a checksum: those of the program itself, secrets, which are random, and what is left to be cleaned.
const WITHOUT: [&str; 5] = [KEPT, "secret", "audit_entry", "audit_trace", "unfinished_erasure"];

/// Columns that differ between equal imports.
const LEFT_OUT: [(&str, &str); 3] = [("import", "received_at"), ("child_key", "key"), ("erasure", "erased_on")];

/// A table with the rows that a checksum is over.
pub(super) struct Table {
    pub(super) name: String,
    /// The question that reads each row as one text.
    pub(super) rows: String,
    /// The authority that it is asked for.
    pub(super) of: Option<String>,
}

/// The tables of a part.
pub(super) async fn tables<C: ConnectionTrait>(db: &C, part: Part<'_>) -> Result<Vec<Table>, DbErr> {
    let sql = "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
               WHERE t.type = 'table' ORDER BY t.name, c.cid";
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await? {
        let (table, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        match columns.last_mut() {
            Some((last, columns)) if *last == table => columns.push(column),
            _ => columns.push((table, vec![column])),
        }
    }
    let kept = columns.into_iter().filter(|(table, _)| part.has(table) && !WITHOUT.contains(&table.as_str()));
    Ok(kept.filter_map(|(name, columns)| of(part, name, &columns)).collect())
}

fn of(part: Part<'_>, name: String, columns: &[String]) -> Option<Table> {
    let authority = Some(part.key()).filter(|key| !key.is_empty());
    let condition = match (shown(&name)?, authority) {
        (Shown::OfTheAuthority, Some(_)) => "WHERE authority_id = ?",
        (Shown::Imports, Some(_)) => "WHERE authority_id = ?",
        (Shown::Imports, None) => "WHERE authority_id IS NULL",
        (Shown::OfItsImports, Some(_)) => "WHERE import_number IN (SELECT number FROM import WHERE authority_id = ?)",
        (Shown::OfItsImports, None) => "WHERE import_number IN (SELECT number FROM import WHERE authority_id IS NULL)",
        (Shown::ToAccess | Shown::All, None) => "",
        (Shown::OfTheAuthority, None) | (Shown::ToAccess | Shown::All, Some(_)) => return None,
    };
    let summed = columns.iter().filter(|column| !LEFT_OUT.contains(&(name.as_str(), column.as_str())));
    let quoted: Vec<String> = summed.map(|column| format!("quote(\"{column}\")")).collect();
    let rows = format!("SELECT {} FROM \"{name}\" {condition}", quoted.join("||','||"));
    Some(Table { name, rows, of: authority.map(str::to_owned) })
}
