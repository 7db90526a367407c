//! Who may read what of an authority: the grants that go with tokens.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use entity::grant::{Column, Entity};

use super::{Store, StoreError, rows};

impl Store {
    /// Every grant of one subject, in force or not, by authority.
    pub async fn grants_of(&self, subject: &str) -> Result<Vec<rows::Grant>, StoreError> {
        let grants = Entity::find().filter(Column::Subject.eq(subject)).order_by_asc(Column::AuthorityId);
        Ok(grants.all(&self.db).await?)
    }

    /// Writes a grant; one with the same authority and identifier takes its new dates, and stays suspended if it was.
    pub async fn put_grant(&self, grant: rows::Grant) -> Result<(), StoreError> {
        let same = OnConflict::columns([Column::AuthorityId, Column::GrantId])
            .update_columns([Column::StartsOn, Column::EndsOn, Column::Agreement, Column::InspectionNumber])
            .to_owned();
        let row = grant.into_active_model().reset_all();
        Entity::insert(row).on_conflict(same).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::databases;
    use super::*;

    fn grant(authority: &str, ends_on: &str) -> rows::Grant {
        rows::Grant {
            authority_id: authority.to_owned(),
            grant_id: "development:someone:analyst".to_owned(),
            subject: "someone".to_owned(),
            role: "analyst".to_owned(),
            agreement: "DEVELOPMENT".to_owned(),
            starts_on: "2024-01-01".parse().unwrap(),
            ends_on: ends_on.parse().unwrap(),
            ..rows::Grant::default()
        }
    }

    #[tokio::test]
    async fn a_grant_is_found_by_its_subject_and_written_again_with_new_dates() {
        for database in databases::databases() {
            let store = Store::connect(&database.url).await.unwrap();
            store.migrate().await.unwrap();
            store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
            store.put_grant(grant("E09000005", "2024-06-30")).await.unwrap();
            store.put_grant(grant("E09000015", "2024-12-31")).await.unwrap();
            let found = store.grants_of("someone").await.unwrap();
            let ends: Vec<(&str, String)> =
                found.iter().map(|grant| (grant.authority_id.as_str(), grant.ends_on.to_string())).collect();
            assert_eq!(ends, [("E09000005", "2024-06-30".to_owned()), ("E09000015", "2024-12-31".to_owned())]);
            assert!(store.grants_of("someone else").await.unwrap().is_empty());
            store.ping().await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_suspended_grant_stays_suspended_when_it_is_written_again() {
        let database = databases::sqlite();
        let store = Store::connect(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        let suspended = rows::Grant { suspended_on: "2024-02-01".parse().ok(), ..grant("E09000015", "2024-06-30") };
        store.put_grant(suspended.clone()).await.unwrap();
        store.put_grant(grant("E09000015", "2024-06-30")).await.unwrap();
        assert_eq!(store.grants_of("someone").await.unwrap(), [suspended]);
    }
}
