//! Pages of children and of care leavers: their identifiers, in order.

use entity::{child_detail, leaver, period_of_care};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func},
};

use super::Page;
use crate::{
    access::Scope,
    period::Date,
    store::{Store, StoreError},
};

/// Which children are asked for; every child without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChildFilter {
    /// Looked after on this day, as the figures count it: in on the first day of care, out on the day it ends.
    pub looked_after_on: Option<Date>,
    /// One of these, by the authority's own identifier.
    pub ids: Option<Vec<String>>,
}

impl Store {
    /// A page of children by the authority's own identifiers: at most `first` of them, those after `after`.
    pub async fn children(
        &self,
        scope: &Scope,
        filter: &ChildFilter,
        after: Option<&str>,
        first: u64,
    ) -> Result<Page<String>, StoreError> {
        match filter.looked_after_on {
            Some(on) => {
                let found = looked_after(scope, filter, on);
                self.page(found, period_of_care::Column::ChildId, after, first).await
            }
            None => self.page(all(scope, filter), child_detail::Column::ChildId, after, first).await,
        }
    }

    /// How many children a filter finds on all pages.
    pub async fn count_children(&self, scope: &Scope, filter: &ChildFilter) -> Result<u64, StoreError> {
        match filter.looked_after_on {
            Some(on) => self.count(looked_after(scope, filter, on), period_of_care::Column::ChildId).await,
            None => self.count(all(scope, filter), child_detail::Column::ChildId).await,
        }
    }

    /// A page of care leavers to whom a duty was owed on a day, from the dated list (import kind `leavers`).
    pub async fn leavers(
        &self,
        scope: &Scope,
        on: Date,
        after: Option<&str>,
        first: u64,
    ) -> Result<Page<String>, StoreError> {
        self.page(owed_on(scope, on), leaver::Column::ChildId, after, first).await
    }

    /// How many care leavers there were on a day, by the dated list.
    pub async fn count_leavers(&self, scope: &Scope, on: Date) -> Result<u64, StoreError> {
        self.count(owed_on(scope, on), leaver::Column::ChildId).await
    }

    async fn page<E: EntityTrait>(
        &self,
        found: Select<E>,
        child: E::Column,
        after: Option<&str>,
        first: u64,
    ) -> Result<Page<String>, StoreError> {
        let after = after.map(|after| child.gt(after));
        let ids = found
            .select_only()
            .column(child)
            .distinct()
            .filter(Condition::all().add_option(after))
            .order_by_asc(child)
            .limit(first.saturating_add(1));
        Ok(Page::new(ids.into_tuple().all(&self.db).await?, first))
    }

    async fn count<E: EntityTrait>(&self, found: Select<E>, child: E::Column) -> Result<u64, StoreError> {
        let count = found.select_only().column_as(Expr::from(Func::count_distinct(Expr::col(child))), "count");
        Ok(count.into_tuple::<i64>().one(&self.db).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }
}

fn looked_after(scope: &Scope, filter: &ChildFilter, on: Date) -> Select<period_of_care::Entity> {
    use period_of_care::Column;
    period_of_care::Entity::find()
        .filter(Column::AuthorityId.eq(scope.authority()))
        .filter(Column::KnownTo.is_null())
        .filter(Column::StartedOn.lte(on))
        .filter(Condition::any().add(Column::EndedOn.is_null()).add(Column::EndedOn.gt(on)))
        .filter(one_of(Column::ChildId, filter))
}

fn all(scope: &Scope, filter: &ChildFilter) -> Select<child_detail::Entity> {
    use child_detail::Column;
    child_detail::Entity::find()
        .filter(Column::AuthorityId.eq(scope.authority()))
        .filter(Column::KnownTo.is_null())
        .filter(one_of(Column::ChildId, filter))
}

fn owed_on(scope: &Scope, on: Date) -> Select<leaver::Entity> {
    use leaver::Column;
    leaver::Entity::find()
        .filter(Column::AuthorityId.eq(scope.authority()))
        .filter(Column::KnownTo.is_null())
        .filter(Column::Eligibility.ne("NONE"))
        .filter(Column::StartedOn.lte(on))
        .filter(Condition::any().add(Column::EndedOn.is_null()).add(Column::EndedOn.gt(on)))
}

fn one_of<C: ColumnTrait>(child: C, filter: &ChildFilter) -> Condition {
    Condition::all().add_option(filter.ids.as_ref().map(|ids| child.is_in(ids)))
}
