//! Hostile tokens of every known kind, each by its name: none is accepted, and the good one beside them is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm as Name, EncodingKey};
use serde_json::{Value, json};

use super::invented::{
    AUDIENCE, ENTRA, InventedKeys, Key, TENANT, application, elliptic, entra, noon, openid, openid_person, person, rsa,
    rsa_of, signed, with, without,
};
use super::keyset::Edition;
use super::{Issuer, Issuers, Refusal};

struct Bench {
    rsa: Key,
    curve: Key,
    refused: [Key; 3],
    issuers: Issuers,
}

fn bench() -> Bench {
    let (rsa, curve, edition) = (rsa("r1"), elliptic("e1"), Edition::default());
    let refused = [self::rsa("twice"), self::rsa("twice"), rsa_of("small", 1024)];
    let [twice, again, small] = &refused;
    let set = Box::new(InventedKeys::of(&[&rsa, twice, again, small]));
    let mut issuers = Issuers::only(Issuer::new(entra(), set, Edition::clone(&edition)), Edition::clone(&edition));
    issuers.add(Issuer::new(openid(), Box::new(InventedKeys::of(&[&curve])), edition));
    Bench { rsa, curve, refused, issuers }
}

impl Bench {
    async fn refuses(&self, cases: Vec<(&str, &'static str, String)>) {
        for (name, reason, token) in cases {
            let answer = self.issuers.verify(&token, noon()).await;
            assert_eq!(answer, Err(Refusal::Unauthenticated(reason)), "{name}");
        }
    }

    async fn accepts(&self, cases: Vec<(&str, String)>) {
        for (name, token) in cases {
            let answer = self.issuers.verify(&token, noon()).await;
            assert!(answer.is_ok(), "{name}: {answer:?}");
        }
    }

    fn headed(&self, name: &str, value: Value) -> String {
        self.rsa.sign_text(&with(self.rsa.header(), name, value).to_string(), &person().to_string())
    }

    fn claiming(&self, name: &str, value: Value) -> String {
        self.rsa.sign(&with(person(), name, value))
    }
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn good_tokens_are_accepted() {
    let bench = bench();
    let now = noon().timestamp();
    let other = rsa("other");
    let mut led = bench.rsa.header();
    led["jku"] = json!("http://127.0.0.1:1/keys");
    led["x5u"] = json!("http://127.0.0.1:1/keys");
    led["jwk"] = other.jwk.clone();
    let ended = with(with(with(person(), "iat", json!(now - 600)), "nbf", json!(now - 600)), "exp", json!(now - 30));
    bench
        .accepts(vec![
            ("person", bench.rsa.sign(&person())),
            ("application", bench.rsa.sign(&application())),
            ("other issuer", bench.curve.sign(&openid_person())),
            ("access token by type", bench.headed("typ", json!("at+jwt"))),
            ("keys in the header are not looked at", bench.rsa.sign_text(&led.to_string(), &person().to_string())),
            ("one audience of several", bench.claiming("aud", json!(["another", AUDIENCE]))),
            ("an unknown role beside", bench.claiming("roles", json!(["astronaut", "analyst"]))),
            ("ended 30 s ago", bench.rsa.sign(&ended)),
            ("nbf in 30 s", bench.claiming("nbf", json!(now + 30))),
            ("iat in 30 s", bench.claiming("iat", json!(now + 30))),
            ("life of 90 minutes", bench.claiming("exp", json!(now + 90 * 60))),
        ])
        .await;
}

#[tokio::test]
async fn another_algorithm_is_refused() {
    let bench = bench();
    let body = person().to_string();
    let mut cases = Vec::new();
    for alg in ["none", "None", "nOnE", "NONE", "", "HS256", "RS384", "rs256", "RS256 ", "ES256", "EdDSA"] {
        let header = with(bench.rsa.header(), "alg", json!(alg)).to_string();
        cases.push((alg, "another algorithm", bench.rsa.sign_text(&header, &body)));
        cases.push((alg, "another algorithm", format!("{}.{}.", encoded(&header), encoded(&body))));
    }
    for name in [Name::RS384, Name::RS512, Name::PS256] {
        let header = with(bench.rsa.header(), "alg", json!(format!("{name:?}"))).to_string();
        cases.push(("signed so", "another algorithm", bench.rsa.sign_as(name, &header, &body)));
        cases.push((
            "signed so, named RS256",
            "signature does not match",
            bench.rsa.sign_as(name, &bench.rsa.header().to_string(), &body),
        ));
    }
    let jwk = bench.rsa.jwk.to_string();
    for (name, secret) in
        [("HS256 with the PEM", bench.rsa.pem.as_str()), ("HS256 with the JWK", &jwk), ("HS256 with nothing", "")]
    {
        let key = EncodingKey::from_secret(secret.as_bytes());
        for (alg, reason) in [("HS256", "another algorithm"), ("RS256", "signature does not match")] {
            let header = with(bench.rsa.header(), "alg", json!(alg)).to_string();
            cases.push((name, reason, signed(&key, Name::HS256, &header, &body)));
        }
    }
    bench.refuses(cases).await;
}

#[tokio::test]
async fn a_signature_that_is_not_the_issuer_s_is_refused() {
    let bench = bench();
    let good = bench.rsa.sign(&person());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, body) = message.split_once('.').unwrap();
    let curve = bench.curve.sign(&openid_person());
    let (curve_message, _) = curve.rsplit_once('.').unwrap();
    let changed = if signature.starts_with('A') { "B" } else { "A" };
    let promoted = encoded(&with(person(), "roles", json!(["admin"])).to_string());
    let spaced = encoded(&serde_json::to_string_pretty(&person()).unwrap());
    let other = rsa("r1");
    let foreign = |kid: &str| {
        let header = with(bench.curve.header(), "kid", json!(kid)).to_string();
        bench.curve.sign_text(&header, &person().to_string())
    };
    bench
        .refuses(vec![
            ("no signature", "signature does not match", format!("{message}.")),
            ("two parts", "malformed", message.to_owned()),
            // One letter short is no text in base64, whatever the signature; four short may be one.
            ("cut", "not accepted", format!("{message}.{}", &signature[..signature.len() - 1])),
            ("changed", "signature does not match", format!("{message}.{changed}{}", &signature[1..])),
            ("one part more", "malformed", format!("{good}.{signature}")),
            ("an empty part more", "malformed", format!("{good}.")),
            ("padded", "not accepted", format!("{good}=")),
            (
                "all-zero ES256",
                "signature does not match",
                format!("{curve_message}.{}", URL_SAFE_NO_PAD.encode([0; 64])),
            ),
            (
                "all-one ES256",
                "signature does not match",
                format!("{curve_message}.{}", URL_SAFE_NO_PAD.encode([255; 64])),
            ),
            ("another payload", "signature does not match", format!("{header}.{promoted}.{signature}")),
            ("the same payload rewritten", "signature does not match", format!("{header}.{spaced}.{signature}")),
            ("payload padded", "malformed", format!("{header}.{body}=.{signature}")),
            ("another key by the same name", "signature does not match", other.sign(&person())),
            ("another issuer's key by its own name", "another algorithm", foreign("e1")),
            ("another issuer's key by our name", "another algorithm", foreign("r1")),
            ("another issuer's key for its own algorithm", "another algorithm", bench.curve.sign(&person())),
            ("our key for another issuer", "another algorithm", bench.rsa.sign(&openid_person())),
            (
                "encrypted",
                "malformed",
                format!("{}.a.b.c.d", encoded(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"r1"}"#)),
            ),
        ])
        .await;
    for token in ["", ".", "..", "a", "a.b", "a.b.c", "....."] {
        bench.refuses(vec![("no token", "malformed", token.to_owned())]).await;
    }
}

#[tokio::test]
async fn a_header_that_names_no_key_of_the_issuer_is_refused() {
    let bench = bench();
    let without_header =
        |name| bench.rsa.sign_text(&without(bench.rsa.header(), name).to_string(), &person().to_string());
    let mut cases = vec![
        ("no kid", "malformed", without_header("kid")),
        ("no typ", "malformed", without_header("typ")),
        ("no alg", "malformed", without_header("alg")),
        ("identity token by type", "another type of token", bench.headed("typ", json!("id+jwt"))),
        ("logout token by type", "another type of token", bench.headed("typ", json!("logout+jwt"))),
        ("unknown crit", "critical extensions", bench.headed("crit", json!(["http://example/must"]))),
        ("known name in crit", "critical extensions", bench.headed("crit", json!(["exp"]))),
        ("empty crit", "critical extensions", bench.headed("crit", json!([]))),
        ("kid as number", "malformed", bench.headed("kid", json!(1))),
        ("kid in a list", "malformed", bench.headed("kid", json!(["r1"]))),
    ];
    let long = "k".repeat(10 * 1024);
    for kid in ["", "r1\u{0}", "r1\n", "r\u{e9}1", &long[..129], &long] {
        cases.push(("unusable kid", "unusable name of a key", bench.headed("kid", json!(kid))));
    }
    for kid in ["e1", "R1", "../../dev/null", "' OR 1=1", "https://id.example/keys", &long[..128]] {
        cases.push(("kid of nobody", "unknown key", bench.headed("kid", json!(kid))));
    }
    for key in &bench.refused {
        cases.push(("a refused key of the set", "unknown key", key.sign(&person())));
    }
    let twice = r#"{"alg":"none","alg":"RS256","typ":"JWT","kid":"r1"}"#;
    cases.push(("alg twice", "malformed", bench.rsa.sign_text(twice, &person().to_string())));
    let other = rsa("mine");
    let embedded = with(other.header(), "jwk", other.jwk.clone()).to_string();
    cases.push(("embedded key", "unknown key", other.sign_text(&embedded, &person().to_string())));
    let led = with(other.header(), "jku", json!("http://127.0.0.1:1/keys")).to_string();
    cases.push(("address of a key", "unknown key", other.sign_text(&led, &person().to_string())));
    bench.refuses(cases).await;
}

#[tokio::test]
async fn a_token_out_of_its_time_is_refused() {
    let bench = bench();
    let now = noon().timestamp();
    let ended = with(with(with(person(), "iat", json!(now - 600)), "nbf", json!(now - 600)), "exp", json!(now - 31));
    let text = person().to_string();
    let float = text.replace(&format!("\"exp\":{}", now + 600), &format!("\"exp\":{}.5", now + 600));
    assert_ne!(float, text);
    bench
        .refuses(vec![
            ("ended 31 s ago", "expired", bench.rsa.sign(&ended)),
            ("exp missing", "a claim is missing", bench.rsa.sign(&without(person(), "exp"))),
            ("exp as text", "a claim is missing", bench.claiming("exp", json!((now + 600).to_string()))),
            (
                "exp with a fraction",
                "a claim is missing or of another kind",
                bench.rsa.sign_text(&bench.rsa.header().to_string(), &float),
            ),
            ("exp negative", "a claim is missing", bench.claiming("exp", json!(-1))),
            ("exp 2^63", "lives too long", bench.claiming("exp", json!(1_u64 << 63))),
            ("exp 2^64 - 1", "lives too long", bench.claiming("exp", json!(u64::MAX))),
            ("nbf in 31 s", "not yet valid", bench.claiming("nbf", json!(now + 31))),
            ("nbf missing", "no nbf", bench.rsa.sign(&without(person(), "nbf"))),
            ("iat in 31 s", "issued in the future", bench.claiming("iat", json!(now + 31))),
            ("iat missing", "a claim is missing or of another kind", bench.rsa.sign(&without(person(), "iat"))),
            ("life of ten years", "lives too long", bench.claiming("exp", json!(now + 315_360_000))),
            ("life of 90 minutes and a second", "lives too long", bench.claiming("exp", json!(now + 90 * 60 + 1))),
            ("ends as it begins", "ends before it begins", bench.claiming("exp", json!(now))),
            (
                "ends before it begins",
                "ends before it begins",
                bench.rsa.sign(&with(with(person(), "exp", json!(now + 5)), "iat", json!(now + 6))),
            ),
        ])
        .await;
}

#[tokio::test]
async fn a_token_from_or_for_someone_else_is_refused() {
    let bench = bench();
    let other_tenant = ENTRA.replace(TENANT, "99999999-2222-3333-4444-555555555555");
    bench
        .refuses(vec![
            ("iss missing", "no issuer", bench.rsa.sign(&without(person(), "iss"))),
            ("iss of another tenant", "another issuer", bench.claiming("iss", json!(other_tenant))),
            ("iss with a slash", "another issuer", bench.claiming("iss", json!(format!("{ENTRA}/")))),
            ("iss in a list", "no issuer", bench.claiming("iss", json!([ENTRA]))),
            ("iss in capitals", "another issuer", bench.claiming("iss", json!(ENTRA.to_uppercase()))),
            (
                "tid of another tenant",
                "another tenant",
                bench.claiming("tid", json!("99999999-2222-3333-4444-555555555555")),
            ),
            ("tid missing", "another tenant", bench.rsa.sign(&without(person(), "tid"))),
            ("another version", "another version of token", bench.claiming("ver", json!("1.0"))),
            ("version as number", "another version of token", bench.claiming("ver", json!(2.0))),
            ("no version", "another version of token", bench.rsa.sign(&without(person(), "ver"))),
            ("aud missing", "a claim is missing", bench.rsa.sign(&without(person(), "aud"))),
            ("another audience", "not accepted", bench.claiming("aud", json!("another"))),
            ("part of the audience", "not accepted", bench.claiming("aud", json!("looked"))),
            ("audience in a longer word", "not accepted", bench.claiming("aud", json!("lookedafter-too"))),
            ("audience among words", "not accepted", bench.claiming("aud", json!("another lookedafter"))),
            ("no audience", "not accepted", bench.claiming("aud", json!([]))),
            ("identity token", "an identity token", bench.claiming("nonce", json!("n"))),
            ("identity token, null", "an identity token", bench.claiming("nonce", json!(null))),
            ("person without scp", "no scope for this API", bench.rsa.sign(&without(person(), "scp"))),
            (
                "application with a person's role",
                "an application with a role for people",
                bench.rsa.sign(&with(application(), "roles", json!(["analyst"]))),
            ),
            ("sub missing", "a claim is missing", bench.rsa.sign(&without(person(), "sub"))),
        ])
        .await;
}

#[tokio::test]
async fn claims_of_another_kind_are_refused() {
    let bench = bench();
    let header = bench.rsa.header().to_string();
    let text = person().to_string();
    let nested = |depth: usize| text.replacen('{', &format!(r#"{{"x":{}{},"#, "[".repeat(depth), "]".repeat(depth)), 1);
    let twice = text.replacen('{', r#"{"roles":["admin"],"#, 1);
    let hidden = text.replacen('{', r#"{"x":{"a":1,"\u0061":2},"#, 1);
    bench
        .refuses(vec![
            ("roles as text", "a claim is missing or of another kind", bench.claiming("roles", json!("analyst"))),
            ("unknown roles", "no known role", bench.claiming("roles", json!(["astronaut", "Analyst", "analyst "]))),
            ("no roles", "no known role", bench.claiming("roles", json!([]))),
            ("roles missing", "a claim is missing or of another kind", bench.rsa.sign(&without(person(), "roles"))),
            (
                "roles with a number",
                "a claim is missing or of another kind",
                bench.claiming("roles", json!(["analyst", 1])),
            ),
            ("authorities as text", "a claim is missing or of another kind", bench.claiming("la", json!("E09000015"))),
            ("authorities null", "a claim is missing or of another kind", bench.claiming("la", json!(null))),
            (
                "purpose as a list",
                "a claim is missing or of another kind",
                bench.claiming("purpose", json!(["inspection"])),
            ),
            ("jti as number", "a claim is missing or of another kind", bench.claiming("jti", json!(1))),
            ("a claim twice", "malformed", bench.rsa.sign_text(&header, &twice)),
            ("a claim within a claim twice", "malformed", bench.rsa.sign_text(&header, &hidden)),
            ("nested 200 deep", "malformed", bench.rsa.sign_text(&header, &nested(200))),
            ("nested 2,000 deep", "malformed", bench.rsa.sign_text(&header, &nested(2000))),
            ("not JSON", "malformed", bench.rsa.sign_text(&header, "exp=1")),
            ("a list", "malformed", bench.rsa.sign_text(&header, "[]")),
            ("something after", "malformed", bench.rsa.sign_text(&header, &format!("{text}{{}}"))),
        ])
        .await;
    let kinds = [json!(null), json!(true), json!(-1), json!(1.5), json!({}), json!([])];
    for (claim, reason) in [
        ("iss", "no issuer"),
        ("nbf", "a claim is missing or of another kind"),
        ("iat", "a claim is missing or of another kind"),
        ("oid", "no subject"),
        ("tid", "another tenant"),
        ("ver", "another version of token"),
        ("scp", "no scope for this API"),
    ] {
        for value in &kinds {
            bench.refuses(vec![(claim, reason, bench.claiming(claim, value.clone()))]).await;
        }
    }
    for claim in ["aud", "exp", "roles"] {
        for value in &kinds {
            let answer = bench.issuers.verify(&bench.claiming(claim, value.clone()), noon()).await;
            assert!(matches!(answer, Err(Refusal::Unauthenticated(_))), "{claim}, {value}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_and_others_of_its_subject_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("revoked");
    std::fs::write(&path, "one\n").unwrap();
    let mut bench = bench();
    bench.issuers.revoking(&path);
    bench.refuses(vec![("revoked", "revoked", bench.rsa.sign(&person()))]).await;
    bench
        .accepts(vec![
            ("another name", bench.claiming("jti", json!("two"))),
            ("no name", bench.rsa.sign(&without(person(), "jti"))),
        ])
        .await;
}
