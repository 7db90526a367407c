//! Reading a set of keys from a file, or from an address within limits of time and size.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use ureq::Agent;

use super::jwks::NotASet;
use crate::config::KeySource;

/// How long a set of keys may take to arrive.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// The largest set of keys, in bytes.
pub(super) const LARGEST: u64 = 64 * 1024;

/// Where the text of a set of keys comes from.
pub(super) trait Source: Send + Sync {
    /// The text as it is now. May take its time.
    fn read(&self) -> Result<Vec<u8>, SourceError>;
}

/// Why there is no set of keys.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceError {
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Address(#[from] ureq::Error),
    #[error("answered with status {0}")]
    Status(u16),
    #[error("is larger than 64 KiB")]
    TooLarge,
    #[error(transparent)]
    NotASet(#[from] NotASet),
    #[error("reading was broken off")]
    BrokenOff,
}

/// The source that the settings name.
pub(super) fn source(settings: &KeySource) -> Box<dyn Source> {
    match settings {
        KeySource::File(path) => Box::new(File(path.clone())),
        KeySource::Address(url) => Box::new(Address::new(url, TIME_LIMIT)),
    }
}

struct File(PathBuf);

impl Source for File {
    fn read(&self) -> Result<Vec<u8>, SourceError> {
        let mut text = Vec::new();
        std::fs::File::open(&self.0)?.take(LARGEST + 1).read_to_end(&mut text)?;
        capped(text)
    }
}

struct Address {
    url: String,
    agent: Agent,
}

impl Address {
    fn new(url: &str, limit: Duration) -> Address {
        let mut config = Agent::config_builder()
            .timeout_global(Some(limit))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .https_only(url.starts_with("https:"));
        if !url.starts_with("https:") {
            // An address of this machine is not asked through a proxy.
            config = config.proxy(None);
        }
        Address { url: url.to_owned(), agent: config.build().new_agent() }
    }
}

impl Source for Address {
    fn read(&self) -> Result<Vec<u8>, SourceError> {
        let mut answer = self.agent.get(&self.url).call()?;
        if answer.status() != 200 {
            return Err(SourceError::Status(answer.status().as_u16()));
        }
        let mut text = Vec::new();
        let mut body = answer.body_mut().as_reader().take(LARGEST + 1);
        body.read_to_end(&mut text)?;
        capped(text)
    }
}

fn capped(text: Vec<u8>) -> Result<Vec<u8>, SourceError> {
    if text.len() as u64 > LARGEST { Err(SourceError::TooLarge) } else { Ok(text) }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
