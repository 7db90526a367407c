//! Tokens that were revoked before their time: a file with one `jti` a line, looked at every few seconds.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::keyset::Edition;

/// How often the file is looked at.
const LOOK: TimeDelta = TimeDelta::seconds(10);

/// The tokens that are refused whatever they say.
pub(super) struct Revoked {
    path: Option<PathBuf>,
    known: Mutex<RevocationList>,
    edition: Edition,
}

#[derive(Default)]
struct RevocationList {
    ids: HashSet<String>,
    looked: Option<DateTime<Utc>>,
}

impl Revoked {
    /// The list in this file; without a file nothing is revoked.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open(path: Option<&Path>, edition: Edition) -> std::io::Result<Revoked> {
        let ids = path.map(read).transpose()?.unwrap_or_default();
        let known = Mutex::new(RevocationList { ids, looked: None });
        Ok(Revoked { path: path.map(Path::to_owned), known, edition })
    }

    /// Whether a token of this name was revoked.
    pub fn contains(&self, id: &str) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).ids.contains(id)
    }

    /// Looks at the file again. What was revoked stays so while the file cannot be read.
    pub fn look(&self, at: DateTime<Utc>) {
        let Some(path) = &self.path else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.looked.is_some_and(|looked| (at - looked).abs() < LOOK) {
            return;
        }
        known.looked = Some(at);
        match read(path) {
            Ok(ids) if ids != known.ids => {
                known.ids = ids;
                self.edition.fetch_add(1, Ordering::SeqCst);
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the list of revoked tokens cannot be read"),
        }
    }
}

fn read(path: &Path) -> std::io::Result<HashSet<String>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_again_after_ten_seconds_and_kept_while_it_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("revoked");
        std::fs::write(&path, "one\n\n two \n").unwrap();
        let edition = Edition::default();
        let revoked = Revoked::open(Some(&path), Edition::clone(&edition)).unwrap();
        let start = Utc::now();
        revoked.look(start);
        assert!(revoked.contains("one") && revoked.contains("two"));
        assert!(!revoked.contains("three") && !revoked.contains(""));
        std::fs::write(&path, "three\n").unwrap();
        revoked.look(start + TimeDelta::seconds(9));
        assert!(revoked.contains("one") && edition.load(Ordering::SeqCst) == 0);
        revoked.look(start + TimeDelta::seconds(10));
        assert!(revoked.contains("three") && !revoked.contains("one"));
        assert_eq!(edition.load(Ordering::SeqCst), 1);
        std::fs::remove_file(&path).unwrap();
        revoked.look(start + TimeDelta::seconds(20));
        assert!(revoked.contains("three"));
    }

    #[test]
    fn a_file_that_is_missing_at_the_start_is_told() {
        assert!(Revoked::open(Some(Path::new("/nowhere/revoked")), Edition::default()).is_err());
        assert!(!Revoked::open(None, Edition::default()).unwrap().contains("one"));
    }
}
