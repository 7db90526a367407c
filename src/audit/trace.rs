//! How a child stands in the records without being named: a digest under a key of the child's own.
//!
//! Erasing a child destroys the key. Nobody can tell then which child a trace stood for, not even by trying every
//! identifier.

use hmac::{Hmac, Mac};
use sha2::{Digest as _, Sha256};

use super::{Bytes, Digest, Trace};

/// The key of one child.
pub type ChildKey = Bytes<32>;

/// The trace of a child under the child's key.
pub fn trace_of(key: &ChildKey, child: &str) -> Trace {
    let full = keyed(key, &[child]).0;
    let mut short = [0; 16];
    short.iter_mut().zip(full).for_each(|(to, from)| *to = from);
    Bytes(short)
}

/// What remains of an erased child: a digest under a secret, so that an import that brings the child again is known.
pub fn mark_of(secret: &Digest, authority: &str, child: &str) -> Digest {
    keyed(secret, &[authority, child])
}

/// The digest of texts that belong together, such as the issuer and subject of a token.
pub fn digest_of(parts: &[&str]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    Bytes(hasher.finalize().into())
}

fn keyed(key: &Bytes<32>, parts: &[&str]) -> Digest {
    // HMAC takes keys of any length, so this cannot fail; an empty digest would stand for nobody.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key.0) else { return Bytes([0; 32]) };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    Bytes(mac.finalize().into_bytes().into())
}

/// The traces of an authority's children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces(Vec<(Box<str>, Trace)>);

impl Traces {
    /// The traces of these children.
    pub fn new(mut traces: Vec<(Box<str>, Trace)>) -> Self {
        traces.sort_unstable();
        Self(traces)
    }

    /// The trace of a child; none for a child that is not known.
    pub fn of(&self, child: &str) -> Option<Trace> {
        let place = self.0.binary_search_by(|(known, _)| (**known).cmp(child)).ok()?;
        self.0.get(place).map(|(_, trace)| *trace)
    }

    /// How many children are known.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_depends_on_the_key_and_on_the_child() {
        let (one, other) = (Bytes([1; 32]), Bytes([2; 32]));
        assert_eq!(trace_of(&one, "0001"), trace_of(&one, "0001"));
        assert_ne!(trace_of(&one, "0001"), trace_of(&other, "0001"));
        assert_ne!(trace_of(&one, "0001"), trace_of(&one, "001"));
    }

    #[test]
    fn texts_that_run_together_alike_have_different_digests() {
        assert_ne!(digest_of(&["ab", "c"]), digest_of(&["a", "bc"]));
        assert_ne!(digest_of(&["ab"]), digest_of(&["ab", ""]));
        let secret = Bytes([1; 32]);
        assert_ne!(mark_of(&secret, "E09000015", "1"), mark_of(&secret, "E0900001", "51"));
    }

    #[test]
    fn a_trace_is_found_by_its_child() {
        let trace = |byte| Bytes([byte; 16]);
        let traces = Traces::new(vec![("b".into(), trace(2)), ("a".into(), trace(1))]);
        assert_eq!((traces.of("a"), traces.of("b"), traces.of("c")), (Some(trace(1)), Some(trace(2)), None));
        assert_eq!((traces.len(), traces.is_empty()), (2, false));
    }
}
