//! Every issuer whose tokens are accepted, and the tokens that were revoked.

use std::sync::{Arc, atomic::Ordering};

use chrono::{DateTime, Utc};

use super::compact::Compact;
use super::keyset::Edition;
use super::revoked::Revoked;
use super::source;
use super::{DevelopmentKey, Issuer, KeyError, Refusal, VerifiedToken, refused};
use crate::config::{self, Config, ConfigError, KeySource};

/// Those whose tokens are accepted.
pub struct Issuers {
    list: Vec<Issuer>,
    development: String,
    revoked: Revoked,
    edition: Edition,
}

/// Why the issuers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IssuersError {
    /// A setting, or a file that it names, is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The development key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Issuers {
    /// The issuers of the settings, with the development issuer where its tokens are accepted. Key files are read
    /// here; keys at an address when they are first needed, so that a server starts while its issuer is away.
    ///
    /// # Errors
    /// A line of a file is not understood, or a file cannot be read.
    pub fn open(config: &Config) -> Result<Issuers, IssuersError> {
        let edition = Edition::default();
        let mut list = Vec::new();
        for (settings, keys) in config::issuers(config)? {
            let issuer = Issuer::new(settings, source::source(&keys), Edition::clone(&edition));
            if let KeySource::File(path) = &keys {
                let wrong = |error| config.wrong("issuers", format!("{}: {error}", path.display()));
                issuer.keys.read_now(Utc::now()).map_err(wrong)?;
            }
            list.push(issuer);
        }
        if config.accepts_development_tokens() {
            let key = DevelopmentKey::open(&config.data)?;
            list.push(Issuer::development(&config.issuer, &config.audience, &key));
        }
        let path = config.revoked_file();
        let unreadable = |error| {
            let file = path.map(|path| path.display().to_string()).unwrap_or_default();
            config.wrong("revoked", format!("{file}: {error}"))
        };
        let revoked = Revoked::open(path, Edition::clone(&edition)).map_err(unreadable)?;
        Ok(Issuers { list, development: config.issuer.clone(), revoked, edition })
    }

    /// Checks a compact signed token with the issuer that it names.
    ///
    /// # Errors
    /// The first thing that is wrong, for the log.
    pub async fn verify(&self, token: &str, at: DateTime<Utc>) -> Result<VerifiedToken, Refusal> {
        let token = Compact::read(token)?;
        let named = token.issuer().ok_or(refused("no issuer"))?;
        let issuer = self.list.iter().find(|issuer| issuer.name() == named).ok_or(refused("another issuer"))?;
        let verified = issuer.verify(&token, at).await?;
        self.revoked.look(at);
        if verified.token_id.as_deref().is_some_and(|id| self.revoked.contains(id)) {
            return Err(refused("revoked"));
        }
        Ok(verified)
    }

    /// The name of the development issuer, accepted or not: grants that name no issuer go with its tokens.
    pub fn development(&self) -> &str {
        &self.development
    }

    /// The names of those whose tokens are accepted.
    pub fn names(&self) -> Arc<[String]> {
        self.list.iter().map(|issuer| issuer.name().to_owned()).collect()
    }

    /// A count of what is accepted. A verdict on a token holds only as long as the count is the same.
    pub fn edition(&self, at: DateTime<Utc>) -> u64 {
        self.revoked.look(at);
        self.edition.load(Ordering::SeqCst)
    }

    /// Reads keys that will soon be old, so that no request has to wait for them.
    pub async fn keep_fresh(&self, at: DateTime<Utc>) {
        for issuer in &self.list {
            issuer.keys.keep_fresh(at).await;
        }
    }
}

#[cfg(test)]
impl Issuers {
    /// This issuer alone.
    pub(super) fn only(issuer: Issuer, edition: Edition) -> Issuers {
        let revoked = Revoked::open(None, Edition::clone(&edition)).unwrap();
        Issuers { development: issuer.name().to_owned(), list: vec![issuer], revoked, edition }
    }

    pub(super) fn add(&mut self, issuer: Issuer) {
        self.list.push(issuer);
    }

    pub(super) fn revoking(&mut self, path: &std::path::Path) {
        self.revoked = Revoked::open(Some(path), Edition::clone(&self.edition)).unwrap();
    }
}

#[cfg(test)]
#[path = "issuers_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "rotation_tests.rs"]
mod rotation;
