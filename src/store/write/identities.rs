//! Authorities and children that an import names for the first time.

use std::collections::{BTreeSet, HashSet};

use entity::{authority, child};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Value};

use super::statements;
use crate::store::{StoreError, row::Row, subject::new_keys};

/// Makes the authorities that are missing.
pub(super) async fn ensure_authorities<'a>(
    db: &DatabaseTransaction,
    named: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let present: HashSet<String> = authority::Entity::find().into_tuple().all(db).await?.into_iter().collect();
    let named: BTreeSet<&str> = named.into_iter().filter(|id| !present.contains(*id)).collect();
    let missing: Vec<_> = named.into_iter().map(|id| authority::Model { authority_id: id.to_owned() }).collect();
    statements::insert(db, &missing, |_| ()).await
}

/// The children of the import's authority, once they have been looked up.
#[derive(Default)]
pub(super) struct KnownChildren(Option<HashSet<String>>);

impl KnownChildren {
    /// Makes the children that are missing, each with a key. All rows are one authority's.
    pub(super) async fn ensure<M: Row>(&mut self, db: &DatabaseTransaction, rows: &[M]) -> Result<(), StoreError> {
        let (Some(first), Some(in_authority), Some(in_child)) = (rows.first(), M::authority(), M::child()) else {
            return Ok(());
        };
        let Value::String(Some(authority)) = first.get(in_authority) else { return Ok(()) };
        let known = match &mut self.0 {
            Some(known) => known,
            unknown => unknown.insert(children_of(db, &authority).await?),
        };
        let mut missing = Vec::new();
        for row in rows {
            if let Value::String(Some(id)) = row.get(in_child)
                && !known.contains(&id)
            {
                known.insert(id.clone());
                missing.push(child::Model { authority_id: authority.clone(), child_id: id });
            }
        }
        statements::insert(db, &missing, |_| ()).await?;
        statements::insert(db, &new_keys(&missing), |_| ()).await
    }
}

async fn children_of(db: &DatabaseTransaction, authority: &str) -> Result<HashSet<String>, StoreError> {
    let ids = child::Entity::find()
        .select_only()
        .column(child::Column::ChildId)
        .filter(child::Column::AuthorityId.eq(authority));
    Ok(ids.into_tuple().all(db).await?.into_iter().collect())
}
