//! The public keys of one issuer: read again as they get old, kept for a day when that fails, and then no longer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use tokio::sync::Mutex;

use super::jwks::{self, Keys};
use super::source::{Source, SourceError};
use crate::config::Algorithm;

/// The age at which keys are read again before another token is checked with them.
const OLD: TimeDelta = TimeDelta::minutes(10);
/// The age at which they are read again when nobody asks, so that nobody has to wait.
const AGEING: TimeDelta = TimeDelta::minutes(9);
/// How long an unknown name of a key waits for the next reading.
const UNKNOWN: TimeDelta = TimeDelta::minutes(1);
/// How long keys are used that could not be read again.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Counts every change of what is accepted: whoever remembers a verdict remembers the count with it.
pub(super) type Edition = Arc<AtomicU64>;

/// Keys, and how they are kept fresh.
pub(super) struct KeySet {
    issuer: String,
    algorithm: Algorithm,
    /// None for keys of our own, which never change.
    source: Option<Box<dyn Source>>,
    known: ArcSwap<Known>,
    reading: Arc<Mutex<()>>,
    edition: Edition,
}

#[derive(Default)]
struct Known {
    keys: Keys,
    /// When they were last read.
    read: Option<DateTime<Utc>>,
    /// When reading them was last tried.
    tried: Option<DateTime<Utc>>,
}

impl KeySet {
    /// Keys that never change.
    pub fn fixed(issuer: &str, algorithm: Algorithm, keys: Keys) -> KeySet {
        let known = Known { keys, ..Known::default() };
        KeySet { known: ArcSwap::from_pointee(known), ..KeySet::new(issuer, algorithm, None, Edition::default()) }
    }

    /// Keys from a source, not read yet.
    pub fn from_source(issuer: &str, algorithm: Algorithm, source: Box<dyn Source>, edition: Edition) -> KeySet {
        KeySet::new(issuer, algorithm, Some(source), edition)
    }

    fn new(issuer: &str, algorithm: Algorithm, source: Option<Box<dyn Source>>, edition: Edition) -> KeySet {
        let known = ArcSwap::from_pointee(Known::default());
        KeySet { issuer: issuer.to_owned(), algorithm, source, known, reading: Arc::default(), edition }
    }

    /// The key of this name, if the issuer publishes it.
    pub async fn key(self: &Arc<Self>, kid: &str, at: DateTime<Utc>) -> Option<Arc<DecodingKey>> {
        if self.source.is_none() {
            return self.known.load().keys.get(kid).cloned();
        }
        // One request reads old keys anew; the others go on with those they know until it is done.
        if self.untried_for(OLD, at)
            && let Ok(guard) = Arc::clone(&self.reading).try_lock_owned()
        {
            self.read_again(OLD, at, guard).await;
        }
        let found = self.find(kid, at);
        if found.is_some() || !self.untried_for(UNKNOWN, at) {
            return found;
        }
        let guard = Arc::clone(&self.reading).lock_owned().await;
        self.read_again(UNKNOWN, at, guard).await;
        self.find(kid, at)
    }

    /// Reads the keys again when they will soon be old.
    pub async fn keep_fresh(self: &Arc<Self>, at: DateTime<Utc>) {
        if self.source.is_some() && self.untried_for(AGEING, at) {
            let guard = Arc::clone(&self.reading).lock_owned().await;
            self.read_again(AGEING, at, guard).await;
        }
    }

    /// Reads the keys now, while others go on with those they know.
    pub fn read_now(&self, at: DateTime<Utc>) -> Result<(), SourceError> {
        let Some(source) = &self.source else { return Ok(()) };
        let read = source.read().and_then(|text| Ok(jwks::read(&text, self.algorithm)?));
        let known = self.known.load();
        let (known, answer) = match read {
            Ok((keys, refused)) => {
                for reason in refused {
                    tracing::warn!(issuer = self.issuer, reason, "a published key is not used");
                }
                tracing::info!(issuer = self.issuer, keys = keys.len(), "keys were read");
                (Known { keys, read: Some(at), tried: Some(at) }, Ok(()))
            }
            Err(error) => (Known { keys: known.keys.clone(), read: known.read, tried: Some(at) }, Err(error)),
        };
        self.known.store(Arc::new(known));
        self.edition.fetch_add(1, Ordering::SeqCst);
        answer
    }

    /// Works to its end even where the request that asked for it is gone.
    async fn read_again(self: &Arc<Self>, age: TimeDelta, at: DateTime<Utc>, guard: tokio::sync::OwnedMutexGuard<()>) {
        if !self.untried_for(age, at) {
            return;
        }
        let set = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let _one_at_a_time = guard;
            set.read_now(at)
        });
        if let Err(error) = reading.await.unwrap_or(Err(SourceError::BrokenOff)) {
            tracing::error!(issuer = self.issuer, %error, "keys cannot be read");
        }
    }

    /// A clock that was set back must not keep keys in use, so an age counts in both directions.
    fn untried_for(&self, age: TimeDelta, at: DateTime<Utc>) -> bool {
        self.known.load().tried.is_none_or(|tried| (at - tried).abs() >= age)
    }

    fn find(&self, kid: &str, at: DateTime<Utc>) -> Option<Arc<DecodingKey>> {
        let known = self.known.load();
        let read = known.read?;
        if (at - read).abs() > LONGEST {
            return None;
        }
        known.keys.get(kid).cloned()
    }
}

#[cfg(test)]
#[path = "keyset_tests.rs"]
mod tests;
