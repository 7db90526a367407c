//! Writing, undoing and reading back, on both databases.

use sea_orm::{EntityTrait, QueryFilter, QueryOrder, prelude::*};

use crate::{
    period::Date,
    store::{
        Batch, Outcome, Store, StoreError,
        databases::databases,
        rows::{ChildDetail, Episode, ImportFile, ImportIssue, Placement, PlacementLink, Review, Rows, Target},
    },
};

pub(super) const HARROW: &str = "E09000015";

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn episode(child: &str, from: &str, to: Option<&str>, reason: &str) -> Episode {
    Episode {
        child_id: child.into(),
        started_on: day(from),
        ended_on: to.map(day),
        reason_new: Some(reason.into()),
        legal_status: Some("C2".into()),
        place: Some("U6".into()),
        provider: Some("PR1".into()),
        reason_ceased: to.map(|_| "X1".into()),
        placement_postcode: Some("HA1 2XY".into()),
        pl_distance: Some(3.5),
        ..Episode::default()
    }
}

/// The return of a year with these episodes: a header row for each child, one review.
pub(super) fn a_return(year: i32, episodes: Vec<Episode>) -> Batch {
    let mut rows = Rows::of_a_return();
    let details = episodes.iter().map(|row| ChildDetail {
        child_id: row.child_id.clone(),
        sex: Some("1".into()),
        birth_date: Some(day("2010-05-01")),
        ethnicity: Some("WBRI".into()),
        ..ChildDetail::default()
    });
    rows.child_detail = Some(details.collect());
    let held_on = Date::from_ymd_opt(year - 1, 6, 1).unwrap();
    let participation = Some("PN1".into());
    rows.review = Some(vec![Review { child_id: "0001".into(), held_on, participation, ..Review::default() }]);
    rows.episode = Some(episodes);
    let file = |name: &str| ImportFile {
        name: name.into(),
        table: name.into(),
        sha256: format!("{year}"),
        rows: 1,
        used: 1,
        ..ImportFile::default()
    };
    Batch {
        authority: Some(HARROW.into()),
        kind: "ssda903".into(),
        return_year: Some(year),
        up_to: None,
        files: vec![file("header"), file("episodes")],
        issues: vec![ImportIssue { rule: "142".into(), severity: "repaired".into(), ..ImportIssue::default() }],
        rows,
        ..Batch::default()
    }
}

pub(super) fn year_2023() -> Batch {
    a_return(2023, vec![episode("0001", "2021-04-01", None, "S"), episode("0002", "2022-05-01", None, "S")])
}

pub(super) fn year_2024() -> Batch {
    a_return(
        2024,
        vec![
            episode("0001", "2021-04-01", Some("2023-07-01"), "S"),
            episode("0001", "2023-07-01", None, "P"),
            episode("0003", "2023-09-01", None, "S"),
        ],
    )
}

pub(super) fn links(household: &str) -> Batch {
    let link = PlacementLink {
        child_id: "0001".into(),
        started_on: day("2021-04-01"),
        household_id: household.into(),
        ..PlacementLink::default()
    };
    Batch {
        authority: Some(HARROW.into()),
        kind: "placement_links".into(),
        rows: Rows { placement_link: Some(vec![link]), ..Rows::default() },
        ..Batch::default()
    }
}

pub(super) async fn write(store: &Store, batch: Batch) -> i64 {
    match store.write(batch, &|_| ()).await.unwrap() {
        Outcome::Written { number, .. } => number,
        unchanged => panic!("{unchanged:?}"),
    }
}

pub(super) async fn placements(store: &Store) -> Vec<Placement> {
    let current = entity::placement::Entity::find()
        .filter(entity::placement::Column::KnownTo.is_null())
        .order_by_asc(entity::placement::Column::ChildId)
        .order_by_asc(entity::placement::Column::StartedOn);
    current.all(&store.connections.records(HARROW).await.unwrap()).await.unwrap()
}

/// All that is known of Harrow: records, returns and placements, whichever imports brought them.
pub(super) async fn state(store: &Store) -> String {
    let loaded = store.load(HARROW, None).await.unwrap();
    let placements = placements(store).await.into_iter().map(|row| Placement { known_from: 0, ..row });
    format!("{:#?} {:?} {:#?}", loaded.children, loaded.returns, placements.collect::<Vec<_>>())
}

/// A migrated store in each database.
macro_rules! on_both {
    (|$store:ident, $url:ident| $body:block) => {
        for database in crate::store::databases::databases() {
            let $url = database.login.as_str();
            let $store = database.store().await;
            $body
        }
    };
}
pub(super) use on_both;

#[tokio::test]
async fn importing_the_same_twice_writes_nothing() {
    on_both!(|store, url| {
        assert_eq!(write(&store, year_2023()).await, 1);
        let before = state(&store).await;
        let again = store.write(year_2023(), &|_| ()).await.unwrap();
        assert_eq!(again, Outcome::Unchanged { rows: 5 }, "{url}");
        assert_eq!(state(&store).await, before);
        assert_eq!(store.latest_import().await.unwrap(), 1);
    });
}

