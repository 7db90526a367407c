//! What is opened from the settings, when keys are read without being asked for, and what the count of changes counts.

use chrono::TimeDelta;

use super::super::invented::{InventedKeys, Key, elliptic, noon, openid, openid_person};
use super::*;

struct Bench {
    key: Key,
    published: InventedKeys,
    issuers: Issuers,
}

fn bench() -> Bench {
    let (key, edition) = (elliptic("k1"), Edition::default());
    let published = InventedKeys::of(&[&key]);
    let issuer = Issuer::new(openid(), Box::new(published.clone()), Edition::clone(&edition));
    Bench { key, published, issuers: Issuers::only(issuer, edition) }
}

#[test]
fn the_development_issuer_has_the_name_in_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let given = [("data", folder.path().display().to_string()), ("issuer", "https://here.example".to_owned())];
    let issuers = Issuers::open(&Config::load(&given).unwrap()).unwrap();
    assert_eq!(issuers.development(), "https://here.example");
}

#[tokio::test]
async fn keys_are_read_before_a_token_comes_and_again_before_they_are_old() {
    let Bench { key, published, issuers } = bench();
    for (second, reads) in [(0, 1), (10, 1), (530, 1), (540, 2)] {
        issuers.keep_fresh(noon() + TimeDelta::seconds(second)).await;
        assert_eq!(published.reads(), reads, "{second}");
    }
    assert!(issuers.verify(&key.sign(&openid_person()), noon() + TimeDelta::seconds(541)).await.is_ok());
    assert_eq!(published.reads(), 2);
}

#[tokio::test]
async fn the_count_of_what_is_accepted_goes_up_with_each_reading_and_with_each_change_of_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("revoked");
    std::fs::write(&list, "").unwrap();
    let Bench { mut issuers, .. } = bench();
    issuers.revoking(&list);
    assert_eq!(issuers.edition(noon()), 0);
    issuers.keep_fresh(noon()).await;
    assert_eq!(issuers.edition(noon()), 1);
    issuers.keep_fresh(noon() + TimeDelta::seconds(540)).await;
    assert_eq!(issuers.edition(noon()), 2);
    std::fs::write(&list, "one\n").unwrap();
    assert_eq!([9, 10].map(|second| issuers.edition(noon() + TimeDelta::seconds(second))), [2, 3]);
}
