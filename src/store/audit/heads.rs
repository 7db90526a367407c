//! The file of signed heads: one line each, only ever added to.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::{SigningKey, VerifyingKey};

use super::{AuditError, AuditPlace, place::KEY};
use crate::audit::{Head, Mark, SignedHead};
use crate::signing;

/// No line is longer, in bytes.
const LONGEST: u64 = 4_096;

/// The file, and the key that signs its lines.
pub(super) struct Heads {
    path: PathBuf,
    key: SigningKey,
}

/// What the file holds.
pub(super) struct Lines {
    /// Every whole line, signed or not by our key.
    pub(super) signed: Vec<SignedHead>,
    /// The number of the last line, if its end is missing because whoever wrote it was cut off.
    pub(super) torn: Option<usize>,
}

impl Heads {
    /// Opens the key; the file need not be there. A key is made where there are no records that another one has signed.
    ///
    /// # Errors
    /// [`AuditError::KeyMissing`] if there are records or heads, and no key.
    pub(super) fn open(place: &AuditPlace, has_records: bool) -> Result<Self, AuditError> {
        let (path, key) = (place.heads.clone(), place.folder.join(KEY));
        let has_heads = fs::metadata(&path).is_ok_and(|found| found.len() > 0);
        if (has_records || has_heads) && fs::symlink_metadata(&key).is_err_and(|e| e.kind() == ErrorKind::NotFound) {
            return Err(AuditError::KeyMissing(key));
        }
        Ok(Self { path, key: signing::key(&place.folder, KEY)? })
    }

    /// The key.
    pub(super) fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The public half of the key.
    pub(super) fn public(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Every whole line, signed or not by our key. A last line whose end is missing is passed over.
    pub(super) fn read(&self) -> Result<Vec<SignedHead>, AuditError> {
        Ok(self.lines()?.signed)
    }

    /// Every line. Another process that adds one is waited for.
    pub(super) fn lines(&self) -> Result<Lines, AuditError> {
        let mut text = String::new();
        let read = File::open(&self.path).and_then(|mut file| {
            // Some network drives know no locks; there a line may look torn while it is written.
            let _ = file.lock_shared();
            file.read_to_string(&mut text)
        });
        match read {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(AuditError::Heads(self.path.clone(), error)),
        }
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let (lines, rest) = text.split_at(whole);
        let signed = |(line, text): (usize, &str)| {
            serde_json::from_str(text).map_err(|_| AuditError::NotAHead(self.path.clone(), line + 1))
        };
        let signed = lines.lines().enumerate().map(signed).collect::<Result<Vec<_>, _>>()?;
        let torn = (!rest.is_empty()).then_some(signed.len() + 1);
        Ok(Lines { signed, torn })
    }

    /// The place up to which records have been rolled away; 0 before the first time.
    pub(super) fn start(&self) -> Result<u64, AuditError> {
        let signed = self.read()?.into_iter().filter(|signed| signed.is_signed_by(&self.public()));
        let starts = signed.filter(|signed| signed.head.mark == Mark::Start);
        Ok(starts.map(|signed| signed.head.seq).max().unwrap_or_default())
    }

    /// Signs a head and adds it to the file, and on the disk, before it returns. What was left of a line that was torn goes.
    pub(super) fn add(&self, head: Head) -> Result<(), AuditError> {
        let failed = |error| AuditError::Heads(self.path.clone(), error);
        let line = serde_json::to_string(&head.sign(&self.key)).map_err(|error| failed(error.into()))?;
        let mut options = OpenOptions::new();
        options.append(true).read(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path).map_err(failed)?;
        let _ = file.lock();
        let whole = end_of_lines(&mut file).map_err(failed)?;
        file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_data()).map_err(|error| {
            // On a full disk the beginning of the line may have found room.
            let _ = file.set_len(whole);
            failed(error)
        })
    }
}

/// Where the last whole line ends. What comes after it is cut off.
fn end_of_lines(file: &mut File) -> std::io::Result<u64> {
    let mut bytes = Vec::new();
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    file.read_to_end(&mut bytes)?;
    let torn = bytes.iter().rev().take_while(|byte| **byte != b'\n').count() as u64;
    let whole = length - torn;
    if torn > 0 {
        file.set_len(whole)?;
    }
    Ok(whole)
}
