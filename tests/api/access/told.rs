//! What people are told of what they may ask: purposes, domains, the end of their grant, rows that are held back, and why
//! an answer holds less than they may expect.

use lookedafter::access::Role;
use serde_json::{Value, json};

use super::{OTHER, OWN, marked, marked::Marked, oracle, person, person_with};
use crate::helpers::{TestApp, User, valid_grant};

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app
}

async fn own(user: &User, inner: &str) -> Value {
    user.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}")).await.json
}

/// The notices of an answer: code and message.
fn notices(answer: &Value) -> Vec<(String, String)> {
    let all = answer["extensions"]["notices"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.iter().map(|notice| (text(&notice["code"]), text(&notice["message"]))).collect()
}

fn references(answer: &Value) -> Vec<Option<&str>> {
    let children = answer["data"]["authority"]["children"]["nodes"].as_array().unwrap();
    children.iter().map(|child| child["reference"].as_str()).collect()
}

const CHILDREN: &str = "children(first: 500) { nodes { id reference age(on: \"2023-08-01\") } }";

#[actix_web::test]
async fn those_who_must_act_see_whom_it_is_about_when_they_say_so() {
    let app = marked().await;
    let manager = app.without_purpose(Role::ServiceManager, OWN).await;
    let inspector = app.without_purpose(Role::Inspector, OWN).await;
    let analyst = own(&person(&app, Role::Analyst, OWN).await, CHILDREN).await;
    assert_eq!(references(&analyst).len(), marked::CHILDREN);
    for (user, purpose) in [(&manager, "direct-care"), (&manager, "safeguarding"), (&inspector, "inspection")] {
        let told = own(&user.with("X-Purpose", purpose), CHILDREN).await;
        assert_eq!(told["data"], analyst["data"], "{purpose}: names, ids and exact ages");
        assert_eq!(notices(&told), []);
    }
    let follows = own(&manager.with("X-Purpose", "performance-monitoring"), CHILDREN).await;
    assert!(references(&follows).iter().all(Option::is_none) && references(&follows).len() == marked::CHILDREN);
    let [(code, words)] = &notices(&follows)[..] else { panic!("{follows:#}") };
    assert_eq!(code, "IDENTITY_NEEDS_PURPOSE");
    assert!(words.ends_with("X-Purpose: direct-care, safeguarding."), "{words}");
    let id = follows["data"]["authority"]["children"]["nodes"][0]["id"].as_str().unwrap();
    assert!(id.starts_with("E09000015."), "a pseudonym: {id}");
    for user in [&manager, &inspector] {
        let answer = user.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {CHILDREN} }} }}")).await;
        assert_eq!(answer.code(), "PURPOSE_REQUIRED");
    }
}

#[actix_web::test]
async fn a_front_end_is_told_what_it_may_ask_now() {
    let app = marked().await;
    app.load(OTHER, 3).await;
    let document = "{ viewer { role purposes domains { domain level records figures } grantedUntil
        authorities { onsCode grantedUntil } } }";
    let closest = |viewer: &Value, domain: &str| {
        let all = viewer["domains"].as_array().unwrap().clone();
        let found = all.into_iter().find(|known| known["domain"] == domain.to_uppercase());
        found.map(|known| known["level"].as_str().unwrap().to_owned())
    };
    let today = chrono::Utc::now().date_naive();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let purpose = if role == Role::ServiceManager { "direct-care" } else { "performance-monitoring" };
        let user = person(&app, role, OWN).await.with("X-Purpose", purpose);
        let viewer = user.query(document).await.json["data"]["viewer"].clone();
        for domain in oracle::DOMAINS {
            let rows = ['I', 'P'].into_iter().find(|level| oracle::rows(role, domain, *level));
            let level = rows.or(oracle::totals(role, domain)).map(String::from);
            assert_eq!(closest(&viewer, domain), level, "{role:?} {domain}");
        }
        assert_eq!(viewer["purposes"][0], "performance-monitoring", "{role:?}");
        let ends = valid_grant("x", role, OWN).ends_on.to_string();
        assert_eq!((&viewer["grantedUntil"], &viewer["authorities"][0]["grantedUntil"]), (&json!(ends), &json!(ends)));
        // Without a purpose there are no rows, and of an inspector no true totals.
        let silent = match role {
            Role::Public => app.anonymous(),
            role => app.without_purpose(role, OWN).await,
        };
        let viewer = silent.query(document).await.json["data"]["viewer"].clone();
        let held = viewer["domains"].as_array().unwrap();
        assert!(held.iter().all(|domain| domain["records"].is_null()), "{role:?} {held:?}");
        let totals = oracle::totals(role, "core").map(|level| if role == Role::Inspector { 'S' } else { level });
        assert_eq!(closest(&viewer, "core"), totals.map(String::from), "{role:?}");
    }
    let follows = person(&app, Role::ServiceManager, OWN).await.query(document).await.json["data"]["viewer"].clone();
    assert_eq!((closest(&follows, "identity"), closest(&follows, "core")), (None, Some("P".to_owned())));
    let admin =
        person(&app, Role::Admin, OWN).await.query("{ viewer { domains { domain level } grantedUntil } }").await;
    assert_eq!(admin.json["data"]["viewer"]["domains"], json!([{"domain": "ADMIN", "level": "N"}]));
    // Of two grants for two authorities the first to end is told, and each by itself.
    let mut second = valid_grant(&format!("analyst@{OWN}"), Role::Analyst, OTHER);
    second.ends_on = today + chrono::TimeDelta::days(3);
    app.store.put_grant(second).await.unwrap();
    let viewer = app.analyst(OWN).await.query(document).await.json["data"]["viewer"].clone();
    let soon = json!((today + chrono::TimeDelta::days(3)).to_string());
    let later = json!(valid_grant("x", Role::Analyst, OWN).ends_on.to_string());
    assert_eq!(viewer["grantedUntil"], soon);
    assert_eq!(
        viewer["authorities"],
        json!([{"onsCode": OTHER, "grantedUntil": soon}, {"onsCode": OWN, "grantedUntil": later}])
    );
    let nobody = TestApp::spawn().await.anonymous().query(document).await.json["data"]["viewer"].clone();
    assert_eq!((&nobody["domains"], &nobody["grantedUntil"]), (&json!([]), &Value::Null));
}

