//! Good tokens of each shape pass and name the right subject; those for something else do not.

use jsonwebtoken::Algorithm as Name;
use serde_json::json;

use super::*;
use crate::auth::development::{self, TokenContent};
use crate::auth::invented::{
    AUDIENCE, ENTRA, InventedKeys, Key, TENANT, application, elliptic, entra, noon, openid, openid_person, person, rsa,
    with, without,
};
use crate::config::{Entra, Mark};

struct Bench {
    key: Key,
    issuer: Issuer,
}

fn bench(settings: IssuerSettings, key: Key) -> Bench {
    let source = Box::new(InventedKeys::of(&[&key]));
    Bench { issuer: Issuer::new(settings, source, Edition::default()), key }
}

async fn verify(issuer: &Issuer, token: &str) -> Result<VerifiedToken, Refusal> {
    issuer.verify(&Compact::read(token)?, noon()).await
}

impl Bench {
    async fn accepts(&self, claims: Value) -> VerifiedToken {
        verify(&self.issuer, &self.key.sign(&claims)).await.unwrap_or_else(|error| panic!("{error:?}: {claims}"))
    }

    async fn refuses(&self, name: &str, claims: Value) {
        let answer = verify(&self.issuer, &self.key.sign(&claims)).await;
        assert!(matches!(answer, Err(Refusal::Unauthenticated(_))), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn a_token_of_entra_names_a_person_by_object_and_an_application_by_client() {
    let bench = bench(entra(), rsa("k1"));
    let seen = bench.accepts(with(person(), "la", json!(["E09000015"]))).await;
    let expected = VerifiedToken {
        issuer: ENTRA.to_owned(),
        tenant: Some(TENANT.to_owned()),
        kind: Kind::Person,
        subject: "someone".to_owned(),
        roles: vec![Role::Analyst],
        authorities: Some(vec!["E09000015".to_owned()]),
        purpose: None,
        token_id: Some("one".to_owned()),
        expires: u64::try_from(noon().timestamp()).unwrap() + 600,
    };
    assert_eq!(seen, expected);
    let seen = bench.accepts(application()).await;
    assert_eq!(
        (seen.kind, seen.subject.as_str(), seen.roles),
        (Kind::Application, "dashboard", vec![Role::ServiceManager])
    );
}

#[tokio::test]
async fn the_first_version_of_entra_names_applications_by_another_claim() {
    let version_1 = || {
        let claims = with(application(), "ver", json!("1.0"));
        with(without(claims, "azp"), "appid", json!("report"))
    };
    let version = Some(Entra { tenant: TENANT.to_owned(), version: "1.0" });
    let settings = IssuerSettings { entra: version, application_subject: "appid".to_owned(), ..entra() };
    let bench = bench(settings, rsa("k1"));
    assert_eq!(bench.accepts(version_1()).await.subject, "report");
    bench.refuses("version 2.0", application()).await;
    bench.refuses("no appid", without(version_1(), "appid")).await;
}

#[tokio::test]
async fn another_provider_has_its_own_claims_and_needs_no_nbf() {
    let bench = bench(openid(), elliptic("k1"));
    let seen = bench.accepts(openid_person()).await;
    assert_eq!((seen.kind, seen.subject.as_str(), seen.tenant), (Kind::Person, "someone", None));
    bench.accepts(with(openid_person(), "nbf", json!(noon().timestamp() + 30))).await;
    bench.refuses("nbf ahead", with(openid_person(), "nbf", json!(noon().timestamp() + 31))).await;
    bench.refuses("nbf null", with(openid_person(), "nbf", json!(null))).await;
    let app = with(with(openid_person(), "gty", json!("client-credentials")), "client_id", json!("report"));
    let app = with(app, "roles", json!(["service_manager"]));
    let seen = bench.accepts(app.clone()).await;
    assert_eq!((seen.kind, seen.subject.as_str()), (Kind::Application, "report"));
    bench.accepts(without(app.clone(), "scope")).await;
    bench.refuses("without its mark", without(without(app, "gty"), "scope")).await;
}

#[tokio::test]
async fn without_a_mark_for_applications_every_token_is_a_person_s() {
    let settings = IssuerSettings { application: None, ..openid() };
    let bench = bench(settings, elliptic("k1"));
    let marked = with(openid_person(), "gty", json!("client-credentials"));
    assert_eq!(bench.accepts(marked.clone()).await.kind, Kind::Person);
    bench.refuses("no scope", without(marked, "scope")).await;
}

#[tokio::test]
async fn applications_hold_only_the_roles_left_to_them() {
    let bench = bench(entra(), rsa("k1"));
    bench.accepts(with(application(), "roles", json!(["service_manager", "astronaut"]))).await;
    for (name, claims) in [
        ("a person's role", with(application(), "roles", json!(["analyst"]))),
        ("one of each", with(application(), "roles", json!(["service_manager", "analyst"]))),
        ("with a person's scope", with(application(), "scp", json!("cla.read"))),
        ("with an empty scope", with(application(), "scp", json!(""))),
        ("without its mark", without(application(), "idtyp")),
        ("marked otherwise", with(application(), "idtyp", json!("user"))),
        ("marked in a list", with(application(), "idtyp", json!(["app"]))),
        ("no client", without(application(), "azp")),
    ] {
        bench.refuses(name, claims).await;
    }
}

#[tokio::test]
async fn a_person_needs_the_scope_as_a_word_of_its_own() {
    let bench = bench(entra(), rsa("k1"));
    for scope in [json!("cla.readall"), json!("cla"), json!("CLA.READ"), json!(["cla.read"]), json!(""), json!(null)] {
        bench.refuses("scope", with(person(), "scp", scope)).await;
    }
    bench.refuses("in the other claim", with(without(person(), "scp"), "scope", json!("cla.read"))).await;
}

#[tokio::test]
async fn a_subject_is_a_text_that_can_be_written_down() {
    let bench = bench(entra(), rsa("k1"));
    for subject in [json!(""), json!(null), json!(7), json!(["someone"]), json!("some\none"), json!("s".repeat(257))] {
        bench.refuses("subject", with(person(), "oid", subject)).await;
    }
    let longest = "s".repeat(256);
    assert_eq!(bench.accepts(with(person(), "oid", json!(longest))).await.subject, longest);
    let only_mail = with(with(without(person(), "oid"), "upn", json!("someone@x")), "email", json!("someone@x"));
    bench.refuses("an address in place of the object", only_mail).await;
}

#[tokio::test]
async fn nobody_is_the_public_with_a_token() {
    let bench = bench(entra(), rsa("k1"));
    bench.refuses("public", with(person(), "roles", json!(["public"]))).await;
    assert_eq!(bench.accepts(with(person(), "roles", json!(["public", "analyst"]))).await.roles, [Role::Analyst]);
}

#[tokio::test]
async fn an_issuer_that_signs_with_padding_accepts_only_that() {
    let mut key = rsa("k1");
    key.jwk["alg"] = json!("PS256");
    let settings = IssuerSettings { algorithm: Algorithm::PS256, ..entra() };
    let bench = bench(settings, key);
    let header = json!({"alg": "PS256", "typ": "at+jwt", "kid": "k1"}).to_string();
    let token = bench.key.sign_as(Name::PS256, &header, &person().to_string());
    assert!(verify(&bench.issuer, &token).await.is_ok());
    bench.refuses("without padding", person()).await;
}

#[tokio::test]
async fn a_development_token_names_a_person_and_needs_no_scope() {
    let key = DevelopmentKey::open(tempfile::tempdir().unwrap().path()).unwrap();
    let issuer = Issuer::development("here", AUDIENCE, &key);
    let wanted =
        |minutes| TokenContent { issuer: "here", audience: AUDIENCE, subject: "someone", role: Role::Analyst, minutes };
    let token = |minutes| development::token(&key, &wanted(minutes), noon()).unwrap();
    let seen = verify(&issuer, &token(90)).await.unwrap();
    assert_eq!((seen.issuer.as_str(), seen.subject.as_str(), seen.kind), ("here", "someone", Kind::Person));
    assert!(verify(&issuer, &token(91)).await.is_err());
    let other = DevelopmentKey::open(tempfile::tempdir().unwrap().path()).unwrap();
    let foreign = development::token(&other, &wanted(60), noon()).unwrap();
    assert_eq!(verify(&issuer, &foreign).await, Err(Refusal::Unauthenticated("unknown key")));
}

#[tokio::test]
async fn a_mark_is_an_exact_text() {
    let mark = Mark { claim: "app".to_owned(), value: "true".to_owned() };
    let bench = bench(IssuerSettings { application: Some(mark), ..openid() }, elliptic("k1"));
    let unmarked = with(openid_person(), "app", json!(true));
    assert_eq!(bench.accepts(unmarked).await.kind, Kind::Person);
}
