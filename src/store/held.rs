//! What is stored already and an import is checked against: names of areas, the authority's other returns, and files
//! that were imported for others.

use std::collections::{BTreeMap, HashMap};

use entity::{child_detail, episode, import, import_file};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    Store, StoreError,
    load::{known, own, returns},
    rows::{ChildDetail, Episode},
    session::set_authority,
};
use crate::period::Date;

/// What is stored when an import is read. Empty parts hold nothing against it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredState {
    /// Names and older codes of areas, each with its ONS code.
    pub areas: Vec<(String, String)>,
    /// The authority's return of the year before, if it is loaded.
    pub last_year: Option<HeldReturn>,
    /// Child and first day of every episode in each of the authority's returns of other years, by the year in which the
    /// return ends.
    pub starts: BTreeMap<i32, Vec<(String, Date)>>,
    /// Files with rows that were imported for another authority and not undone: its ONS code, by SHA-256 in hexadecimal.
    pub elsewhere: HashMap<String, String>,
}

/// One return as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldReturn {
    /// The year in which it ends.
    pub year: i32,
    /// Last day that it covers.
    pub up_to: Date,
    /// Who the children are.
    pub details: Vec<ChildDetail>,
    /// Their episodes, by child and first day.
    pub episodes: Vec<Episode>,
}

impl Store {
    /// What an import is checked against: for records, of their authority; for a yearly return, with the year in which
    /// it ends. Reference data needs the names of areas alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn held(&self, authority: Option<&str>, year: Option<i32>) -> Result<StoredState, StoreError> {
        let mut held = StoredState { areas: self.names_of_areas().await?, ..StoredState::default() };
        let Some(authority) = authority else { return Ok(held) };
        held.elsewhere = self.files_elsewhere(authority).await?;
        if let Some(year) = year {
            let snapshot = self.connections.snapshot(authority).await?;
            held.last_year = last_year(&snapshot, authority, year - 1).await?;
            held.starts = starts(&snapshot, authority, year).await?;
            snapshot.commit().await?;
        }
        Ok(held)
    }

    async fn names_of_areas(&self) -> Result<Vec<(String, String)>, StoreError> {
        let areas = self.authorities(None).await?.into_iter();
        let named = areas.flat_map(|area| {
            let la_code = area.la_code.map(|code| (code, area.authority_id.clone()));
            [(area.name, area.authority_id)].into_iter().chain(la_code)
        });
        Ok(named.collect())
    }

    /// Authority by authority, since the database shows the files of one at a time.
    async fn files_elsewhere(&self, authority: &str) -> Result<HashMap<String, String>, StoreError> {
        let session = self.connections.book().await?;
        let others = import::Entity::find()
            .select_only()
            .column(import::Column::AuthorityId)
            .column(import::Column::Number)
            .filter(import::Column::AuthorityId.ne(authority))
            .filter(import::Column::UndoneBy.is_null())
            .filter(import::Column::Undoes.is_null());
        let mut imports: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (other, number) in others.into_tuple::<(String, i64)>().all(&session).await? {
            imports.entry(other).or_default().push(number);
        }
        let mut elsewhere = HashMap::new();
        for (other, numbers) in imports {
            set_authority(&session, Some(&other)).await?;
            let digests = import_file::Entity::find()
                .select_only()
                .column(import_file::Column::Sha256)
                .filter(import_file::Column::ImportNumber.is_in(numbers))
                .filter(import_file::Column::Rows.gt(0));
            let digests: Vec<String> = digests.into_tuple().all(&session).await?;
            elsewhere.extend(digests.into_iter().map(|digest| (digest, other.clone())));
        }
        Ok(elsewhere)
    }
}

async fn last_year(db: &DatabaseTransaction, authority: &str, year: i32) -> Result<Option<HeldReturn>, StoreError> {
    let Some(loaded) = returns(db, authority, None).await?.into_iter().find(|loaded| loaded.year == year) else {
        return Ok(None);
    };
    let details = {
        use child_detail::{Column, Entity};
        let rows = Entity::find().filter(own(Column::AuthorityId, authority)).filter(Column::ReturnYear.eq(year));
        rows.filter(known(Column::KnownFrom, Column::KnownTo, None)).order_by_asc(Column::ChildId).all(db).await?
    };
    let episodes = {
        use episode::{Column, Entity};
        let rows = Entity::find().filter(own(Column::AuthorityId, authority)).filter(Column::ReturnYear.eq(year));
        let rows = rows.filter(known(Column::KnownFrom, Column::KnownTo, None));
        rows.order_by_asc(Column::ChildId).order_by_asc(Column::StartedOn).all(db).await?
    };
    Ok(Some(HeldReturn { year, up_to: loaded.up_to, details, episodes }))
}

