//! The one file of a backup: a tar of plain files with the manifest first, in which no byte can change unnoticed.
//!
//! The manifest holds the digest of every file, a digest of the manifest stands after it, and whatever else a tar has
//! (headers, padding, its end) is compared with what would be written for the same files.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::manifest::{FORM, Manifest, Member};
use crate::audit::Bytes;
use crate::cli::Failure;
use crate::signing::private;

const MANIFEST: &str = "manifest.json";
const DIGEST: &str = "manifest.sha256";

/// The largest manifest that is read.
const LARGEST: u64 = 1 << 20;

/// Writes the files of a folder that the manifest names, and the manifest, into one file.
///
/// # Errors
/// A file cannot be read or written.
pub(super) fn pack(folder: &Path, manifest: &Manifest, to: &mut impl Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(manifest)? + "\n";
    let digest = Bytes::<32>(Sha256::digest(text.as_bytes()).into());
    let mut tar = tar::Builder::new(to);
    let mut add = |name: &str, bytes: u64, from: &mut dyn Read| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(0);
        tar.append_data(&mut header, name, from)
    };
    add(MANIFEST, text.len() as u64, &mut text.as_bytes())?;
    let line = format!("{digest}  {MANIFEST}\n");
    add(DIGEST, line.len() as u64, &mut line.as_bytes())?;
    for member in &manifest.files {
        add(&member.name, member.bytes, &mut File::open(folder.join(&member.name))?)?;
    }
    tar.finish()
}

/// Reads a backup into an empty folder.
///
/// # Errors
/// It is not a backup of ours, it is damaged, or a file cannot be read or written.
pub(super) fn unpack(file: &Path, folder: &Path) -> Result<Manifest, Failure> {
    let shown = file.display();
    let mut backup = File::open(file).map_err(|error| Failure::Io(shown.to_string(), error))?;
    let manifest = unpacked(&mut backup, folder).map_err(|error| match error.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::Other => {
            Failure::Nothing(format!("{shown} is damaged, or no backup of lookedafter ({error}); nothing was done"))
        }
        _ => Failure::Io(shown.to_string(), error),
    })?;
    if manifest.form != FORM {
        return Err(Failure::Nothing(format!(
            "{shown} has form {}, and this program reads form {FORM}: restore it with {}",
            manifest.form, manifest.program
        )));
    }
    Ok(manifest)
}

fn unpacked(backup: &mut File, folder: &Path) -> io::Result<Manifest> {
    let mut archive = tar::Archive::new(&mut *backup);
    let mut entries = archive.entries()?;
    let text = small(entries.next(), MANIFEST)?;
    let digest = small(entries.next(), DIGEST)?;
    if digest != format!("{}  {MANIFEST}\n", Bytes::<32>(Sha256::digest(text.as_bytes()).into())) {
        return Err(damaged("the manifest is not as it was written"));
    }
    let manifest: Manifest = serde_json::from_str(&text).map_err(|_| damaged("the manifest cannot be read"))?;
    for member in &manifest.files {
        let mut entry = entries.next().ok_or_else(|| damaged("a file is missing"))??;
        if entry.path()?.to_str() != Some(&member.name) || !is_plain(&member.name) {
            return Err(damaged("a file has another name"));
        }
        io::copy(&mut entry, &mut private(&folder.join(&member.name))?)?;
        if Member::of(folder, &member.name)? != *member {
            return Err(damaged(&format!("{} is not as it was written", member.name)));
        }
    }
    backup.rewind()?;
    let mut same = Same(io::BufReader::new(backup));
    pack(folder, &manifest, &mut same)?;
    if same.0.read(&mut [0])? != 0 {
        return Err(damaged("there is more after its end"));
    }
    Ok(manifest)
}

/// A file that is small, as text.
fn small<R: Read>(entry: Option<io::Result<tar::Entry<'_, R>>>, name: &str) -> io::Result<String> {
    let entry = entry.ok_or_else(|| damaged("it is empty"))??;
    if entry.path()?.to_str() != Some(name) {
        return Err(damaged("it has no manifest"));
    }
    let mut text = String::new();
    entry.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// Whether a name is that of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why.to_owned())
}

/// Takes what would be written only as long as it is what can be read.
struct Same<R>(R);

impl<R: Read> Write for Same<R> {
    fn write(&mut self, expected: &[u8]) -> io::Result<usize> {
        let mut found = vec![0; expected.len()];
        self.0.read_exact(&mut found)?;
        if found == expected { Ok(expected.len()) } else { Err(damaged("it is not as it was written")) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chrono::Utc;

    use super::*;
    use crate::audit::GENESIS;
    use crate::cli::backup::manifest::{AuditHead, DatabaseKind};

    fn packed(folder: &Path) -> Vec<u8> {
        for (name, text) in [("a.sqlite", "some records".repeat(100)), ("key.pem", "a key".to_owned())] {
            fs::write(folder.join(name), text).unwrap();
        }
        let manifest = Manifest {
            form: FORM,
            program: "lookedafter 0".into(),
            begun_at: Utc::now(),
            database: DatabaseKind::Sqlite,
            last_change: None,
            latest_import: 3,
            audit: AuditHead { records: 0, last: 0, hash: GENESIS, signed: 0 },
            withdrawals: 0,
            rows: [("child".to_owned(), 2)].into(),
            files: ["a.sqlite", "key.pem"].map(|name| Member::of(folder, name).unwrap()).into(),
        };
        let mut bytes = Vec::new();
        pack(folder, &manifest, &mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Manifest, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        fs::write(&file, bytes).unwrap();
        let into = tempfile::tempdir().unwrap();
        let read = unpack(&file, into.path()).map_err(|failure| failure.to_string())?;
        assert_eq!(fs::read_to_string(into.path().join("key.pem")).unwrap(), "a key");
        Ok(read)
    }

    #[test]
    fn no_byte_of_a_backup_can_change_or_be_cut_off_or_added_unnoticed() {
        let folder = tempfile::tempdir().unwrap();
        let whole = packed(folder.path());
        assert_eq!(read(&whole).unwrap().files.len(), 2);
        for place in (0..whole.len()).step_by(7).chain(0..512) {
            for bit in [1, 0x80] {
                let mut changed = whole.clone();
                changed[place] ^= bit;
                let told = read(&changed).unwrap_err();
                assert!(told.contains("damaged"), "byte {place}: {told}");
            }
        }
        for length in [0, 1, 511, 512, whole.len() / 2, whole.len() - 512, whole.len() - 1] {
            assert!(read(&whole[..length]).unwrap_err().contains("damaged"), "{length} bytes");
        }
        assert!(read(&[&*whole, &[0]].concat()).unwrap_err().contains("damaged"));
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_none() {
        for name in ["../x", "/etc/x", "..", ".x", "a/b"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
