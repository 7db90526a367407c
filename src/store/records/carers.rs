//! Pages of carer households approved on a day, their people, and how many of their places are filled.

use entity::{carer_household, placement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func},
};

use super::Page;
use crate::{
    access::Scope,
    period::Date,
    store::{Store, StoreError, load::own, rows::CarerHousehold},
};

/// How many children are placed with a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdPlacements {
    /// The household.
    pub household_id: String,
    /// Children placed there.
    pub children: i64,
}

impl Store {
    /// A page of households that were approved on a day: at most `first` of them, those after `after`, by identifier.
    pub async fn carers(
        &self,
        scope: &Scope,
        approved_on: Date,
        after: Option<&str>,
        first: u64,
    ) -> Result<Page<CarerHousehold>, StoreError> {
        let after = after.map(|after| carer_household::Column::HouseholdId.gt(after));
        let rows = by_identifier(approved(scope, approved_on).filter(Condition::all().add_option(after)));
        let rows = rows.limit(first.saturating_add(1));
        Ok(Page::new(rows.all(&self.connections.records(scope.authority()).await?).await?, first))
    }

    /// All households that were approved on a day, by identifier.
    pub async fn all_carers(&self, scope: &Scope, approved_on: Date) -> Result<Vec<CarerHousehold>, StoreError> {
        let rows = by_identifier(approved(scope, approved_on));
        Ok(rows.all(&self.connections.records(scope.authority()).await?).await?)
    }

    /// How many households were approved on a day.
    pub async fn count_carers(&self, scope: &Scope, approved_on: Date) -> Result<u64, StoreError> {
        let households = Func::count_distinct(Expr::col(carer_household::Column::HouseholdId));
        let count = approved(scope, approved_on).select_only().column_as(Expr::from(households), "count");
        let session = self.connections.records(scope.authority()).await?;
        Ok(count.into_tuple::<i64>().one(&session).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    /// Some households, each with its newest approval.
    pub async fn households(&self, scope: &Scope, ids: &[String]) -> Result<Vec<CarerHousehold>, StoreError> {
        let rows = current(scope)
            .filter(carer_household::Column::HouseholdId.is_in(ids))
            .order_by_asc(carer_household::Column::HouseholdId)
            .order_by_desc(carer_household::Column::ApprovedOn);
        let mut rows = rows.all(&self.connections.records(scope.authority()).await?).await?;
        rows.dedup_by(|older, newer| older.household_id == newer.household_id);
        Ok(rows)
    }

    /// How many children were placed with each of some households on a day; households without any are left out.
    pub async fn filled_places(
        &self,
        scope: &Scope,
        households: &[String],
        on: Date,
    ) -> Result<Vec<HouseholdPlacements>, StoreError> {
        use placement::Column;
        let counts = placement::Entity::find()
            .select_only()
            .column(Column::HouseholdId)
            .column_as(Column::ChildId.count(), "children")
            .filter(own(Column::AuthorityId, scope.authority()))
            .filter(Column::KnownTo.is_null())
            .filter(Column::HouseholdId.is_in(households))
            .filter(Column::StartedOn.lte(on))
            .filter(Condition::any().add(Column::EndedOn.is_null()).add(Column::EndedOn.gt(on)))
            .group_by(Column::HouseholdId)
            .order_by_asc(Column::HouseholdId);
        let session = self.connections.records(scope.authority()).await?;
        let counts: Vec<(String, i64)> = counts.into_tuple().all(&session).await?;
        Ok(counts.into_iter().map(|(household_id, children)| HouseholdPlacements { household_id, children }).collect())
    }
}

fn current(scope: &Scope) -> Select<carer_household::Entity> {
    carer_household::Entity::find()
        .filter(own(carer_household::Column::AuthorityId, scope.authority()))
        .filter(carer_household::Column::KnownTo.is_null())
}

fn by_identifier(rows: Select<carer_household::Entity>) -> Select<carer_household::Entity> {
    use carer_household::Column;
    rows.order_by_asc(Column::HouseholdId).order_by_asc(Column::ApprovedOn)
}

fn approved(scope: &Scope, on: Date) -> Select<carer_household::Entity> {
    use carer_household::Column;
    current(scope)
        .filter(Column::ApprovedOn.lte(on))
        .filter(Condition::any().add(Column::EndedOn.is_null()).add(Column::EndedOn.gt(on)))
}
