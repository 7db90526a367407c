//! The records behind the figures, for those who may read them: pages of children, leavers and carers, and what hangs
//! from each, many in one query.
//!
//! Every query takes a [`crate::access::Scope`], which only a decision about access can make, and reads that authority's rows alone.

mod carers;
mod children;
mod of_children;
mod shown;
#[cfg(test)]
mod tests;

pub use carers::Filled;
pub use children::ChildFilter;

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
