//! Proving the records to be whole: each in its place, each chained to the one before it, up to every signed head.

use std::fmt;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha256};

use super::{Digest, GENESIS, Mark, SealedRecord, SignedHead, Trace, seal};

/// Whoever writes signs the head after their first records. So many records, over so long, can be there before that.
const BEFORE_SIGNING: u64 = 100;
const BEFORE_SIGNING_MS: i64 = 60 * 60 * 1_000;

/// What is wrong with the records, and where it shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainFault {
    /// The place.
    pub seq: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its digest is not that of its bytes.
    Changed,
    /// Its bytes name another place or time: it was swapped or moved.
    Moved,
    /// Records before it are missing.
    Removed,
    /// Its place was taken already.
    Inserted,
    /// It does not follow from the record before it.
    Unlinked,
    /// It is not the record that was signed as the head: it or one before it was rewritten.
    Rewritten,
    /// It was signed as the head, and the records end before it.
    CutOff,
    /// The head of this place is not signed by our key.
    Forged,
    /// There are records, more than are written before a head is signed, and not one signed head.
    Unsigned,
    /// The index of children does not hold what the records say.
    Index,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Changed => "changed: its digest is not that of its bytes",
            Fault::Moved => "moved: its bytes name another place or time",
            Fault::Removed => "removed: records before it are missing",
            Fault::Inserted => "inserted: its place was taken already",
            Fault::Unlinked => "unlinked: it does not follow from the record before it",
            Fault::Rewritten => "rewritten: it is not the record that was signed as the head",
            Fault::CutOff => "cut off: it was signed as the head, and the records end before it",
            Fault::Forged => "forged: the head of this place is not signed by our key",
            Fault::Unsigned => "unsigned: there is no signed head for these records, here at least",
            Fault::Index => "index: the index of children does not hold what the records say",
        })
    }
}

/// Records that are whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntactLog {
    /// How many records there are.
    pub records: u64,
    /// The first; 0 if there is none.
    pub first: u64,
    /// The last; 0 if there is none.
    pub last: u64,
    /// The last that is covered by a signed head; 0 if there is none.
    pub signed: u64,
    /// The sum over the children of all records, to be compared with that of the index.
    pub traces: TraceSum,
}

/// A sum over pairs of child and record that does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TraceSum(u128);

impl TraceSum {
    /// Adds a child of a record.
    pub fn add(&mut self, trace: &Trace, seq: u64) {
        let mut hasher = Sha256::new();
        hasher.update(trace.0);
        hasher.update(seq.to_be_bytes());
        let digest: [u8; 32] = hasher.finalize().into();
        let low = digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
        self.0 = self.0.wrapping_add(low);
    }
}

/// Takes the records one after the other, in the order of their places.
#[derive(Clone, Debug)]
pub struct Verifier {
    heads: std::iter::Peekable<std::vec::IntoIter<SignedHead>>,
    start: (u64, Digest),
    /// The last record that was rolled away and is still there, because its deletion has not ended.
    rolled: Option<(u64, Digest)>,
    has_heads: bool,
    prev: Option<Digest>,
    /// When the first and the last record were made.
    times: (i64, i64),
    whole: IntactLog,
}

impl Verifier {
    /// Takes the heads that were signed, in any order.
    ///
    /// # Errors
    /// The first head that our key did not sign.
    pub fn new(mut heads: Vec<SignedHead>, key: &VerifyingKey) -> Result<Self, ChainFault> {
        heads.sort_by_key(|signed| signed.head.seq);
        if let Some(forged) = heads.iter().find(|signed| !signed.is_signed_by(key)) {
            return Err(ChainFault { seq: forged.head.seq, fault: Fault::Forged });
        }
        let start = heads.iter().rfind(|signed| signed.head.mark == Mark::Start);
        let start = start.map_or((0, GENESIS), |signed| (signed.head.seq, signed.head.hash));
        let (rolled, has_heads) = (None, !heads.is_empty());
        let heads = heads.into_iter().peekable();
        Ok(Self { heads, start, rolled, has_heads, prev: None, times: (0, 0), whole: IntactLog::default() })
    }

