//! The bytes of a record that its digest is taken of, and the chain that the digests make.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{CASE_REFERENCE, Digest, Entry, Fact, Trace};

/// What stands for the record before the first.
pub const GENESIS: Digest = super::Bytes([0; 32]);

/// A record that has no place in the chain yet: everything but `seq`, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    at: i64,
    text: String,
    children: Vec<Trace>,
}

/// A record in its place, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRecord {
    /// Its place, from 1 without gaps.
    pub seq: u64,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// Its canonical bytes: JSON without spaces, the fields in the order of [`Entry`].
    pub text: String,
    /// The digest of the record before it.
    pub prev: Digest,
    /// SHA-256 of `prev` and `text`.
    pub hash: Digest,
}

#[derive(Serialize)]
struct Rest<'a> {
    node: &'a str,
    fact: &'a Fact,
}

impl Body {
    /// Writes a record down; a case reference is cut to its greatest length.
    ///
    /// # Errors
    /// None is known: the fields are all texts, numbers and lists of them.
    pub fn new(time: DateTime<Utc>, node: &str, mut fact: Fact) -> Result<Self, serde_json::Error> {
        if let Fact::Read(read) = &mut fact
            && let Some(reference) = &mut read.case_reference
            && let Some((cut, _)) = reference.char_indices().nth(CASE_REFERENCE)
        {
            reference.truncate(cut);
        }
        let text = serde_json::to_string(&Rest { node, fact: &fact })?;
        let children = match fact {
            Fact::Read(read) => read.about.children,
            Fact::Administration(act) => act.children,
        };
        Ok(Self { at: time.timestamp_millis(), text, children })
    }

    /// The children that it is about.
    pub fn children(&self) -> &[Trace] {
        &self.children
    }

    /// Puts it in its place after a record.
    pub fn seal(&self, seq: u64, prev: Digest) -> SealedRecord {
        let rest = self.text.strip_prefix('{').unwrap_or(&self.text);
        let mut text = opening(seq, self.at);
        text.reserve_exact(rest.len());
        text.push_str(rest);
        SealedRecord { seq, at: self.at, hash: seal(&prev, &text), text, prev }
    }
}

impl SealedRecord {
    /// The record as it can be read.
    ///
    /// # Errors
    /// The text is not that of a record.
    pub fn entry(&self) -> Result<Entry, serde_json::Error> {
        serde_json::from_str(&self.text)
    }

    /// Whether the text names the place and the time that it is stored under.
    pub(super) fn is_in_place(&self) -> bool {
        self.text.starts_with(&opening(self.seq, self.at))
    }
}

fn opening(seq: u64, at: i64) -> String {
    format!("{{\"seq\":{seq},\"time\":{at},")
}

/// The digest of a record: SHA-256 of the digest before it and its canonical bytes.
pub fn seal(prev: &Digest, text: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(prev.0);
    hasher.update(text.as_bytes());
    super::Bytes(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{About, Act, Administration, Bytes, Operation, Outcome, Principal, Read};

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_700_000_000_123).unwrap()
    }

    fn whole() -> Read {
        Read {
            principal: Principal {
                subject: Some(Bytes([1; 32])),
                display: "analyst@E09000015".into(),
                organisation: Some("Harrow".into()),
                role: "analyst".into(),
                grants: vec!["g1".into()],
                agreements: vec!["A1".into()],
                inspection: None,
            },
            purpose: Some("direct-care".into()),
            case_reference: Some("case 7".into()),
            operation: Operation {
                document: Some(Bytes([2; 32])),
                name: Some("Panel".into()),
                variables: Some(r#"{"id":"ab"}"#.into()),
            },
            about: About {
                authorities: vec!["E09000015".into()],
                levels: vec!["I".into()],
                domains: vec!["core".into()],
                child_count: 1,
                children: vec![Bytes([3; 16])],
                tables: vec!["2023-24-Q2/scorecard".into()],
                ..About::default()
            },
            outcome: Outcome { permitted: true, rows: 1, bytes: 9, ms: 2, ..Outcome::default() },
        }
    }

    #[test]
    fn a_record_is_read_back_as_it_was_written() {
        let facts = [
            Fact::from(whole()),
            Read::default().into(),
            Administration::new(Act::GrantAdded, "root", "a new \"partner\"")
                .at("E09000015")
                .to("g1")
                .with("{}")
                .into(),
        ];
        for fact in facts {
            let sealed = Body::new(at(), "node", fact.clone()).unwrap().seal(7, GENESIS);
            let expected = Entry { seq: 7, time: at(), node: "node".into(), fact };
            assert_eq!(sealed.entry().unwrap(), expected);
            assert_eq!(serde_json::to_string(&expected).unwrap(), sealed.text, "the text is canonical");
            assert!(sealed.is_in_place());
        }
    }

    #[test]
    fn a_digest_depends_on_the_record_before_and_on_every_byte() {
        let body = Body::new(at(), "node", whole().into()).unwrap();
        let first = body.seal(1, GENESIS);
        assert_eq!(first.hash, seal(&GENESIS, &first.text));
        assert_ne!(body.seal(1, Bytes([9; 32])).hash, first.hash);
        assert_ne!(body.seal(2, GENESIS).hash, first.hash);
    }

    #[test]
    fn a_case_reference_is_cut_to_64_characters() {
        let read = Read { case_reference: Some("ä".repeat(65)), ..Read::default() };
        let entry = Body::new(at(), "node", read.into()).unwrap().seal(1, GENESIS).entry().unwrap();
        let Fact::Read(read) = entry.fact else { panic!("another fact") };
        assert_eq!(read.case_reference, Some("ä".repeat(64)));
    }

    #[test]
    fn every_act_has_the_word_that_stands_in_the_records() {
        let acts = [Act::GrantAdded, Act::GrantSuspended, Act::GrantEnded, Act::ShareAdded, Act::ShareEnded];
        let more = [
            Act::AgreementAdded,
            Act::Erasure,
            Act::Export,
            Act::SubjectSearch,
            Act::Verification,
            Act::Roll,
            Act::Start,
            Act::Stop,
        ];
        for act in acts.into_iter().chain(more) {
            assert_eq!(serde_json::to_value(act).unwrap(), act.word());
        }
    }
}
