//! Hostile tokens over HTTP, each by its name: all are answered with 401 and the same bytes, and good ones are let in.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use awc::http::Method;
use chrono::{TimeDelta, Utc};
use jsonwebtoken::Algorithm;
use lookedafter::access::Role;
use lookedafter::store::rows;
use serde_json::{Value, json};

use crate::helpers::keys::{Key, encoded, published, signed_with_secret};
use crate::helpers::{TestApp, User, valid_grant};
use crate::responder::small;

const HARROW: &str = "E09000015";
const TENANT: &str = "11111111-2222-3333-4444-555555555555";
const ENTRA: &str = "https://login.example/11111111-2222-3333-4444-555555555555/v2.0";
const OPENID: &str = "https://id.example";
const AUDIENCE: &str = "lookedafter";

/// One server with three issuers: development, an Entra ID tenant with RS256, another provider with ES256.
struct Bench {
    app: TestApp,
    rsa: Key,
    second: Key,
    curve: Key,
    refused: [Key; 3],
    now: i64,
    _folder: tempfile::TempDir,
}

async fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let [rsa, second] = ["r1", "r2"].map(|kid| Key::rsa(kid, 2048));
    let refused = [Key::rsa("twice", 2048), Key::rsa("twice", 2048), Key::rsa("small", 1024)];
    let [twice, again, weak] = &refused;
    let curve = Key::elliptic("e1");
    std::fs::write(folder.path().join("rsa.json"), published(&[&rsa, &second, twice, again, weak])).unwrap();
    std::fs::write(folder.path().join("curve.json"), published(&[&curve])).unwrap();
    std::fs::write(folder.path().join("revoked"), "withdrawn\n").unwrap();
    let issuers = format!(
        "[[issuer]]\nissuer = \"{ENTRA}\"\nshape = \"entra\"\nversion = \"2.0\"\ntenant = \"{TENANT}\"\n\
         algorithm = \"RS256\"\nkeys = \"rsa.json\"\napplication_roles = [\"service_manager\"]\n\
         [[issuer]]\nissuer = \"{OPENID}\"\nshape = \"oidc\"\nalgorithm = \"ES256\"\nkeys = \"curve.json\"\n"
    );
    let [file, revoked] = ["issuers.toml", "revoked"].map(|name| folder.path().join(name).display().to_string());
    std::fs::write(&file, issuers).unwrap();
    let settings = [("issuers", file.as_str()), ("revoked", revoked.as_str()), ("allow_development_tokens", "true")];
    let app = small(&settings).await;
    let today = Utc::now().date_naive();
    let grants = [
        (ENTRA, "someone", Role::Analyst, -1, 300, false),
        (ENTRA, "dashboard", Role::ServiceManager, -1, 300, false),
        (OPENID, "someone", Role::Analyst, -1, 300, false),
        (ENTRA, "suspended", Role::Analyst, -1, 300, true),
        (ENTRA, "ended", Role::Analyst, -300, -1, false),
        (ENTRA, "later", Role::Analyst, 2, 300, false),
    ];
    for (issuer, subject, role, from, to, suspended) in grants {
        let mut grant = valid_grant(subject, role, HARROW);
        grant.grant_id = format!("{issuer}:{subject}");
        grant.issuer = Some(issuer.to_owned());
        grant.starts_on = today + TimeDelta::days(from);
        grant.ends_on = today + TimeDelta::days(to);
        grant.suspended_on = suspended.then_some(today);
        app.store.put_grant(grant).await.unwrap();
    }
    Bench { app, rsa, second, curve, refused, now: Utc::now().timestamp(), _folder: folder }
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

fn without(mut claims: Value, name: &str) -> Value {
    claims.as_object_mut().unwrap().remove(name);
    claims
}

impl Bench {
    fn person(&self) -> Value {
        json!({"iss": ENTRA, "aud": AUDIENCE, "tid": TENANT, "ver": "2.0", "sub": "pairwise", "oid": "someone",
               "azp": "dashboard", "scp": "openid cla.read", "roles": ["analyst"],
               "iat": self.now, "nbf": self.now, "exp": self.now + 600, "jti": "one"})
    }

