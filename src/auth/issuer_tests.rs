//! Good tokens pass; hostile ones of every known kind do not.

use jsonwebtoken::EncodingKey;
use serde_json::json;

use super::*;
use crate::auth::development::{self, Wanted};

const NAME: &str = "lookedafter-development";
const AUDIENCE: &str = "lookedafter";

struct Bench {
    key: DevelopmentKey,
    issuer: Issuer,
    now: i64,
}

fn bench() -> Bench {
    let key = DevelopmentKey::open(tempfile::tempdir().unwrap().path()).unwrap();
    Bench { issuer: Issuer::development(NAME, AUDIENCE, &key), key, now: Utc::now().timestamp() }
}

impl Bench {
    fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "JWT", "kid": self.key.id()})
    }

    fn claims(&self) -> Value {
        json!({"iss": NAME, "aud": AUDIENCE, "sub": "someone", "roles": ["analyst"],
               "iat": self.now, "nbf": self.now, "exp": self.now + 600})
    }

    fn with(&self, claim: &str, value: Value) -> String {
        let mut claims = self.claims();
        claims[claim] = value;
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    fn without(&self, claim: &str) -> String {
        let mut claims = self.claims();
        claims.as_object_mut().unwrap().remove(claim);
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    fn with_header(&self, name: &str, value: Value) -> String {
        let mut header = self.header();
        header[name] = value;
        self.sign(&header.to_string(), &self.claims().to_string())
    }

    fn without_header(&self, name: &str) -> String {
        let mut header = self.header();
        header.as_object_mut().unwrap().remove(name);
        self.sign(&header.to_string(), &self.claims().to_string())
    }

    fn good(&self) -> String {
        self.sign(&self.header().to_string(), &self.claims().to_string())
    }

    fn sign(&self, header: &str, claims: &str) -> String {
        sign_with(&self.key, header, claims)
    }

    fn verify(&self, token: &str) -> Result<Verified, Refusal> {
        self.issuer.verify(token, Utc::now())
    }

    fn refuses(&self, cases: Vec<(&str, String)>) {
        for (name, token) in cases {
            let answer = self.verify(&token);
            assert!(matches!(answer, Err(Refusal::Unauthenticated(_))), "{name}: {answer:?}");
        }
    }
}

fn sign_with(key: &DevelopmentKey, header: &str, claims: &str) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signing = EncodingKey::from_ed_der(&key.to_der().unwrap());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &signing, Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}

#[test]
fn good_tokens_are_accepted() {
    let bench = bench();
    let wanted = Wanted { issuer: NAME, audience: AUDIENCE, subject: "someone", role: Role::Analyst, minutes: 90 };
    let made = development::token(&bench.key, &wanted, Utc::now()).unwrap();
    let good = [
        made,
        bench.good(),
        bench.with("aud", json!(["another", AUDIENCE])),
        bench.with("roles", json!(["analyst", "astronaut"])),
        bench.with("nbf", json!(bench.now + 25)),
        bench.with_header("typ", json!("at+jwt")),
    ];
    for token in good {
        let verified = bench.verify(&token).unwrap();
        assert_eq!((verified.subject.as_str(), verified.roles.as_slice()), ("someone", &[Role::Analyst][..]));
    }
}

#[test]
fn a_token_is_good_for_the_seconds_that_clocks_may_differ_and_no_longer() {
    let bench = bench();
    let ended = |seconds: i64| {
        let mut claims = bench.claims();
        claims["iat"] = json!(bench.now - 600);
        claims["nbf"] = json!(bench.now - 600);
        claims["exp"] = json!(bench.now - seconds);
        bench.sign(&bench.header().to_string(), &claims.to_string())
    };
    assert!(bench.verify(&ended(25)).is_ok());
    bench.refuses(vec![("past by 32 s", ended(32)), ("past by an hour", ended(3600))]);
}

#[test]
fn another_algorithm_or_signature_is_refused() {
    let bench = bench();
    let good = bench.good();
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, _) = message.split_once('.').unwrap();
    let mut cases = Vec::new();
    for alg in ["none", "None", "nOnE", "NONE", "HS256", "RS256", "ES256", "EdDSA "] {
        cases.push((alg, bench.with_header("alg", json!(alg))));
    }
    let unsigned = json!({"alg": "none", "typ": "JWT", "kid": bench.key.id()}).to_string();
    let body = URL_SAFE_NO_PAD.encode(bench.claims().to_string());
    cases.push(("none, unsigned", format!("{}.{body}.", URL_SAFE_NO_PAD.encode(unsigned))));
    for (name, secret) in [("public key as secret", bench.key.public().to_vec()), ("empty secret", vec![])] {
        let text = json!({"alg": "HS256", "typ": "JWT", "kid": bench.key.id()}).to_string();
        let message = format!("{}.{body}", URL_SAFE_NO_PAD.encode(text));
        let key = EncodingKey::from_secret(&secret);
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
        cases.push((name, format!("{message}.{signature}")));
    }
    cases.push(("no signature", format!("{message}.")));
    cases.push(("signature cut", format!("{message}.{}", &signature[..signature.len() - 4])));
    cases.push(("all-zero signature", format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]))));
    cases.push(("a segment more", format!("{good}.{signature}")));
    cases.push(("five segments", format!("{header}.a.b.c.d")));
    cases.push(("payload changed", format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode("{}"))));
    cases.push(("payload padded", format!("{message}=.{signature}")));
    let other = DevelopmentKey::open(tempfile::tempdir().unwrap().path()).unwrap();
    cases.push(("another key", sign_with(&other, &bench.header().to_string(), &bench.claims().to_string())));
    let own = json!({"alg": "EdDSA", "typ": "JWT", "kid": other.id()}).to_string();
    cases.push(("another key by its name", sign_with(&other, &own, &bench.claims().to_string())));
    bench.refuses(cases);
}

