//! The head of the chain, signed: what the records were at one moment, so that a later change of them shows.

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{Bytes, Digest};

/// What a signature says of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It was the last record.
    Head,
    /// It and all before it were rolled away: the chain begins after it.
    Start,
}

/// A record, known by its place and digest, at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What is said of it.
    pub mark: Mark,
    /// Its place.
    pub seq: u64,
    /// Its digest.
    pub hash: Digest,
    /// When that was.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: DateTime<Utc>,
}

/// A head with its signature: one line of the file of heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// What is signed.
    #[serde(flatten)]
    pub head: Head,
    /// The Ed25519 signature.
    pub signature: Bytes<64>,
}

impl Head {
    /// What is signed: words that no other signature of this key begins with, then all fields.
    fn words(&self) -> String {
        let mark = match self.mark {
            Mark::Head => "head",
            Mark::Start => "start",
        };
        format!("lookedafter audit {mark}\n{}\n{}\n{}", self.seq, self.hash, self.time.timestamp_millis())
    }

    /// Signs it.
    pub fn sign(self, key: &SigningKey) -> SignedHead {
        SignedHead { signature: Bytes(key.sign(self.words().as_bytes()).to_bytes()), head: self }
    }
}

impl SignedHead {
    /// Whether the key signed it.
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        key.verify_strict(self.head.words().as_bytes(), &Signature::from_bytes(&self.signature.0)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_own_head_and_key_alone() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let time = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        let signed = Head { mark: Mark::Head, seq: 7, hash: Bytes([3; 32]), time }.sign(&key);
        assert!(signed.is_signed_by(&key.verifying_key()));
        assert!(!signed.is_signed_by(&other.verifying_key()));
        let changed = [
            Head { mark: Mark::Start, ..signed.head },
            Head { seq: 8, ..signed.head },
            Head { hash: Bytes([4; 32]), ..signed.head },
            Head { time: DateTime::from_timestamp_millis(1_700_000_000_124).unwrap(), ..signed.head },
        ];
        for head in changed {
            assert!(!SignedHead { head, ..signed }.is_signed_by(&key.verifying_key()), "{head:?}");
        }
        let line = serde_json::to_string(&signed).unwrap();
        assert_eq!(serde_json::from_str::<SignedHead>(&line).unwrap(), signed);
    }
}
