//! How fast a return is stored in SQLite, found unchanged and loaded again, and what an import costs who asks next.

#![allow(clippy::expect_used, reason = "a bench that cannot be set up must stop")]

use std::hint::black_box;

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use lookedafter::{
    access::{Grant, Limits, Policy, Role, Suspension, Viewer},
    figures::{Figures, ReadLog},
    period::Date,
    store::{
        Batch, Store,
        rows::{CarerHousehold, ChildDetail, Episode, Oc2Return, Review, Rows, Target},
    },
};
use tokio::runtime::Runtime;

const AUTHORITY: &str = "E09000015";

/// Rows that each child of a return has: details, four episodes, three reviews, flags.
const ROWS_A_CHILD: i32 = 9;

/// One year's return with the children of these numbers.
fn a_return(year: i32, children: std::ops::Range<i32>) -> Batch {
    let mut rows = Rows::of_a_return();
    for number in children {
        let child_id = format!("{number:06}");
        rows.episode.get_or_insert_default().extend((0..4).filter_map(|turn| episode(year, &child_id, turn)));
        rows.review.get_or_insert_default().extend([6, 9, 12].into_iter().filter_map(|month| {
            let held_on = Date::from_ymd_opt(year - 1, month, 2)?;
            Some(Review { child_id: child_id.clone(), held_on, participation: Some("PN1".into()), ..Review::default() })
        }));
        rows.child_detail.get_or_insert_default().push(ChildDetail {
            child_id: child_id.clone(),
            sex: Some("1".into()),
            birth_date: Date::from_ymd_opt(2008 + number % 12, 5, 1),
            ethnicity: Some("WBRI".into()),
            upn: Some("A123456789012".into()),
            ..ChildDetail::default()
        });
        rows.oc2_return.get_or_insert_default().push(Oc2Return {
            child_id,
            teeth_check: Some(true),
            health_assessment: Some(true),
            ..Oc2Return::default()
        });
    }
    Batch {
        authority: Some(AUTHORITY.into()),
        kind: "ssda903".into(),
        return_year: Some(year),
        rows,
        ..Batch::default()
    }
}

/// One of four episodes of a year, each beginning where the one before it ended.
fn episode(year: i32, child: &str, turn: u32) -> Option<Episode> {
    let start = |turn: u32| Date::from_ymd_opt(year - 1, 4 + turn * 2, 1);
    let goes_on = turn == 3;
    Some(Episode {
        child_id: child.into(),
        started_on: start(turn)?,
        ended_on: if goes_on { None } else { start(turn + 1) },
        reason_new: Some(if turn == 0 { "S" } else { "P" }.into()),
        legal_status: Some("C2".into()),
        need: Some("N1".into()),
        place: Some("U6".into()),
        provider: Some("PR1".into()),
        reason_ceased: (!goes_on).then(|| "X1".into()),
        reason_change: (!goes_on).then(|| "CARPL".into()),
        home_postcode: Some("HA1 2XY".into()),
        placement_postcode: Some(format!("HA{turn} 3AB")),
        urn: Some("SC123456".into()),
        pl_distance: Some(2.5),
        ..Episode::default()
    })
}

fn fresh(runtime: &Runtime) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("records.db").display());
    let store = runtime.block_on(async {
        let store = Store::connect(&url).await.expect("a database");
        store.migrate().await.expect("tables");
        store
    });
    (folder, store)
}

fn import(group: &mut BenchmarkGroup<'_, WallTime>, runtime: &Runtime) {
    let children = 0..3_400;
    group.throughput(Throughput::Elements(u64::from((children.end * ROWS_A_CHILD).unsigned_abs())));
    let large = a_return(2024, children);
    group.bench_function("first import", |bench| {
        bench.iter_batched(
            || (fresh(runtime), large.clone()),
            |((folder, store), batch)| {
                runtime.block_on(store.write(batch, &|_| ())).expect("a stored import");
                (folder, store)
            },
            BatchSize::PerIteration,
        );
    });
    let (_folder, store) = fresh(runtime);
    runtime.block_on(store.write(large.clone(), &|_| ())).expect("a stored import");
    group.bench_function("same import again", |bench| {
        bench.iter_batched(
            || large.clone(),
            |batch| runtime.block_on(store.write(batch, &|_| ())).expect("nothing to store"),
            BatchSize::PerIteration,
        );
    });
}