#[tokio::test]
async fn the_same_rows_up_to_a_later_date_are_a_new_import() {
    on_both!(|store, url| {
        write(&store, Batch { up_to: Some(day("2022-09-30")), ..year_2023() }).await;
        assert_eq!(write(&store, year_2023()).await, 2, "{url}");
        let returns = store.load(HARROW, None).await.unwrap().returns;
        assert_eq!(returns.iter().map(|r| r.up_to).collect::<Vec<_>>(), [day("2023-03-31")]);
    });
}

#[tokio::test]
async fn years_give_the_same_records_in_any_order() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        write(&store, year_2024()).await;
        let forwards = state(&store).await;
        let other = databases().into_iter().find(|other| other.url.split(':').next() == url.split(':').next()).unwrap();
        let backwards = Store::connect(&other.url).await.unwrap();
        backwards.migrate().await.unwrap();
        write(&backwards, year_2024()).await;
        write(&backwards, year_2023()).await;
        assert_eq!(state(&backwards).await, forwards, "{url}");
        assert!(forwards.contains("0002") && forwards.contains("0003"));
    });
}

#[tokio::test]
async fn a_year_imported_again_retires_only_what_changed() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        write(&store, year_2024()).await;
        let mut changed = year_2024();
        let mut episodes = changed.rows.episode.take().unwrap();
        episodes.remove(2);
        episodes[1].place = Some("K2".into());
        changed.rows.episode = Some(episodes);
        let outcome = store.write(changed, &|_| ()).await.unwrap();
        assert_eq!(outcome, Outcome::Written { number: 3, added: 1, retired: 2, unchanged: 4, left_out: 0 }, "{url}");
    });
}

#[tokio::test]
async fn undoing_restores_exactly_what_was_there() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let first = state(&store).await;
        write(&store, year_2024()).await;
        let second = state(&store).await;
        let mut changed = Batch { may_retire_most: true, ..year_2024() };
        changed.rows.episode = Some(vec![episode("0004", "2023-10-01", None, "S")]);
        write(&store, changed).await;
        assert_ne!(state(&store).await, second);

        store.undo(3).await.unwrap();
        assert_eq!(state(&store).await, second, "{url}");
        store.undo(2).await.unwrap();
        assert_eq!(state(&store).await, first, "{url}");
        assert_eq!(write(&store, year_2024()).await, 6);
        assert_eq!(state(&store).await, second, "{url}");
    });
}

#[tokio::test]
async fn only_the_latest_import_in_force_can_be_undone() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        write(&store, year_2024()).await;
        let code = |result: Result<Outcome, StoreError>| result.unwrap_err().code();
        assert_eq!(code(store.undo(9).await), "NO_SUCH_IMPORT", "{url}");
        assert_eq!(code(store.undo(1).await), "CANNOT_UNDO");
        store.undo(2).await.unwrap();
        assert_eq!(code(store.undo(2).await), "CANNOT_UNDO");
        assert_eq!(code(store.undo(3).await), "CANNOT_UNDO");
        store.undo(1).await.unwrap();
        assert!(store.load(HARROW, None).await.unwrap().children.is_empty());
    });
}

#[tokio::test]
async fn an_earlier_state_of_knowledge_can_be_read() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let known = |loaded: crate::store::LoadedRecords| {
            (loaded.children.iter().map(|child| child.child.to_string()).collect::<Vec<_>>(), loaded.returns.len())
        };
        write(&store, year_2024()).await;
        store.undo(2).await.unwrap();
        let both = vec!["0001".to_owned(), "0002".to_owned()];
        let all = vec!["0001".to_owned(), "0002".to_owned(), "0003".to_owned()];
        assert_eq!(known(store.load(HARROW, Some(1)).await.unwrap()), (both.clone(), 1), "{url}");
        assert_eq!(known(store.load(HARROW, Some(2)).await.unwrap()), (all, 2), "{url}");
        assert_eq!(known(store.load(HARROW, Some(3)).await.unwrap()), (both.clone(), 1), "{url}");
        assert_eq!(known(store.load(HARROW, None).await.unwrap()), (both, 1), "{url}");
        let files = store.load(HARROW, Some(2)).await.unwrap().files;
        assert_eq!(
            files.iter().map(|file| (file.import, file.rows_used)).collect::<Vec<_>>(),
            [(1, 1), (1, 1), (2, 1), (2, 1)]
        );
    });
}

#[tokio::test]
async fn a_failure_midway_leaves_the_old_state_whole() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let before = state(&store).await;
        let mut broken = year_2024();
        // The files are entered after all rows; two of one name break the key.
        broken.files.push(broken.files[0].clone());
        assert_eq!(store.write(broken, &|_| ()).await.unwrap_err().code(), "DATABASE_FAILED", "{url}");
        assert_eq!(state(&store).await, before, "{url}");
        assert_eq!(write(&store, year_2024()).await, 2, "{url}");
    });
}