    /// Takes the next record. One that was rolled away is not counted: its deletion may not have ended.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn take(&mut self, record: &SealedRecord) -> Result<(), ChainFault> {
        let broken = |fault| Err(ChainFault { seq: record.seq, fault });
        let (last, prev) = match self.prev {
            Some(prev) => (self.whole.last, prev),
            None if record.seq <= self.start.0 => return self.pass(record),
            None if self.rolled.is_some_and(|(rolled, _)| rolled != self.start.0) => return broken(Fault::Removed),
            None => self.start,
        };
        if record.seq <= last {
            return broken(Fault::Inserted);
        }
        if record.seq - last > 1 {
            return broken(Fault::Removed);
        }
        if !record.is_in_place() {
            return broken(Fault::Moved);
        }
        if record.hash != seal(&record.prev, &record.text) {
            return broken(Fault::Changed);
        }
        if record.prev != prev {
            return broken(Fault::Unlinked);
        }
        while let Some(head) = self.heads.next_if(|signed| signed.head.seq <= record.seq) {
            if head.head.seq == record.seq {
                if head.head.hash != record.hash {
                    return broken(Fault::Rewritten);
                }
                self.whole.signed = record.seq;
            }
        }
        self.count(record)
    }

    /// Passes over a record that was rolled away: deleted from the first on, so that the rest leads up to the start.
    fn pass(&mut self, record: &SealedRecord) -> Result<(), ChainFault> {
        let fault = match self.rolled {
            _ if !record.is_in_place() => Some(Fault::Moved),
            _ if record.hash != seal(&record.prev, &record.text) => Some(Fault::Changed),
            Some((last, _)) if record.seq != last + 1 => Some(Fault::Removed),
            Some((_, prev)) if record.prev != prev => Some(Fault::Unlinked),
            _ if record.seq == self.start.0 && record.hash != self.start.1 => Some(Fault::Rewritten),
            _ => None,
        };
        self.rolled = Some((record.seq, record.hash));
        fault.map_or(Ok(()), |fault| Err(ChainFault { seq: record.seq, fault }))
    }

    fn count(&mut self, record: &SealedRecord) -> Result<(), ChainFault> {
        // Only a record that is about children has the word, and those are few where figures are read.
        if record.text.contains("\"children\":[") {
            let entry = record.entry().map_err(|_| ChainFault { seq: record.seq, fault: Fault::Changed })?;
            entry.fact.children().iter().for_each(|trace| self.whole.traces.add(trace, record.seq));
        }
        if self.prev.is_none() {
            self.whole.first = record.seq;
            self.times.0 = record.at;
        }
        self.whole.records += 1;
        self.whole.last = record.seq;
        self.times.1 = record.at;
        self.prev = Some(record.hash);
        Ok(())
    }

    /// Whether there are so few records that no head of them need have been signed yet.
    fn is_just_begun(&self) -> bool {
        let (first, last) = self.times;
        self.whole.first <= 1 && self.whole.records <= BEFORE_SIGNING && last - first < BEFORE_SIGNING_MS
    }

    /// Ends after the last record.
    ///
    /// # Errors
    /// A signed head lies beyond it.
    pub fn end(mut self) -> Result<IntactLog, ChainFault> {
        match self.heads.next() {
            Some(beyond) => Err(ChainFault { seq: beyond.head.seq, fault: Fault::CutOff }),
            None if !self.has_heads && !self.is_just_begun() => {
                Err(ChainFault { seq: self.whole.last, fault: Fault::Unsigned })
            }
            None => Ok(self.whole),
        }
    }
}

/// Proves stored records to be whole.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify<'a>(
    records: impl IntoIterator<Item = &'a SealedRecord>,
    heads: Vec<SignedHead>,
    key: &VerifyingKey,
) -> Result<IntactLog, ChainFault> {
    let mut verifier = Verifier::new(heads, key)?;
    for record in records {
        verifier.take(record)?;
    }
    verifier.end()
}
