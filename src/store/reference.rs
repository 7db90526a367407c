//! Reference data: authorities, population, targets, statistical neighbours, and what others have published.
//!
//! Everything can be read as it is known now, or as it was after an earlier import (`known_on`).

use std::collections::{BTreeMap, HashSet};

use entity::{
    authority, authority_detail, commentary, comparator_member, comparator_set, population, published_value, region,
    target,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Store, StoreError,
    load::known,
    rows::{AuthorityDetail, Commentary, ComparatorMember, ComparatorSet, Population, PublishedValue, Region, Target},
};
use crate::authorities::{self, REGIONS, region_code};

/// What is known of an authority that no list of areas names.
fn not_listed(ons_code: &str) -> AuthorityDetail {
    let known = authorities::find(ons_code);
    AuthorityDetail {
        authority_id: ons_code.to_owned(),
        name: known.map_or(ons_code, |known| &known.name).to_owned(),
        la_code: known.map(|known| known.la_code.clone()),
        region_id: known.and_then(|known| region_code(&known.region)).map(str::to_owned),
        ..AuthorityDetail::default()
    }
}

/// Declares the query for the rows of some areas in one table, in the order of the key.
macro_rules! of_areas {
    ($(#[$doc:meta])* $name:ident: $table:ident as $model:ident by $($key:ident)+) => {
        $(#[$doc])*
        pub async fn $name(&self, areas: &[&str], known_on: Option<i64>) -> Result<Vec<$model>, StoreError> {
            use $table::Column;
            let rows = $table::Entity::find()
                .filter(Column::AuthorityId.is_in(areas.iter().copied()))
                .filter(known(Column::KnownFrom, Column::KnownTo, known_on))
                .order_by_asc(Column::AuthorityId)
                $(.order_by_asc(Column::$key))+;
            Ok(rows.all(&self.connections.reference().await?).await?)
        }
    };
}

impl Store {
    /// Every authority that has records or a name, by ONS code. What no list of areas says of one is taken from the
    /// English authorities; one that is not among them has its code for a name.
    pub async fn authorities(&self, known_on: Option<i64>) -> Result<Vec<AuthorityDetail>, StoreError> {
        use authority_detail::Column;
        let all = authority::Entity::find().select_only().column(authority::Column::AuthorityId);
        let session = self.connections.reference().await?;
        let all: Vec<String> = all.into_tuple().all(&session).await?;
        let details = authority_detail::Entity::find().filter(known(Column::KnownFrom, Column::KnownTo, known_on));
        let listed = details.all(&session).await?;
        let numbers: HashSet<&str> = listed.iter().filter_map(|detail| detail.la_code.as_deref()).collect();
        let mut authorities: BTreeMap<String, AuthorityDetail> = all
            .into_iter()
            .map(|id| {
                let mut detail = not_listed(&id);
                // A number means one authority, and the list is right.
                detail.la_code = detail.la_code.filter(|number| !numbers.contains(number.as_str()));
                (id, detail)
            })
            .collect();
        authorities.extend(listed.into_iter().map(|detail| (detail.authority_id.clone(), detail)));
        Ok(authorities.into_values().collect())
    }

    /// Every region, by its identifier: those of England under their own names, unless a list of areas gives others.
    pub async fn regions(&self, known_on: Option<i64>) -> Result<Vec<Region>, StoreError> {
        use region::Column;
        let rows = region::Entity::find().filter(known(Column::KnownFrom, Column::KnownTo, known_on));
        let listed = rows.all(&self.connections.reference().await?).await?;
        let english =
            REGIONS.map(|(name, code)| Region { region_id: code.into(), name: name.into(), ..Region::default() });
        let all = english.into_iter().chain(listed).map(|region| (region.region_id.clone(), region));
        Ok(all.collect::<BTreeMap<_, _>>().into_values().collect())
    }

    /// Every edition of the statistical neighbours, by name.
    pub async fn comparator_sets(&self, known_on: Option<i64>) -> Result<Vec<ComparatorSet>, StoreError> {
        use comparator_set::Column;
        let rows = comparator_set::Entity::find().filter(known(Column::KnownFrom, Column::KnownTo, known_on));
        Ok(rows.order_by_asc(Column::Edition).all(&self.connections.reference().await?).await?)
    }

    of_areas! {
        /// The neighbours of some authorities in every edition, closest first.
        comparator_members: comparator_member as ComparatorMember by Edition Rank
    }

    of_areas! {
        /// The population of some areas, by year and group.
        population: population as Population by MidYear Dimension Category
    }

    of_areas! {
        /// The targets of some authorities.
        targets: target as Target by Indicator Period
    }

    of_areas! {
        /// What has been published about some authorities or areas, or in comparison with them.
        published: published_value as PublishedValue by Indicator Period Area Dimension Category Source Document
    }

    of_areas! {
        /// What officers of some authorities say about figures.
        commentary: commentary as Commentary by Indicator Period Source
    }
}
