//! The key of the development issuer, in the data folder.

use std::path::Path;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use sha2::{Digest, Sha256};

use crate::signing;
pub use crate::signing::KeyError;

/// File name of the key within the data folder.
const FILE: &str = "development-key.pem";

/// An Ed25519 key that signs development tokens.
#[derive(Clone, Debug)]
pub struct DevelopmentKey {
    signing: SigningKey,
}

impl DevelopmentKey {
    /// The key in this folder; makes folder and key where there are none.
    ///
    /// # Errors
    /// The file cannot be read or made, holds something else, or is open to others.
    pub fn open(folder: &Path) -> Result<DevelopmentKey, KeyError> {
        Ok(DevelopmentKey { signing: signing::key(folder, FILE)? })
    }

    /// The name of the key in the header of tokens: the beginning of the digest of its public half.
    pub fn id(&self) -> String {
        let digest = Sha256::digest(self.public());
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The public half, 32 bytes.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    pub(super) fn to_der(&self) -> Option<Vec<u8>> {
        self.signing.to_pkcs8_der().ok().map(|der| der.as_bytes().to_vec())
    }
}
