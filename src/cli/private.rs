//! Files and folders for their owner alone: whatever the program makes, and the data folder as it is found.

use std::path::{Path, PathBuf};

use super::{Failure, output};
use crate::config::Config;

/// What the names of files have in them that hold records, the record of reading or keys; copies of them too.
const SECRET: [&str; 3] = [".sqlite", ".pem", ".jsonl"];

/// Whatever this process makes from now on is for its owner alone: folders with mode 700, files with 600.
pub(super) fn from_now_on() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// A file that may not grow any more (`ulimit -f`) fails a write, as a full disk does, and does not end the process.
pub(super) fn outlive_limits() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // Whoever listens for it is not ended by it, for as long as the process lasts.
        let limit = SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw());
        if let Err(error) = signal(limit) {
            tracing::warn!(%error, "a limit on the size of files would end this process");
        }
    }
}

/// Makes the data folder where it is missing and closes an empty one to others. One that holds something must be closed
/// already, and so must the files in it that hold records or keys and those of an embedded database elsewhere: others may have
/// read or changed them.
///
/// # Errors
/// The folder cannot be made or read, or others than its owner can get at what it holds; the command that mends it is told.
pub(super) fn folder(config: &Config) -> Result<(), Failure> {
    let folder = &config.data;
    let failed = |error| Failure::Io(format!("LOOKEDAFTER_DATA {}", folder.display()), error);
    std::fs::create_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        Failure::Nothing(format!(
            "LOOKEDAFTER_DATA: the folder {folder} cannot be made: {error}; choose one that you may write to"
        ))
    })?;
    let within: Vec<PathBuf> = std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(failed)?;
    if within.is_empty() {
        close(folder).map_err(failed)?;
    }
    let secret = within.into_iter().filter(|path| is_secret(path));
    let (linked, own): (Vec<_>, Vec<_>) = secret.partition(|path| path.is_symlink());
    let elsewhere: Vec<PathBuf> =
        linked.into_iter().chain(database_elsewhere(config)).filter(|path| is_open(path)).collect();
    let found = std::iter::once(folder.clone()).chain(own).find(|path| is_open(path));
    let mut mending = Vec::new();
    mending.extend(found.as_ref().map(|_| format!("chmod -R go= {}", quoted(folder))));
    mending.extend(elsewhere.iter().map(|path| format!("chmod go= {}", quoted(path))));
    match found.as_ref().or(elsewhere.first()) {
        None => Ok(()),
        Some(open) => Err(Failure::Nothing(format!(
            "{} is open to others than its owner; nothing was done. Close it with\n{}",
            open.display(),
            mending.join(" && ")
        ))),
    }
}

fn is_secret(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    SECRET.iter().any(|part| name.contains(part))
}

/// The files of an embedded database that is not in the data folder, as far as they are there.
fn database_elsewhere(config: &Config) -> Vec<PathBuf> {
    let file = config.database_file().filter(|file| file.parent() != Some(&config.data) || !is_secret(file));
    let files = file
        .into_iter()
        .flat_map(|file| ["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", file.display()))));
    files.filter(|file| file.exists()).collect()
}

/// Whether others than its owner may read, write or enter it. Where there are no modes, nobody can say.
fn is_open(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn close(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if is_open(folder) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    let _ = folder;
    Ok(())
}

/// A path as a shell takes it, also where it begins with `-`.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    output::quoted(&if text.starts_with('-') { format!("./{text}") } else { text })
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn opened(data: &Path, database: Option<&Path>) -> Result<(), String> {
        let mut given = vec![("data", data.display().to_string())];
        given.extend(database.map(|file| ("database_url", format!("sqlite://{}?mode=rwc", file.display()))));
        folder(&Config::load(&given).unwrap()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn an_empty_folder_is_closed_and_a_filled_one_that_is_open_is_refused_with_what_mends_it() {
        let parent = tempfile::tempdir().unwrap();
        let data = parent.path().join("the council's data");
        fs::create_dir(&data).unwrap();
        mode(&data, 0o755);
        opened(&data, None).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
        let file = data.join("lookedafter.sqlite");
        fs::write(&file, "x").unwrap();
        for (folder_mode, file_mode) in [(0o700, 0o640), (0o700, 0o604), (0o710, 0o600), (0o701, 0o600)] {
            mode(&data, folder_mode);
            mode(&file, file_mode);
            let told = opened(&data, None).unwrap_err();
            let command = told.lines().last().unwrap();
            assert!(command.starts_with("chmod -R go= '"), "{told}");
            assert!(std::process::Command::new("sh").args(["-c", command]).status().unwrap().success());
            opened(&data, None).unwrap();
        }
        fs::write(data.join("issuers.toml"), "not secret").unwrap();
        mode(&data.join("issuers.toml"), 0o644);
        opened(&data, None).unwrap();
    }

    #[test]
    fn a_database_elsewhere_and_files_behind_links_are_looked_at_too() {
        let parent = tempfile::tempdir().unwrap();
        let (data, database) = (parent.path().join("data"), parent.path().join("other.sqlite"));
        opened(&data, Some(&database)).unwrap();
        fs::write(&database, "x").unwrap();
        for link in [None, Some(data.join("linked.pem"))] {
            mode(&database, 0o644);
            if let Some(link) = &link {
                std::os::unix::fs::symlink(&database, link).unwrap();
            }
            let told = opened(&data, link.is_none().then_some(&database)).unwrap_err();
            let command = told.lines().last().unwrap();
            assert!(std::process::Command::new("sh").args(["-c", command]).status().unwrap().success(), "{told}");
            opened(&data, Some(&database)).unwrap();
        }
    }

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        for (path, expected) in [
            ("data", "data"),
            ("/var/lib/lookedafter", "/var/lib/lookedafter"),
            ("-data", "./-data"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
        ] {
            assert_eq!(quoted(Path::new(path)), expected);
        }
    }
}
