//! What an import does to rows of other returns: which of them it replaced, lost or cut, told with the import.
//!
//! The years are joined as they are and as they were known before; what has changed between the two is the doing of this
//! import (ruling 14).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{episode, import_file};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{placements, tables::Writer};
use crate::{
    care::{Fate, mended, records::ChildRecords},
    period::Date,
    store::{
        StoreError,
        load::{self, LoadedRecords},
        rows::{Episode, ImportFile, ImportIssue},
    },
};

/// The name under which the file of episodes is kept.
const EPISODES: &str = "episodes";

/// How many children are asked for in one query.
const CHILDREN: usize = 500;

/// Rows that cannot stand as they were sent, each under its child, with the return because of which.
type ReturnRepairs = BTreeMap<Key, i32>;

/// Child, first day, newest return that holds the row, what was done with it.
type Key = (Box<str>, Date, i32, Fate);

/// Joins the years as they are after an import: stores periods of care and placements again where they differ, and tells
/// what the import, with these files, did to rows of other returns.
pub(super) async fn join(writer: &mut Writer<'_>, files: &mut [ImportFile]) -> Result<Vec<ImportIssue>, StoreError> {
    let Some(authority) = writer.owner.authority.clone() else { return Ok(Vec::new()) };
    let number = writer.owner.number;
    let loaded = load::chains(writer.db, &authority, None).await?;
    let mut changed = joined(&loaded);
    placements::work_out(writer, loaded).await?;
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let before = joined(&load::chains(writer.db, &authority, Some(number - 1)).await?);
    changed.retain(|row, _| !before.contains_key(row));
    if let Some(file) = files.iter_mut().find(|file| file.table == EPISODES) {
        let count = |of| changed.keys().filter(|(.., fate)| *fate == of).count();
        file.replaced = i64::try_from(count(Fate::Replaced)).unwrap_or(i64::MAX);
        file.lost = i64::try_from(count(Fate::Lost)).unwrap_or(i64::MAX);
    }
    let sources = Sources::of(writer.db, &authority, &changed, (number, files)).await?;
    let mut issues: Vec<ImportIssue> = changed.iter().filter_map(|(row, by)| sources.issue(row, *by)).collect();
    issues.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
    Ok(issues)
}

/// Which rows of an authority cannot stand beside those of other returns.
fn joined(loaded: &LoadedRecords) -> ReturnRepairs {
    let of_child = |records: &ChildRecords| {
        let child = records.child.clone();
        mended(records, &loaded.returns)
            .into_iter()
            .filter(|row| row.fate.told().is_some() && row.by != row.return_year)
            .map(move |row| ((child.clone(), row.start, row.return_year, row.fate), row.by))
    };
    loaded.children.iter().flat_map(of_child).collect()
}

/// Where rows stand: the import that brought each, its line, and the name of the file.
struct Sources {
    rows: HashMap<(String, Date, i32), (i64, Option<i32>)>,
    files: BTreeMap<i64, String>,
}

impl Sources {
    async fn of(
        db: &DatabaseTransaction,
        authority: &str,
        changed: &ReturnRepairs,
        (number, own): (i64, &[ImportFile]),
    ) -> Result<Self, StoreError> {
        let children: BTreeSet<&str> = changed.keys().map(|(child, ..)| &**child).collect();
        let children: Vec<&str> = children.into_iter().collect();
        let mut rows = HashMap::new();
        for some in children.chunks(CHILDREN) {
            let found = episode::Entity::find()
                .filter(episode::Column::AuthorityId.eq(authority))
                .filter(episode::Column::KnownTo.is_null())
                .filter(episode::Column::ChildId.is_in(some.iter().copied()));
            let place =
                |row: Episode| ((row.child_id, row.started_on, row.return_year), (row.known_from, row.file_row));
            rows.extend(found.all(db).await?.into_iter().map(place));
        }
        let imports: BTreeSet<i64> = rows.values().map(|(import, _)| *import).collect();
        let files = import_file::Entity::find()
            .filter(import_file::Column::ImportNumber.is_in(imports))
            .filter(import_file::Column::Table.eq(EPISODES));
        let own = own.iter().filter(|file| file.table == EPISODES).map(|file| (number, file.name.clone()));
        let files = files.all(db).await?.into_iter().map(|file| (file.import_number, file.name)).chain(own).collect();
        Ok(Self { rows, files })
    }

    /// What is told of a row: its file and line, and the day on which it starts.
    fn issue(&self, (child, start, return_year, fate): &Key, by: i32) -> Option<ImportIssue> {
        let (rule, words) = fate.told()?;
        let place = self.rows.get(&(child.to_string(), *start, *return_year));
        let (import, line) = place.copied().unwrap_or_default();
        let file = self.files.get(&import).map_or(EPISODES, String::as_str);
        let year = |ending: i32| format!("{}-{:02}", ending - 1, ending.rem_euclid(100));
        Some(ImportIssue {
            file: format!("{file} of import {import}"),
            row: line.map(i64::from),
            column: Some("DECOM".to_owned()),
            value: Some(start.to_string()),
            rule: rule.to_owned(),
            severity: "warning".to_owned(),
            message: format!(
                "{words} It is of the return of {}, the other is that of {}.",
                year(*return_year),
                year(by)
            ),
            ..ImportIssue::default()
        })
    }
}
