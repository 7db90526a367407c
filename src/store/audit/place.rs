//! Where the records of a database are kept: beside the key and the signed heads in the data folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// The embedded database whose records have the plain names.
const DEFAULT: &str = "lookedafter";

/// File name of the key within the data folder.
pub(super) const KEY: &str = "audit-key.pem";

/// A head is signed at least this often while records are added.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Where the records of one database are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPlace {
    pub(super) folder: PathBuf,
    database: Option<PathBuf>,
    pub(super) heads: PathBuf,
    pub(super) withdrawals: PathBuf,
    /// The file that keeps room for records on a full disk.
    pub(super) reserve: PathBuf,
    /// Its size in bytes; 0 for none.
    pub(super) reserved: u64,
    /// How long a record may wait for its head to be signed.
    pub(super) sign_every: Duration,
}

impl AuditPlace {
    /// The place for a database. An embedded one has `audit.sqlite` in the data folder, or, if it is not the usual
    /// `lookedafter.sqlite`, a file that begins with its own name; PostgreSQL has tables.
    pub fn new(folder: &Path, database_url: &str) -> Self {
        let file = database_url.strip_prefix("sqlite:").map(|rest| rest.split('?').next().unwrap_or(rest));
        let stem = file.and_then(|file| Path::new(file).file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        let prefix = match stem {
            Some(stem) if stem != DEFAULT => format!("{stem}-"),
            _ => String::new(),
        };
        Self {
            database: file.is_some().then(|| folder.join(format!("{prefix}audit.sqlite"))),
            heads: folder.join(format!("{prefix}audit-heads.jsonl")),
            withdrawals: folder.join(format!("{prefix}withdrawals.jsonl")),
            reserve: folder.join(format!("{prefix}audit-reserve")),
            reserved: 0,
            folder: folder.to_owned(),
            sign_every: HOUR,
        }
    }

    /// The same with room kept for records on a full disk: so many MiB.
    pub fn reserving(self, mib: u32) -> Self {
        Self { reserved: u64::from(mib) << 20, ..self }
    }

    /// The file of records; none where they are in the database itself.
    pub fn database(&self) -> Option<&Path> {
        self.database.as_deref()
    }

    /// The file of signed heads.
    pub fn heads(&self) -> &Path {
        &self.heads
    }

    /// The list of what was withdrawn.
    pub fn withdrawals(&self) -> &Path {
        &self.withdrawals
    }

    /// The key that signs.
    pub fn key(&self) -> PathBuf {
        self.folder.join(KEY)
    }

    /// The files that hold the records, their heads and what was withdrawn, without those that SQLite keeps beside its own.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.database.iter().chain([&self.heads, &self.withdrawals]).map(PathBuf::as_path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_database_has_records_of_its_own() {
        let files = |url: &str| {
            let place = AuditPlace::new(Path::new("data"), url);
            place.files().map(|file| file.display().to_string()).collect::<Vec<_>>()
        };
        let usual = ["data/audit.sqlite", "data/audit-heads.jsonl", "data/withdrawals.jsonl"];
        assert_eq!(files("sqlite://data/lookedafter.sqlite?mode=rwc"), usual);
        let demo = ["data/demo-audit.sqlite", "data/demo-audit-heads.jsonl", "data/demo-withdrawals.jsonl"];
        assert_eq!(files("sqlite://elsewhere/demo.sqlite?mode=rwc"), demo);
        assert_eq!(files("sqlite:demo.sqlite"), demo);
        assert_eq!(files("postgres://user@host/name"), ["data/audit-heads.jsonl", "data/withdrawals.jsonl"]);
    }
}
