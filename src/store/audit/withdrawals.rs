//! The list of what was withdrawn: a signed line each, only ever added to.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use ed25519_dalek::SigningKey;

use super::{AuditError, AuditPlace};
use crate::audit::{SignedWithdrawal, Withdrawal};

/// The file, and the key that signs its lines.
pub(super) struct Withdrawals {
    path: PathBuf,
    key: SigningKey,
}

impl Withdrawals {
    /// The list at a place; the file need not be there.
    pub(super) fn of(place: &AuditPlace, key: &SigningKey) -> Self {
        Self { path: place.withdrawals.clone(), key: key.clone() }
    }

    /// Every line. A last one without its end was cut off while it was written, and nothing was withdrawn after it.
    pub(super) fn read(&self) -> Result<Vec<SignedWithdrawal>, AuditError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(error)),
        };
        let whole = text.rfind('\n').map_or("", |end| text.get(..end).unwrap_or_default());
        let signed = |(line, text): (usize, &str)| {
            serde_json::from_str(text)
                .ok()
                .filter(|line: &SignedWithdrawal| line.is_signed_by(&self.key.verifying_key()))
                .ok_or_else(|| AuditError::NotAWithdrawal(self.path.clone(), line + 1))
        };
        whole.lines().enumerate().filter(|(_, text)| !text.is_empty()).map(signed).collect()
    }

    /// Adds a line to the file, and on the disk, before it returns.
    pub(super) fn add(&self, withdrawal: Withdrawal, time: DateTime<Utc>) -> Result<(), AuditError> {
        self.drop_cut_line()?;
        let line = serde_json::to_string(&SignedWithdrawal::new(withdrawal, time, &self.key));
        let line = line.map_err(|error| self.failed(error.into()))?;
        let mut file = self.open()?;
        // One write of one line: two processes that add to the file do not cut each other's lines.
        let added = file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_data());
        added.map_err(|error| self.failed(error))
    }

    /// Makes the file where it is missing; true if it was.
    pub(super) fn make(&self) -> Result<bool, AuditError> {
        let is_missing = !self.path.try_exists().map_err(|error| self.failed(error))?;
        if is_missing {
            self.open()?;
        }
        Ok(is_missing)
    }

    /// Takes away what a crash left of a line.
    fn drop_cut_line(&self) -> Result<(), AuditError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(self.failed(error)),
        };
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole == bytes.len() {
            return Ok(());
        }
        let file = OpenOptions::new().write(true).open(&self.path).map_err(|error| self.failed(error))?;
        file.set_len(whole as u64).map_err(|error| self.failed(error))
    }

    fn open(&self) -> Result<File, AuditError> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path).map_err(|error| self.failed(error))
    }

    fn failed(&self, error: std::io::Error) -> AuditError {
        AuditError::Withdrawals(self.path.clone(), error)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::audit::Bytes;

    fn signed_by(folder: &Path, key: u8) -> Withdrawals {
        let place = AuditPlace::new(folder, "sqlite:lookedafter.sqlite");
        Withdrawals::of(&place, &SigningKey::from_bytes(&[key; 32]))
    }

    #[test]
    fn what_was_withdrawn_is_read_again_and_a_line_that_was_changed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let list = signed_by(folder.path(), 1);
        assert_eq!(list.read().unwrap(), []);
        let erasure = Withdrawal::Erasure { authority: "E09000015".into(), mark: Bytes([7; 32]) };
        let suspended = Withdrawal::GrantSuspended { grant: "G-1".into() };
        list.add(erasure.clone(), Utc::now()).unwrap();
        // A crash cut this line off.
        let text = fs::read_to_string(&list.path).unwrap();
        fs::write(&list.path, format!("{text}{{\"what\":\"era")).unwrap();
        assert_eq!(list.read().unwrap().len(), 1);
        list.add(suspended.clone(), Utc::now()).unwrap();
        let read: Vec<_> = list.read().unwrap().into_iter().map(|line| line.withdrawal).collect();
        assert_eq!(read, [erasure, suspended]);
        let text = fs::read_to_string(&list.path).unwrap();
        fs::write(&list.path, text.replace("G-1", "G-2")).unwrap();
        assert!(matches!(list.read(), Err(AuditError::NotAWithdrawal(_, 2))));
        assert!(matches!(signed_by(folder.path(), 2).read(), Err(AuditError::NotAWithdrawal(_, 1))));
    }
}
