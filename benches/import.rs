//! How fast a folder of returns is read and checked, before anything is stored. One core.

#![allow(clippy::expect_used, reason = "a bench that cannot be set up must stop")]

use std::fmt::Write;
use std::fs;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lookedafter::{
    import::{Confirmations, Request, prepare, ssda903::ReturnYear},
    period::Date,
    store::StoredState,
};

const CHILDREN: u32 = 5_000;

/// Rows that each child has: one in the header, two episodes, two reviews.
const ROWS_A_CHILD: u32 = 5;

/// The files of a return: name and text.
fn files() -> [(&'static str, String); 3] {
    let mut header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
    let mut episodes =
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n".to_owned();
    let mut reviews = "CHILD,DOB,REVIEW,REVIEW_CODE\n".to_owned();
    for child in 0..CHILDREN {
        let (day, year) = (child % 28 + 1, 2006 + child % 12);
        let birth = format!("{day:02}/05/{year}");
        writeln!(header, "{child:06},1,{birth},WBRI,UN1,,").expect("text grows");
        let (place, urn) = ("HA1 2AB,HA2 3CD", "SC123456");
        writeln!(episodes, "{child:06},{day:02}/04/2023,S,C1,N1,U6,PR1,{day:02}/06/2023,X1,CARPL,{place},{urn}")
            .expect("text grows");
        writeln!(episodes, "{child:06},{day:02}/06/2023,P,C1,N1,U6,PR1,,,,{place},{urn}").expect("text grows");
        for month in [5, 8] {
            writeln!(reviews, "{child:06},{birth},{day:02}/{month:02}/2023,PN1").expect("text grows");
        }
    }
    [("header.csv", header), ("episodes.csv", episodes), ("reviews.csv", reviews)]
}

fn read(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files() {
        fs::write(folder.path().join(name), text).expect("a file in it");
    }
    let today = Date::from_ymd_opt(2024, 6, 1).expect("a real date");
    let year = ReturnYear::new(2024, None, today).expect("a year that has begun");
    let path = folder.path().to_owned();
    let request = Request::Return { path, authority: "E09000015".to_owned(), year };
    let mut group = criterion.benchmark_group("import");
    group.throughput(Throughput::Elements(u64::from(CHILDREN * ROWS_A_CHILD)));
    group.bench_function("read and check a return", |bencher| {
        bencher.iter(|| {
            let prepared = prepare(black_box(request.clone()), &StoredState::default(), Confirmations::default());
            assert_eq!(prepared.report.used(), (CHILDREN * ROWS_A_CHILD) as usize);
            prepared
        });
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
