//! A child who has been erased is gone from a program that serves, in the present and in every moment before.

use chrono::{TimeDelta, Utc};
use lookedafter::access::{Grant, Limits, Purpose, Role, Suspension, Viewer};
use lookedafter::figures::{Figures, Trail};

use crate::figures::HARROW;
use crate::helpers::{TestApp, policy};

fn analyst() -> Viewer {
    let today = Utc::now().date_naive();
    let grant = Grant {
        id: "G1".to_owned(),
        authority: HARROW.to_owned(),
        role: Role::Analyst,
        organisation: None,
        agreement: "TEST".to_owned(),
        agreement_ends: None,
        from: today,
        to: today + TimeDelta::days(30),
        records: None,
        commissions: Vec::new(),
        inspection: None,
        suspended: Suspension::Active,
    };
    let purpose = Some(Purpose::PerformanceMonitoring);
    Viewer { role: Role::Analyst, purpose, ..Viewer::anonymous(Limits::default(), vec![grant]) }
}

#[actix_web::test]
async fn what_is_kept_in_memory_of_a_child_goes_with_the_child() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    let figures = Figures::new(app.store.clone(), policy());
    let before = Utc::now();
    let mut knows = Vec::new();
    for is_erased in [false, true] {
        if is_erased {
            app.store.erase(HARROW, "C0002").await.unwrap();
            figures.refresh().await.unwrap();
        }
        for known_on in [None, Some(before)] {
            let opened = figures.open(&analyst(), HARROW, known_on, &Trail::default()).await.unwrap().unwrap();
            knows.push(["C0001", "C0002"].map(|child| opened.place_of(child).is_some()));
        }
    }
    assert_eq!(knows, [[true, true], [true, true], [true, false], [true, false]]);
}