async fn starts(
    db: &DatabaseTransaction,
    authority: &str,
    but: i32,
) -> Result<BTreeMap<i32, Vec<(String, Date)>>, StoreError> {
    use episode::Column;
    let rows = episode::Entity::find()
        .select_only()
        .columns([Column::ReturnYear, Column::ChildId, Column::StartedOn])
        .filter(own(Column::AuthorityId, authority))
        .filter(known(Column::KnownFrom, Column::KnownTo, None))
        .filter(Column::ReturnYear.ne(but));
    let mut starts: BTreeMap<i32, Vec<(String, Date)>> = BTreeMap::new();
    for (year, child, start) in rows.into_tuple::<(i32, String, Date)>().all(db).await? {
        starts.entry(year).or_default().push((child, start));
    }
    Ok(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{
        Batch,
        databases::databases,
        rows::{ImportFile, Rows},
    };

    const HARROW: &str = "E09000015";
    const BRENT: &str = "E09000005";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// A return of one child with one episode, and files of these digests and numbers of rows.
    fn a_return(authority: &str, year: i32, child: &str, files: &[(&str, i64)]) -> Batch {
        let mut rows = Rows::of_a_return();
        let child_id = child.to_owned();
        rows.child_detail = Some(vec![ChildDetail { child_id: child_id.clone(), ..ChildDetail::default() }]);
        let started_on = day("2022-05-01");
        rows.episode = Some(vec![Episode { child_id, started_on, ..Episode::default() }]);
        let file = |(digest, rows): &(&str, i64)| ImportFile {
            name: format!("{digest}.csv"),
            table: "episodes".into(),
            sha256: (*digest).into(),
            rows: *rows,
            ..ImportFile::default()
        };
        Batch {
            authority: Some(authority.into()),
            kind: "ssda903".into(),
            return_year: Some(year),
            files: files.iter().map(file).collect(),
            rows,
            ..Batch::default()
        }
    }

    #[tokio::test]
    async fn a_return_is_read_beside_those_of_other_years_and_the_files_of_others() {
        for database in databases() {
            let store = database.store().await;
            let write = async |batch| store.write(batch, &|_| ()).await.unwrap();
            write(a_return(HARROW, 2022, "A1", &[("h22", 1)])).await;
            write(a_return(HARROW, 2023, "A2", &[("h23", 1)])).await;
            write(a_return(HARROW, 2024, "A3", &[("h24", 1)])).await;
            write(a_return(BRENT, 2024, "B1", &[("b24", 1), ("none", 0)])).await;
            write(a_return(BRENT, 2023, "B1", &[("b23", 1)])).await;
            store.undo(5).await.unwrap();

            let held = store.held(Some(HARROW), Some(2024)).await.unwrap();
            let last = held.last_year.unwrap();
            assert_eq!((last.year, last.up_to), (2023, day("2023-03-31")), "{}", database.url);
            assert_eq!(last.details.iter().map(|row| row.child_id.as_str()).collect::<Vec<_>>(), ["A2"]);
            assert_eq!(last.episodes.iter().map(|row| row.child_id.as_str()).collect::<Vec<_>>(), ["A2"]);
            let start = |child: &str| vec![(child.to_owned(), day("2022-05-01"))];
            assert_eq!(held.starts, BTreeMap::from([(2022, start("A1")), (2023, start("A2"))]));
            assert_eq!(held.elsewhere, HashMap::from([("b24".to_owned(), BRENT.to_owned())]), "{}", database.url);

            let of_a_list = store.held(Some(BRENT), None).await.unwrap();
            assert_eq!((of_a_list.elsewhere.len(), of_a_list.last_year, of_a_list.starts.len()), (3, None, 0));
            let of_reference = store.held(None, None).await.unwrap();
            assert_eq!(of_reference, StoredState { areas: of_reference.areas.clone(), ..StoredState::default() });
            let names: Vec<_> = of_reference.areas.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["Brent", "304", "Harrow", "310"], "{}", database.url);
        }
    }
}
