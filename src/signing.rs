//! Keys that sign: made on first use, kept in the data folder, readable by their owner alone.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file holds something else.
    #[error("{0}: does not hold an Ed25519 private key (PKCS#8, PEM)")]
    NotAKey(PathBuf),
    /// The file can be read by others than its owner.
    #[error("{0}: can be read by others than its owner; set its mode to 600")]
    Readable(PathBuf),
}

/// The Ed25519 key of this name in this folder; makes folder and key where there are none.
///
/// # Errors
/// The file cannot be read or made, holds something else, or is open to others.
pub fn key(folder: &Path, file: &str) -> Result<SigningKey, KeyError> {
    let path = folder.join(file);
    match fs::read_to_string(&path) {
        Ok(text) => read(&path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => make(folder, file),
        Err(error) => Err(KeyError::File(path, error)),
    }
}

fn read(path: &Path, text: &str) -> Result<SigningKey, KeyError> {
    if others_can_read(path).map_err(|error| KeyError::File(path.to_owned(), error))? {
        return Err(KeyError::Readable(path.to_owned()));
    }
    SigningKey::from_pkcs8_pem(text).map_err(|_| KeyError::NotAKey(path.to_owned()))
}

/// Two commands may start at once on an empty folder. Each writes a file of its own and then gives it the final name,
/// which only one can do; the other reads that one.
fn make(folder: &Path, file: &str) -> Result<SigningKey, KeyError> {
    let path = folder.join(file);
    let failed = |error| KeyError::File(path.clone(), error);
    fs::create_dir_all(folder).map_err(failed)?;
    let signing = SigningKey::from_bytes(&rand::random());
    let pem = signing.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::NotAKey(path.clone()))?;
    let draft = folder.join(format!(".{file}.{}", uuid::Uuid::new_v4().simple()));
    let written = private(&draft).and_then(|mut file| {
        file.write_all(pem.as_bytes())?;
        file.sync_all()
    });
    let linked = written.and_then(|()| fs::hard_link(&draft, &path));
    let removed = fs::remove_file(&draft);
    match linked {
        Ok(()) => removed.map(|()| signing).map_err(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => key(folder, file),
        Err(error) => Err(failed(error)),
    }
}

/// A new file that its owner alone can read.
///
/// # Errors
/// It is there already, or cannot be made.
#[cfg(unix)]
pub fn private(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// A new file. Where there are no modes, the folder's own permissions have to do.
///
/// # Errors
/// It is there already, or cannot be made.
#[cfg(not(unix))]
pub fn private(path: &Path) -> std::io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(not(unix))]
fn others_can_read(_: &Path) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const FILE: &str = "some-key.pem";

    #[test]
    fn the_key_is_made_once_for_its_owner_alone_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("new");
        let made = key(&inside, FILE).unwrap();
        assert_eq!(key(&inside, FILE).unwrap(), made);
        let mode = fs::metadata(inside.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn commands_that_start_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let open = || key(folder.path(), FILE).unwrap();
        let keys: Vec<SigningKey> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_key_that_others_can_read_or_that_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        key(folder.path(), FILE).unwrap();
        let path = folder.path().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(key(folder.path(), FILE), Err(KeyError::Readable(_))));
        fs::write(&path, "not a key").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(key(folder.path(), FILE), Err(KeyError::NotAKey(_))));
    }
}
