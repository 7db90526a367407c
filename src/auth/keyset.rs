//! The public keys of one issuer: read again as they get old, kept for a day when that fails, and then no longer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::jwks::{self, Keys};
use super::source::{Source, SourceError};
use crate::config::Algorithm;

/// The age at which keys are read again before another token is checked with them.
const OLD: TimeDelta = TimeDelta::minutes(10);
/// The age at which they are read again when nobody asks, so that nobody has to wait.
const AGEING: TimeDelta = TimeDelta::minutes(9);
/// How long an unknown name of a key waits when another one had the keys read just before.
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
    known: ArcSwap<KnownKeys>,
    reading: Arc<Mutex<()>>,
    edition: Edition,
}

#[derive(Default)]
struct KnownKeys {
    keys: Keys,
    /// When they were last read.
    read: Option<DateTime<Utc>>,
    /// When reading them was last tried.
    tried: Option<DateTime<Utc>>,
    /// When that was last done for an unknown name of a key.
    tried_for_a_name: Option<DateTime<Utc>>,
}

/// Why keys are read again.
#[derive(Clone, Copy)]
enum RefreshReason {
    /// They are of this age.
    Age(TimeDelta),
    /// A token names one that is not among them.
    UnknownName,
}

impl KeySet {
    /// Keys that never change.
    pub fn fixed(issuer: &str, algorithm: Algorithm, keys: Keys) -> KeySet {
        let known = KnownKeys { keys, ..KnownKeys::default() };
        KeySet { known: ArcSwap::from_pointee(known), ..KeySet::new(issuer, algorithm, None, Edition::default()) }
    }

    /// Keys from a source, not read yet.
    pub fn from_source(issuer: &str, algorithm: Algorithm, source: Box<dyn Source>, edition: Edition) -> KeySet {
        KeySet::new(issuer, algorithm, Some(source), edition)
    }

    fn new(issuer: &str, algorithm: Algorithm, source: Option<Box<dyn Source>>, edition: Edition) -> KeySet {
        let known = ArcSwap::from_pointee(KnownKeys::default());
        KeySet { issuer: issuer.to_owned(), algorithm, source, known, reading: Arc::default(), edition }
    }

    /// The key of this name, if the issuer publishes it.
    pub async fn key(self: &Arc<Self>, kid: &str, at: DateTime<Utc>) -> Option<Arc<DecodingKey>> {
        if self.source.is_none() {
            return self.known.load().keys.get(kid).cloned();
        }
        // One request reads old keys again; the others go on with those they know until it is done.
        let mut read = false;
        if self.due(RefreshReason::Age(OLD), at)
            && let Ok(guard) = Arc::clone(&self.reading).try_lock_owned()
        {
            read = self.read_again(RefreshReason::Age(OLD), at, guard).await;
        }
        // Asked before looking: a reading that ends between the two must not go by unseen.
        let due = self.due(RefreshReason::UnknownName, at);
        let found = self.find(kid, at);
        if found.is_some() || read || !due {
            return found;
        }
        // A reading that is under way may have begun before the key was published, so it alone does not answer.
        let guard = Arc::clone(&self.reading).lock_owned().await;
        if let Some(found) = self.find(kid, at) {
            return Some(found);
        }
        self.read_again(RefreshReason::UnknownName, at, guard).await;
        self.find(kid, at)
    }

    /// Reads the keys again when they will soon be old.
    pub async fn keep_fresh(self: &Arc<Self>, at: DateTime<Utc>) {
        if self.due(RefreshReason::Age(AGEING), at) {
            let guard = Arc::clone(&self.reading).lock_owned().await;
            self.read_again(RefreshReason::Age(AGEING), at, guard).await;
        }
    }

    /// Reads the keys now, while others go on with those they know.
    pub fn read_now(&self, at: DateTime<Utc>) -> Result<(), SourceError> {
        self.read_for(RefreshReason::Age(OLD), at)
    }

    fn read_for(&self, why: RefreshReason, at: DateTime<Utc>) -> Result<(), SourceError> {
        let Some(source) = &self.source else { return Ok(()) };
        let read = source.read().and_then(|text| Ok(jwks::read(&text, self.algorithm)?));
        let known = self.known.load();
        let tried = Some(at);
        let tried_for_a_name = if matches!(why, RefreshReason::UnknownName) { tried } else { known.tried_for_a_name };
        let (known, answer) = match read {
            Ok((keys, refused)) => {
                for reason in refused {
                    tracing::warn!(issuer = self.issuer, reason, "a published key is not used");
                }
                tracing::info!(issuer = self.issuer, keys = keys.len(), "keys were read");
                (KnownKeys { keys, read: tried, tried, tried_for_a_name }, Ok(()))
            }
            Err(error) => {
                (KnownKeys { keys: known.keys.clone(), read: known.read, tried, tried_for_a_name }, Err(error))
            }
        };
        self.known.store(Arc::new(known));
        self.edition.fetch_add(1, Ordering::SeqCst);
        answer
    }

    /// Works to its end even where the request that asked for it is gone. Tells whether it was still due.
    async fn read_again(self: &Arc<Self>, why: RefreshReason, at: DateTime<Utc>, guard: OwnedMutexGuard<()>) -> bool {
        if !self.due(why, at) {
            return false;
        }
        let set = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let _one_at_a_time = guard;
            set.read_for(why, at)
        });
        if let Err(error) = reading.await.unwrap_or(Err(SourceError::BrokenOff)) {
            tracing::error!(issuer = self.issuer, %error, "keys cannot be read");
        }
        true
    }

    /// Whether keys are to be read again; our own never are. A clock that was set back must not keep keys in use, so
    /// times count in both directions.
    fn due(&self, why: RefreshReason, at: DateTime<Utc>) -> bool {
        let known = self.known.load();
        let (last, wait) = match why {
            RefreshReason::Age(age) => (known.tried, age),
            RefreshReason::UnknownName => (known.tried_for_a_name, UNKNOWN),
        };
        self.source.is_some() && last.is_none_or(|last| (at - last).abs() >= wait)
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