/// Drives a future until it ends or panics, and drops it then: nothing if it panicked.
async fn unless_it_panics<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| {
        let step = std::panic::AssertUnwindSafe(|| future.as_mut().poll(context));
        std::panic::catch_unwind(step).map_or(std::task::Poll::Ready(None), |polled| polled.map(Some))
    })
    .await
}

#[tokio::test]
async fn an_import_that_is_broken_off_leaves_the_old_state_whole() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let before = state(&store).await;
        let mut broken_off = 0;
        for at in 0.. {
            let told = std::sync::atomic::AtomicUsize::new(0);
            let listener = |_| assert!(told.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < at, "broken off");
            let done = unless_it_panics(store.write(year_2024(), &listener)).await;
            // Broken off after its last word to the database, an import may be there: whole, as the end of the test says.
            if done.is_some() || state(&store).await != before {
                break;
            }
            broken_off += 1;
        }
        assert!(broken_off > 0, "{url}");
        let again = store.write(year_2024(), &|_| ()).await.unwrap();
        assert!(matches!(again, Outcome::Unchanged { .. }), "{url}: {again:?}");
    });
}

#[tokio::test]
async fn two_processes_importing_at_once_take_turns() {
    on_both!(|store, url| {
        let other = Store::connect(url).await.unwrap();
        let (one, two) = tokio::join!(write(&store, year_2023()), write(&other, year_2024()));
        assert_eq!(one + two, 3, "{url}");
        assert_eq!(store.load(HARROW, None).await.unwrap().returns.len(), 2);
    });
}

#[test]
fn many_processes_may_open_and_fill_a_new_database_at_once() {
    for database in databases() {
        let processes: Vec<_> = (2021..2027)
            .map(|year| {
                let url = database.url.clone();
                // A runtime each, so that they open the file at the same moment, as processes would.
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(async {
                        let store = Store::connect(&url).await.unwrap();
                        store.migrate().await.unwrap();
                        let day = format!("{}-05-01", year - 1);
                        write(&store, a_return(year, vec![episode("0001", &day, None, "S")])).await
                    })
                })
            })
            .collect();
        let mut numbers: Vec<i64> = processes.into_iter().map(|process| process.join().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "{}", database.url);
    }
}

#[tokio::test]
async fn placements_follow_the_episodes_and_the_links() {
    on_both!(|store, url| {
        write(&store, year_2023()).await;
        let found = placements(&store).await;
        assert_eq!(found.iter().map(|row| (row.ended_on, row.distance)).collect::<Vec<_>>(), [(None, Some(3.5)); 2]);
        write(&store, year_2024()).await;
        write(&store, links("H7")).await;
        let households: Vec<_> = placements(&store).await.into_iter().map(|row| row.household_id).collect();
        assert_eq!(households, [Some("H7".to_owned()), None, None, None], "{url}");
        store.undo(3).await.unwrap();
        assert!(placements(&store).await.iter().all(|row| row.household_id.is_none()), "{url}");
        let ends: Vec<_> = placements(&store).await.iter().map(|row| row.ended_on).collect();
        assert_eq!(ends, [Some(day("2023-07-01")), None, Some(day("2023-04-01")), None], "{url}");
    });
}

#[tokio::test]
async fn reference_data_replaces_what_it_names_and_nothing_else() {
    let targets = |indicator: &str, values: &[(&str, f64)]| {
        let rows = values.iter().map(|(period, value)| Target {
            authority_id: HARROW.into(),
            indicator: indicator.into(),
            period: (*period).into(),
            value: *value,
            ..Target::default()
        });
        let rows = Rows { target: Some(rows.collect()), ..Rows::default() };
        Batch { kind: "targets".into(), rows, ..Batch::default() }
    };
    on_both!(|store, url| {
        write(&store, targets("cla_number", &[("2022-23", 200.0), ("2023-24", 190.0)])).await;
        write(&store, targets("cla_rate_per_10000", &[("2023-24", 33.0)])).await;
        let outcome = store.write(targets("cla_number", &[("2023-24", 190.0)]), &|_| ()).await.unwrap();
        assert_eq!(outcome, Outcome::Written { number: 3, added: 0, retired: 1, unchanged: 1, left_out: 0 }, "{url}");
        store.undo(3).await.unwrap();
        let outcome = store.write(targets("cla_number", &[("2022-23", 200.0), ("2023-24", 190.0)]), &|_| ()).await;
        assert_eq!(outcome.unwrap(), Outcome::Unchanged { rows: 2 }, "{url}");
    });
}

#[tokio::test]
async fn records_and_reference_data_do_not_mix() {
    on_both!(|store, url| {
        let mut mixed = year_2023();
        mixed.rows.target = Some(Vec::new());
        assert_eq!(store.write(mixed, &|_| ()).await.unwrap_err().code(), "MIXED_ROWS", "{url}");
        let nobody = Batch { authority: None, ..year_2023() };
        assert_eq!(store.write(nobody, &|_| ()).await.unwrap_err().code(), "MIXED_ROWS");
    });
}