/// Fifteen hundred children, three quarters of a thousand in each of four years.
fn load(group: &mut BenchmarkGroup<'_, WallTime>, runtime: &Runtime) {
    let (_folder, store) = fresh(runtime);
    for (year, first) in (2021..=2024).zip([0, 250, 500, 750]) {
        let batch = a_return(year, first..first + 750);
        runtime.block_on(store.write(batch, &|_| ())).expect("a stored import");
    }
    group.throughput(Throughput::Elements(1_500));
    group.bench_function("load", |bench| {
        bench.iter(|| black_box(runtime.block_on(store.load(AUTHORITY, None)).expect("records")));
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("latest import", |bench| {
        bench.iter(|| black_box(runtime.block_on(store.latest_import()).expect("a number")));
    });
}

/// The first question about an authority after an import: of its own records, of its target, of another's target.
fn ask_again(group: &mut BenchmarkGroup<'_, WallTime>, runtime: &Runtime) {
    let (_folder, store) = fresh(runtime);
    for (year, first) in (2021..=2024).zip([0, 250, 500, 750]) {
        runtime.block_on(store.write(a_return(year, first..first + 750), &|_| ())).expect("a stored import");
    }
    let policy = Policy::parse("access.toml", include_str!("../policy/access.toml")).expect("the policy");
    let figures = Figures::new(store.clone(), policy);
    let today = chrono::Utc::now().date_naive();
    let grant = Grant {
        id: "bench".into(),
        authority: AUTHORITY.into(),
        role: Role::Analyst,
        organisation: None,
        agreement: "BENCH".into(),
        agreement_ends: None,
        from: today,
        to: today,
        records: None,
        commissions: Vec::new(),
        inspection: None,
        suspended: Suspension::Active,
    };
    let viewer = Viewer { role: Role::Analyst, ..Viewer::anonymous(Limits::default(), vec![grant]) };
    let open = async || figures.open(&viewer, AUTHORITY, None, &ReadLog::default()).await.expect("records").is_some();
    let mut value = 0.0;
    for (name, of) in [("own records", None), ("own target", Some(AUTHORITY)), ("another's target", Some("E08000034"))]
    {
        group.bench_function(format!("asked again after {name}"), |bench| {
            bench.iter_batched(
                || {
                    value += 1.0;
                    let batch = of.map_or_else(|| a_list(value), |authority| a_target(authority, value));
                    runtime.block_on(async {
                        assert!(open().await);
                        store.write(batch, &|_| ()).await.expect("a stored import");
                        figures.refresh().await.expect("a number");
                    });
                },
                |()| assert!(runtime.block_on(open())),
                BatchSize::PerIteration,
            );
        });
    }
}

fn a_target(authority: &str, value: f64) -> Batch {
    let (authority_id, indicator) = (authority.into(), "cla_number".into());
    let target = Target { authority_id, indicator, period: "2023-24".into(), value, ..Target::default() };
    Batch { kind: "targets".into(), rows: Rows { target: Some(vec![target]), ..Rows::default() }, ..Batch::default() }
}

fn a_list(value: f64) -> Batch {
    let household = CarerHousehold { household_id: format!("H{value}"), ..CarerHousehold::default() };
    let rows = Rows { carer_household: Some(vec![household]), ..Rows::default() };
    Batch { authority: Some(AUTHORITY.into()), kind: "carers".into(), rows, ..Batch::default() }
}

fn store(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut group = criterion.benchmark_group("store");
    group.sample_size(10);
    import(&mut group, &runtime);
    load(&mut group, &runtime);
    ask_again(&mut group, &runtime);
    group.finish();
}

criterion_group!(benches, store);
criterion_main!(benches);
