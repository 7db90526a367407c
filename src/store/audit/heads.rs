//! The file of signed heads: one line each, only ever added to.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use ed25519_dalek::{SigningKey, VerifyingKey};

use super::{AuditError, AuditPlace};
use crate::audit::{Head, Mark, Signed};
use crate::signing;

/// File name of the key within the data folder.
const KEY: &str = "audit-key.pem";

/// The file, and the key that signs its lines.
pub(super) struct Heads {
    path: PathBuf,
    key: SigningKey,
}

impl Heads {
    /// Opens the key; the file need not be there.
    pub(super) fn open(place: &AuditPlace) -> Result<Self, AuditError> {
        Ok(Self { path: place.heads.clone(), key: signing::key(&place.folder, KEY)? })
    }

    /// The public half of the key.
    pub(super) fn public(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// Every line, signed or not by our key.
    pub(super) fn read(&self) -> Result<Vec<Signed>, AuditError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(AuditError::Heads(self.path.clone(), error)),
        };
        let signed = |(line, text): (usize, &str)| {
            serde_json::from_str(text).map_err(|_| AuditError::NotAHead(self.path.clone(), line + 1))
        };
        text.lines().enumerate().map(signed).collect()
    }

    /// The place up to which records have been rolled away; 0 before the first time.
    pub(super) fn start(&self) -> Result<u64, AuditError> {
        let signed = self.read()?.into_iter().filter(|signed| signed.is_signed_by(&self.public()));
        let starts = signed.filter(|signed| signed.head.mark == Mark::Start);
        Ok(starts.map(|signed| signed.head.seq).max().unwrap_or_default())
    }

    /// Signs a head and adds it to the file, and on the disk, before it returns.
    pub(super) fn add(&self, head: Head) -> Result<(), AuditError> {
        let failed = |error| AuditError::Heads(self.path.clone(), error);
        let line = serde_json::to_string(&head.sign(&self.key)).map_err(|error| failed(error.into()))?;
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path).map_err(failed)?;
        // One write of one line: two processes that add to the file do not cut each other's lines.
        file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_data()).map_err(failed)
    }
}
