//! What it costs to decide and to record: the panel's scorecard without either, the decisions by themselves, and the same
//! scorecard with its record, in one run.
//!
//! `cargo bench --bench deciding` prints the table of `docs/performance.md`. Linux only: it reads `/proc`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may fail loudly")]

use async_graphql::{Executor, Request, Variables};
use chrono::{Months, Utc};
use futures_util::future::join_all;
use lookedafter::{
    access::{Grant, Limits, Policy, Purpose, Role, Suspension, Viewer},
    audit::{About, Operation, Outcome, Principal, Read, digest_of},
    cli::demo,
    figures::{Figures, Trail},
    graphql::{self, Api, documents::Documents},
    store::{AuditLog, AuditPlace, Store},
};

/// How often each is done.
const TIMES: usize = 2_000;
/// How many are under way at once.
const AT_ONCE: usize = 4;

const HARROW: &str = "E09000015";
const SCORECARD: &str = include_str!("../tests/api/operations/scorecard.graphql");

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("records.sqlite").display());
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    demo::bring(&store, folder.path(), |_| {}).await.unwrap();
    let policy = Policy::parse("access.toml", include_str!("../policy/access.toml")).unwrap();
    let figures = Figures::new(store.clone(), policy);
    let log = AuditLog::open(&store, AuditPlace::new(folder.path(), &url)).await.unwrap();
    let (api, documents) = (graphql::schema(figures.clone(), None), Documents::new(Limits::default()));
    for _ in 0..2 {
        together(|| async { _ = std::hint::black_box(scorecard(&api, &documents).await) }).await;
    }
    let deciding =
        cpu(|| async { drop(figures.open(&viewer(), HARROW, None, &Trail::default()).await.unwrap()) }).await;
    let whole = cpu(|| async { _ = std::hint::black_box(scorecard(&api, &documents).await) }).await;
    let recorded = cpu(|| async {
        _ = std::hint::black_box(scorecard(&api, &documents).await);
        log.append(read()).await.unwrap();
    })
    .await;
    let (without, recording) = (whole - deciding, recorded - whole);
    println!("| a scorecard of fourteen rows with all comparators | CPU, µs | of the first row |");
    println!("|---|---|---|");
    for (what, cost) in [
        ("answered, without decisions and record", without),
        ("deciding about all domains of the authority", deciding),
        ("recording", recording),
        ("both", deciding + recording),
    ] {
        println!("| {what} | {cost:.1} | {:.1}% |", 100.0 * cost / without);
    }
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

async fn scorecard(api: &Api, documents: &Documents) -> usize {
    let variables = Variables::from_json(serde_json::json!({"authority": HARROW, "period": "2023-24-Q2"}));
    let prepared = documents.prepare(SCORECARD.to_owned(), None, variables).unwrap();
    let request: Request = prepared.request.data(viewer()).data(Trail::default());
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

/// Processor time of one of many, in microseconds.
async fn cpu<F: Future<Output = ()>>(task: impl Fn() -> F) -> f64 {
    let before = processor_time();
    together(task).await;
    (processor_time() - before) / TIMES as f64
}

async fn together<F: Future<Output = ()>>(task: impl Fn() -> F) {
    for _ in 0..TIMES / AT_ONCE {
        join_all((0..AT_ONCE).map(|_| task())).await;
    }
}

/// User and system time of this process with all its threads, in microseconds.
fn processor_time() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let nanoseconds = tasks.flatten().filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1_000.0
}
