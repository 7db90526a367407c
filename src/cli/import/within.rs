//! A folder above the return is easily taken for it: whoever gave one is told which folders in it hold a return.

use std::fs;
use std::path::{Path, PathBuf};

/// How many folders are named.
const MOST: usize = 4;

/// Which folders were perhaps meant; empty where the folder itself may be a return, or none within is one.
pub fn hint(given: &Path) -> String {
    if holds_header(given) {
        return String::new();
    }
    let mut within: Vec<PathBuf> = entries(given).filter(|path| path.is_dir() && holds_header(path)).collect();
    within.sort();
    let named: Vec<String> = within.iter().take(MOST).map(|path| path.display().to_string()).collect();
    match named.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean the folder {one}?"),
        several => format!("; did you mean one of the folders {}?", several.join(", ")),
    }
}

fn holds_header(folder: &Path) -> bool {
    let is_header =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().contains("header"));
    entries(folder).any(|path| path.is_file() && is_header(&path))
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_returns_within_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert_eq!(hint(path), "");
        let make = |year: &str| {
            fs::create_dir(path.join(year)).unwrap();
            fs::write(path.join(year).join("SSDA903 Header.csv"), "CHILD\n").unwrap();
            path.join(year).display().to_string()
        };
        let one = make("2022-23");
        assert_eq!(hint(path), format!("; did you mean the folder {one}?"));
        let two = make("2023-24");
        assert_eq!(hint(path), format!("; did you mean one of the folders {one}, {two}?"));
        assert_eq!(hint(Path::new(&one)), "");
        fs::write(path.join("header.csv"), "CHILD\n").unwrap();
        assert_eq!(hint(path), "");
    }
}
