//! A child's identifier as it is stored, for people who type it.

use entity::child;
use sea_orm::{EntityTrait, QueryFilter, QuerySelect};

use crate::store::{Store, StoreError, load::own};

impl Store {
    /// The identifier of an authority's child as it is stored, given with or without blanks around it and in capital or
    /// small letters. One that is given exactly is that child's, whoever else has a similar one.
    ///
    /// # Errors
    /// [`StoreError::SeveralChildren`] where several would fit, or the database fails.
    pub async fn child_named(&self, authority: &str, given: &str) -> Result<Option<String>, StoreError> {
        let session = self.connections.records(authority).await?;
        let all = child::Entity::find().select_only().column(child::Column::ChildId);
        let all: Vec<String> =
            all.filter(own(child::Column::AuthorityId, authority)).into_tuple().all(&session).await?;
        let exact = [given, given.trim()].into_iter().find(|wanted| all.iter().any(|id| id == wanted));
        if let Some(exact) = exact {
            return Ok(Some(exact.to_owned()));
        }
        let wanted = given.trim().to_lowercase();
        let mut fit = all.into_iter().filter(|id| id.to_lowercase() == wanted);
        match (fit.next(), fit.next()) {
            (Some(_), Some(_)) => Err(StoreError::SeveralChildren),
            (one, _) => Ok(one),
        }
    }
}
