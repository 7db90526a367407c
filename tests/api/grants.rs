//! Grants are given, suspended and ended by those who manage them, never for themselves, and act at once.

use lookedafter::access::Role;
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{ANOTHER_ISSUER, Answer, TestApp, User};

const ADD: &str = "mutation ($input: AddGrantInput!) { addGrant(input: $input) {
    grant { id subject role authority inForce suspendedOn } errors { code message path } } }";

fn input(subject: &str, authority: &str) -> Value {
    json!({"subject": subject, "role": "panel_member", "authority": authority, "organisation": "Harrow",
           "agreement": "Standing orders", "from": "2024-01-01", "to": "2099-12-31"})
}

async fn add(user: &User, input: Value) -> Answer {
    user.query_with(ADD, json!({"input": input})).await
}

async fn change(user: &User, what: &str, id: &Value) -> Value {
    let document = format!(
        "mutation ($id: ID!) {{ {what}(input: {{id: $id, reason: \"left the panel\"}}) {{
            grant {{ inForce suspendedOn }} errors {{ code }} }} }}"
    );
    user.query_with(&document, json!({"id": id})).await.json["data"][what].clone()
}

/// Asks until the answer has the status; withdrawals may take up to a minute.
async fn until(user: &User, status: u16) {
    for _ in 0..600 {
        if user.query("{ viewer { role } }").await.status.as_u16() == status {
            return;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("never answered with {status}");
}

#[actix_web::test]
async fn a_grant_acts_at_once_and_its_suspension_or_end_within_a_minute() {
    let app = TestApp::spawn().await;
    let admin = app.user(Role::Admin, HARROW).await;
    for withdrawal in ["suspendGrant", "endGrant"] {
        let member = User::at(&app.address, Some(app.token(withdrawal, Role::PanelMember)));
        until(&member, 401).await;
        let given = add(&admin, input(withdrawal, HARROW)).await.json["data"]["addGrant"].clone();
        assert_eq!((&given["errors"], &given["grant"]["inForce"]), (&json!([]), &json!(true)), "{given:#}");
        assert_eq!(member.query("{ viewer { role } }").await.json["data"]["viewer"]["role"], "panel_member");
        let changed = change(&admin, withdrawal, &given["grant"]["id"]).await;
        assert_eq!((&changed["errors"], &changed["grant"]["inForce"]), (&json!([]), &json!(false)), "{changed:#}");
        until(&member, 401).await;
    }
    let listed =
        admin.query("{ grants { totalCount nodes { subject inForce } } }").await.json["data"]["grants"].clone();
    assert_eq!(listed["totalCount"], 3, "{listed:#}");
}

#[actix_web::test]
async fn nobody_grants_to_themselves_and_a_broken_rule_is_told_as_data() {
    let app = TestApp::spawn().await;
    let admin = app.user(Role::Admin, HARROW).await;
    let with = |name: &str, value: Value| {
        let mut input = input("someone", HARROW);
        input[name] = value;
        input
    };
    for (input, code) in [
        (input("admin@E09000015", HARROW), "FORBIDDEN"),
        (input("someone", "E09000005"), "NOT_FOUND"),
        (input("someone", "Harrow"), "VALIDATION"),
        (with("role", json!("astronaut")), "VALIDATION"),
        (with("role", json!("inspector")), "VALIDATION"),
        (with("role", json!("public")), "VALIDATION"),
        (with("to", json!("2023-12-31")), "VALIDATION"),
        (with("organisation", json!(" ")), "VALIDATION"),
        (with("subject", json!("some\u{200c}one")), "VALIDATION"),
        (with("subject", json!("аnalyst@E09000015")), "VALIDATION"),
        (with("organisation", json!("Hаrrow")), "VALIDATION"),
        (with("agreement", json!("ISA\u{a0}7")), "VALIDATION"),
        (with("subject", json!("O\u{2019}Neill")), "VALIDATION"),
        (with("organisation", json!("Harrow\u{2010}West")), "VALIDATION"),
        (with("reason", json!("é".repeat(501))), "VALIDATION"),
        (with("reason", json!("new\nstarter")), "VALIDATION"),
        (with("reason", json!("new\tstarter")), "VALIDATION"),
        (with("reason", json!("new\u{1b}[2Kstarter")), "VALIDATION"),
        (with("reason", json!("new\u{200b}starter")), "VALIDATION"),
        (with("reason", json!("new\u{7}starter")), "VALIDATION"),
        (with("recordsFrom", json!("2023-01-01")), "VALIDATION"),
        (with("recordsTo", json!("2023-01-01")), "VALIDATION"),
        (with("issuer", json!("https://login.example/v1.0")), "VALIDATION"),
    ] {
        let answer = add(&admin, input.clone()).await;
        let payload = &answer.json["data"]["addGrant"];
        assert_eq!(
            (&payload["grant"], &payload["errors"][0]["code"]),
            (&Value::Null, &json!(code)),
            "{input}: {:#}",
            answer.json
        );
    }
    assert_eq!(app.store.grants(None).await.unwrap().len(), 1, "only the admin's own");
}

#[actix_web::test]
async fn a_grant_goes_with_the_tokens_of_an_issuer_that_is_accepted() {
    let app = TestApp::spawn().await;
    let admin = app.user(Role::Admin, HARROW).await;
    for (named, kept) in [(json!(ANOTHER_ISSUER), ANOTHER_ISSUER), (Value::Null, app.config.issuer.as_str())] {
        let mut input = input("someone", HARROW);
        input["issuer"] = named;
        let answer = add(&admin, input).await;
        let id = answer.json["data"]["addGrant"]["grant"]["id"].as_str().expect("a grant").to_owned();
        assert_eq!(app.store.grant(&id).await.unwrap().issuer.as_deref(), Some(kept));
    }
}

#[actix_web::test]
async fn a_grant_of_another_authority_is_like_one_that_does_not_exist() {
    let app = TestApp::spawn().await;
    let admin = app.user(Role::Admin, HARROW).await;
    app.grant("someone", Role::Analyst, "E09000005").await;
    let foreign = json!("test:someone:analyst:E09000005");
    for what in ["suspendGrant", "endGrant"] {
        let unknown = change(&admin, what, &json!("no such")).await;
        assert_eq!(change(&admin, what, &foreign).await, unknown);
        assert_eq!(unknown["errors"], json!([{"code": "NOT_FOUND"}]));
    }
    assert_eq!(app.store.grant("test:someone:analyst:E09000005").await.unwrap().suspended_on, None);
    let far =
        admin.query("{ grants(expiring: 2147483647) { totalCount } a: grants(expiring: -5) { totalCount } }").await;
    assert_eq!(far.json["data"], json!({"grants": {"totalCount": 1}, "a": {"totalCount": 0}}));
}

#[actix_web::test]
async fn for_everyone_else_there_is_nothing_to_change_and_no_grant_to_see() {
    let app = TestApp::spawn().await;
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Admin | Role::Public)) {
        let user = app.user(role, HARROW).await;
        let answer = add(&user, input("someone", HARROW)).await;
        assert_eq!((&answer.json["data"], answer.code()), (&Value::Null, "VALIDATION"), "{role:?}");
        let (hidden, unknown) =
            (user.query("{ grants { totalCount } }").await, user.query("{ grunts { totalCount } }").await);
        assert_eq!(hidden.message().replace("grants", "grunts"), unknown.message(), "{role:?}");
    }
    let admin = app.user(Role::Admin, HARROW).await;
    for document in
        ["{ authorities { totalCount } }", "{ indicators { totalCount } }", "{ viewer { authorities { name } } }"]
    {
        assert_eq!(admin.query(document).await.json["data"], Value::Null, "{document}");
    }
}