#[actix_web::test]
async fn a_scorecard_says_how_many_rows_are_withheld_and_not_which() {
    let app = marked().await;
    let scorecard = "scorecard(period: {code: \"2023-24-Q2\"}) { withheldRows rows { ref } }";
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let told = own(&person(&app, role, OWN).await, scorecard).await["data"]["authority"]["scorecard"].clone();
        let seen = super::denial::INDICATORS[..14].iter().filter(|(_, domain)| oracle::totals(role, domain).is_some());
        let (shown, withheld) = (told["rows"].as_array().unwrap().len(), told["withheldRows"].as_u64().unwrap());
        assert_eq!((shown, withheld), (seen.clone().count(), 14 - seen.count() as u64), "{role:?}");
    }
}

#[actix_web::test]
async fn who_is_shown_less_than_they_may_expect_is_told_why() {
    let app = marked().await;
    let told = |user: User, inner: &'static str| async move { notices(&own(&user, inner).await) };
    let codes = |told: Vec<(String, String)>| told.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    let figure = "value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { display }";
    let inspector = app.without_purpose(Role::Inspector, OWN).await;
    let [(code, words)] = &told(inspector.clone(), figure).await[..] else { panic!("one notice") };
    assert_eq!(code, "FIGURES_NEED_PURPOSE");
    assert!(words.ends_with("X-Purpose: performance-monitoring, inspection."), "{words}");
    assert_eq!(codes(told(inspector.with("X-Purpose", "inspection"), figure).await), [""; 0]);
    let list = "children { totalCount }";
    let agency = |organisation: &'static str| {
        person_with(&app, Role::AdoptionAgency, organisation, move |grant| {
            grant.organisation = Some(organisation.to_owned());
        })
    };
    let [(code, words)] = &told(agency("Nobody's agency").await, list).await[..] else { panic!("one notice") };
    assert_eq!(code, "NO_CHILDREN");
    assert!(words.contains("share add") && words.contains("\"Nobody's agency\""), "{words}");
    assert_eq!(told(agency("Organisation of adoption_agency").await, list).await, []);
    let without = |name: &'static str, change: fn(&mut lookedafter::store::rows::Grant)| {
        person_with(&app, Role::PoliceYot, name, change)
    };
    let lacking = without("lacking", |grant| grant.agreement = " ".to_owned()).await;
    assert_eq!(codes(told(lacking, list).await), ["NO_AGREEMENT"]);
    let undated = without("undated", |grant| grant.records_from = None).await;
    assert_eq!(codes(told(undated, list).await), ["GRANT_INCOMPLETE"]);
    let before = without("before", |grant| {
        (grant.records_from, grant.records_to) = ("2001-01-01".parse().ok(), "2001-12-31".parse().ok());
    });
    assert_eq!(codes(told(before.await, list).await), ["NO_CHILDREN"]);
    // Whoever asks in vain for another authority is told nothing.
    let other = person(&app, Role::PoliceYot, OWN).await;
    let answer = other.query(&format!("{{ authority(by: {{onsCode: \"{OTHER}\"}}) {{ name }} }}")).await;
    assert_eq!(notices(&answer.json), []);
}

#[actix_web::test]
async fn a_purpose_that_opens_no_identity_is_told_as_level_p() {
    let app = marked().await;
    let manager = person(&app, Role::ServiceManager, OWN).await;
    let document = "{ viewer { domains { domain level records } } }";
    let told = async |purpose: &str| {
        let answer = manager.with("X-Purpose", purpose).query(document).await;
        let domains = answer.json["data"]["viewer"]["domains"].as_array().unwrap().clone();
        assert!(domains.iter().all(|one| one["records"].is_null() || one["records"] == one["level"]), "{domains:?}");
        let records = domains.iter().filter(|one| !one["records"].is_null());
        let of =
            |one: &Value| (one["domain"].as_str().unwrap().to_owned(), one["records"].as_str().unwrap().to_owned());
        records.map(of).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (follows, acts) = (told("performance-monitoring").await, told("safeguarding").await);
    assert!(acts.values().all(|level| level == "I") && acts.contains_key("IDENTITY"), "{acts:?}");
    let expected = acts.keys().filter(|domain| *domain != "IDENTITY").cloned();
    assert_eq!(follows.keys().cloned().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    // Households are called by their own identifiers for every purpose.
    assert!(follows.iter().all(|(domain, level)| level == if domain == "CARER" { "I" } else { "P" }), "{follows:?}");
}
