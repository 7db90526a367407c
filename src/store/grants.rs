//! Who may read what of an authority: the grants that go with tokens.

use std::collections::HashMap;

use entity::{
    agreement,
    grant::{ActiveModel, Column, Entity},
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{
    Store, StoreError,
    checksum::{self, Part},
    rows,
};
use crate::{access::NewGrant, period::Date};

/// A grant with the last day of the agreement that it rests on, where one is recorded.
pub type GrantAndAgreement = (rows::Grant, Option<Date>);

/// What is checked before grants are changed.
const GRANTS: Part<'static> = Part::Shared(&["grant"]);

impl Store {
    /// Every grant of one subject, in force or not, by authority.
    pub async fn grants_of(&self, subject: &str) -> Result<Vec<GrantAndAgreement>, StoreError> {
        let grants = Entity::find().filter(Column::Subject.eq(subject)).order_by_asc(Column::AuthorityId);
        let session = self.entrance.access().await?;
        let grants = grants.order_by_asc(Column::GrantId).all(&session).await?;
        let named = agreement::Column::AgreementId.is_in(grants.iter().map(|grant| grant.agreement.as_str()));
        let agreements = match grants.is_empty() {
            true => Vec::new(),
            false => agreement::Entity::find().filter(named).all(&session).await?,
        };
        let ends: HashMap<String, Option<Date>> =
            agreements.into_iter().map(|agreement| (agreement.agreement_id, agreement.ends_on)).collect();
        let with_end = |grant: rows::Grant| {
            let end = ends.get(&grant.agreement).copied().flatten();
            (grant, end)
        };
        Ok(grants.into_iter().map(with_end).collect())
    }

    /// Every grant, those that end first before the others; only those that end by a day, if one is given.
    pub async fn grants(&self, ending_by: Option<Date>) -> Result<Vec<rows::Grant>, StoreError> {
        let mut all = Entity::find().order_by_asc(Column::EndsOn).order_by_asc(Column::GrantId);
        if let Some(day) = ending_by {
            all = all.filter(Column::EndsOn.lte(day));
        }
        Ok(all.all(&self.connections.access().await?).await?)
    }

    /// The grant with an identifier.
    ///
    /// # Errors
    /// [`StoreError::NoSuchGrant`].
    pub async fn grant(&self, id: &str) -> Result<rows::Grant, StoreError> {
        let session = self.connections.access().await?;
        let found = Entity::find().filter(Column::GrantId.eq(id)).one(&session).await?;
        found.ok_or(StoreError::NoSuchGrant)
    }

    /// Writes a grant; one with the same authority and identifier takes its new dates, and stays suspended if it was.
    pub async fn put_grant(&self, grant: rows::Grant) -> Result<(), StoreError> {
        let same = OnConflict::columns([Column::AuthorityId, Column::GrantId])
            .update_columns([
                Column::StartsOn,
                Column::EndsOn,
                Column::Agreement,
                Column::InspectionNumber,
                Column::Organisation,
                Column::RecordsFrom,
                Column::RecordsTo,
                Column::Commissions,
                Column::Issuer,
            ])
            .to_owned();
        let row = grant.into_active_model().reset_all();
        let session = self.connections.keeper("").await?;
        checksum::check(&session, GRANTS).await?;
        Entity::insert(row).on_conflict(same).exec_without_returning(&session).await?;
        checksum::keep(&session, GRANTS).await?;
        session.commit().await
    }

    /// Suspends a grant from a day on; one that is suspended already stays so since its own day.
    ///
    /// # Errors
    /// [`StoreError::NoSuchGrant`].
    pub async fn suspend_grant(&self, id: &str, on: Date) -> Result<rows::Grant, StoreError> {
        let grant = self.grant(id).await?;
        if grant.suspended_on.is_none() {
            self.change_grant(id, ActiveModel { suspended_on: Set(Some(on)), ..Default::default() }).await?;
        }
        self.grant(id).await
    }

    /// Ends a grant: a day is its last, unless it has ended before.
    ///
    /// # Errors
    /// [`StoreError::NoSuchGrant`].
    pub async fn end_grant(&self, id: &str, last: Date) -> Result<rows::Grant, StoreError> {
        let grant = self.grant(id).await?;
        if grant.ends_on > last {
            self.change_grant(id, ActiveModel { ends_on: Set(last), ..Default::default() }).await?;
        }
        self.grant(id).await
    }

    async fn change_grant(&self, id: &str, change: ActiveModel) -> Result<(), StoreError> {
        let session = self.connections.keeper("").await?;
        checksum::check(&session, GRANTS).await?;
        Entity::update_many().set(change).filter(Column::GrantId.eq(id)).exec(&session).await?;
        checksum::keep(&session, GRANTS).await?;
        session.commit().await
    }
}

/// The row of a grant that has been checked, under a new identifier.
impl From<NewGrant> for rows::Grant {
    fn from(grant: NewGrant) -> Self {
        Self {
            authority_id: grant.authority,
            grant_id: format!("G-{}", uuid::Uuid::new_v4().simple()),
            subject: grant.subject,
            role: grant.role.code().to_owned(),
            organisation: Some(grant.organisation),
            agreement: grant.agreement,
            starts_on: grant.from,
            ends_on: grant.to,
            records_from: grant.records.map(|(from, _)| from),
            records_to: grant.records.map(|(_, to)| to),
            inspection_number: grant.inspection,
            commissions: Some(grant.commissions.join(" ")).filter(|codes| !codes.is_empty()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::databases;
    use super::*;

    fn grant(authority: &str, ends_on: &str) -> rows::Grant {
        rows::Grant {
            authority_id: authority.to_owned(),
            grant_id: format!("someone:{authority}"),
            subject: "someone".to_owned(),
            role: "analyst".to_owned(),
            agreement: "ISA-7".to_owned(),
            starts_on: "2024-01-01".parse().unwrap(),
            ends_on: ends_on.parse().unwrap(),
            ..rows::Grant::default()
        }
    }

    async fn stores() -> Vec<(databases::Database, Store)> {
        let mut stores = Vec::new();
        for database in databases::databases() {
            let store = database.store().await;
            stores.push((database, store));
        }
        stores
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn signing_in_and_a_sign_of_life_do_not_wait_for_those_who_read_records() {
        for (_database, store) in stores().await {
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            let mut readers = Vec::new();
            for _ in 0..store.pool().most {
                readers.push(store.connections.snapshot("E09000015").await.unwrap());
            }
            assert_eq!(store.pool().idle, 0);
            let soon = std::time::Duration::from_secs(60);
            let grants = tokio::time::timeout(soon, store.grants_of("someone")).await;
            assert_eq!(grants.expect("without waiting").unwrap().len(), 1);
            tokio::time::timeout(soon, store.ping()).await.expect("without waiting").unwrap();
        }
    }

    #[tokio::test]
    async fn a_grant_is_found_by_its_subject_with_the_end_of_its_agreement_and_written_again_with_new_dates() {
        for (_database, store) in stores().await {
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            store.put_grant(grant("E09000005", "2024-06-30")).await.unwrap();
            store.put_grant(grant("E09000015", "2024-12-31")).await.unwrap();
            let ends = |found: Vec<GrantAndAgreement>| -> Vec<(String, String, Option<Date>)> {
                found.into_iter().map(|(grant, end)| (grant.authority_id, grant.ends_on.to_string(), end)).collect()
            };
            let (brent, harrow) = ("E09000005".to_owned(), "E09000015".to_owned());
            let expected = |end| {
                vec![(brent.clone(), "2024-06-30".to_owned(), end), (harrow.clone(), "2024-12-31".to_owned(), end)]
            };
            assert_eq!(ends(store.grants_of("someone").await.unwrap()), expected(None));
            let agreement = rows::Agreement {
                agreement_id: "ISA-7".to_owned(),
                ends_on: Some(day("2024-03-31")),
                ..rows::Agreement::default()
            };
            store.put_agreement(agreement.clone()).await.unwrap();
            store.put_agreement(agreement.clone()).await.unwrap();
            assert_eq!(ends(store.grants_of("someone").await.unwrap()), expected(Some(day("2024-03-31"))));
            assert_eq!(store.agreements().await.unwrap(), [agreement]);
            assert!(store.grants_of("someone else").await.unwrap().is_empty());
            store.ping().await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_suspended_grant_stays_suspended_when_it_is_written_again() {
        for (_database, store) in stores().await {
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            let suspended = store.suspend_grant("someone:E09000015", day("2024-02-01")).await.unwrap();
            assert_eq!(suspended.suspended_on, Some(day("2024-02-01")));
            store.suspend_grant("someone:E09000015", day("2024-02-05")).await.unwrap();
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            let found = store.grant("someone:E09000015").await.unwrap();
            assert_eq!(
                found,
                rows::Grant { suspended_on: Some(day("2024-02-01")), ..grant("E09000015", "2024-06-30") }
            );
        }
    }

    #[tokio::test]
    async fn a_grant_is_ended_only_earlier_and_listed_by_its_end() {
        for (_database, store) in stores().await {
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            store.put_grant(grant("E09000005", "2024-05-31")).await.unwrap();
            assert_eq!(store.grants(None).await.unwrap().len(), 2);
            assert_eq!(store.grants(Some(day("2024-05-31"))).await.unwrap(), [grant("E09000005", "2024-05-31")]);
            let ended = store.end_grant("someone:E09000015", day("2024-02-01")).await.unwrap();
            assert_eq!(ended.ends_on, day("2024-02-01"));
            assert_eq!(store.end_grant("someone:E09000015", day("2024-04-01")).await.unwrap(), ended);
            assert!(matches!(store.end_grant("nobody", day("2024-02-01")).await, Err(StoreError::NoSuchGrant)));
            assert!(matches!(store.suspend_grant("nobody", day("2024-02-01")).await, Err(StoreError::NoSuchGrant)));
        }
    }
}
