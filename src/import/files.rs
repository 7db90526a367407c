//! The files of a folder: read whole, named without their folder, with a digest.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::import::error::ImportError;

/// One file, read whole.
pub struct SourceFile {
    /// Name without its folder.
    pub name: Arc<str>,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub digest: String,
}

impl SourceFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(path).map_err(|cause| unreadable(path, cause))?;
        Ok(Self::new(&name, bytes))
    }

    /// A file of these bytes.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name: name.into(), bytes, digest }
    }

    /// Whether the name ends with `.` and this ending, in any case.
    pub fn has_ending(&self, ending: &str) -> bool {
        Path::new(&*self.name).extension().is_some_and(|given| given.eq_ignore_ascii_case(ending))
    }
}

/// The paths of the files in a folder, by name; folders in it and hidden files are left out.
///
/// # Errors
/// When the folder is not there, cannot be read or is empty.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() { Err(ImportError::EmptyFolder { path: folder.to_owned() }) } else { Ok(paths) }
}

fn unreadable(path: &Path, cause: std::io::Error) -> ImportError {
    match cause.kind() {
        std::io::ErrorKind::NotFound => ImportError::NotFound { path: path.to_owned() },
        _ => ImportError::Unreadable { path: path.to_owned(), cause },
    }
}
