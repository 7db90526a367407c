//! A child through all tables: found in full, erased without remains, and not brought back, on both databases.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};

use super::tables::NAMES;
use crate::store::{
    Batch, ErasureOutcome, MigrationState, Outcome, Store, StoreError,
    databases::databases,
    rows::{ChildDetail, Episode, ImportIssue, Leaver, PlacementLink, Review, Rows},
};

const HARROW: &str = "E09000015";
/// The child who is erased, whose identifier and postcode stand nowhere else.
const CANARY: &str = "CANARY-7731";
const POSTCODE: &str = "ZX9 9QQ";
const OTHER: &str = "0002";

fn a_return(year: i32, children: &[&str]) -> Batch {
    let mut rows = Rows::of_a_return();
    for child in children {
        let child_id = (*child).to_owned();
        let started_on = "2021-04-01".parse().unwrap();
        rows.child_detail.get_or_insert_default().push(ChildDetail {
            child_id: child_id.clone(),
            birth_date: "2010-05-01".parse().ok(),
            ..ChildDetail::default()
        });
        rows.episode.get_or_insert_default().push(Episode {
            child_id: child_id.clone(),
            started_on,
            reason_new: Some("S".into()),
            place: Some("U6".into()),
            placement_postcode: (*child == CANARY).then(|| format!("{POSTCODE}{year}")),
            ..Episode::default()
        });
        let held_on = "2022-06-01".parse().unwrap();
        rows.review.get_or_insert_default().push(Review { child_id, held_on, ..Review::default() });
    }
    let issue =
        ImportIssue { value: Some("31/02/2010".into()), row: Some(2), rule: "101".into(), ..ImportIssue::default() };
    let (authority, kind) = (Some(HARROW.to_owned()), "ssda903".to_owned());
    Batch { authority, kind, return_year: Some(year), issues: vec![issue], rows, ..Batch::default() }
}

fn link(child: &str) -> Batch {
    let (child_id, household_id) = (child.to_owned(), "H1".to_owned());
    let started_on = "2021-04-01".parse().unwrap();
    let link = PlacementLink { child_id, started_on, household_id, ..PlacementLink::default() };
    let rows = Rows { placement_link: Some(vec![link]), ..Rows::default() };
    Batch { authority: Some(HARROW.into()), kind: "placement_links".into(), rows, ..Batch::default() }
}

#[tokio::test]
async fn an_identifier_is_found_in_any_case_and_the_exact_one_goes_before_others() {
    for database in databases() {
        let url = database.url.clone();
        let store = filled(&url).await;
        write(&store, a_return(2025, &["ab1", "AB1", "ABC"])).await;
        let named = async |given: &str| store.child_named(HARROW, given).await;
        for given in [CANARY, "canary-7731", " Canary-7731\t"] {
            assert_eq!(named(given).await.unwrap().as_deref(), Some(CANARY), "{given:?} {url}");
        }
        assert_eq!(named("ab1").await.unwrap().as_deref(), Some("ab1"), "{url}");
        assert_eq!(named(" AB1 ").await.unwrap().as_deref(), Some("AB1"), "{url}");
        assert!(matches!(named("aB1").await, Err(StoreError::SeveralChildren)), "{url}");
        assert_eq!(named("abc").await.unwrap().as_deref(), Some("ABC"), "{url}");
        assert_eq!(named("nobody").await.unwrap(), None, "{url}");
        assert_eq!(store.child_named("E09000005", "canary-7731").await.unwrap(), None, "{url}");
    }
}

async fn filled(url: &str) -> Store {
    let store = Store::connect(url).await.unwrap();
    store.migrate().await.unwrap();
    write(&store, a_return(2023, &[CANARY, OTHER])).await;
    write(&store, a_return(2024, &[CANARY, OTHER])).await;
    write(&store, link(CANARY)).await;
    store
}

async fn write(store: &Store, batch: Batch) -> Outcome {
    store.write(batch, &|_| ()).await.unwrap()
}

async fn children(store: &Store) -> Vec<String> {
    store.load(HARROW, None).await.unwrap().children.iter().map(|child| child.child.to_string()).collect()
}

