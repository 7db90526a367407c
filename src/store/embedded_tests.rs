//! What is taken for a database of ours, and what is refused.

use std::path::Path;

use sea_orm::ConnectionTrait;

use super::{Store, StoreError, WrongFile, connect::sqlite_at, databases};

async fn refusal(path: &Path) -> WrongFile {
    match Store::connect(&sqlite_at(path)).await {
        Err(StoreError::WrongFile(found, wrong)) if found == path => wrong,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_is_no_whole_database_of_ours_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lookedafter.sqlite");
    let store = Store::connect(&sqlite_at(&path)).await.unwrap();
    store.migrate().await.unwrap();
    store.empty_log().await;
    for connections in [&store.connections, &store.entrance] {
        connections.raw().clone().close().await.unwrap();
    }
    let names = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names(), 1, "no draft is left behind");
    let whole = std::fs::read(&path).unwrap();
    let needs = whole.len() as u64;
    for has in [100, 4_096, needs / 2, needs - 1] {
        std::fs::write(&path, &whole[..usize::try_from(has).unwrap()]).unwrap();
        assert_eq!(refusal(&path).await, WrongFile::CutOff { has, needs });
    }
    for (bytes, wrong) in [(&b""[..], WrongFile::Empty), (b"something else", WrongFile::NotSqlite)] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!((refusal(&path).await, std::fs::read(&path).unwrap()), (wrong, bytes.to_vec()));
    }
    for sql in [
        "CREATE TABLE child (x)",
        "CREATE TABLE seaql_migrations (version, applied_at); INSERT INTO seaql_migrations VALUES ('m1', 1)",
    ] {
        std::fs::remove_file(&path).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let before = std::fs::read(&path).unwrap();
        assert_eq!(refusal(&path).await, WrongFile::Foreign);
        assert!(std::fs::read(&path).unwrap() == before, "{sql}");
    }
    std::fs::write(&path, &whole).unwrap();
    Store::connect(&sqlite_at(&path)).await.unwrap().migrate().await.unwrap();
}

#[tokio::test]
async fn a_database_whose_last_pages_stand_in_its_log_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("lookedafter.sqlite"), folder.path().join("copy.sqlite"));
    let store = Store::connect(&sqlite_at(&path)).await.unwrap();
    store.migrate().await.unwrap();
    // As a process that was killed while it brought the log to the file.
    let mut begun = std::fs::read(&path).unwrap();
    store.empty_log().await;
    let whole = std::fs::read(&path).unwrap();
    store.connections.raw().execute_unprepared("VACUUM").await.unwrap();
    begun.truncate(0);
    begun.extend_from_slice(&whole[..4_096]);
    std::fs::write(&copy, &begun).unwrap();
    std::fs::copy(folder.path().join("lookedafter.sqlite-wal"), folder.path().join("copy.sqlite-wal")).unwrap();
    let copied = Store::connect(&sqlite_at(&copy)).await.unwrap();
    assert!(copied.changes().await.unwrap().iter().all(|change| change.applied == super::MigrationState::Yes));
}

#[tokio::test]
async fn tables_of_another_program_in_postgresql_are_refused() {
    let Some(database) = databases::postgres() else { return };
    let store = Store::connect(&database.url).await.unwrap();
    store.connections.raw().execute_unprepared("CREATE TABLE other (x int)").await.unwrap();
    assert_eq!(store.migrate().await.unwrap_err().code(), "DATABASE_WRONG_FILE");
    store.connections.raw().execute_unprepared("DROP TABLE other").await.unwrap();
    store.migrate().await.unwrap();
    store.connections.raw().execute_unprepared("CREATE TABLE other (x int)").await.unwrap();
    store.migrate().await.unwrap();
}

#[tokio::test]
async fn what_a_change_taken_back_would_lose_is_named() {
    for database in databases::databases() {
        let store = database.store().await;
        assert_eq!(store.lost_by_migrating_down().await.unwrap(), []);
        // The checksums, which are made again.
        store.migrate_down().await.unwrap();
        let owner = store.owner().await.unwrap();
        let note = "INSERT INTO unfinished_erasure VALUES (1)";
        owner.raw().execute_unprepared(note).await.unwrap();
        let lost = store.lost_by_migrating_down().await.unwrap();
        let told: Vec<_> = lost.iter().map(|loss| (loss.table.as_str(), loss.column.as_deref(), loss.rows)).collect();
        assert_eq!(told, [("unfinished_erasure", None, 1)], "{}", database.url);
        assert_eq!(store.unfinished_erasures().await.unwrap(), 1, "{}: nothing was lost", database.url);
        store.migrate_down().await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(store.unfinished_erasures().await.unwrap(), 0);
    }
}
