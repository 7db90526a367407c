//! When keys are read again, how long they are kept, and what that costs the issuer.

use super::*;
use crate::auth::invented::{Key, Published, elliptic, noon};

struct Bench {
    set: Arc<KeySet>,
    published: Published,
    edition: Edition,
}

fn bench(keys: &[&Key]) -> Bench {
    let (published, edition) = (Published::of(keys), Edition::default());
    let source = Box::new(published.clone());
    let set = KeySet::from_source("issuer", Algorithm::ES256, source, Edition::clone(&edition));
    Bench { set: Arc::new(set), published, edition }
}

impl Bench {
    async fn knows(&self, kid: &str, after: TimeDelta) -> bool {
        self.set.key(kid, noon() + after).await.is_some()
    }
}

fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

#[tokio::test]
async fn keys_are_read_when_first_needed_and_again_after_ten_minutes() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await && bench.knows("one", seconds(599)).await);
    assert_eq!(bench.published.reads(), 1);
    bench.published.publish(&[&two]);
    assert!(bench.knows("one", seconds(599)).await);
    assert!(!bench.knows("one", seconds(600)).await && bench.knows("two", seconds(600)).await);
    assert_eq!((bench.published.reads(), bench.edition.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn an_unknown_name_has_the_keys_read_again_once_a_minute_at_most() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    bench.published.publish(&[&one, &two]);
    for second in 1..60 {
        assert!(!bench.knows(&format!("guess{second}"), seconds(second)).await);
        assert!(!bench.knows("two", seconds(second)).await);
    }
    assert_eq!(bench.published.reads(), 1);
    assert!(bench.knows("two", seconds(60)).await);
    for second in 61..120 {
        assert!(!bench.knows("guess", seconds(second)).await);
    }
    assert_eq!(bench.published.reads(), 2);
}

#[tokio::test]
async fn keys_that_cannot_be_read_again_are_kept_for_a_day_and_no_longer() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    bench.published.go_away();
    assert!(bench.knows("one", TimeDelta::hours(1)).await);
    assert!(bench.knows("one", TimeDelta::hours(24)).await);
    assert!(!bench.knows("one", TimeDelta::hours(24) + seconds(1)).await);
    bench.published.publish(&[&one]);
    assert!(bench.knows("one", TimeDelta::hours(24) + seconds(61)).await);
}

#[tokio::test]
async fn an_issuer_that_is_away_at_the_start_is_asked_again_after_a_minute() {
    let one = elliptic("one");
    let bench = bench(&[]);
    bench.published.go_away();
    assert!(!bench.knows("one", seconds(0)).await);
    bench.published.publish(&[&one]);
    assert!(!bench.knows("one", seconds(59)).await);
    assert!(bench.knows("one", seconds(60)).await);
}

#[tokio::test]
async fn an_empty_set_takes_every_key_away() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    bench.published.publish(&[]);
    assert!(!bench.knows("one", seconds(600)).await);
}

#[tokio::test]
async fn keys_are_read_again_before_they_are_old_when_nobody_asks() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    for (second, reads) in [(0, 1), (539, 1), (540, 2), (600, 2), (1079, 2), (1080, 3)] {
        bench.set.keep_fresh(noon() + seconds(second)).await;
        assert_eq!(bench.published.reads(), reads, "{second}");
    }
    assert!(bench.knows("one", seconds(1100)).await);
    assert_eq!(bench.published.reads(), 3);
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_no_key_in_use() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    bench.published.publish(&[&two]);
    assert!(!bench.knows("one", seconds(-3600)).await);
}

#[tokio::test]
async fn callers_at_once_read_old_keys_once() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    let asked = (0..16).map(|_| bench.knows("one", seconds(0)));
    assert!(futures_util::future::join_all(asked).await.into_iter().all(|known| known));
    assert_eq!(bench.published.reads(), 1);
}

#[tokio::test]
async fn keys_of_our_own_are_never_read_again() {
    let (keys, _) =
        jwks::read(format!(r#"{{"keys": [{}]}}"#, elliptic("one").jwk).as_bytes(), Algorithm::ES256).unwrap();
    let set = Arc::new(KeySet::fixed("here", Algorithm::ES256, keys));
    set.keep_fresh(noon()).await;
    assert!(set.key("one", noon() + TimeDelta::days(365)).await.is_some());
    assert!(set.key("two", noon()).await.is_none());
}
