//! The record of who read what about whom, when, why and under which agreement, and how it is proved to be whole.
//!
//! Every record is chained to the one before it by a digest, and the head of the chain is signed now and then. Children
//! stand in it as traces: digests under a key that each child has, and that erasure destroys.

mod canonical;
mod entry;
mod head;
mod hex;
mod trace;
mod verify;
#[cfg(test)]
mod verify_tests;
mod withdrawal;

pub use canonical::{Body, GENESIS, SealedRecord, seal};
pub use entry::{
    About, Act, Administration, CASE_REFERENCE, Entry, Fact, ITEMS, OPERATION_NAME, Operation, Outcome, Principal, Read,
};
pub use head::{Head, Mark, SignedHead};
pub use hex::{Bytes, Digest, NotHex, Trace};
pub use trace::{ChildKey, Traces, digest_of, mark_of, trace_of};
pub use verify::{ChainFault, Fault, IntactLog, TraceSum, Verifier, verify};
pub use withdrawal::{SignedWithdrawal, Withdrawal};