#[test]
fn headers_that_lead_elsewhere_are_refused() {
    let bench = bench();
    let mut cases = vec![
        ("no kid", bench.without_header("kid")),
        ("no typ", bench.without_header("typ")),
        ("identity token by type", bench.with_header("typ", json!("id+jwt"))),
        ("crit", bench.with_header("crit", json!(["exp"]))),
        ("kid as number", bench.with_header("kid", json!(1))),
    ];
    for kid in ["", "../../dev/null", "' OR 1=1", &"k".repeat(10_240)] {
        cases.push(("kid", bench.with_header("kid", json!(kid))));
    }
    let twice = format!(r#"{{"alg":"none","alg":"EdDSA","typ":"JWT","kid":"{}"}}"#, bench.key.id());
    cases.push(("alg twice", bench.sign(&twice, &bench.claims().to_string())));
    bench.refuses(cases);
}

#[test]
fn an_embedded_key_is_not_used() {
    let bench = bench();
    let other = DevelopmentKey::open(tempfile::tempdir().unwrap().path()).unwrap();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(other.public())});
    let mut header = bench.header();
    header["jwk"] = jwk;
    header["jku"] = json!("http://127.0.0.1:1/keys");
    bench.refuses(vec![("jwk", sign_with(&other, &header.to_string(), &bench.claims().to_string()))]);
}

#[test]
fn claims_that_are_missing_or_of_another_kind_are_refused() {
    let bench = bench();
    for claim in ["iss", "aud", "sub", "exp", "nbf", "iat", "roles"] {
        bench.refuses(vec![(claim, bench.without(claim))]);
        for value in [json!(null), json!(true), json!(-1), json!(1.5), json!({}), json!([])] {
            bench.refuses(vec![(claim, bench.with(claim, value))]);
        }
    }
    let text = (bench.now + 600).to_string();
    let float = bench.claims().to_string().replace(&text, &format!("{text}.5"));
    let twice = bench.claims().to_string().replacen('{', r#"{"sub":"another","#, 1);
    let deep =
        bench.claims().to_string().replacen('{', &format!(r#"{{"x":{}{},"#, "[".repeat(2000), "]".repeat(2000)), 1);
    bench.refuses(vec![
        ("exp as text", bench.with("exp", json!(text))),
        ("exp with a fraction", bench.sign(&bench.header().to_string(), &float)),
        ("exp 2^63", bench.with("exp", json!(1_u64 << 63))),
        ("life of ten years", bench.with("exp", json!(bench.now + 315_360_000))),
        ("life of 91 minutes", bench.with("exp", json!(bench.now + 91 * 60))),
        ("ends before it begins", bench.with("iat", json!(bench.now + 601))),
        ("nbf in the future", bench.with("nbf", json!(bench.now + 33))),
        ("iat in the future", bench.with("iat", json!(bench.now + 33))),
        ("issuer with a slash", bench.with("iss", json!(format!("{NAME}/")))),
        ("issuer in a list", bench.with("iss", json!([NAME]))),
        ("another audience", bench.with("aud", json!("another"))),
        ("part of the audience", bench.with("aud", json!("looked"))),
        ("audience in a longer word", bench.with("aud", json!("lookedafter-too"))),
        ("identity token", bench.with("nonce", json!("n"))),
        ("roles as text", bench.with("roles", json!("analyst"))),
        ("unknown roles", bench.with("roles", json!(["astronaut", "Analyst"]))),
        ("authorities as text", bench.with("la", json!("E09000015"))),
        ("no subject", bench.with("sub", json!(""))),
        ("a claim twice", bench.sign(&bench.header().to_string(), &twice)),
        ("deep nesting", bench.sign(&bench.header().to_string(), &deep)),
        ("not JSON", bench.sign(&bench.header().to_string(), "exp=1")),
        ("a list", bench.sign(&bench.header().to_string(), "[]")),
    ]);
    for token in ["", ".", "..", "a", "a.b", "a.b.c", "....."] {
        bench.refuses(vec![("no token", token.to_owned())]);
    }
}
