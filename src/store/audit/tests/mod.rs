//! Writing and reading back, on both databases.

mod lossy;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use sea_orm::ConnectionTrait;

use super::*;
use crate::audit::{About, Act, Administration, Bytes, Outcome, Read, Trace};
use crate::store::databases::{Database, databases};

fn child(number: u8) -> Trace {
    Bytes([number; 16])
}

fn read(children: &[u8]) -> Read {
    let about = About { children: children.iter().copied().map(child).collect(), ..About::default() };
    Read { about, outcome: Outcome { permitted: true, ..Outcome::default() }, ..Read::default() }
}

async fn open(database: &Database, folder: &Path) -> AuditLog {
    let store = Store::connect(&database.url).await.unwrap();
    store.migrate().await.unwrap();
    AuditLog::open(&store, AuditPlace::new(folder, &database.url)).await.unwrap()
}

/// A log in each database.
macro_rules! on_both {
    (|$log:ident, $database:ident, $folder:ident| $body:block) => {
        for $database in databases() {
            let folder = tempfile::tempdir().unwrap();
            let $folder = folder.path();
            let $log = open(&$database, $folder).await;
            $body
        }
    };
}

// After the macro, which it uses.
mod proved;

async fn whole(log: &AuditLog) -> crate::audit::IntactLog {
    log.verify().await.unwrap().unwrap()
}

/// Appends by so many at once.
async fn append_at_once(log: &AuditLog, appenders: u8, each: u64) -> Vec<u64> {
    let tasks: Vec<_> = (0..appenders)
        .map(|number| {
            let log = log.clone();
            tokio::spawn(async move {
                let mut places = Vec::new();
                for _ in 0..each {
                    places.push(log.append(read(&[number])).await.unwrap());
                }
                places
            })
        })
        .collect();
    let mut places = Vec::new();
    for task in tasks {
        let own = task.await.unwrap();
        assert!(own.is_sorted(), "the records of one caller are in the caller's order");
        places.extend(own);
    }
    places
}

async fn eventually(is_so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not in twenty seconds");
}

