//! How long counting takes: indicators over children in memory, without database or HTTP.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly"
)]

use std::hint::black_box;

use chrono::Days;
use criterion::{Criterion, criterion_group, criterion_main};
use lookedafter::{
    care::{Child, join, records::LoadedReturn},
    indicators::{Indicator, all, count, find},
    period::Date,
    snapshot::Snapshot,
};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// Children of the largest measurement: as many as England has seen in a decade or so.
const MANY: usize = 400_000;

/// Distinct lives; larger cohorts repeat them.
const LIVES: usize = 10_000;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// An invented life between 2014 and 2024 as a sentence.
fn life(chance: &mut StdRng) -> String {
    let entry = day("2014-04-01") + Days::new(chance.random_range(0..3_650));
    let birth = entry - Days::new(chance.random_range(0..6_200));
    let sex = ["girl", "boy"][chance.random_range(0..2)];
    let ethnicity = ["WBRI", "MWBC", "AIND", "BAFR", "OOTH", "NOBT"][chance.random_range(0..6)];
    let mut story = format!("return 2024, born {birth}, {sex}, ethnicity {ethnicity}, placed {entry} U6 12.5 miles");
    let stay: u64 = chance.random_range(20..1_400);
    let mut at = entry + Days::new(chance.random_range(10..300));
    let end = entry + Days::new(stay);
    while at < end {
        story.push_str(&format!(", moved {at} K2 {} miles", chance.random_range(1..60)));
        at = at + Days::new(chance.random_range(30..500));
    }
    if end < day("2024-03-31") {
        story.push_str(&format!(", left {end} E4A"));
    }
    let mut review = entry + Days::new(25);
    while review < end.min(day("2024-03-31")) {
        story.push_str(&format!(", reviewed {review}, dentist {review}, health {review}"));
        review = review + Days::new(170);
    }
    story
}

fn snapshot(children: usize) -> Snapshot {
    let mut chance = StdRng::seed_from_u64(1);
    let returns = vec![LoadedReturn { year: 2024, up_to: day("2024-03-31") }];
    let lives: Vec<Child> = (0..LIVES.min(children))
        .filter_map(|_| {
            let (records, _) = lookedafter::care::story::records(&life(&mut chance)).expect("a story");
            join(records, &returns)
        })
        .collect();
    let children = lives.iter().cycle().take(children).enumerate();
    let children = children.map(|(n, child)| Child { id: format!("{n:07}").into(), ..child.clone() }).collect();
    Snapshot::of_children("E09000015", 1, children, returns)
}

fn counting(criterion: &mut Criterion) {
    let five: Vec<&Indicator> = [
        "cla_number",
        "reviews_in_timescale_pct",
        "placements_3plus_pct",
        "long_term_stability_pct",
        "dental_checks_pct",
    ]
    .iter()
    .filter_map(|code| find(code))
    .collect();
    let on = day("2023-09-30");
    let mut group = criterion.benchmark_group("count with three breakdowns");
    let authority = snapshot(1_500);
    group.bench_function("all indicators, 1,500 children", |b| b.iter(|| black_box(count(&authority, all(), on))));
    drop(authority);
    let many = snapshot(MANY);
    group.sample_size(20);
    group.bench_function("five indicators, 400,000 children", |b| b.iter(|| black_box(count(&many, &five, on))));
    group.bench_function("all indicators, 400,000 children", |b| b.iter(|| black_box(count(&many, all(), on))));
    group.finish();
}

criterion_group!(benches, counting);
criterion_main!(benches);
