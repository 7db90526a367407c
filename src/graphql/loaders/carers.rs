//! Carer households and how many of their places are filled, for many of them in one query.

use std::collections::HashMap;

use dataloader::BatchFn;

use crate::{
    access::Scope,
    graphql::error::Refusal,
    period::Date,
    store::{Store, rows},
};

/// One household as one scope may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct HouseholdKey {
    scope: Scope,
    household: String,
}

impl HouseholdKey {
    /// The household with the authority's own identifier.
    pub(super) fn new(scope: &Scope, household: &str) -> Self {
        Self { scope: scope.clone(), household: household.to_owned() }
    }
}

/// One household on one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct PlacesKey {
    household: HouseholdKey,
    on: Date,
}

impl PlacesKey {
    /// The household on the day.
    pub(in crate::graphql) fn new(scope: &Scope, household: &str, on: Date) -> Self {
        Self { household: HouseholdKey::new(scope, household), on }
    }
}

/// Reads households.
pub(super) struct Households(pub(super) Store);

impl BatchFn<HouseholdKey, Result<Option<rows::CarerHousehold>, Refusal>> for Households {
    async fn load(
        &mut self,
        keys: &[HouseholdKey],
    ) -> HashMap<HouseholdKey, Result<Option<rows::CarerHousehold>, Refusal>> {
        let mut found = HashMap::with_capacity(keys.len());
        for (scope, keys) in by(keys, |key| &key.scope) {
            let ids: Vec<String> = keys.iter().map(|key| key.household.clone()).collect();
            let rows = self.0.households(scope, &ids).await.map_err(Refusal::from);
            found.extend(keys.into_iter().map(|key| {
                let row = rows.as_ref().map(|rows| rows.iter().find(|row| row.household_id == key.household).cloned());
                (key.clone(), row.map_err(Clone::clone))
            }));
        }
        found
    }
}

/// Reads how many places are filled.
pub(super) struct FilledPlaces(pub(super) Store);

impl BatchFn<PlacesKey, Result<i64, Refusal>> for FilledPlaces {
    async fn load(&mut self, keys: &[PlacesKey]) -> HashMap<PlacesKey, Result<i64, Refusal>> {
        let mut found = HashMap::with_capacity(keys.len());
        for ((scope, on), keys) in by(keys, |key| (&key.household.scope, key.on)) {
            let ids: Vec<String> = keys.iter().map(|key| key.household.household.clone()).collect();
            let filled = self.0.filled_places(scope, &ids, on).await.map_err(Refusal::from);
            found.extend(keys.into_iter().map(|key| {
                let id = &key.household.household;
                let children = filled.as_ref().map(|all| {
                    all.iter().find(|filled| filled.household_id == *id).map_or(0, |filled| filled.children)
                });
                (key.clone(), children.map_err(Clone::clone))
            }));
        }
        found
    }
}

/// The keys, sorted by something that a query can only ask for one at a time.
fn by<'a, K, G: Eq + std::hash::Hash>(keys: &'a [K], group: impl Fn(&'a K) -> G) -> HashMap<G, Vec<&'a K>> {
    let mut groups: HashMap<G, Vec<&K>> = HashMap::new();
    for key in keys {
        groups.entry(group(key)).or_default().push(key);
    }
    groups
}
