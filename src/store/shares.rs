//! Children shared with an organisation, and the agreements that sharing rests on.

use std::collections::HashSet;

use entity::{agreement, child, record_share};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    Store, StoreError,
    checksum::{self, Part},
    load::own,
    rows::{Agreement, RecordShare},
};
use crate::{
    access::{Rows, Scope},
    period::Date,
};

impl Store {
    /// The children that are shared with the organisation of the scope on a day.
    ///
    /// # Errors
    /// The database fails.
    pub async fn shared_children(&self, scope: &Scope, on: Date) -> Result<HashSet<String>, StoreError> {
        use record_share::Column;
        let Rows::AdoptionShares(organisation) = scope.rows() else { return Ok(HashSet::new()) };
        let shared = record_share::Entity::find()
            .select_only()
            .column(Column::ChildId)
            .filter(own(Column::AuthorityId, scope.authority()))
            .filter(Column::Organisation.eq(&**organisation))
            .filter(Column::StartsOn.lte(on))
            .filter(Column::EndsOn.gte(on));
        let session = self.connections.records(scope.authority()).await?;
        let children: Vec<String> = shared.into_tuple().all(&session).await?;
        Ok(children.into_iter().collect())
    }

    /// Shares a child with an organisation; sharing again from the same day takes the new last day.
    ///
    /// # Errors
    /// [`StoreError::NoSuchChild`], or the database fails.
    pub async fn share(&self, share: RecordShare) -> Result<(), StoreError> {
        use record_share::Column;
        let child = child::Entity::find()
            .filter(child::Column::AuthorityId.eq(&share.authority_id))
            .filter(child::Column::ChildId.eq(&share.child_id));
        if child.count(&self.connections.records(&share.authority_id).await?).await? == 0 {
            return Err(StoreError::NoSuchChild);
        }
        let same = OnConflict::columns([Column::AuthorityId, Column::ChildId, Column::Organisation, Column::StartsOn])
            .update_column(Column::EndsOn)
            .to_owned();
        let (authority, row) = (share.authority_id.clone(), share.into_active_model().reset_all());
        let session = self.connections.keeper(&authority).await?;
        let shares = Part::Some(&authority, &["record_share"]);
        checksum::check(&session, shares).await?;
        record_share::Entity::insert(row).on_conflict(same).exec_without_returning(&session).await?;
        checksum::keep(&session, shares).await?;
        session.commit().await
    }

    /// Whether a child is shared with an organisation on some day after this one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn is_shared(
        &self,
        authority: &str,
        child: &str,
        organisation: &str,
        after: Date,
    ) -> Result<bool, StoreError> {
        let shares = record_share::Entity::find().filter(beyond(authority, child, organisation, after));
        Ok(shares.one(&self.connections.access_of(authority).await?).await?.is_some())
    }

    /// Ends the sharing of a child with an organisation; `last` is the last day on which it is shared. Shares that had
    /// not begun by then are taken out. Tells how many there were.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_share(
        &self,
        authority: &str,
        child: &str,
        organisation: &str,
        last: Date,
    ) -> Result<u64, StoreError> {
        use record_share::Column;
        let of = || beyond(authority, child, organisation, last);
        let session = self.connections.keeper(authority).await?;
        let shares = Part::Some(authority, &["record_share"]);
        checksum::check(&session, shares).await?;
        let later = record_share::Entity::delete_many().filter(of()).filter(Column::StartsOn.gt(last));
        let later = later.exec(&session).await?.rows_affected;
        let ended = record_share::ActiveModel { ends_on: sea_orm::ActiveValue::Set(last), ..Default::default() };
        let running = record_share::Entity::update_many().set(ended).filter(of()).exec(&session).await?;
        checksum::keep(&session, shares).await?;
        session.commit().await?;
        Ok(later + running.rows_affected)
    }

    /// Writes an agreement; one with the same identifier takes what is new.
    ///
    /// # Errors
    /// The database fails.
    pub async fn put_agreement(&self, agreement: Agreement) -> Result<(), StoreError> {
        use agreement::Column;
        let same = OnConflict::column(Column::AgreementId)
            .update_columns([Column::Parties, Column::LegalBasis, Column::ReviewOn, Column::EndsOn])
            .to_owned();
        let row = agreement.into_active_model().reset_all();
        let session = self.connections.keeper("").await?;
        let agreements = Part::Shared(&["agreement"]);
        checksum::check(&session, agreements).await?;
        agreement::Entity::insert(row).on_conflict(same).exec_without_returning(&session).await?;
        checksum::keep(&session, agreements).await?;
        session.commit().await
    }

    /// Every agreement, by identifier.
    ///
    /// # Errors
    /// The database fails.
    pub async fn agreements(&self) -> Result<Vec<Agreement>, StoreError> {
        let all = agreement::Entity::find().order_by_asc(agreement::Column::AgreementId);
        Ok(all.all(&self.connections.access().await?).await?)
    }
}

/// The shares of a child with an organisation that go on after a day.
fn beyond(authority: &str, child: &str, organisation: &str, day: Date) -> sea_orm::Condition {
    use record_share::Column;
    sea_orm::Condition::all()
        .add(Column::AuthorityId.eq(authority))
        .add(Column::ChildId.eq(child))
        .add(Column::Organisation.eq(organisation))
        .add(Column::EndsOn.gt(day))
}
