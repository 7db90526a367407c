//! Which returns and files an authority's records came from.

use std::collections::BTreeMap;

use entity::{import, import_file};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, prelude::DateTimeUtc};

use super::own;
use crate::{care::records::LoadedReturn, period::Date, store::StoreError};

/// The kind of import that is a yearly return.
const RETURN: &str = "ssda903";

/// Files that are sent apart from a return: an import of these alone is no return that could lack a child.
const SENT_APART: [&str; 2] = ["sw_episodes", "DoLo"];

/// A file that records came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedFile {
    /// Number of its import.
    pub import: i64,
    /// Kind of its import.
    pub kind: String,
    /// The year in which its return ends, for a yearly return.
    pub return_year: Option<i32>,
    /// Its name.
    pub name: String,
    /// What it holds: `header`, `episodes` and so on.
    pub table: String,
    /// Digest of its bytes, in hexadecimal.
    pub sha256: String,
    /// When it was received.
    pub received_at: DateTimeUtc,
    /// How many of its rows were used.
    pub rows_used: i64,
}

/// The returns among imports in force, oldest first.
pub(super) async fn returns<C: ConnectionTrait>(
    db: &C,
    imports: &[import::Model],
) -> Result<Vec<LoadedReturn>, StoreError> {
    let mut returns: Vec<_> = imports.iter().filter(|import| import.kind == RETURN).collect();
    let parts = import_file::Entity::find()
        .filter(import_file::Column::ImportNumber.is_in(returns.iter().map(|import| import.number)))
        .all(db)
        .await?;
    let is_part = |import: &import::Model, apart: bool| {
        let of_import = |part: &&import_file::Model| part.import_number == import.number;
        parts.iter().filter(of_import).any(|part| SENT_APART.contains(&&*part.table) == apart)
    };
    returns.retain(|import| is_part(import, false) || !is_part(import, true));
    Ok(latest_of_each(returns)
        .into_iter()
        .filter_map(|import| {
            let year = import.return_year?;
            Some(LoadedReturn { year, up_to: import.up_to.or_else(|| Date::from_ymd_opt(year, 3, 31))? })
        })
        .collect())
}

/// The files of imports in force.
pub(super) async fn files<C: ConnectionTrait>(
    db: &C,
    imports: &[import::Model],
) -> Result<Vec<LoadedFile>, StoreError> {
    let imports = latest_of_each(imports);
    let files = import_file::Entity::find()
        .filter(import_file::Column::ImportNumber.is_in(imports.iter().map(|import| import.number)))
        .order_by_asc(import_file::Column::ImportNumber)
        .order_by_asc(import_file::Column::Name)
        .all(db)
        .await?;
    let imports: BTreeMap<i64, &import::Model> = imports.into_iter().map(|import| (import.number, import)).collect();
    Ok(files
        .into_iter()
        .filter_map(|file| {
            let import = imports.get(&file.import_number)?;
            Some(LoadedFile {
                import: import.number,
                kind: import.kind.clone(),
                return_year: import.return_year,
                name: file.name,
                table: file.table,
                sha256: file.sha256,
                received_at: import.received_at,
                rows_used: file.used,
            })
        })
        .collect())
}

/// The imports that are, or were, in force, oldest first.
pub(super) async fn in_force<C: ConnectionTrait>(
    db: &C,
    authority: &str,
    known_on: Option<i64>,
) -> Result<Vec<import::Model>, StoreError> {
    let mut known = Condition::all();
    let mut in_force = Condition::any().add(import::Column::UndoneBy.is_null());
    if let Some(on) = known_on {
        known = known.add(import::Column::Number.lte(on));
        in_force = in_force.add(import::Column::UndoneBy.gt(on));
    }
    let imports = import::Entity::find()
        .filter(own(import::Column::AuthorityId, authority))
        .filter(import::Column::Undoes.is_null())
        .filter(known.add(in_force))
        .order_by_asc(import::Column::Number);
    Ok(imports.all(db).await?)
}

/// The latest import of each kind and year, by kind and year.
pub(super) fn latest_of_each<'a>(imports: impl IntoIterator<Item = &'a import::Model>) -> Vec<&'a import::Model> {
    let latest: BTreeMap<_, _> =
        imports.into_iter().map(|import| ((&*import.kind, import.return_year), import)).collect();
    latest.into_values().collect()
}
