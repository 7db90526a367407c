//! What was withdrawn: children who were erased, grants and shares that were ended. Whoever restores an older backup does
//! these again, so each is a signed line of a list that outlives the database.
//!
//! A child stands in it as the digest that an erasure leaves behind, which says nothing without the database's own secret.

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{Bytes, Digest};

/// Something that was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Withdrawal {
    /// A child was erased.
    Erasure {
        /// ONS code of the authority.
        authority: String,
        /// What remains of the child.
        mark: Digest,
    },
    /// An erasure that is in the list failed: the child is still there.
    ErasureFailed {
        /// ONS code of the authority.
        authority: String,
        /// The mark in the list.
        mark: Digest,
    },
    /// A grant was suspended.
    GrantSuspended {
        /// Its identifier.
        grant: String,
    },
    /// A grant was ended.
    GrantEnded {
        /// Its identifier.
        grant: String,
    },
    /// A child is not shared with an organisation any more.
    ShareEnded {
        /// ONS code of the authority.
        authority: String,
        /// The digest that would remain of the child.
        mark: Digest,
        /// The organisation.
        organisation: String,
    },
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedWithdrawal {
    /// What was withdrawn.
    #[serde(flatten)]
    pub withdrawal: Withdrawal,
    /// When.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: DateTime<Utc>,
    /// The Ed25519 signature.
    pub signature: Bytes<64>,
}

impl SignedWithdrawal {
    /// Signs what was withdrawn, and when.
    pub fn new(withdrawal: Withdrawal, time: DateTime<Utc>, key: &SigningKey) -> Self {
        let signature = Bytes(key.sign(words(&withdrawal, time).as_bytes()).to_bytes());
        Self { withdrawal, time, signature }
    }

    /// Whether the key signed it.
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signature = Signature::from_bytes(&self.signature.0);
        key.verify_strict(words(&self.withdrawal, self.time).as_bytes(), &signature).is_ok()
    }
}

/// What is signed: words that no other signature of this key begins with, then all fields.
fn words(withdrawal: &Withdrawal, time: DateTime<Utc>) -> String {
    let fields = serde_json::to_string(withdrawal).unwrap_or_default();
    format!("lookedafter withdrawal\n{}\n{fields}", time.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written_and_signed_as_it_stands() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let time = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        let (authority, mark) = ("E09000015".to_owned(), Bytes([3; 32]));
        let all = [
            Withdrawal::Erasure { authority: authority.clone(), mark },
            Withdrawal::ErasureFailed { authority: authority.clone(), mark },
            Withdrawal::GrantSuspended { grant: "G-1".into() },
            Withdrawal::GrantEnded { grant: "G-1".into() },
            Withdrawal::ShareEnded { authority, mark, organisation: "Coram".into() },
        ];
        for withdrawal in &all {
            let signed = SignedWithdrawal::new(withdrawal.clone(), time, &key);
            let line = serde_json::to_string(&signed).unwrap();
            assert_eq!(serde_json::from_str::<SignedWithdrawal>(&line).unwrap(), signed, "{line}");
            assert!(signed.is_signed_by(&key.verifying_key()) && !signed.is_signed_by(&other.verifying_key()));
            for changed in all.iter().filter(|other| *other != withdrawal) {
                let changed = SignedWithdrawal { withdrawal: changed.clone(), ..signed.clone() };
                assert!(!changed.is_signed_by(&key.verifying_key()), "{line}");
            }
        }
    }
}
