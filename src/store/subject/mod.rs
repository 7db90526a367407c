//! One child through all tables: the trace in the record of reading, everything that is stored, and its erasure.

mod clean;
mod erase;
mod erased;
mod named;
mod outlived;
mod stored;
mod tables;
#[cfg(test)]
mod tests;
mod traces;
mod withdrawn;

pub(super) use erase::ERASURE;
pub use erase::ErasureOutcome;
pub(super) use erased::{SECRET, Tombstones};
pub use stored::StoredRows;
pub(super) use traces::new_keys;
pub use withdrawn::WithdrawnAgain;
