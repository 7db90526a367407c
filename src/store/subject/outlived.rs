//! Children whose records nobody needs any more: no return of the years that trends go back to names them, and no list.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Condition, EntityTrait, Iterable, QueryFilter, QuerySelect, sea_query::Iden};

use super::tables::of_children;
use crate::store::{Store, StoreError, session::Session};

/// Tables that say nothing of when a child was looked after: they stand beside the others, or are made from them.
const BESIDE: [&str; 6] = ["child", "child_key", "period_of_care", "placement", "placement_link", "record_share"];

/// What stands for the year where a row is no part of a return.
const NO_RETURN: i32 = 0;

impl Store {
    /// The children of an authority whom none of so many returns up to its latest names, and none of its lists of care
    /// leavers, contacts and the like; nobody where there is no return.
    pub async fn past_retention(&self, authority: &str, years: i32) -> Result<Vec<String>, StoreError> {
        let session = self.connections.records(authority).await?;
        let latest: Option<Option<i32>> = entity::child_detail::Entity::find()
            .select_only()
            .column_as(entity::child_detail::Column::ReturnYear.max(), "latest")
            .filter(entity::child_detail::Column::AuthorityId.eq(authority))
            .into_tuple()
            .one(&session)
            .await?;
        let Some(latest) = latest.flatten().filter(|year| *year != NO_RETURN) else { return Ok(Vec::new()) };
        let mut needed = HashSet::new();
        macro_rules! each {
            ($($table:ident)+) => {
                $(
                    if !BESIDE.contains(&stringify!($table)) {
                        needed.extend(named::<entity::$table::Entity>(&session, authority, latest - years).await?);
                    }
                )+
            };
        }
        of_children!(each!());
        let all = entity::child::Entity::find().filter(entity::child::Column::AuthorityId.eq(authority));
        let all = all.all(&session).await?.into_iter().map(|child| child.child_id);
        let mut outlived: Vec<String> = all.filter(|child| !needed.contains(child)).collect();
        outlived.sort();
        Ok(outlived)
    }
}

/// Whom a table names in returns after a year, or outside returns.
async fn named<E: EntityTrait>(db: &Session, authority: &str, year: i32) -> Result<Vec<String>, StoreError> {
    let column = |name: &str| E::Column::iter().find(|column| column.unquoted() == name);
    let (Some(of), Some(child)) = (column("authority_id"), column("child_id")) else { return Ok(Vec::new()) };
    let lately = match column("return_year") {
        Some(return_year) => Condition::any().add(return_year.gt(year)).add(return_year.eq(NO_RETURN)),
        None => Condition::all(),
    };
    let rows = E::find().select_only().column(child).filter(of.eq(authority)).filter(lately).distinct();
    Ok(rows.into_tuple().all(db).await?)
}
