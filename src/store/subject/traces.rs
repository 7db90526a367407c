//! The keys of children, and the traces that they give.

use entity::{child, child_key};
use sea_orm::{EntityTrait, QueryFilter};

use super::tables::of_child;
use crate::audit::{Bytes, Trace, Traces, trace_of};
use crate::store::{Store, StoreError, load::own};

/// A new key for each of these children.
pub(in crate::store) fn new_keys(children: &[child::Model]) -> Vec<child_key::Model> {
    let key = |child: &child::Model| child_key::Model {
        authority_id: child.authority_id.clone(),
        child_id: child.child_id.clone(),
        key: rand::random::<[u8; 32]>().to_vec(),
    };
    children.iter().map(key).collect()
}

/// The trace of a child under a stored key.
pub(super) fn trace(row: &child_key::Model) -> Option<Trace> {
    Some(trace_of(&Bytes::from_slice(&row.key)?, &row.child_id))
}

impl Store {
    /// The traces of all children of an authority, to be kept beside their histories.
    pub async fn traces(&self, authority: &str) -> Result<Traces, StoreError> {
        let session = self.connections.records(authority).await?;
        let keys =
            child_key::Entity::find().filter(own(child_key::Column::AuthorityId, authority)).all(&session).await?;
        Ok(Traces::new(keys.iter().filter_map(|row| Some((row.child_id.as_str().into(), trace(row)?))).collect()))
    }

    /// The trace of one child; none for a child who is not known, or not any more.
    pub async fn trace(&self, authority: &str, child: &str) -> Result<Option<Trace>, StoreError> {
        let key = child_key::Entity::find().filter(of_child::<child_key::Entity>(authority, child));
        let session = self.connections.records(authority).await?;
        Ok(key.one(&session).await?.as_ref().and_then(trace))
    }
}
