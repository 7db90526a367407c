//! What a backup says of itself: what made it, when, and the digest of every file in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::audit::{Bytes, Digest};
use crate::store::RowCounts;

/// The form of backups that this program writes and reads.
pub(super) const FORM: u32 = 1;

/// Which database a backup is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DatabaseKind {
    /// Files of SQLite.
    Sqlite,
    /// A dump of PostgreSQL.
    Postgresql,
}

/// The manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Manifest {
    /// The form of the backup.
    pub(super) form: u32,
    /// The program that made it.
    pub(super) program: String,
    /// When it was begun.
    pub(super) begun_at: DateTime<Utc>,
    /// Which database it is of.
    pub(super) database: DatabaseKind,
    /// The last change to the tables that the database has.
    pub(super) last_change: Option<String>,
    /// The number of the newest import when it was begun.
    pub(super) latest_import: i64,
    /// The audit records, which were proved whole in the copy.
    pub(super) audit: AuditHead,
    /// How many lines of withdrawals the database knows of certainly.
    pub(super) withdrawals: usize,
    /// How many rows each table holds.
    pub(super) rows: RowCounts,
    /// The files, in their order in the backup.
    pub(super) files: Vec<Member>,
}

/// How far the audit records of a backup reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AuditHead {
    /// How many there are.
    pub(super) records: u64,
    /// The place of the last.
    pub(super) last: u64,
    /// Its digest.
    pub(super) hash: Digest,
    /// The last that is covered by a signed head.
    pub(super) signed: u64,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// Its name.
    pub(super) name: String,
    /// How many bytes it has.
    pub(super) bytes: u64,
    /// The SHA-256 digest of them.
    pub(super) sha256: Digest,
}

impl Member {
    /// The file of this name in a folder.
    pub(super) fn of(folder: &Path, name: &str) -> io::Result<Self> {
        let mut file = File::open(folder.join(name))?;
        let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let read = file.read(&mut buffer)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
            hasher.update(part);
            bytes += part.len() as u64;
        }
        Ok(Self { name: name.to_owned(), bytes, sha256: Bytes(hasher.finalize().into()) })
    }
}
