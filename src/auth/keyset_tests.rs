//! When keys are read again, how long they are kept, and what that costs the issuer.

use super::*;
use crate::auth::invented::{InventedKeys, Key, elliptic, noon};

struct Bench {
    set: Arc<KeySet>,
    published: InventedKeys,
    edition: Edition,
}

fn bench(keys: &[&Key]) -> Bench {
    let (published, edition) = (InventedKeys::of(keys), Edition::default());
    let source = Box::new(published.clone());
    let set = KeySet::from_source("issuer", Algorithm::ES256, source, Edition::clone(&edition));
    Bench { set: Arc::new(set), published, edition }
}

impl Bench {
    async fn knows(&self, kid: &str, after: TimeDelta) -> bool {
        self.set.key(kid, noon() + after).await.is_some()
    }
}

/// A set of keys whose text is taken at once, and given only when it is let go.
struct Held {
    published: InventedKeys,
    given: std::sync::Mutex<std::sync::mpsc::Receiver<()>>,
}

impl Held {
    fn of(keys: &[&Key]) -> (Held, std::sync::mpsc::Sender<()>) {
        let (let_go, given) = std::sync::mpsc::channel();
        (Held { published: InventedKeys::of(keys), given: given.into() }, let_go)
    }
}

impl Source for Held {
    fn read(&self) -> Result<Vec<u8>, SourceError> {
        let text = self.published.read();
        self.given.lock().unwrap().recv().unwrap();
        text
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
    assert!(!bench.knows("guess", seconds(1)).await);
    bench.published.publish(&[&one, &two]);
    for second in 1..61 {
        assert!(!bench.knows(&format!("guess{second}"), seconds(second)).await);
        assert!(!bench.knows("two", seconds(second)).await);
    }
    assert_eq!(bench.published.reads(), 2);
    assert!(bench.knows("two", seconds(61)).await);
    for second in 62..121 {
        assert!(!bench.knows("guess", seconds(second)).await);
    }
    assert_eq!(bench.published.reads(), 3);
}

#[tokio::test]
async fn a_key_published_a_moment_after_the_keys_were_read_is_known_at_once() {
    let (one, two, three) = (elliptic("one"), elliptic("two"), elliptic("three"));
    let bench = bench(&[&one]);
    bench.set.keep_fresh(noon()).await;
    bench.published.publish(&[&one, &two]);
    assert!(bench.knows("two", seconds(0)).await);
    bench.set.keep_fresh(noon() + seconds(540)).await;
    bench.published.publish(&[&two, &three]);
    assert!(bench.knows("three", seconds(540)).await);
    assert_eq!(bench.published.reads(), 4);
}

#[tokio::test]
async fn keys_that_got_old_are_read_once_for_a_name_that_stays_unknown() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    for (second, reads) in [(0, 1), (600, 2)] {
        assert!(!bench.knows("two", seconds(second)).await);
        assert_eq!(bench.published.reads(), reads);
    }
    // That reading was due anyhow, so no name has to wait for the next.
    bench.published.publish(&[&one, &two]);
    assert!(bench.knows("two", seconds(601)).await);
}

#[tokio::test]
async fn keys_that_are_read_as_they_get_old_let_no_unknown_name_have_them_read_sooner() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    for (second, reads) in [(30, 2), (89, 2), (90, 3), (149, 3)] {
        assert!(!bench.knows("guess", seconds(second)).await);
        assert_eq!(bench.published.reads(), reads, "{second}");
    }
    bench.set.read_now(noon() + seconds(149)).unwrap();
    assert!(!bench.knows("guess", seconds(149)).await);
    assert_eq!(bench.published.reads(), 4);
}

#[tokio::test]
async fn unknown_names_at_once_have_the_keys_read_once() {
    let one = elliptic("one");
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    for (second, reads) in [(0, 2), (60, 3)] {
        let names: Vec<String> = (0..16).map(|number| format!("guess{number}")).collect();
        let asked = names.iter().map(|name| bench.knows(name, seconds(second)));
        assert!(!futures_util::future::join_all(asked).await.contains(&true));
        assert_eq!(bench.published.reads(), reads);
    }
}

#[tokio::test]
async fn an_unknown_name_does_not_make_do_with_a_reading_that_had_begun_before() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let (held, let_go) = Held::of(&[&one]);
    let (published, edition) = (held.published.clone(), Edition::default());
    let set = Arc::new(KeySet::from_source("issuer", Algorithm::ES256, Box::new(held), edition));
    let fresh = tokio::spawn({
        let set = Arc::clone(&set);
        async move { set.keep_fresh(noon()).await }
    });
    let begun = async {
        while published.reads() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), begun).await.expect("a reading begins");
    published.publish(&[&one, &two]);
    let asked = async { set.key("two", noon() + seconds(1)).await.is_some() };
    let freed = async move { [(); 2].map(|()| let_go.send(()).unwrap()) };
    assert!(tokio::join!(asked, freed).0);
    fresh.await.unwrap();
    assert_eq!(published.reads(), 2);
}

#[tokio::test]
async fn a_reading_that_fails_counts_as_one_for_an_unknown_name() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(0)).await);
    bench.published.go_away();
    assert!(!bench.knows("two", seconds(1)).await);
    bench.published.publish(&[&one, &two]);
    assert!(!bench.knows("two", seconds(60)).await);
    assert_eq!(bench.published.reads(), 2);
    assert!(bench.knows("two", seconds(61)).await);
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_no_unknown_name_wait_for_long() {
    let (one, two) = (elliptic("one"), elliptic("two"));
    let bench = bench(&[&one]);
    assert!(bench.knows("one", seconds(300)).await && !bench.knows("guess", seconds(300)).await);
    bench.published.publish(&[&one, &two]);
    assert!(!bench.knows("two", seconds(241)).await);
    assert!(bench.knows("two", seconds(240)).await);
    assert_eq!(bench.published.reads(), 3);
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
async fn an_issuer_that_is_away_at_the_start_is_asked_again_by_the_next_token_and_then_once_a_minute() {
    let one = elliptic("one");
    let bench = bench(&[]);
    bench.published.go_away();
    for (second, reads) in [(0, 1), (1, 2), (2, 2)] {
        assert!(!bench.knows("one", seconds(second)).await);
        assert_eq!(bench.published.reads(), reads);
    }
    bench.published.publish(&[&one]);
    assert!(!bench.knows("one", seconds(60)).await);
    assert!(bench.knows("one", seconds(61)).await);
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
