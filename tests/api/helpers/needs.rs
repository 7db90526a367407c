//! What some tests need of the machine: the programs of PostgreSQL, and published statistics with sample returns.
//!
//! A test that has to do without says so on the terminal itself, once a process: what a test prints that passes is
//! shown to nobody. The last line of `cargo test` on this says it once more: `tests/skipped.rs`.

// Not every crate of tests uses every part.
#![allow(dead_code)]

use std::{
    env, fs,
    io::{Write, stderr},
    path::PathBuf,
    sync::Mutex,
};

/// What is said where the machine has no PostgreSQL.
pub const POSTGRESQL: &str = "SKIPPED: whatever needs PostgreSQL. There is no `initdb` in PATH or /usr/lib/postgresql/*/bin; \
                              Debian and Ubuntu have it in the package postgresql.";

/// What is said where nobody has named the folder of published statistics and sample returns.
pub const SHARED: &str = "SKIPPED: published statistics and sample returns. LOOKEDAFTER_SHARED does not name the folder that \
                          holds them; they are not part of the project.";

/// What has been said in this process.
static SAID: Mutex<Vec<&str>> = Mutex::new(Vec::new());

/// The folder of PostgreSQL's programs: that of PATH, else the newest that Debian or Ubuntu installed.
pub fn postgresql() -> Option<PathBuf> {
    let path: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let mut installed: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    installed.sort();
    let found = path.into_iter().chain(installed.into_iter().rev()).find(|folder| folder.join("initdb").is_file());
    found.or_else(|| say(POSTGRESQL))
}

/// The folder of published statistics and sample returns.
pub fn shared() -> Option<PathBuf> {
    let named = env::var("LOOKEDAFTER_SHARED").map(|named| named.trim().to_owned()).unwrap_or_default();
    if named.is_empty() { say(SHARED) } else { Some(PathBuf::from(named)) }
}

/// What is said where a command of README cannot be run.
pub const CURL: &str = "SKIPPED: the commands of README. There is no `curl` in PATH.";

/// Whether a program that the tests run is there.
pub fn program(name: &str) -> Option<()> {
    let path: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let found = path.iter().any(|folder| folder.join(name).is_file());
    if found { Some(()) } else { say(CURL).map(drop) }
}

fn say(what: &'static str) -> Option<PathBuf> {
    let mut said = SAID.lock().unwrap_or_else(|broken| broken.into_inner());
    if !said.contains(&what) {
        said.push(what);
        // Not by `eprintln!`, which the test harness captures.
        let _ = writeln!(stderr(), "\n{what}");
    }
    None
}
