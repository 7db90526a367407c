//! The records behind the figures, for those who may read them: pages of carers, and what hangs from children and
//! households, many in one query. Who is on a list of children is decided by the histories, as for the figures.
//!
//! Every query takes a [`crate::access::Scope`], which only a decision about access can make, and reads that
//! authority's rows alone.

mod carers;
mod shown;
#[cfg(test)]
pub(super) mod tests;

pub use carers::HouseholdPlacements;

/// A page of a list in the order of its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<T> {
    /// What is on the page.
    pub rows: Vec<T>,
    /// Whether there is more after it.
    pub more: More,
}

/// Whether a list goes on after a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum More {
    /// It goes on.
    Yes,
    /// That was all.
    #[default]
    No,
}

impl<T> Page<T> {
    /// A page of at most `first` rows, from one row more where there is one.
    fn new(mut rows: Vec<T>, first: u64) -> Self {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let more = if rows.len() > first { More::Yes } else { More::No };
        rows.truncate(first);
        Self { rows, more }
    }
}