fn are_gap_free(places: &[u64]) -> bool {
    places.iter().copied().collect::<BTreeSet<u64>>() == (1..=places.len() as u64).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_who_append_at_once_leave_no_gap() {
    on_both!(|log, database, _folder| {
        let places = append_at_once(&log, 64, 20).await;
        assert!(are_gap_free(&places), "{}", database.url);
        log.close().await;
        let found = whole(&log).await;
        assert_eq!((found.records, found.last, found.signed), (1_280, 1_280, 1_280), "{}", database.url);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_share_one_chain() {
    on_both!(|log, database, folder| {
        let other = open(&database, folder).await;
        let (mut places, others) = tokio::join!(append_at_once(&log, 8, 20), append_at_once(&other, 8, 20));
        places.extend(others);
        assert!(are_gap_free(&places), "{}", database.url);
        log.close().await;
        other.close().await;
        assert_eq!(whole(&log).await.signed, 320, "{}", database.url);
    });
}

#[tokio::test]
async fn a_record_that_waits_for_another_process_holds_nothing_else_up() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("lookedafter.sqlite").display());
    let store = Store::connect(&url).await.unwrap();
    let log = AuditLog::open(&store, AuditPlace::new(folder.path(), &url)).await.unwrap();
    log.append(read(&[])).await.unwrap();
    let other = rusqlite::Connection::open(folder.path().join("audit.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let appending = [(); 3].map(|()| {
        tokio::spawn({
            let log = log.clone();
            async move { log.append(read(&[1])).await.unwrap() }
        })
    });
    // One thread serves all of this test, so that a thread that was held up would never come back from here.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(appending.iter().all(|one| !one.is_finished()));
    other.execute_batch("COMMIT").unwrap();
    let mut places = Vec::new();
    for one in appending {
        places.push(one.await.unwrap());
    }
    assert!(are_gap_free(&[vec![1], places].concat()));
    assert_eq!(whole(&log).await.records, 4);
}

#[tokio::test]
async fn a_record_is_stored_once_after_the_database_has_hung_up() {
    let Some(database) = crate::store::databases::postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let log = open(&database, folder.path()).await;
    let hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE usename = current_user AND pid <> pg_backend_pid()";
    for place in 1..4 {
        assert_eq!(log.append(read(&[1])).await.unwrap(), place);
        log.store.connections.raw().execute_unprepared(hang_up).await.unwrap();
    }
    log.close().await;
    assert_eq!(whole(&log).await.records, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_whose_answer_was_lost_is_stored_once() {
    let Some(database) = crate::store::databases::postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    open(&database, folder.path()).await.close().await;
    let wire = lossy::Wire::to(&database.url);
    let store = Store::connect(&wire.url).await.unwrap();
    let log = AuditLog::open(&store, AuditPlace::new(folder.path(), &wire.url)).await.unwrap();
    for place in 1..=3 {
        assert_eq!(log.append(read(&[1])).await.unwrap(), place);
    }
    wire.lose_an_answer();
    assert_eq!(log.append(read(&[2])).await.unwrap(), 4);
    assert!(wire.has_lost());
    assert_eq!(log.append(read(&[2])).await.unwrap(), 5);
    assert_eq!(log.count(&Search { trace: Some(child(2)), ..Search::default() }).await.unwrap(), 2);
    log.close().await;
    assert_eq!(whole(&log).await.records, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_ever_while_the_log_is_closed() {
    for database in databases() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let log = open(&database, folder.path()).await;
            let appending = [(); 8].map(|()| {
                let log = log.clone();
                tokio::spawn(async move {
                    loop {
                        match log.append(read(&[])).await {
                            Ok(_) => {}
                            Err(error) => break assert_eq!(error.code(), "AUDIT_CLOSED"),
                        }
                    }
                })
            });
            log.close().await;
            for one in appending {
                let ended = tokio::time::timeout(Duration::from_secs(60), one).await;
                ended.unwrap_or_else(|_| panic!("no end with {}", database.url)).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn records_are_found_by_child_and_time_newest_first() {
    on_both!(|log, database, _folder| {
        let url = &database.url;
        for children in [&[1][..], &[], &[1, 2], &[2], &[1, 1]] {
            log.append(read(children)).await.unwrap();
        }
        let middle = log.page(&Search::default(), 10).await.unwrap()[2].time;
        // Times are in milliseconds: the next records are later ones.
        tokio::time::sleep(Duration::from_millis(2)).await;
        log.append(Administration::new(Act::Export, "root", "asked").about(child(1))).await.unwrap();
        let places = async |search: Search, most| -> Vec<u64> {
            log.page(&search, most).await.unwrap().iter().map(|entry| entry.seq).collect()
        };
        let of_child = Search { trace: Some(child(1)), ..Search::default() };
        assert_eq!(places(Search::default(), 10).await, [6, 5, 4, 3, 2, 1], "{url}");
        assert_eq!(places(of_child.clone(), 10).await, [6, 5, 3, 1], "{url}");
        assert_eq!(places(of_child.clone(), 2).await, [6, 5], "{url}");
        assert_eq!(places(Search { before: Some(5), ..of_child.clone() }, 2).await, [3, 1], "{url}");
        assert_eq!(log.count(&Search { before: Some(5), ..of_child.clone() }).await.unwrap(), 4, "{url}: on all pages");
        assert_eq!(places(Search { trace: Some(child(9)), ..Search::default() }, 9).await, [0; 0], "{url}");
        let until = places(Search { to: Some(middle), ..Search::default() }, 10).await;
        let since = places(Search { from: Some(middle), ..Search::default() }, 10).await;
        assert!(since.contains(&3) && !until.contains(&3), "{url}");
        assert_eq!(since.len() + until.len(), 6, "{url}");
        let mut of_harrow = read(&[]);
        of_harrow.about.authorities = vec!["E09000005".into(), "E09000015".into()];
        log.append(of_harrow).await.unwrap();
        log.append(Administration::new(Act::Export, "root", "E09000015").at("E09000015")).await.unwrap();
        log.append(Administration::new(Act::Export, "E09000015", "asked").at("E09000005")).await.unwrap();
        let of = |code: &str| Search { authority: Some(code.into()), ..Search::default() };
        assert_eq!(places(of("E09000015"), 9).await, [8, 7], "{url}");
        assert_eq!(places(of("E09000005"), 9).await, [9, 7], "{url}");
        assert_eq!(places(of("E0900001_"), 9).await, [0; 0], "{url}");
        let found = log.page(&of_child, 1).await.unwrap();
        assert!(found[0].node.ends_with(&format!("/{}", std::process::id())), "{url}: {}", found[0].node);
        let expected = Administration::new(Act::Export, "root", "asked").about(child(1));
        assert_eq!(found[0].fact, expected.into(), "{url}");
    });
}

#[tokio::test]
async fn a_log_that_is_dropped_goes_on_where_it_was() {
    on_both!(|log, database, folder| {
        append_at_once(&log, 1, 3).await;
        drop(log);
        eventually(|| proved::signed(&database, folder) == [1, 3]).await;
        let again = open(&database, folder).await;
        assert_eq!(again.append(read(&[])).await.unwrap(), 4, "{}", database.url);
        assert_eq!(whole(&again).await.records, 4, "{}", database.url);
    });
}

#[tokio::test]
async fn a_record_that_cannot_be_stored_is_an_error_for_all_who_wait() {
    on_both!(|log, database, _folder| {
        log.append(read(&[])).await.unwrap();
        log.store.connections.raw().execute_unprepared("ALTER TABLE audit_entry RENAME TO gone").await.unwrap();
        let (one, two) = tokio::join!(log.append(read(&[])), log.append(read(&[1])));
        assert_eq!([one, two].map(|result| result.unwrap_err().code()), ["AUDIT_NOT_STORED"; 2], "{}", database.url);
        log.store.connections.raw().execute_unprepared("ALTER TABLE gone RENAME TO audit_entry").await.unwrap();
        assert_eq!(log.append(read(&[])).await.unwrap(), 2, "{}", database.url);
        log.close().await;
        assert_eq!(log.append(read(&[])).await.unwrap_err().code(), "AUDIT_CLOSED");
        assert_eq!(whole(&log).await.records, 2, "{}", database.url);
    });
}

/// The other half of the next test: a process that appends until it is killed.
#[tokio::test]
#[ignore = "run by the test of a killed process"]
async fn append_until_killed() {
    let Some(folder) = std::env::var_os("LOOKEDAFTER_TEST_APPENDS_IN") else { return };
    let url = format!("sqlite://{}", Path::new(&folder).join("lookedafter.sqlite").display());
    let store = Store::connect(&url).await.unwrap();
    let log = AuditLog::open(&store, AuditPlace::new(Path::new(&folder), &url)).await.unwrap();
    loop {
        println!("stored {}", log.append(read(&[1])).await.unwrap());
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_killed_process() {
    use std::io::BufRead;
    let folder = tempfile::tempdir().unwrap();
    let mut process = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::audit::tests::append_until_killed", "--ignored", "--nocapture"])
        .env("LOOKEDAFTER_TEST_APPENDS_IN", folder.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let stored = lines.filter_map(|line| line.strip_prefix("stored ")?.parse::<u64>().ok());
    let mut stored = stored.peekable();
    let early = stored.by_ref().take(300).last().unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    let last = stored.last().unwrap_or(early);
    let url = format!("sqlite://{}", folder.path().join("lookedafter.sqlite").display());
    let store = Store::connect(&url).await.unwrap();
    let log = AuditLog::open(&store, AuditPlace::new(folder.path(), &url)).await.unwrap();
    let found = whole(&log).await;
    assert!(found.last >= last && last >= 300, "{found:?}, acknowledged {last}");
    assert_eq!(log.append(read(&[])).await.unwrap(), found.last + 1);
    whole(&log).await;
}