    fn application(&self) -> Value {
        let claims = with(without(self.person(), "scp"), "idtyp", json!("app"));
        with(claims, "roles", json!(["service_manager"]))
    }

    fn openid(&self) -> Value {
        json!({"iss": OPENID, "aud": [AUDIENCE], "sub": "someone", "scope": "cla.read", "roles": ["analyst"],
               "iat": self.now, "exp": self.now + 600})
    }

    fn claiming(&self, name: &str, value: Value) -> String {
        self.rsa.sign(&with(self.person(), name, value))
    }

    fn lacking(&self, name: &str) -> String {
        self.rsa.sign(&without(self.person(), name))
    }

    fn headed(&self, name: &str, value: Value) -> String {
        self.rsa.sign_text(&with(self.rsa.header(), name, value).to_string(), &self.person().to_string())
    }

    fn bearer(&self, token: &str) -> User {
        self.app.anonymous().with("Authorization", &format!("Bearer {token}"))
    }

    fn good(&self) -> Vec<(&'static str, String)> {
        vec![
            ("a person", self.rsa.sign(&self.person())),
            ("the new key inside the overlap", self.second.sign(&self.person())),
            ("an application", self.rsa.sign(&self.application())),
            ("another provider", self.curve.sign(&self.openid())),
            ("an access token by type", self.headed("typ", json!("at+jwt"))),
            ("a key in the header is not looked at", self.headed("jwk", self.refused[0].jwk.clone())),
            ("nbf ahead by 20 s", self.claiming("nbf", json!(self.now + 20))),
        ]
    }

    fn algorithms(&self) -> Vec<(String, String)> {
        let body = self.person().to_string();
        let headed = |alg: &str| with(self.rsa.header(), "alg", json!(alg)).to_string();
        let mut cases = Vec::new();
        for alg in ["none", "None", "nOnE"] {
            cases.push((format!("alg {alg}"), format!("{}.{}.", encoded(&headed(alg)), encoded(&body))));
            cases.push((format!("alg {alg}, signed"), self.rsa.sign_text(&headed(alg), &body)));
        }
        let jwk = self.rsa.jwk.to_string();
        for (name, secret) in [("the PEM", self.rsa.pem.as_str()), ("the JWK", &jwk), ("nothing", "")] {
            cases.push((format!("HS256 with {name}"), signed_with_secret(secret, &headed("HS256"), &body)));
            cases
                .push((format!("RS256 named, HS256 with {name}"), signed_with_secret(secret, &headed("RS256"), &body)));
        }
        cases.push(("RS384".to_owned(), self.rsa.sign_as(Algorithm::RS384, &headed("RS384"), &body)));
        cases.push(("RS256 named, RS384".to_owned(), self.rsa.sign_as(Algorithm::RS384, &headed("RS256"), &body)));
        cases
    }

