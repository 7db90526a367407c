//! What PostgreSQL's row security costs: loading an authority and a page of records with it and without it, and one
//! small question with a session and without one, turn by turn in one run.

#![allow(clippy::expect_used, reason = "a bench that cannot be set up must stop")]

#[allow(dead_code, reason = "tests use all of it")]
#[path = "../tests/api/helpers/databases.rs"]
mod databases;
#[path = "../tests/api/helpers/needs.rs"]
mod needs;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use lookedafter::{
    access::{Ask, Domain, Grant, Level, Limits, Policy, Purpose, Role, Scope, Suspension, Viewer, decide},
    period::Date,
    store::{
        Batch, Store,
        rows::{Episode, MissingEpisode, Review, Rows},
    },
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

const AUTHORITY: &str = "E09000015";
const OTHERS: [&str; 2] = ["E09000005", "E09000009"];
const CHILDREN: i32 = 1_500;
const ON_A_PAGE: i32 = 50;
const ROUNDS: usize = 60;

fn day(year: i32, month: u32) -> Date {
    Date::from_ymd_opt(year, month, 1).expect("a day")
}

fn name(child: i32) -> String {
    format!("{child:06}")
}

/// A return in which each child has four episodes, three reviews and a time missing.
fn a_return(authority: &str) -> Batch {
    let mut rows = Rows::of_a_return();
    for child_id in (0..CHILDREN).map(name) {
        for month in [4, 6, 8, 10] {
            let started_on = day(2023, month);
            let ended_on = (month < 10).then(|| day(2023, month + 2));
            let code = |code: &str| Some(code.to_owned());
            rows.episode.get_or_insert_default().push(Episode {
                child_id: child_id.clone(),
                started_on,
                ended_on,
                reason_new: code(if month == 4 { "S" } else { "P" }),
                legal_status: code("C2"),
                place: code("U6"),
                reason_ceased: ended_on.and_then(|_| code("X1")),
                placement_postcode: Some(format!("HA{month} 3AB")),
                ..Episode::default()
            });
            if month > 4 {
                let review = Review { child_id: child_id.clone(), held_on: started_on, ..Review::default() };
                rows.review.get_or_insert_default().push(review);
            }
        }
        let missing = MissingEpisode { child_id, started_on: day(2023, 7), ..MissingEpisode::default() };
        rows.missing_episode.get_or_insert_default().push(missing);
    }
    let (kind, authority) = ("ssda903".to_owned(), Some(authority.to_owned()));
    Batch { authority, kind, return_year: Some(2024), rows, ..Batch::default() }
}

fn scope() -> Scope {
    let policy = Policy::parse("access.toml", include_str!("../policy/access.toml")).expect("the policy");
    let grant = Grant {
        id: "G1".to_owned(),
        authority: AUTHORITY.to_owned(),
        role: Role::Analyst,
        organisation: None,
        agreement: "BENCH".to_owned(),
        agreement_ends: None,
        from: day(2024, 1),
        to: day(2024, 12),
        records: None,
        commissions: Vec::new(),
        inspection: None,
        suspended: Suspension::Active,
    };
    let viewer = Viewer { role: Role::Analyst, ..Viewer::anonymous(Limits::default(), vec![grant]) };
    let at = "2024-06-01T12:00:00Z".parse().expect("a moment");
    let purpose = Some(Purpose::PerformanceMonitoring);
    let ask = Ask { authority: AUTHORITY, domain: Domain::Core, level: Level::Identified, purpose, at };
    decide(&policy, &viewer, &ask).permit().expect("a scope")
}

/// Switches the row security of every table that has it on or off.
async fn row_security(owner: &DatabaseConnection, word: &str) {
    let sql = format!(
        "DO $$ DECLARE held record; BEGIN FOR held IN SELECT tablename FROM pg_policies LOOP \
         EXECUTE format('ALTER TABLE %I {word} ROW LEVEL SECURITY', held.tablename); END LOOP; END $$"
    );
    owner.execute_unprepared(&sql).await.expect("tables that are changed");
}

async fn page(store: &Store, scope: &Scope, children: &[String]) -> usize {
    let episodes = store.episodes(scope, children).await.expect("rows").len();
    let placements = store.placements(scope, children).await.expect("rows").len();
    let reviews = store.reviews(scope, children).await.expect("rows").len();
    episodes + placements + reviews + store.missing_episodes(scope, children).await.expect("rows").len()
}

async fn timed<T>(times: &mut Vec<Duration>, work: impl Future<Output = T>) {
    let begun = Instant::now();
    std::hint::black_box(work.await);
    times.push(begun.elapsed());
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

async fn measure(database: &databases::Database) {
    let store = Store::connect(&database.login).await.expect("a database").owned_by(Some(&database.url));
    store.migrate().await.expect("tables");
    for authority in OTHERS.into_iter().chain([AUTHORITY]) {
        store.write(a_return(authority), &|_| ()).await.expect("a stored import");
    }
    let owner = Database::connect(&database.url).await.expect("the owner");
    let superuser = Database::connect(database.unbound.first().expect("a superuser")).await.expect("a superuser");
    superuser.execute_unprepared("VACUUM ANALYZE").await.expect("statistics");
    let (scope, children) = (scope(), (0..ON_A_PAGE).map(name).collect::<Vec<_>>());
    let [mut load, mut load_off, mut paged, mut paged_off] = [(); 4].map(|()| Vec::new());
    let [mut asked, mut asked_plainly] = [(); 2].map(|()| Vec::new());
    let newest = || Statement::from_string(DbBackend::Postgres, "SELECT max(number) FROM import");
    for _ in 0..ROUNDS {
        for (word, load, paged) in [("ENABLE", &mut load, &mut paged), ("DISABLE", &mut load_off, &mut paged_off)] {
            row_security(&owner, word).await;
            page(&store, &scope, &children).await;
            timed(load, store.load(AUTHORITY, None)).await;
            timed(paged, page(&store, &scope, &children)).await;
        }
        superuser.query_one_raw(newest()).await.expect("a number");
        timed(&mut asked, store.latest_import()).await;
        timed(&mut asked_plainly, superuser.query_one_raw(newest())).await;
    }
    let rows = page(&store, &scope, &children).await;
    let [load, load_off, paged, paged_off] = [load, load_off, paged, paged_off].map(|mut times| median(&mut times));
    let [asked, asked_plainly] = [asked, asked_plainly].map(|mut times| median(&mut times));
    println!(
        "load of {CHILDREN} children: {load:.2} ms, without row security {load_off:.2} ms: {:.2}",
        load / load_off
    );
    println!("page of {ON_A_PAGE} children, {rows} rows in 4 questions: {paged:.2} ms");
    println!("  without row security {paged_off:.2} ms: {:.2}", paged / paged_off);
    println!(
        "one small question: {asked:.3} ms, without a session {asked_plainly:.3} ms: {:.2}",
        asked / asked_plainly
    );
}

fn main() {
    let Some(database) = databases::postgres() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(measure(&database));
}
