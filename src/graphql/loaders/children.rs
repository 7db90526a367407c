//! What hangs from children, for many of them in one query.

use std::{collections::HashMap, future::Future, sync::Arc};

use dataloader::BatchFn;

use crate::{
    access::Scope,
    graphql::error::Refusal,
    store::{Store, StoreError, rows},
};

/// One child as one scope may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ChildKey {
    scope: Scope,
    child: Arc<str>,
}

impl ChildKey {
    /// The child with the authority's own identifier.
    pub(super) fn new(scope: &Scope, child: &str) -> Self {
        Self { scope: scope.clone(), child: child.into() }
    }
}

/// The rows of one child.
pub(in crate::graphql) type Rows<T> = Arc<[Arc<T>]>;

/// Rows that hang from children.
pub(super) trait OfChild: Sized + Send + Sync {
    /// Those of some children of one authority, in order.
    fn read(
        store: &Store,
        scope: &Scope,
        children: &[String],
    ) -> impl Future<Output = Result<Vec<Self>, StoreError>> + Send;

    /// The child that the row is about.
    fn child(&self) -> &str;
}

/// Declares how the rows of a table are read.
macro_rules! of_child {
    ($row:ty, $read:ident) => {
        impl OfChild for $row {
            async fn read(store: &Store, scope: &Scope, children: &[String]) -> Result<Vec<Self>, StoreError> {
                store.$read(scope, children).await
            }

            fn child(&self) -> &str {
                &self.child_id
            }
        }
    };
}

of_child!(rows::Episode, episodes);
of_child!(rows::Placement, placements);
of_child!(rows::Review, reviews);
of_child!(rows::MissingEpisode, missing_episodes);

/// Reads rows that hang from children.
pub(super) struct Children(pub(super) Store);

impl<T: OfChild> BatchFn<ChildKey, Result<Rows<T>, Refusal>> for Children {
    async fn load(&mut self, keys: &[ChildKey]) -> HashMap<ChildKey, Result<Rows<T>, Refusal>> {
        let mut scopes: HashMap<&Scope, Vec<&ChildKey>> = HashMap::new();
        for key in keys {
            scopes.entry(&key.scope).or_default().push(key);
        }
        let mut found = HashMap::with_capacity(keys.len());
        for (scope, keys) in scopes {
            let ids: Vec<String> = keys.iter().map(|key| key.child.to_string()).collect();
            let rows = T::read(&self.0, scope, &ids).await.map_err(Refusal::from);
            found.extend(shared_out(&keys, rows));
        }
        found
    }
}

/// Gives every child its own rows, and an error to all of them.
fn shared_out<T: OfChild>(
    keys: &[&ChildKey],
    rows: Result<Vec<T>, Refusal>,
) -> HashMap<ChildKey, Result<Rows<T>, Refusal>> {
    let rows = match rows {
        Ok(rows) => rows,
        Err(refusal) => return keys.iter().map(|key| ((*key).clone(), Err(refusal.clone()))).collect(),
    };
    let mut of: HashMap<&str, Vec<Arc<T>>> = keys.iter().map(|key| (&*key.child, Vec::new())).collect();
    for row in rows {
        if let Some(rows) = of.get_mut(row.child()) {
            rows.push(Arc::new(row));
        }
    }
    keys.iter().map(|key| ((*key).clone(), Ok(of.remove(&*key.child).unwrap_or_default().into()))).collect()
}
