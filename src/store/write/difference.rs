//! What an import changes in a table: rows that are new, rows that are no longer so, rows that stay.

use std::cmp::Ordering;

use crate::store::row::Row;

/// The difference between what is stored and what is wanted.
#[derive(Debug, PartialEq)]
pub(super) struct Difference<M> {
    /// Stored rows that are to be retired.
    pub(super) retired: Vec<M>,
    /// Rows that are to be brought.
    pub(super) added: Vec<M>,
    /// How many rows are stored as wanted.
    pub(super) unchanged: usize,
}

/// Compares what is stored with what is wanted, both of one scope. Of two wanted rows with one key the later stands.
pub(super) fn difference<M: Row>(stored: Vec<M>, wanted: Vec<M>) -> Difference<M> {
    let mut result = Difference { retired: Vec::new(), added: Vec::new(), unchanged: 0 };
    let mut stored = sorted(stored).into_iter().peekable();
    for row in latest_of_each_key(sorted(wanted)) {
        while let Some(gone) = stored.next_if(|old| old.order(&row) == Ordering::Less) {
            result.retired.push(gone);
        }
        match stored.next_if(|old| old.order(&row) == Ordering::Equal) {
            Some(old) => {
                let from = old.brought_by();
                let old = old.known(0);
                if old.says_the_same(&row) {
                    result.unchanged += 1;
                } else {
                    result.retired.push(old.known(from));
                    result.added.push(row);
                }
            }
            None => result.added.push(row),
        }
    }
    result.retired.extend(stored);
    result
}

/// The stored rows that stand in a part of the table that the wanted rows speak for.
pub(super) fn in_parts_of<M: Row>(stored: Vec<M>, wanted: &[M]) -> Vec<M> {
    let mut parts: Vec<&M> = wanted.iter().collect();
    parts.sort_by(|a, b| a.part(b));
    parts.dedup_by(|a, b| a.part(b) == Ordering::Equal);
    stored.into_iter().filter(|row| parts.binary_search_by(|part| part.part(row)).is_ok()).collect()
}

fn sorted<M: Row>(mut rows: Vec<M>) -> Vec<M> {
    rows.sort_by(M::order);
    rows
}

/// Sorting keeps the order of rows with one key, so the last of them is the later one.
fn latest_of_each_key<M: Row>(sorted: Vec<M>) -> impl Iterator<Item = M> {
    let mut rows = sorted.into_iter().map(|row| row.known(0)).peekable();
    std::iter::from_fn(move || {
        let mut row = rows.next()?;
        while let Some(later) = rows.next_if(|next| next.order(&row) == Ordering::Equal) {
            row = later;
        }
        Some(row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::rows::Target;

    fn target(period: &str, value: f64, known_from: i64) -> Target {
        Target {
            authority_id: "E09000015".into(),
            indicator: "cla_number".into(),
            period: period.into(),
            value,
            known_from,
            ..Target::default()
        }
    }

    #[test]
    fn a_row_that_stays_is_not_touched_and_one_that_differs_is_replaced() {
        let stored = vec![target("2021-22", 1.0, 3), target("2022-23", 2.0, 4), target("2023-24", 3.0, 4)];
        let wanted = vec![target("2024-25", 9.0, 0), target("2023-24", 4.0, 0), target("2022-23", 2.0, 0)];
        let found = difference(stored, wanted);
        assert_eq!(found.retired, [target("2021-22", 1.0, 3), target("2023-24", 3.0, 4)]);
        assert_eq!(found.added, [target("2023-24", 4.0, 0), target("2024-25", 9.0, 0)]);
        assert_eq!(found.unchanged, 1);
    }

    #[test]
    fn of_two_rows_with_one_key_the_later_stands() {
        let found = difference(Vec::new(), vec![target("2023-24", 1.0, 0), target("2023-24", 2.0, 0)]);
        assert_eq!(found.added, [target("2023-24", 2.0, 0)]);
    }

    #[test]
    fn reference_rows_speak_only_for_the_parts_that_they_name() {
        let mut other = target("2023-24", 1.0, 1);
        other.indicator = "cla_rate_per_10000".into();
        let stored = vec![target("2022-23", 1.0, 1), other];
        assert_eq!(in_parts_of(stored, &[target("2023-24", 1.0, 0)]), [target("2022-23", 1.0, 1)]);
    }
}
