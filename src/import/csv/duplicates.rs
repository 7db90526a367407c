//! Two rows with one key: which of them stands, and telling the other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::Arc;

use crate::import::csv::row::NumberedRow;
use crate::import::report::{Issue, Report};
use crate::import::rules::rule::Rule;
use crate::period::Date;

/// Keeps one row a key: the first, unless `beats(new, old)`. The other is told as refused.
pub fn one_a_key<T, K: Hash + Eq>(
    file: &Arc<str>,
    rows: Vec<NumberedRow<T>>,
    rule: &'static Rule,
    report: &mut Report,
    key: impl Fn(&T) -> K,
    beats: impl Fn(&T, &T) -> bool,
) -> Vec<NumberedRow<T>> {
    let mut places: HashMap<K, usize> = HashMap::with_capacity(rows.len());
    let mut kept: Vec<NumberedRow<T>> = Vec::with_capacity(rows.len());
    for mut new in rows {
        match places.entry(key(&new.row)) {
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(new);
            }
            Entry::Occupied(taken) => {
                let Some(old) = kept.get_mut(*taken.get()) else { continue };
                if beats(&new.row, &old.row) {
                    std::mem::swap(old, &mut new);
                }
                let detail = format!("Row {} is used.", old.line);
                report.tell(Issue::of_file(file, rule).at(new.line).because(detail));
            }
        }
    }
    kept
}

/// Whether one end is later than another; open is the latest.
pub fn ends_later(new: Option<Date>, old: Option<Date>) -> bool {
    match (new, old) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(new), Some(old)) => new > old,
    }
}

/// For files whose first row stands.
pub fn first_stands<T>(_: &T, _: &T) -> bool {
    false
}

/// For lists whose last row stands.
pub fn last_stands<T>(_: &T, _: &T) -> bool {
    true
}
