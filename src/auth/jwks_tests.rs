//! Which published keys are used, and why others are not.

use serde_json::json;

use super::*;
use crate::auth::invented::{Key, elliptic, rsa, rsa_of, with, without};

fn read_all(keys: &[Value], algorithm: Algorithm) -> (Vec<String>, Vec<&'static str>) {
    let (keys, refused) = read(json!({"keys": keys}).to_string().as_bytes(), algorithm).unwrap();
    let mut names: Vec<String> = keys.into_keys().collect();
    names.sort();
    (names, refused)
}

fn reason(jwk: Value, algorithm: Algorithm) -> &'static str {
    let (names, refused) = read_all(&[jwk], algorithm);
    assert!(names.is_empty(), "{names:?}");
    refused[0]
}

#[test]
fn keys_of_the_issuer_s_algorithm_are_used_by_name() {
    let (one, two, curve) = (rsa("one").jwk, rsa("two").jwk, elliptic("curve").jwk);
    let unnamed = without(one.clone(), "alg");
    assert_eq!(read_all(&[unnamed, two.clone(), curve.clone()], Algorithm::RS256).0, ["one", "two"]);
    assert_eq!(read_all(&[one, two, curve], Algorithm::ES256).0, ["curve"]);
    let point = json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    let edwards = json!({"kid": "ed", "kty": "OKP", "crv": "Ed25519", "use": "sig", "key_ops": ["verify"], "x": point});
    assert_eq!(read_all(std::slice::from_ref(&edwards), Algorithm::EdDSA).0, ["ed"]);
    assert_eq!(reason(with(edwards.clone(), "x", json!("AAAA")), Algorithm::EdDSA), "not a point of the curve");
    assert_eq!(reason(with(edwards, "crv", json!("Ed448")), Algorithm::EdDSA), "of another kind than the algorithm");
}

#[test]
fn a_name_that_is_there_twice_names_no_key() {
    let Key { jwk, .. } = rsa("one");
    let encrypting = with(jwk.clone(), "use", json!("enc"));
    for other in [jwk.clone(), rsa("one").jwk, encrypting, json!({"kid": "one"})] {
        let (names, refused) = read_all(&[jwk.clone(), rsa("two").jwk, other], Algorithm::RS256);
        assert_eq!((names.as_slice(), refused.last()), (&["two".to_owned()][..], Some(&"its name is there twice")));
    }
}

#[test]
fn keys_that_are_weak_or_for_something_else_are_refused() {
    let jwk = rsa("one").jwk;
    let cases = [
        (without(jwk.clone(), "use"), "not for signatures"),
        (with(jwk.clone(), "use", json!("enc")), "not for signatures"),
        (with(jwk.clone(), "key_ops", json!(["encrypt"])), "not for checking signatures"),
        (with(jwk.clone(), "alg", json!("RS384")), "for another algorithm"),
        (with(jwk.clone(), "kty", json!("EC")), "of another kind than the algorithm"),
        (with(jwk.clone(), "kty", json!("oct")), "of another kind than the algorithm"),
        (without(jwk.clone(), "kty"), "not a key"),
        (with(jwk.clone(), "kid", json!(1)), "not a key"),
        (without(jwk.clone(), "kid"), "has no usable name"),
        (with(jwk.clone(), "kid", json!("k".repeat(129))), "has no usable name"),
        (with(jwk.clone(), "kid", json!("k\u{7f}")), "has no usable name"),
        (without(jwk.clone(), "n"), "without its numbers"),
        (with(jwk.clone(), "n", json!("+/+/")), "without its numbers"),
        (with(jwk.clone(), "e", json!("AQAA")), "RSA with an unusable exponent"),
        (with(jwk.clone(), "e", json!("")), "RSA with an unusable exponent"),
        (rsa_of("one", 1024).jwk, "RSA with fewer than 2048 or more than 4096 bits"),
        (rsa_of("one", 2047).jwk, "RSA with fewer than 2048 or more than 4096 bits"),
    ];
    for (key, expected) in cases {
        assert_eq!(reason(key.clone(), Algorithm::RS256), expected, "{key}");
    }
    let curve = elliptic("one").jwk;
    let other = elliptic("one").jwk;
    assert_eq!(reason(with(curve.clone(), "y", other["y"].clone()), Algorithm::ES256), "not a point of the curve");
    assert_eq!(reason(with(curve, "crv", json!("P-384")), Algorithm::ES256), "of another kind than the algorithm");
}

#[test]
fn the_smallest_exponent_that_is_used_is_three() {
    let jwk = |exponent| with(rsa("one").jwk, "e", json!(exponent));
    assert_eq!(read_all(&[jwk("Aw")], Algorithm::RS256).0, ["one"]);
    assert_eq!(reason(jwk("AQ"), Algorithm::RS256), "RSA with an unusable exponent");
}

#[test]
fn leading_zeros_do_not_make_a_number_longer() {
    assert_eq!(
        [bits(&[]), bits(&[0, 0]), bits(&[1]), bits(&[0, 3]), bits(&[128, 0]), bits(&[0, 1, 0])],
        [0, 0, 1, 2, 16, 9]
    );
}

#[test]
fn other_texts_are_no_set_of_keys_and_an_empty_set_is_one() {
    for text in
        ["", "[]", "{}", r#"{"keys": {}}"#, r#"{"keys": [], "keys": []}"#, "<html></html>", r#"{"error": "no"}"#]
    {
        assert_eq!(read(text.as_bytes(), Algorithm::RS256).err(), Some(NotASet), "{text}");
    }
    assert_eq!(read_all(&[], Algorithm::RS256), (vec![], vec![]));
}
