//! A child who has been erased is gone from a program that serves, in the present and in every moment before.

use chrono::Utc;
use lookedafter::figures::{Figures, ReadLog};

use crate::figures::HARROW;
use crate::helpers::{TestApp, policy, viewer_of};

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
            let opened =
                figures.open(&viewer_of(&[HARROW]), HARROW, known_on, &ReadLog::default()).await.unwrap().unwrap();
            knows.push(["C0001", "C0002"].map(|child| opened.place_of(child).is_some()));
        }
    }
    assert_eq!(knows, [[true, true], [true, true], [true, false], [true, false]]);
}
