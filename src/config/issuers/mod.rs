//! Whose tokens are accepted: a file that lists each issuer with its keys and with what its tokens must say.

mod table;

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Config, ConfigError};
use crate::access::Role;

/// An issuer whose tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerSettings {
    /// Its exact `iss`.
    pub name: String,
    /// The `aud` that its tokens must name.
    pub audience: String,
    /// The one algorithm that it signs with.
    pub algorithm: Algorithm,
    /// What tokens of Entra ID must say besides.
    pub entra: Option<Entra>,
    /// The claim that names a person.
    pub subject: String,
    /// The claim that names an application.
    pub application_subject: String,
    /// The claim that holds the scopes of a person's token; without it no scope is asked for.
    pub scope: Option<String>,
    /// How an application's token is recognised; without it every token is a person's.
    pub application: Option<Mark>,
    /// The roles that applications may hold.
    pub application_roles: Vec<Role>,
    /// Whether `nbf` must be there.
    pub not_before: NotBefore,
}

/// An algorithm of signatures made with a private key and checked with a public one. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Algorithm {
    /// RSA with PKCS#1 1.5 padding and SHA-256.
    RS256,
    /// RSA with PSS padding and SHA-256.
    PS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// Ed25519.
    EdDSA,
}

/// Where public keys are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A file that holds a JSON Web Key Set.
    File(PathBuf),
    /// An address that answers with one.
    Address(String),
}

/// What tokens of an Entra ID tenant say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entra {
    /// The `tid`.
    pub tenant: String,
    /// The `ver`.
    pub version: &'static str,
}

/// A claim with a value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Name of the claim.
    pub claim: String,
    /// Its exact value, a text.
    pub value: String,
}

/// Whether tokens must say from when they are good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotBefore {
    /// `nbf` must be there.
    Required,
    /// `nbf` counts where it is there.
    Checked,
}

/// The issuers that the settings name, besides the development issuer, each with where its public keys are; none where
/// no file is set.
///
/// # Errors
/// The file cannot be read, or one of its lines is not understood; the setting, the line and the reason are told.
pub fn issuers(config: &Config) -> Result<Vec<(IssuerSettings, KeySource)>, ConfigError> {
    let Some(path) = config.issuers_file() else { return Ok(Vec::new()) };
    let wrong = |reason| config.wrong("issuers", reason);
    let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("{}: {error}", path.display())))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    table::read(&text, &config.audience, folder, &config.issuer)
        .map_err(|error| wrong(format!("{}, line {}: {}", path.display(), error.line, error.reason)))
}

#[cfg(test)]
mod tests;
