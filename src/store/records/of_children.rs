//! Who children are and were: details, histories, years as a care leaver, each for many in one query.
//!
//! Where several returns hold a row, the newest one's stands. [`Store::histories`] joins the years as figures do.

use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder};
use sea_orm::{Iterable, Select};

use crate::{
    access::Scope,
    care::{self, Child},
    store::{
        Store, StoreError,
        row::Row,
        rows::{ChildDetail, Oc3Return, UascStatus},
    },
};

impl Store {
    /// The histories of some children, joined over the years and without short breaks, as every figure counts them.
    /// A child who only had short breaks has none.
    pub async fn histories(&self, scope: &Scope, children: &[String]) -> Result<Vec<Child>, StoreError> {
        let loaded = self.load_children(scope.authority(), children).await?;
        Ok(loaded.children.into_iter().filter_map(|records| care::join(records, &loaded.returns)).collect())
    }

    /// Who the children are: one row each, every value from the newest return that gives one.
    pub async fn details(&self, scope: &Scope, children: &[String]) -> Result<Vec<ChildDetail>, StoreError> {
        let rows = self.of_children::<ChildDetail>(scope, children).await?;
        Ok(newest(rows, |a, b| a.child_id == b.child_id, with_the_gaps_of))
    }

    /// Those who are or were unaccompanied asylum-seeking children: one row each, the newest return's.
    pub async fn unaccompanied(&self, scope: &Scope, children: &[String]) -> Result<Vec<UascStatus>, StoreError> {
        let rows = self.of_children::<UascStatus>(scope, children).await?;
        Ok(newest(rows, |a, b| a.child_id == b.child_id, replace))
    }

    /// The yearly rows of care leavers, by child and year.
    pub async fn leaver_years(&self, scope: &Scope, children: &[String]) -> Result<Vec<Oc3Return>, StoreError> {
        self.of_children(scope, children).await
    }

    /// The current rows of some children in one table, in the order of the key.
    async fn of_children<M: Row>(&self, scope: &Scope, children: &[String]) -> Result<Vec<M>, StoreError> {
        let (Some(authority), Some(child)) = (M::authority(), M::child()) else { return Ok(Vec::new()) };
        let mut rows: Select<M::Entity> = <M as ModelTrait>::Entity::find()
            .filter(authority.eq(scope.authority()))
            .filter(child.is_in(children))
            .filter(M::known_to().is_null());
        for key in <M::Entity as EntityTrait>::PrimaryKey::iter() {
            rows = rows.order_by_asc(key.into_column());
        }
        Ok(rows.into_model::<M>().all(&self.db).await?)
    }
}

/// One row for each thing, made of the older and the newer of two: rows of one thing follow each other, oldest first.
fn newest<M>(rows: Vec<M>, same: impl Fn(&M, &M) -> bool, join: impl Fn(M, &mut M)) -> Vec<M> {
    let mut kept: Vec<M> = Vec::with_capacity(rows.len());
    for row in rows {
        match kept.last_mut() {
            Some(last) if same(last, &row) => join(row, last),
            _ => kept.push(row),
        }
    }
    kept
}

fn replace<M>(newer: M, older: &mut M) {
    *older = newer;
}

/// The newer details; what they leave empty stays as the older have it (ruling 20).
fn with_the_gaps_of(newer: ChildDetail, older: &mut ChildDetail) {
    let gaps = std::mem::replace(older, newer);
    older.sex = older.sex.take().or(gaps.sex);
    older.birth_date = older.birth_date.or(gaps.birth_date);
    older.ethnicity = older.ethnicity.take().or(gaps.ethnicity);
    older.upn = older.upn.take().or(gaps.upn);
    older.mother = older.mother.take().or(gaps.mother);
    older.mother_child_birth_date = older.mother_child_birth_date.or(gaps.mother_child_birth_date);
}
