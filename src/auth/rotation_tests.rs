//! An issuer changes its key: no good token is refused on the way, and none of the old key is accepted for long.

use chrono::TimeDelta;
use serde_json::json;

use super::super::invented::{InventedKeys, Key, elliptic, noon, openid, openid_person, policy, with};
use super::super::{IdentityHeaders, SignIn};
use super::*;
use crate::access::Limits;
use crate::store::{Store, rows};

struct Bench {
    published: InventedKeys,
    sign_in: SignIn,
    store: Store,
    folder: tempfile::TempDir,
}

async fn bench(keys: &[&Key]) -> Bench {
    let (published, edition) = (InventedKeys::of(keys), Edition::default());
    let issuer = Issuer::new(openid(), Box::new(published.clone()), Edition::clone(&edition));
    let folder = tempfile::tempdir().unwrap();
    let store = Store::connect(&format!("sqlite://{}/records.db", folder.path().display())).await.unwrap();
    store.migrate().await.unwrap();
    let grant = rows::Grant {
        authority_id: "E09000015".to_owned(),
        grant_id: "one".to_owned(),
        subject: "someone".to_owned(),
        role: "analyst".to_owned(),
        agreement: "TEST".to_owned(),
        starts_on: "2020-01-01".parse().unwrap(),
        ends_on: "2099-12-31".parse().unwrap(),
        ..rows::Grant::default()
    };
    store.put_grant(grant).await.unwrap();
    let sign_in = SignIn::new(Issuers::only(issuer, edition), store.clone(), policy(), Limits::default());
    Bench { published, sign_in, store, folder }
}

impl Bench {
    /// The server is started again: nothing is known of keys or tokens.
    fn starts_anew(&mut self) {
        let edition = Edition::default();
        let issuer = Issuer::new(openid(), Box::new(self.published.clone()), Edition::clone(&edition));
        self.sign_in = SignIn::new(Issuers::only(issuer, edition), self.store.clone(), policy(), Limits::default());
    }

    async fn keep_fresh(&self, second: i64) {
        self.sign_in.keep_fresh(noon() + TimeDelta::seconds(second)).await;
    }

    async fn lets_in(&self, token: &str, second: i64) -> bool {
        let presented = IdentityHeaders { token: Some(token), ..IdentityHeaders::default() };
        self.sign_in.viewer(&presented, noon() + TimeDelta::seconds(second)).await.is_ok()
    }
}

/// A token of this key that is good for an hour from this second on.
fn token(key: &Key, second: i64) -> String {
    let now = noon().timestamp() + second;
    key.sign(&with(with(openid_person(), "iat", json!(now)), "exp", json!(now + 3600)))
}

#[tokio::test]
async fn a_change_of_key_refuses_no_good_token_and_ends_the_old_key_within_ten_minutes() {
    let (old, new) = (elliptic("k1"), elliptic("k2"));
    let bench = bench(&[&old]).await;
    let before = token(&old, 0);
    for second in (0..700).step_by(7) {
        assert!(bench.lets_in(&before, second).await, "the old key alone, second {second}");
    }
    // Both are published; the issuer signs with the new one, and what the old one signed is still good.
    bench.published.publish(&[&old, &new]);
    let after = token(&new, 700);
    for second in (700..1400).step_by(7) {
        assert!(bench.lets_in(&before, second).await, "the old key inside the overlap, second {second}");
        assert!(bench.lets_in(&after, second).await, "the new key, second {second}");
    }
    bench.published.publish(&[&new]);
    let mut refused_at = None;
    for second in 1400..2100 {
        assert!(bench.lets_in(&after, second).await, "the new key alone, second {second}");
        match (bench.lets_in(&before, second).await, refused_at) {
            (false, None) => refused_at = Some(second),
            (true, Some(_)) => panic!("a key that was taken away came back in second {second}"),
            _ => {}
        }
    }
    let refused_at = refused_at.expect("the old key is refused");
    assert!(refused_at - 1400 <= 600, "the old key was accepted for {} s after it was gone", refused_at - 1400);
    assert!(!bench.lets_in(&token(&old, 2000), 2100).await, "the old key after the overlap");
}

/// The server looks at the age of the keys every ten seconds, and tokens of both keys come every second around the
/// change.
#[tokio::test]
async fn at_no_moment_between_two_readings_does_a_change_of_key_refuse_a_good_token() {
    let (old, new) = (elliptic("k1"), elliptic("k2"));
    let mut bench = bench(&[&old]).await;
    let before = token(&old, 0);
    for change in (0..=600).step_by(20) {
        bench.published.publish(&[&old]);
        bench.starts_anew();
        for second in (0..=change).step_by(10) {
            bench.keep_fresh(second).await;
            assert!(bench.lets_in(&before, second).await, "{second}, before the change at {change}");
        }
        bench.published.publish(&[&old, &new]);
        let after = token(&new, change);
        for second in change..change + 15 {
            assert!(bench.lets_in(&after, second).await, "the new key in {second}, changed at {change}");
            assert!(bench.lets_in(&before, second).await, "the old key in {second}, changed at {change}");
            bench.keep_fresh(second / 10 * 10).await;
        }
        bench.published.publish(&[&new]);
        for second in (change + 20..change + 1240).step_by(20) {
            assert!(bench.lets_in(&after, second).await, "the new key alone in {second}, changed at {change}");
            bench.keep_fresh(second).await;
        }
    }
}

#[tokio::test]
async fn a_token_that_is_used_all_the_time_does_not_outlive_its_key() {
    let (old, new) = (elliptic("k1"), elliptic("k2"));
    let bench = bench(&[&old]).await;
    let busy = token(&old, 0);
    assert!(bench.lets_in(&busy, 0).await);
    bench.published.publish(&[&new]);
    let refused = async {
        for second in 1..1000 {
            if !bench.lets_in(&busy, second).await {
                return second;
            }
        }
        0
    };
    assert!((1..=660).contains(&refused.await));
}

#[tokio::test]
async fn a_remembered_token_is_refused_as_soon_as_its_name_is_on_the_list() {
    let key = elliptic("k1");
    let mut bench = bench(&[&key]).await;
    let list = bench.folder.path().join("revoked");
    std::fs::write(&list, "").unwrap();
    let edition = Edition::default();
    let issuer = Issuer::new(openid(), Box::new(bench.published.clone()), Edition::clone(&edition));
    let mut issuers = Issuers::only(issuer, edition);
    issuers.revoking(&list);
    bench.sign_in = SignIn::new(issuers, bench.store.clone(), policy(), Limits::default());
    let named = key.sign(&with(openid_person(), "jti", json!("one")));
    assert!(bench.lets_in(&named, 0).await);
    std::fs::write(&list, "one\n").unwrap();
    assert!(bench.lets_in(&named, 9).await);
    assert!(!bench.lets_in(&named, 10).await);
}
