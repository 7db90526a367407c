//! Which import was the newest to touch an authority: its own records, or the reference data that they are set beside.
//!
//! Rows are kept in versions, so the tables themselves say which import brought or retired them.

use entity::{
    authority_detail, comparator_member, comparator_set, import, population, published_value, region, target,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{SelectStatement, UnionType},
};

use super::{Store, StoreError};

/// The reference data that the figures of one authority are set beside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceChanges {
    /// The authority, whose population, targets and neighbours they are.
    pub authority: String,
    /// The areas whose names and published figures are used, the authority among them.
    pub areas: Vec<String>,
    /// The Department for Education's numbers of these areas: an area that is listed with one of them is the same
    /// authority under another code.
    pub numbers: Vec<String>,
    /// The regions whose names are used.
    pub regions: Vec<String>,
    /// The editions of statistical neighbours that the authority stands in.
    pub editions: Vec<String>,
}

/// The queries for the newest import, up to one, that brought or retired a row of a table.
macro_rules! changes {
    ($table:ident where $($column:ident in $these:expr),+; up to $number:expr) => {{
        use $table::{Column, Entity};
        let these = || Condition::any()$(.add(Column::$column.is_in($these.iter().map(String::as_str))))+;
        let query = |changed: Column| {
            let newest = Entity::find().select_only().column_as(changed.max(), "newest");
            newest.filter(these()).filter(changed.lte($number)).into_query()
        };
        [query(Column::KnownFrom), query(Column::KnownTo)]
    }};
}

impl Store {
    /// The newest import of an authority's own records up to an import; 0 before the first.
    pub async fn newest_of_records(&self, authority: &str, number: i64) -> Result<i64, StoreError> {
        let newest = import::Entity::find()
            .select_only()
            .column_as(import::Column::Number.max(), "newest")
            .filter(import::Column::AuthorityId.eq(authority))
            .filter(import::Column::Number.lte(number));
        let session = self.connections.reference().await?;
        Ok(newest.into_tuple::<Option<i64>>().one(&session).await?.flatten().unwrap_or_default())
    }

    /// The newest import up to an import that changed reference data of interest; 0 before the first.
    pub async fn newest_of_reference(&self, beside: &ReferenceChanges, number: i64) -> Result<i64, StoreError> {
        let ReferenceChanges { authority, areas, numbers, regions, editions } = beside;
        let own = std::slice::from_ref(authority);
        let queries = [
            changes!(authority_detail where AuthorityId in areas, LaCode in numbers; up to number),
            changes!(published_value where AuthorityId in areas; up to number),
            changes!(region where RegionId in regions; up to number),
            changes!(comparator_set where Edition in editions; up to number),
            changes!(comparator_member where AuthorityId in own; up to number),
            changes!(population where AuthorityId in own; up to number),
            changes!(target where AuthorityId in own; up to number),
        ];
        let together = |mut all: SelectStatement, one: SelectStatement| {
            all.union(UnionType::All, one);
            all
        };
        let Some(query) = queries.into_iter().flatten().reduce(together) else { return Ok(0) };
        let session = self.connections.reference().await?;
        let statement = session.get_database_backend().build(&query);
        let mut newest = 0;
        for row in session.query_all_raw(statement).await? {
            newest = newest.max(row.try_get_by_index::<Option<i64>>(0)?.unwrap_or_default());
        }
        Ok(newest)
    }
}