#[tokio::test]
async fn the_tables_of_children_are_those_of_the_database() {
    for database in databases() {
        let store = Store::connect(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        let backend = store.connections.raw().get_database_backend();
        let sql = if backend == DbBackend::Sqlite {
            "SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name = 'child_id'"
        } else {
            "SELECT table_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name = 'child_id'"
        };
        let rows = store.connections.raw().query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        let found: BTreeSet<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        let listed: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(listed, found, "{}: list the table in src/store/subject/tables.rs", database.url);
    }
}

#[tokio::test]
async fn every_child_has_a_key_of_its_own_that_stays() {
    for database in databases() {
        let store = filled(&database.url).await;
        let traces = store.traces(HARROW).await.unwrap();
        assert_eq!(traces.len(), 2, "{}", database.url);
        assert_ne!(traces.of(CANARY), traces.of(OTHER));
        assert_eq!(store.trace(HARROW, OTHER).await.unwrap(), traces.of(OTHER));
        write(&store, a_return(2022, &[OTHER, "0003"])).await;
        let later = store.traces(HARROW).await.unwrap();
        assert_eq!((later.len(), later.of(OTHER)), (3, traces.of(OTHER)));
        assert_eq!(store.trace("E09000005", OTHER).await.unwrap(), None);
    }
}

#[tokio::test]
async fn children_who_were_there_before_the_keys_get_one_each() {
    for database in databases() {
        let store = filled(&database.url).await;
        let has_keys = async || {
            let changes = store.changes().await.unwrap();
            changes.iter().any(|change| change.name == "m0011_audit" && change.applied == MigrationState::Yes)
        };
        while has_keys().await {
            store.migrate_down().await.unwrap();
        }
        store.migrate().await.unwrap();
        let traces = store.traces(HARROW).await.unwrap();
        let keys =
            entity::child_key::Entity::find().all(&store.connections.records(HARROW).await.unwrap()).await.unwrap();
        assert!(keys.iter().all(|row| row.key.len() == 32) && keys[0].key != keys[1].key, "{}", database.url);
        assert!(traces.of(CANARY).is_some() && traces.of(OTHER).is_some());
    }
}

#[tokio::test]
async fn all_rows_of_a_child_are_found_in_all_versions() {
    for database in databases() {
        let store = filled(&database.url).await;
        let stored = store.stored(HARROW, CANARY).await.unwrap();
        let count = |table: &str| stored.iter().find(|rows| rows.table == table).map_or(0, |rows| rows.rows.len());
        let counts = ["child", "child_detail", "episode", "placement", "placement_link", "child_key"].map(count);
        assert_eq!(counts, [1, 2, 2, 2, 1, 0], "{}", database.url);
        let episodes = stored.iter().find(|rows| rows.table == "episode").unwrap();
        assert_eq!(episodes.rows[0]["placement_postcode"], format!("{POSTCODE}2023"));
        assert_eq!(episodes.rows[0]["started_on"], "2021-04-01");
        assert!(store.stored(HARROW, "nobody").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_erased_child_is_gone_and_neither_an_import_nor_an_undo_brings_it_back() {
    for database in databases() {
        let url = &database.url;
        let store = filled(url).await;
        let ErasureOutcome::Now { number, rows } = store.erase(HARROW, CANARY).await.unwrap() else { panic!("{url}") };
        assert_eq!((number, store.latest_import().await.unwrap()), (4, 4), "{url}");
        assert!(rows >= 10, "{url}: {rows}");
        assert!(store.stored(HARROW, CANARY).await.unwrap().is_empty(), "{url}");
        assert_eq!(store.trace(HARROW, CANARY).await.unwrap(), None, "{url}");
        assert_eq!(children(&store).await, [OTHER], "{url}");
        assert_eq!(store.import(1).await.unwrap().issues[0].value, None, "{url}");
        assert_eq!(store.erased_since(3).await.unwrap(), [HARROW], "{url}");
        assert!(store.erased_since(4).await.unwrap().is_empty(), "{url}");
        assert_eq!(store.undo(4).await.unwrap_err().code(), "CANNOT_UNDO", "{url}");

        let again = write(&store, a_return(2024, &[CANARY, OTHER])).await;
        assert!(matches!(again, Outcome::Unchanged { .. }), "{url}: {again:?}");
        let Outcome::Written { number, left_out, .. } = write(&store, a_return(2022, &[CANARY, OTHER])).await else {
            panic!("{url}")
        };
        assert_eq!(left_out, 3, "{url}");
        let issues = store.import(number).await.unwrap().issues;
        let told = issues.iter().find(|issue| issue.rule == "ERASED").unwrap();
        assert_eq!(told.message, "3 rows of children who have been erased were left out.");
        for number in [5, 3, 2, 1] {
            store.undo(number).await.unwrap();
            assert!(store.stored(HARROW, CANARY).await.unwrap().is_empty(), "{url}: undo of {number}");
        }
        assert_eq!(store.erase(HARROW, CANARY).await.unwrap(), ErasureOutcome::Before, "{url}");
        assert_eq!(store.erase(HARROW, "nobody").await.unwrap(), ErasureOutcome::Unknown, "{url}");
        assert_eq!(store.erase("E09000005", OTHER).await.unwrap(), ErasureOutcome::Unknown, "{url}");
    }
}

#[tokio::test]
async fn after_cleaning_no_byte_of_an_erased_child_is_in_the_files() {
    for database in databases() {
        let store = filled(&database.url).await;
        assert!(matches!(store.erase(HARROW, CANARY).await.unwrap(), ErasureOutcome::Now { .. }));
        store.clean().await.unwrap();
        assert_eq!(children(&store).await, [OTHER], "{}", database.url);
        let Some(file) = database.url.strip_prefix("sqlite://") else { continue };
        for ending in ["", "-wal", "-shm"] {
            let bytes = std::fs::read(format!("{file}{ending}")).unwrap_or_default();
            for needle in [CANARY, POSTCODE, "31/02/2010"] {
                assert!(!bytes.windows(needle.len()).any(|part| part == needle.as_bytes()), "{ending}: {needle}");
            }
        }
        assert!(std::fs::read(file).unwrap().windows(OTHER.len()).any(|part| part == OTHER.as_bytes()));
    }
}

#[tokio::test]
async fn a_child_is_past_retention_once_neither_a_return_of_the_years_that_count_nor_a_list_has_the_child() {
    for database in databases() {
        let store = Store::connect(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        assert!(store.past_retention(HARROW, 10).await.unwrap().is_empty(), "{}: no return", database.url);
        write(&store, a_return(2013, &["0001", "0003"])).await;
        write(&store, a_return(2014, &["0001", "0002", "0004"])).await;
        write(&store, a_return(2015, &["0004"])).await;
        write(&store, a_return(2024, &["0009"])).await;
        let leaver = Leaver { child_id: "0002".into(), started_on: "2014-01-01".parse().unwrap(), ..Leaver::default() };
        let rows = Rows { leaver: Some(vec![leaver]), ..Rows::default() };
        let batch = Batch { authority: Some(HARROW.into()), kind: "leavers".into(), rows, ..Batch::default() };
        write(&store, batch).await;
        let of = async |years| store.past_retention(HARROW, years).await.unwrap();
        assert_eq!(of(10).await, ["0001", "0003"], "{}", database.url);
        assert_eq!(of(11).await, ["0003"], "{}", database.url);
        assert!(of(12).await.is_empty(), "{}", database.url);
        assert!(store.past_retention("E09000005", 10).await.unwrap().is_empty(), "{}", database.url);
    }
}

#[tokio::test]
async fn an_erasure_is_unfinished_until_the_database_has_been_cleaned() {
    for database in databases() {
        let store = filled(&database.url).await;
        assert_eq!(store.unfinished_erasures().await.unwrap(), 0, "{}", database.url);
        store.erase(HARROW, CANARY).await.unwrap();
        assert_eq!(store.unfinished_erasures().await.unwrap(), 1, "{}", database.url);
        store.clean().await.unwrap();
        assert_eq!(store.unfinished_erasures().await.unwrap(), 0, "{}", database.url);
    }
}