    fn signatures(&self) -> Vec<(&'static str, String)> {
        let good = self.rsa.sign(&self.person());
        let (message, signature) = good.rsplit_once('.').unwrap();
        let (header, _) = message.split_once('.').unwrap();
        let curve = self.curve.sign(&self.openid());
        let (curve_message, _) = curve.rsplit_once('.').unwrap();
        let changed = if signature.starts_with('A') { "B" } else { "A" };
        let spaced = encoded(&serde_json::to_string_pretty(&self.person()).unwrap());
        let steward = encoded(&with(self.person(), "roles", json!(["data_steward"])).to_string());
        let [zero, one] = [[0; 64], [255; 64]].map(|bytes| {
            use base64::Engine;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
        });
        let named = |kid: &str| with(self.curve.header(), "kid", json!(kid)).to_string();
        vec![
            ("ES256 all-zero signature", format!("{curve_message}.{zero}")),
            ("ES256 all-one signature", format!("{curve_message}.{one}")),
            ("signature missing", format!("{message}.")),
            ("signature cut", format!("{message}.{}", &signature[..signature.len() - 4])),
            ("signature changed", format!("{message}.{changed}{}", &signature[1..])),
            ("segment appended", format!("{good}.{signature}")),
            ("payload rewritten", format!("{header}.{spaced}.{signature}")),
            ("payload of another role", format!("{header}.{steward}.{signature}")),
            ("another issuer's key", self.curve.sign(&self.person())),
            ("another issuer's key by our kid", self.curve.sign_text(&named("r1"), &self.person().to_string())),
            ("our key for another issuer", self.rsa.sign(&self.openid())),
            ("a key removed from the set", Key::rsa("r0", 2048).sign(&self.person())),
            ("a stranger's key by our kid", Key::rsa("r1", 2048).sign(&self.person())),
            ("encrypted", format!("{}.a.b.c.d", encoded(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"r1"}"#))),
            ("rubbish", "rubbish".to_owned()),
        ]
    }

    fn headers(&self, jku: &str) -> Vec<(&'static str, String)> {
        let body = self.person().to_string();
        let mine = Key::rsa("mine", 2048);
        let led = |name: &str, value: Value| mine.sign_text(&with(mine.header(), name, value).to_string(), &body);
        let ours = |name: &str, value: Value| {
            let header = with(with(mine.header(), "kid", json!("r1")), name, value);
            mine.sign_text(&header.to_string(), &body)
        };
        let missing = without(self.rsa.header(), "kid").to_string();
        let twice = r#"{"alg":"none","alg":"RS256","typ":"JWT","kid":"r1"}"#;
        let [one, other, weak] = &self.refused;
        vec![
            ("kid of another issuer", self.headed("kid", json!("e1"))),
            ("kid leaves the folder", self.headed("kid", json!("../../dev/null"))),
            ("kid is SQL", self.headed("kid", json!("' OR 1=1"))),
            ("kid of 10 KiB", self.headed("kid", json!("k".repeat(10 * 1024)))),
            ("kid of 200 letters", self.headed("kid", json!("k".repeat(200)))),
            ("kid missing", self.rsa.sign_text(&missing, &body)),
            ("kid twice in the set", one.sign(&self.person())),
            ("kid twice in the set, the other", other.sign(&self.person())),
            ("RSA of 1024 bits in the set", weak.sign(&self.person())),
            ("alg twice", self.rsa.sign_text(twice, &body)),
            ("embedded jwk", led("jwk", mine.jwk.clone())),
            ("embedded jwk by our kid", ours("jwk", mine.jwk.clone())),
            ("jku", led("jku", json!(jku))),
            ("jku by our kid", ours("jku", json!(jku))),
            ("x5u", led("x5u", json!(jku))),
            ("kid is an address", self.headed("kid", json!(jku))),
            ("unknown crit", self.headed("crit", json!(["http://example/must"]))),
            ("identity token by type", self.headed("typ", json!("id+jwt"))),
        ]
    }

    fn times(&self) -> Vec<(&'static str, String)> {
        let text = self.person().to_string();
        let float = text.replace(&format!("\"exp\":{}", self.now + 600), &format!("\"exp\":{}.5", self.now + 600));
        let begun = with(with(self.person(), "iat", json!(self.now - 600)), "nbf", json!(self.now - 600));
        vec![
            ("exp past by 31 s", self.rsa.sign(&with(begun, "exp", json!(self.now - 31)))),
            ("exp missing", self.lacking("exp")),
            ("exp as text", self.claiming("exp", json!((self.now + 600).to_string()))),
            ("exp with a fraction", self.rsa.sign_text(&self.rsa.header().to_string(), &float)),
            ("exp negative", self.claiming("exp", json!(-1))),
            ("exp 2^63", self.claiming("exp", json!(1_u64 << 63))),
            // Ahead of a clock that goes on while the test runs.
            ("nbf in the future", self.claiming("nbf", json!(self.now + 400))),
            ("nbf missing", self.lacking("nbf")),
            ("iat in the future", self.claiming("iat", json!(self.now + 400))),
            ("iat missing", self.lacking("iat")),
            ("life of ten years", self.claiming("exp", json!(self.now + 315_360_000))),
        ]
    }

    fn claims(&self) -> Vec<(&'static str, String)> {
        let header = self.rsa.header().to_string();
        let text = self.person().to_string();
        let nested = text.replacen('{', &format!(r#"{{"x":{}{},"#, "[".repeat(1000), "]".repeat(1000)), 1);
        let twice = text.replacen('{', r#"{"roles":["data_steward"],"#, 1);
        let id_token = with(without(self.person(), "scp"), "nonce", json!("n"));
        let other_tenant = ENTRA.replace(TENANT, "99999999-2222-3333-4444-555555555555");
        vec![
            ("iss missing", self.lacking("iss")),
            ("iss of another tenant", self.claiming("iss", json!(other_tenant))),
            ("tid of another tenant", self.claiming("tid", json!("99999999-2222-3333-4444-555555555555"))),
            ("iss with a slash", self.claiming("iss", json!(format!("{ENTRA}/")))),
            ("iss in a list", self.claiming("iss", json!([ENTRA]))),
            ("aud missing", self.lacking("aud")),
            ("aud of another", self.claiming("aud", json!("another"))),
            ("aud a part of ours", self.claiming("aud", json!("looked"))),
            ("aud longer than ours", self.claiming("aud", json!("lookedafter-too"))),
            ("id token", self.rsa.sign(&id_token)),
            ("person without scp", self.lacking("scp")),
            ("another version", self.claiming("ver", json!("1.0"))),
            ("application with a person's role", self.rsa.sign(&with(self.application(), "roles", json!(["analyst"])))),
            ("roles as text", self.claiming("roles", json!("analyst"))),
            ("roles unknown", self.claiming("roles", json!(["astronaut"]))),
            ("roles empty", self.claiming("roles", json!([]))),
            ("roles public", self.claiming("roles", json!(["public"]))),
            ("9 KiB", self.claiming("x", json!("x".repeat(9 * 1024)))),
            ("deeply nested claim", self.rsa.sign_text(&header, &nested)),
            ("a claim twice", self.rsa.sign_text(&header, &twice)),
            ("revoked jti", self.claiming("jti", json!("withdrawn"))),
            ("an authority without a grant", self.claiming("la", json!(["E09000005"]))),
            ("suspended grant", self.claiming("oid", json!("suspended"))),
            ("expired grant", self.claiming("oid", json!("ended"))),
            ("grant not yet started", self.claiming("oid", json!("later"))),
            ("no grant", self.claiming("oid", json!("nobody"))),
            ("grant of another issuer's subject", self.curve.sign(&with(self.openid(), "sub", json!("dashboard")))),
            ("grant for another role", self.claiming("roles", json!(["inspector"]))),
        ]
    }
}

#[actix_web::test]
async fn good_tokens_of_every_issuer_are_let_in() {
    let bench = bench().await;
    let mut good = bench.good();
    bench.app.grant("someone", Role::Inspector, HARROW).await;
    good.push(("development", bench.app.token("someone", Role::Inspector)));
    for (name, token) in good {
        let answer = bench.bearer(&token).query("{ role }").await;
        let role = match name {
            "an application" => "service_manager",
            "development" => "inspector",
            _ => "analyst",
        };
        assert_eq!((answer.status.as_u16(), &answer.json["data"]["role"]), (200, &json!(role)), "{name}");
    }
}

#[actix_web::test]
async fn every_hostile_token_is_answered_with_the_same_401() {
    let bench = bench().await;
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let jku = format!("http://{}/keys", elsewhere.local_addr().unwrap());
    let mut cases = bench.algorithms();
    let rest = [bench.signatures(), bench.headers(&jku), bench.times(), bench.claims()].concat();
    cases.extend(rest.into_iter().map(|(name, token)| (name.to_owned(), token)));
    let mut users: Vec<(String, User)> = cases.into_iter().map(|(name, token)| (name, bench.bearer(&token))).collect();
    let good = bench.rsa.sign(&bench.person());
    let twice = bench.bearer(&good).with("Authorization", &format!("Bearer {good}"));
    users.push(("two Authorization headers".to_owned(), twice));
    users.push(("another scheme".to_owned(), bench.app.anonymous().with("Authorization", &format!("Token {good}"))));
    assert!(users.len() > 80);
    let mut first = None;
    for (name, user) in users {
        for accept in ["application/json", "application/graphql-response+json", "text/html"] {
            let answer = user.with("Accept", accept).query("{ role }").await;
            same(&mut first, &format!("{name}, {accept}"), &answer);
        }
    }
    for path in ["/graphql?query=%7Brole%7D&access_token=", "/graphql?query=%7Brole%7D&token="] {
        let answer = bench.app.anonymous().send(Method::GET, &format!("{path}{good}"), Vec::new()).await;
        same(&mut first, "token in the address", &answer);
    }
    assert!(elsewhere.accept().is_err(), "an address in a token is never asked");
    assert_eq!(
        bench.bearer(&good).query("{ role }").await.status.as_u16(),
        200,
        "the good one is let in all the while"
    );
}

/// The first answer is what all the others have to be.
fn same(first: &mut Option<(String, Vec<u8>)>, name: &str, answer: &crate::helpers::Answer) {
    assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"), "{name}");
    let this = (answer.header("content-type").to_owned(), answer.body.clone());
    assert_eq!(*first.get_or_insert_with(|| this.clone()), this, "{name}");
}

#[actix_web::test]
async fn development_tokens_are_refused_where_another_issuer_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let curve = Key::elliptic("e1");
    std::fs::write(folder.path().join("curve.json"), published(&[&curve])).unwrap();
    let file = folder.path().join("issuers.toml");
    let issuer =
        format!("[[issuer]]\nissuer = \"{OPENID}\"\nshape = \"oidc\"\nalgorithm = \"ES256\"\nkeys = \"curve.json\"\n");
    std::fs::write(&file, issuer).unwrap();
    let app = small(&[("issuers", &file.display().to_string())]).await;
    let answer = app.analyst(HARROW).await.query("{ role }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (401, "UNAUTHENTICATED"));
}

#[actix_web::test]
async fn keys_at_an_address_are_read_when_the_server_starts() {
    let provider = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = provider.local_addr().unwrap();
    let curve = Key::elliptic("e1");
    let set = published(&[&curve]);
    let asked = std::thread::spawn(move || {
        let (stream, _) = provider.accept().unwrap();
        let asked: Vec<String> =
            BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        let length = set.len();
        write!(&stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{set}").unwrap();
        asked[0].clone()
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("issuers.toml");
    let issuer = format!(
        "[[issuer]]\nissuer = \"{OPENID}\"\nshape = \"oidc\"\nalgorithm = \"ES256\"\njwks = \"http://{address}/jwks\"\n"
    );
    std::fs::write(&file, issuer).unwrap();
    let app = small(&[("issuers", &file.display().to_string())]).await;
    // Nobody has asked the server anything yet. The thread is waited for elsewhere, so that the server can go on.
    let line = actix_web::rt::task::spawn_blocking(|| asked.join().unwrap()).await.unwrap();
    assert_eq!(line, "GET /jwks HTTP/1.1");
    let grant = rows::Grant { issuer: Some(OPENID.to_owned()), ..valid_grant("someone", Role::Analyst, HARROW) };
    app.store.put_grant(grant).await.unwrap();
    let now = Utc::now().timestamp();
    let claims = json!({"iss": OPENID, "aud": AUDIENCE, "sub": "someone", "scope": "cla.read", "roles": ["analyst"],
                        "iat": now, "exp": now + 600});
    let user = app.anonymous().with("Authorization", &format!("Bearer {}", curve.sign(&claims)));
    assert_eq!(user.query("{ role }").await.json["data"]["role"], "analyst");
}
