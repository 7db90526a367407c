//! What the record of reading costs: one record, many at once, proving a million, finding a child among them.
//!
//! `cargo bench --bench audit` makes a million records in a temporary folder; another number can be given after `--`.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot be set up must stop"
)]

#[allow(dead_code, reason = "memory is not measured here")]
#[path = "http/process.rs"]
mod process;

use std::time::{Duration, Instant};

use lookedafter::audit::{About, Bytes, Operation, Outcome, Principal, Read, Trace};
use lookedafter::store::{AuditLog, AuditPlace, Search, Store};

/// How many children the records are about.
const CHILDREN: u64 = 10_000;

fn child(number: u64) -> Trace {
    let mut bytes = [7; 16];
    // Spread like digests are.
    bytes
        .iter_mut()
        .zip((number % CHILDREN).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes())
        .for_each(|(to, b)| *to = b);
    Bytes(bytes)
}

/// A request for a scorecard; about a child, if one is named.
fn read(about: Option<Trace>) -> Read {
    Read {
        principal: Principal {
            subject: Some(Bytes([1; 32])),
            display: "analyst@E09000015".to_owned(),
            organisation: Some("London Borough of Harrow".to_owned()),
            role: "analyst".to_owned(),
            grants: vec!["development:analyst:analyst@E09000015".to_owned()],
            agreements: vec!["DEVELOPMENT".to_owned()],
            inspection: None,
        },
        purpose: Some("performance-monitoring".to_owned()),
        case_reference: None,
        operation: Operation {
            document: Some(Bytes([2; 32])),
            name: Some("Scorecard".to_owned()),
            variables: Some(r#"{"authority":"E09000015","period":"2023-24-Q2"}"#.to_owned()),
        },
        about: About {
            authorities: vec!["E09000015".to_owned()],
            levels: vec!["N".to_owned()],
            domains: ["core", "placement", "health", "review", "leaver"].map(str::to_owned).to_vec(),
            child_count: u64::from(about.is_some()),
            children: about.into_iter().collect(),
            tables: Vec::new(),
            ..About::default()
        },
        outcome: Outcome { permitted: true, cells: 72, bytes: 23_147, ms: 1, ..Outcome::default() },
    }
}

/// Appends so many records by so many at once; wall and processor time for each record.
async fn append(log: &AuditLog, records: u64, at_once: u64, of_children: bool) -> (Duration, Duration) {
    let (begun, cpu) = (Instant::now(), processor());
    let tasks: Vec<_> = (0..at_once)
        .map(|task| {
            let log = log.clone();
            tokio::spawn(async move {
                for number in (task..records).step_by(usize::try_from(at_once).unwrap_or(1)) {
                    log.append(read(of_children.then(|| child(number)))).await.expect("a stored record");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
    let each = |time: Duration| time / u32::try_from(records).unwrap_or(u32::MAX);
    (each(begun.elapsed()), each(processor().saturating_sub(cpu)))
}

fn processor() -> Duration {
    process::processor_time(std::process::id())
}

async fn measure(records: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("lookedafter.sqlite").display());
    let store = Store::connect(&url).await.expect("a database");
    let log = AuditLog::open(&store, AuditPlace::new(folder.path(), &url)).await.expect("records");
    append(&log, 500, 1, false).await;
    for (number, at_once, of_children) in [(5_000, 1, false), (20_000, 16, false), (5_000, 1, true), (20_000, 16, true)]
    {
        let (wall, cpu) = append(&log, number, at_once, of_children).await;
        let about = if of_children { "about a child" } else { "of figures" };
        println!("{at_once:2} at once, {about}: {wall:?} and {cpu:?} of processor time a record");
    }
    let begun = Instant::now();
    append(&log, records, 64, true).await;
    println!("{records} records about {CHILDREN} children stored in {:?}", begun.elapsed());
    log.close().await;
    let begun = Instant::now();
    let whole = log.verify().await.expect("readable records").expect("whole records");
    println!("{} records proved in {:?}", whole.records, begun.elapsed());
    let begun = Instant::now();
    let search = Search { trace: Some(child(77)), ..Search::default() };
    let found = log.page(&search, u64::MAX).await.expect("readable records");
    println!("{} records about one child found in {:?}", found.len(), begun.elapsed());
}

fn main() {
    let records = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(measure(records));
}
