//! A byte that changed in the file is noticed, or changes nothing.

use std::fs;
use std::path::PathBuf;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::ConnectionTrait;

use super::*;
use crate::store::databases::{Database, databases, sqlite};
use crate::store::rows::{ChildDetail, Episode, Grant, Review, Rows, Target};
use crate::store::{Batch, Store};

const HARROW: &str = "E09000015";

fn a_return(children: usize) -> Batch {
    let mut rows = Rows::of_a_return();
    let name = |n: usize| format!("C{n:04}");
    rows.child_detail =
        Some((0..children).map(|n| ChildDetail { child_id: name(n), ..ChildDetail::default() }).collect());
    let started_on = "2023-05-01".parse().unwrap();
    let episode = |n| Episode { child_id: name(n), started_on, pl_distance: Some(3.5), ..Episode::default() };
    rows.episode = Some((0..children).map(episode).collect());
    let held_on = "2023-06-01".parse().unwrap();
    rows.review = Some((0..children).map(|n| Review { child_id: name(n), held_on, ..Review::default() }).collect());
    let authority = Some(HARROW.to_owned());
    Batch {
        authority,
        kind: "ssda903".into(),
        return_year: Some(2024),
        rows,
        may_retire_most: true,
        ..Batch::default()
    }
}

fn targets() -> Batch {
    let target = |n: i32| Target {
        authority_id: HARROW.into(),
        indicator: "cla_number".into(),
        period: format!("{n}-{}", (n + 1) % 100),
        value: f64::from(n),
        ..Target::default()
    };
    let rows = Rows { target: Some((2000..2024).map(target).collect()), ..Rows::default() };
    Batch { kind: "targets".into(), rows, ..Batch::default() }
}

async fn filled(database: &Database) -> Store {
    let store = database.store().await;
    for batch in [a_return(40), a_return(30), targets()] {
        store.write(batch, &|_| ()).await.unwrap();
    }
    let days = ["2024-01-01", "2099-12-31"].map(|day| day.parse().unwrap());
    let (authority_id, grant_id) = (HARROW.to_owned(), "G-1".to_owned());
    let grant = Grant { authority_id, grant_id, starts_on: days[0], ends_on: days[1], ..Grant::default() };
    store.put_grant(grant).await.unwrap();
    store
}

/// Everything that answers come from, or why it cannot be had.
async fn read(store: &Store) -> Result<String, StoreError> {
    let now = store.load(HARROW, None).await?;
    let then = store.load(HARROW, Some(1)).await?;
    store.check_reference().await?;
    let targets = store.targets(&[HARROW], None).await?;
    Ok(format!("{:?} {:?} {:?} {targets:?} {:?}", now.children, now.returns, then.children, store.grants(None).await?))
}

#[tokio::test]
async fn what_was_changed_beside_the_program_is_neither_loaded_nor_written_to() {
    let database = sqlite();
    let store = filled(&database).await;
    assert_eq!(store.damaged_tables().await.unwrap(), Vec::<String>::new());
    store.undo(2).await.unwrap();
    store.erase(HARROW, "C0001").await.unwrap();
    assert_eq!(store.damaged_tables().await.unwrap(), Vec::<String>::new());
    let change = "UPDATE episode SET reason_new = 'P' WHERE child_id = 'C0002'";
    store.connections.raw().execute_unprepared(change).await.unwrap();
    assert!(matches!(store.load(HARROW, None).await, Err(StoreError::Damaged(table)) if table == "episode"));
    assert!(matches!(store.write(a_return(20), &|_| ()).await, Err(StoreError::Damaged(_))));
    assert!(matches!(store.erase(HARROW, "C0002").await, Err(StoreError::Damaged(_))));
    store.connections.raw().execute_unprepared("DELETE FROM target WHERE value = 2001").await.unwrap();
    let damaged = store.damaged_tables().await.unwrap();
    assert_eq!(damaged, ["episode of E09000015", "target"]);
}

#[tokio::test]
async fn equal_imports_have_equal_checksums() {
    let mut all = Vec::new();
    for _ in 0..2 {
        let database = sqlite();
        let store = filled(&database).await;
        let sql = "SELECT authority_id || ' ' || of_table || ' ' || sum FROM checksum";
        let rows = store.connections.raw().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        all.push(rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>());
    }
    assert!(all[0].len() > 5, "{all:?}");
    assert_eq!(all[0], all[1]);
}

#[tokio::test]
async fn a_database_of_either_kind_loads_after_every_kind_of_change() {
    for database in databases() {
        let store = filled(&database).await;
        read(&store).await.unwrap();
        store.suspend_grant("G-1", "2024-02-01".parse().unwrap()).await.unwrap();
        store.undo(2).await.unwrap();
        store.erase(HARROW, "C0001").await.unwrap();
        read(&store).await.unwrap();
        assert_eq!(store.damaged_tables().await.unwrap(), Vec::<String>::new(), "{}", database.url);
    }
}

#[tokio::test]
async fn no_flipped_bit_of_the_file_changes_an_answer() {
    let database = sqlite();
    let store = filled(&database).await;
    let expected = read(&store).await.unwrap();
    store.connections.maintain("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    store.close().await.unwrap();
    let whole = fs::read(PathBuf::from(database.url.trim_start_matches("sqlite://"))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(4711);
    let mut noticed = 0;
    for number in 0..150 {
        let mut changed = whole.clone();
        // The first page would hardly open.
        let place = loop {
            let place = random.random_range(4096..changed.len());
            // Most zeros are room for more.
            if changed[place] != 0 {
                break place;
            }
        };
        changed[place] ^= 1 << random.random_range(0..8);
        let file = folder.path().join(format!("{number}.sqlite"));
        fs::write(&file, changed).unwrap();
        let url = crate::store::sqlite_at(&file);
        let Ok(store) = Store::connect(&url).await else { continue };
        match read(&store).await {
            Ok(answer) if answer == expected => {}
            // Grants are read at each sign-in, and checked when they are changed and by `check`.
            Ok(_) => assert_ne!(store.damaged_tables().await.unwrap(), Vec::<String>::new(), "byte {place}"),
            Err(_) => noticed += 1,
        }
        let _ = store.close().await;
    }
    assert!(noticed > 10, "{noticed}");
}
