//! Contracts: files that are generated or that make promises, held to what the code does.
//!
//! With `UPDATE_CONTRACTS=1` the generated files are rewritten; the difference is then reviewed like code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect must fail"
)]

mod access;
mod architecture;
mod citations;
mod clients;
mod deploy;
mod graphql_engine;
mod indicators;
mod schema;
mod settings;

use std::{fs, path::PathBuf};

/// A path within the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The generated file is what the code generates now.
pub fn is_current(path: &str, generated: &str) {
    let file = repository(path);
    if std::env::var_os("UPDATE_CONTRACTS").is_some() {
        fs::write(&file, generated).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == generated, "{path} is not current: run the contract tests with UPDATE_CONTRACTS=1 and review");
}
