//! Room that is kept on the disk for audit records: a file that is filled with nothing, and of which a piece is given up
//! for records whenever the disk is full.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::PathBuf;

use super::{AuditError, AuditPlace};
use crate::store::{Shortage, disk, embedded::beside};

/// How much is given up at once: some twenty records, or what SQLite needs to open a file.
const PIECE: u64 = 256 << 10;

/// What is left to others when the file is filled.
const LEFT: u64 = 1 << 20;

/// The room that is kept for the records of an embedded database.
pub(super) struct Reserve {
    path: PathBuf,
    size: u64,
    /// Where records are written first.
    log: Option<PathBuf>,
}

/// Gives up a piece where the disk is so full that no database could be opened.
pub fn make_room(place: &AuditPlace) {
    let reserve = Reserve::of(place);
    while disk::free(&reserve.path).is_some_and(|free| free < PIECE) && reserve.give() {}
}

impl Reserve {
    /// The room for the records in a place.
    pub(super) fn of(place: &AuditPlace) -> Self {
        let log = place.database().map(|path| beside(path, "-wal"));
        Self { path: place.reserve.clone(), size: place.reserved, log }
    }

    /// Makes the file as large as it has to be, as far as the disk has room.
    pub(super) fn fill(&self) {
        if let Err(error) = self.try_to_fill() {
            tracing::warn!(%error, file = %self.path.display(), "no room can be kept for audit records");
        }
    }

    fn try_to_fill(&self) -> io::Result<()> {
        let has = fs::metadata(&self.path).map_or(0, |found| found.len());
        if self.size == 0 {
            return if has > 0 { fs::remove_file(&self.path) } else { Ok(()) };
        }
        if has > self.size {
            return OpenOptions::new().write(true).open(&self.path)?.set_len(self.size);
        }
        let room = disk::free(&self.path).map_or(self.size, |free| free.saturating_sub(LEFT));
        let more = (self.size - has).min(room) / PIECE * PIECE;
        if more == 0 {
            return Ok(());
        }
        let file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        allocate(&file, has, more).or_else(|error| {
            // Another process may have taken the room meanwhile.
            if Shortage::of_file(&error).is_some() { file.set_len(has) } else { Err(error) }
        })
    }

    /// Does what needs room; on a full disk again and again with a piece of what is kept, as long as there is any.
    pub(super) fn help<T>(&self, mut act: impl FnMut() -> Result<T, AuditError>) -> Result<T, AuditError> {
        loop {
            match act() {
                Err(error) if error.shortage() == Some(Shortage::Disk) && self.give() => {}
                done => return done,
            }
        }
    }

    /// Gives up a piece; false if there is none any more.
    fn give(&self) -> bool {
        let Ok(file) = OpenOptions::new().write(true).open(&self.path) else { return false };
        let Ok(has) = file.metadata().map(|found| found.len()) else { return false };
        if has == 0 || file.set_len(has.saturating_sub(PIECE)).is_err() {
            return false;
        }
        tracing::warn!(
            left_kib = has.saturating_sub(PIECE) >> 10,
            "the disk is full: audit records take of the room that is kept for them"
        );
        // At once, or whoever filled the disk would take it. SQLite has no lock on this file that closing it would release.
        if let Some(log) = &self.log
            && let Ok(log) = OpenOptions::new().write(true).open(log)
        {
            set_aside(&log);
        }
        true
    }
}

/// Makes a file longer, with room on the disk.
fn allocate(file: &File, from: u64, more: u64) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{FallocateFlags, fallocate};
        match fallocate(file, FallocateFlags::empty(), from, more) {
            Err(rustix::io::Errno::OPNOTSUPP) => {}
            done => return Ok(done?),
        }
    }
    let _ = from;
    let mut file = file;
    let nothing = vec![0; usize::try_from(PIECE).unwrap_or_default()];
    for _ in 0..more / PIECE {
        io::Write::write_all(&mut file, &nothing)?;
    }
    Ok(())
}

/// Keeps room for what will be written behind the end of a file, as far as the system can.
fn set_aside(file: &File) {
    #[cfg(target_os = "linux")]
    if let Ok(found) = file.metadata() {
        let _ = rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, found.len(), PIECE);
    }
    let _ = file;
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn reserve(folder: &Path, mib: u32) -> Reserve {
        Reserve::of(&AuditPlace::new(folder, "sqlite:lookedafter.sqlite").reserving(mib))
    }

    #[test]
    fn the_file_has_the_size_that_is_set_and_none_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit-reserve");
        for mib in [1, 3, 2, 0, 0] {
            reserve(folder.path(), mib).fill();
            assert_eq!(fs::metadata(&path).map_or(0, |found| found.len()), u64::from(mib) << 20);
        }
        assert!(!path.exists());
    }

    #[test]
    fn a_full_disk_is_tried_again_until_all_of_it_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let reserve = reserve(folder.path(), 1);
        reserve.fill();
        let full = || Err::<(), _>(AuditError::NotStored(Some(Shortage::Disk)));
        let mut tries = 0;
        reserve
            .help(|| {
                tries += 1;
                if tries < 4 { full() } else { Ok(()) }
            })
            .unwrap();
        assert_eq!(fs::metadata(&reserve.path).unwrap().len(), PIECE);
        tries = 0;
        assert!(
            reserve
                .help(|| {
                    tries += 1;
                    full()
                })
                .is_err()
        );
        assert_eq!((tries, fs::metadata(&reserve.path).unwrap().len()), (2, 0));
        let otherwise = reserve.help(|| Err::<(), _>(AuditError::NotStored(Some(Shortage::FileSize))));
        assert!(otherwise.is_err());
    }
}
