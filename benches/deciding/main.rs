//! What it costs to decide and to record, of a request for the panel's scorecard: the scorecard executed, the decisions by
//! themselves, the same scorecard with its record, and the whole request over HTTP to the program on the same database, in
//! turn in one run, on both databases. PostgreSQL's own processes are not counted.
//!
//! `cargo bench --bench deciding` prints the table of `docs/performance.md`. Linux only: it reads `/proc`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may fail loudly")]

#[allow(dead_code, reason = "tests use all of it")]
#[path = "../../tests/api/helpers/databases.rs"]
mod databases;
#[allow(dead_code, reason = "another measurement prints its own table")]
#[path = "../http/load.rs"]
mod load;
#[path = "../../tests/api/helpers/needs.rs"]
mod needs;
#[allow(dead_code, reason = "other measurements use the rest of it")]
#[path = "../http/process.rs"]
mod process;
mod served;

use std::path::Path;

use async_graphql::{Executor, Request, Variables};
use chrono::{Months, Utc};
use futures_util::future::join_all;
use lookedafter::{
    access::{Grant, Limits, Policy, Purpose, Role, Suspension, Viewer},
    audit::{About, Operation, Outcome, Principal, Read, digest_of},
    cli::demo,
    figures::{Figures, ReadLog},
    graphql::{self, Api, document::Documents},
    store::{AuditLog, AuditPlace, Store},
};
use served::Served;

/// Rounds; the middle one of their costs is printed.
const ROUNDS: usize = 9;
/// How often each is done in a round: as often as a head is signed once, which so counts in each.
const TIMES: usize = 1_000;
/// How often before it is another's turn, so that what else the machine does meets all of them alike.
const TURN: usize = 100;
/// How many are under way at once.
const AT_ONCE: usize = 4;

const HARROW: &str = "E09000015";
const SCORECARD: &str = include_str!("../../tests/api/operations/scorecard.graphql");

// One thread with a runtime of its own, as each of the server is.
#[actix_web::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    measure("SQLite", folder.path(), &format!("sqlite://{}", folder.path().join("records.sqlite").display())).await;
    if let Some(database) = databases::postgres() {
        measure("PostgreSQL", folder.path(), &database.url).await;
    }
}

async fn measure(name: &str, folder: &Path, url: &str) {
    let store = Store::connect(url).await.unwrap();
    store.migrate().await.unwrap();
    demo::bring(&store, folder, |_| {}).await.unwrap();
    let policy = Policy::parse("access.toml", include_str!("../../policy/access.toml")).unwrap();
    let figures = Figures::new(store.clone(), policy);
    let log = AuditLog::open(&store, AuditPlace::new(folder, url)).await.unwrap();
    let (api, documents) = (graphql::schema(figures.clone(), None), Documents::new(Limits::default()));
    let deciding = || async { drop(figures.open(&viewer(), HARROW, None, &ReadLog::default()).await.unwrap()) };
    let whole = || async { _ = std::hint::black_box(scorecard(&api, &documents).await) };
    let recorded = || async {
        whole().await;
        log.append(read()).await.unwrap();
    };
    let body = serde_json::json!({ "query": SCORECARD, "variables": variables() }).to_string();
    let served = Served::start(folder, url, HARROW, body).await;
    let mut rounds: Vec<[f64; 4]> = Vec::new();
    for round in 0..=ROUNDS {
        let mut costs = [0.0; 4];
        for _ in 0..TIMES / TURN {
            costs[0] += cpu(deciding).await;
            costs[1] += cpu(whole).await;
            costs[2] += cpu(recorded).await;
            costs[3] += served.cpu(TURN, AT_ONCE).await;
        }
        // The first is to warm up.
        if round > 0 {
            rounds.push(costs.map(|cost| cost / TIMES as f64));
        }
    }
    print(name, &rounds);
}

fn print(name: &str, rounds: &[[f64; 4]]) {
    let of = |cost: fn(&[f64; 4]) -> f64| median(rounds.iter().map(cost).collect());
    let (deciding, recording) = (of(|round| round[0]), of(|round| round[2] - round[1]));
    let both = deciding + recording;
    let (request, executing) = (of(|round| round[3]) - both, of(|round| round[1]) - deciding);
    println!("| a scorecard of fourteen rows with all comparators, {name} | CPU, µs | of the request | of executing |");
    println!("|---|---|---|---|");
    for (what, cost) in [
        ("the request over HTTP, without decisions and record", request),
        ("of it, executing the document", executing),
        ("deciding about all domains of the authority", deciding),
        ("recording", recording),
        ("both", both),
    ] {
        println!("| {what} | {cost:.1} | {:.1}% | {:.1}% |", 100.0 * cost / request, 100.0 * cost / executing);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn viewer() -> Viewer {
    let today = Utc::now().date_naive();
    let grant = Grant {
        id: "G1".to_owned(),
        authority: HARROW.to_owned(),
        role: Role::Analyst,
        organisation: Some("Harrow".to_owned()),
        agreement: "ISA-7".to_owned(),
        agreement_ends: None,
        from: today,
        to: today.checked_add_months(Months::new(6)).unwrap(),
        records: None,
        commissions: Vec::new(),
        inspection: None,
        suspended: Suspension::Active,
    };
    let purpose = Some(Purpose::PerformanceMonitoring);
    Viewer { role: Role::Analyst, purpose, ..Viewer::anonymous(Limits::default(), vec![grant]) }
}

fn variables() -> serde_json::Value {
    serde_json::json!({ "authority": HARROW, "period": "2023-24-Q2" })
}

async fn scorecard(api: &Api, documents: &Documents) -> usize {
    let prepared =
        documents.prepare(SCORECARD.to_owned(), None, Variables::from_json(variables()), &Default::default).unwrap();
    let request: Request = prepared.request.data(viewer()).data(ReadLog::default());
    let response = api.execute(request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    serde_json::to_vec(&response).unwrap().len()
}

/// A record like that of a scorecard.
fn read() -> Read {
    Read {
        principal: Principal {
            subject: Some(digest_of(&["https://issuer.example", "7c9e6679"])),
            display: "7c9e6679".to_owned(),
            organisation: Some("Harrow".to_owned()),
            role: "analyst".to_owned(),
            grants: vec!["G1".to_owned()],
            agreements: vec!["ISA-7".to_owned()],
            inspection: None,
        },
        purpose: Some("performance-monitoring".to_owned()),
        case_reference: None,
        operation: Operation {
            document: Some(digest_of(&[SCORECARD])),
            name: Some("Scorecard".to_owned()),
            variables: Some(format!("{{\"authority\":\"{HARROW}\",\"period\":\"2023-24-Q2\"}}")),
        },
        about: About {
            authorities: vec![HARROW.to_owned()],
            levels: vec!["N".to_owned()],
            domains: ["core", "placement", "health", "review", "leaver"].map(str::to_owned).into(),
            ..About::default()
        },
        outcome: Outcome { permitted: true, cells: 112, bytes: 23_000, ms: 1, ..Outcome::default() },
    }
}

/// Processor time of one turn, in microseconds.
async fn cpu<F: Future<Output = ()>>(task: impl Fn() -> F) -> f64 {
    let before = processor_time();
    for _ in 0..TURN / AT_ONCE {
        join_all((0..AT_ONCE).map(|_| task())).await;
    }
    processor_time() - before
}

/// User and system time of this process with all its threads, in microseconds.
fn processor_time() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}
