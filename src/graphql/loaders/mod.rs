//! Reading records many at a time: however many children a page holds, each table is read once for all of them.
//!
//! The loaders live as long as one operation. Their keys begin with the scope that was decided for it, so neither
//! callers nor authorities ever share what was read.

mod carers;
mod children;

use dataloader::{BatchFn, cached::Loader};

use super::error::Refusal;
use crate::{
    access::Scope,
    store::{Store, rows},
};
use carers::{FilledPlaces, Households};
use children::{Children, Rows};

pub(super) use carers::{HouseholdKey, PlacesKey};
pub(super) use children::ChildKey;

/// Most keys of one query: a page of the largest size.
const MOST_KEYS: usize = 1_000;

/// How often others may go first before a loader reads: all fields of a page have asked after the first time.
const YIELDS: usize = 1;

type FieldLoader<K, V, F> = Loader<K, Result<V, Refusal>, F>;

/// The loaders of one operation.
pub(super) struct Loaders {
    episodes: FieldLoader<ChildKey, Rows<rows::Episode>, Children>,
    placements: FieldLoader<ChildKey, Rows<rows::Placement>, Children>,
    reviews: FieldLoader<ChildKey, Rows<rows::Review>, Children>,
    missing: FieldLoader<ChildKey, Rows<rows::MissingEpisode>, Children>,
    households: FieldLoader<HouseholdKey, Option<rows::CarerHousehold>, Households>,
    filled: FieldLoader<PlacesKey, i64, FilledPlaces>,
}

impl Loaders {
    /// Loaders that have read nothing yet.
    pub(super) fn new(store: &Store) -> Self {
        Self {
            episodes: loader(Children(store.clone())),
            placements: loader(Children(store.clone())),
            reviews: loader(Children(store.clone())),
            missing: loader(Children(store.clone())),
            households: loader(Households(store.clone())),
            filled: loader(FilledPlaces(store.clone())),
        }
    }

    /// The episodes of a child, by first day.
    pub(super) async fn episodes(&self, scope: &Scope, child: &str) -> Result<Rows<rows::Episode>, Refusal> {
        one(&self.episodes, ChildKey::new(scope, child)).await
    }

    /// The placements of a child, by first day.
    pub(super) async fn placements(&self, scope: &Scope, child: &str) -> Result<Rows<rows::Placement>, Refusal> {
        one(&self.placements, ChildKey::new(scope, child)).await
    }

    /// The reviews held of a child, by day.
    pub(super) async fn reviews(&self, scope: &Scope, child: &str) -> Result<Rows<rows::Review>, Refusal> {
        one(&self.reviews, ChildKey::new(scope, child)).await
    }

    /// The times when a child was missing or away, by first day.
    pub(super) async fn missing(&self, scope: &Scope, child: &str) -> Result<Rows<rows::MissingEpisode>, Refusal> {
        one(&self.missing, ChildKey::new(scope, child)).await
    }

    /// A household with its newest approval.
    pub(super) async fn household(&self, scope: &Scope, id: &str) -> Result<Option<rows::CarerHousehold>, Refusal> {
        one(&self.households, HouseholdKey::new(scope, id)).await
    }

    /// How many children are placed with a household on a day.
    pub(super) async fn filled_places(&self, key: PlacesKey) -> Result<i64, Refusal> {
        one(&self.filled, key).await
    }
}

fn loader<K, V, F>(read: F) -> FieldLoader<K, V, F>
where
    K: std::hash::Hash + Eq + Clone + std::fmt::Debug,
    V: Clone,
    F: BatchFn<K, Result<V, Refusal>>,
{
    Loader::new(read).with_max_batch_size(MOST_KEYS).with_yield_count(YIELDS)
}

async fn one<K, V, F>(loader: &FieldLoader<K, V, F>, key: K) -> Result<V, Refusal>
where
    K: std::hash::Hash + Eq + Clone + std::fmt::Debug,
    V: Clone,
    F: BatchFn<K, Result<V, Refusal>>,
{
    loader.try_load(key).await.map_err(|_| Refusal::Internal)?
}

#[cfg(test)]
mod tests;
