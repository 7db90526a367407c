//! What is denied is answered as what does not exist: status, headers and body are the same, but for the request id and
//! the name itself.

use std::collections::BTreeSet;

use awc::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use lookedafter::access::Role;
use serde_json::{Value, json};

use super::{NOWHERE, OTHER, OWN, atlas::Atlas, marked::Marked, oracle, person, settled};
use crate::helpers::{Answer, TestApp, User};

/// Every indicator with its domain, typed once more.
pub const INDICATORS: [(&str, &str); 18] = [
    ("cla_number", "core"),
    ("care_leavers_number", "core"),
    ("cla_rate_per_10000", "core"),
    ("reviews_in_timescale_pct", "review"),
    ("placements_3plus_pct", "placement"),
    ("long_term_stability_pct", "placement"),
    ("care_leavers_suitable_accommodation_pct", "leaver"),
    ("care_leavers_neet_pct", "leaver"),
    ("dental_checks_pct", "health"),
    ("health_checks_pct", "health"),
    ("ceased_adopted_pct", "adoption"),
    ("ceased_sgo_pct", "core"),
    ("placed_over_20_miles_pct", "placement"),
    ("missing_episode_pct", "missing"),
    ("cla_started_number", "core"),
    ("cla_ceased_number", "core"),
    ("cla_any_time_number", "core"),
    ("absent_without_authorisation_pct", "missing"),
];

/// A name of the same length that is no name.
pub fn made_up(name: &str) -> String {
    let first = if name.starts_with(char::is_uppercase) { "Q" } else { "q" };
    first.chars().chain("zx".chars().cycle()).take(name.len()).collect()
}

/// Everything of an answer but its id and its moment, with one name put in the place of another.
fn bytes(answer: &Answer, name: &str, instead: &str) -> (u16, String, String) {
    let (status, headers, _) = settled(answer);
    let body = String::from_utf8(answer.body.clone()).unwrap();
    let id = answer.header("x-request-id").to_owned();
    let moment = answer.json["extensions"]["asKnownOn"].as_str().unwrap_or("MOMENT").to_owned();
    // A moment is written with as many digits as it has: one in a thousand ends in three zeros less.
    let length = answer.header("content-length").parse::<usize>().unwrap() - moment.len();
    let body = body.replace(&id, "REQUEST").replace(&moment, "MOMENT");
    (status, format!("{headers} {length}"), body.replace(name, instead))
}

/// A document that names something hidden is answered as one that names something made up; `write` puts the name in.
async fn same(user: &User, name: &str, variables: Value, write: impl Fn(&str) -> String) -> Answer {
    let twin = made_up(name);
    let told = Value::from(variables.to_string());
    let of_twin = serde_json::from_str(&told.as_str().unwrap().replace(name, &twin)).unwrap();
    let (hidden, unknown) =
        (user.query_with(&write(name), variables).await, user.query_with(&write(&twin), of_twin).await);
    assert_eq!(bytes(&hidden, name, &twin), bytes(&unknown, name, &twin), "{}", write(name));
    assert!(hidden.json["data"].is_null() && hidden.code() == "VALIDATION", "{}: {:#}", write(name), hidden.json);
    hidden
}

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app.load(OTHER, 12).await;
    app
}

#[actix_web::test]
async fn every_hidden_name_is_refused_like_a_name_that_does_not_exist() {
    let (app, atlas) = (TestApp::spawn().await, Atlas::read());
    let asked = join_all(Role::ALL.map(|role| hidden_names(&app, &atlas, role))).await;
    assert!(asked.iter().sum::<usize>() > 1_200, "{asked:?}");
}

async fn hidden_names(app: &TestApp, atlas: &Atlas, role: Role) -> usize {
    let user = person(app, role, OWN).await;
    let ways = atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field));
    let (mut asked, nothing) = (0, json!({}));
    for (owner, fields) in &atlas.objects {
        for field in fields.iter().filter(|field| !oracle::sees(atlas, role, owner, field)) {
            let Some(way) = ways.get(owner) else { continue };
            let leaf = atlas.leaf(&field.kind);
            let along = |inner: &str| atlas.along(owner, way, inner, OWN);
            let plain = |name: &str| along(&atlas.ask(owner, &field.name, leaf, OWN).replacen(&field.name, name, 1));
            same(&user, &field.name, nothing.clone(), plain).await;
            same(&user, &field.name, nothing.clone(), |name| {
                along(&format!("__typename short: {name} @skip(if: false) @include(if: true)"))
            })
            .await;
            same(&user, &field.name, nothing.clone(), |name| {
                format!("{} fragment F on {owner} {{ {name} }}", along("__typename ...F"))
            })
            .await;
            same(&user, &field.name, nothing.clone(), |name| {
                format!("{{ __typename }} fragment Unused on {owner} {{ {name} {{ {name} }} }}")
            })
            .await;
            asked += 4;
        }
    }
    let hidden_types = atlas.objects.keys().chain(atlas.inputs.keys()).chain(atlas.enums.keys());
    let seen = types_seen(&user).await;
    for kind in hidden_types.filter(|kind| !seen.contains(*kind)) {
        same(&user, kind, nothing.clone(), |name| format!("{{ __typename ... on {name} {{ id }} }}")).await;
        same(&user, kind, nothing.clone(), |name| format!("{{ __typename }} fragment F on {name} {{ id }}")).await;
        same(&user, kind, nothing.clone(), |name| format!("query ($of: {name}) {{ __typename }}")).await;
        asked += 3;
    }
    asked
}

/// The names of types that introspection tells, none of which `__type` may hide, and no other one that it may tell.
async fn types_seen(user: &User) -> BTreeSet<String> {
    let answer = user.query("{ __schema { types { name } } }").await;
    let types = answer.json["data"]["__schema"]["types"].as_array().unwrap();
    types.iter().map(|kind| kind["name"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn introspection_tells_what_the_matrix_permits_and_no_other_name() {
    let (app, atlas) = (TestApp::spawn().await, Atlas::read());
    let document =
        "{ __schema { types { name fields { name args { name } } inputFields { name } enumValues { name } } } }";
    for role in Role::ALL {
        let user = person(&app, role, OWN).await;
        let answer = user.query(document).await;
        let mut told = BTreeSet::new();
        for kind in answer.json["data"]["__schema"]["types"].as_array().unwrap() {
            let name = kind["name"].as_str().unwrap();
            for field in ["fields", "inputFields"].iter().flat_map(|list| kind[list].as_array().into_iter().flatten()) {
                told.insert(format!("{name}.{}", field["name"].as_str().unwrap()));
                for argument in field["args"].as_array().into_iter().flatten() {
                    told.insert(format!(
                        "{name}.{}({}:)",
                        field["name"].as_str().unwrap(),
                        argument["name"].as_str().unwrap()
                    ));
                }
            }
        }
        for (coordinate, says) in atlas.coordinates() {
            let hidden = !oracle::declared_for(role, &says);
            assert!(!(hidden && told.contains(&coordinate)), "{role:?} is told of {coordinate}");
        }
        let seen = types_seen(&user).await;
        for kind in atlas.objects.keys().chain(atlas.inputs.keys()).chain(atlas.enums.keys()) {
            let answer = user.query(&format!("{{ __type(name: \"{kind}\") {{ name }} }}")).await;
            let twin = user.query(&format!("{{ __type(name: \"{}\") {{ name }} }}", made_up(kind))).await;
            match seen.contains(kind) {
                true => assert_eq!(answer.json["data"]["__type"]["name"], **kind),
                false => assert_eq!(settled(&answer), settled(&twin), "{role:?} {kind}"),
            }
        }
    }
}

/// A value that a variable brings, gives up or has by default is looked at like one that stands in the document.
#[actix_web::test]
async fn what_is_hidden_in_an_input_stays_hidden_whichever_way_it_is_given() {
    let app = marked().await;
    let value = "query ($code: String = \"cla_number\", OF) { authority(by: {onsCode: \"E09000015\"}) {
        value(indicator: $code, period: GIVEN) { value display } } }";
    let document = |of: &str, given: &str| value.replace("OF", of).replace("GIVEN", given);
    for role in [Role::PanelMember, Role::Public, Role::NeighbourAuthority, Role::HealthPartner] {
        let user = person(&app, role, OWN).await;
        let day = json!({"day": "2023-08-15"});
        let ways: [(&str, &str, Value); 6] = [
            ("$day: Date", "{NAME: $day}", day.clone()),
            ("$day: Date!", "{NAME: $day}", day),
            ("$day: Date = \"2023-08-15\"", "{NAME: $day}", json!({})),
            ("$day: Date", "{NAME: $day}", json!({})),
            ("$period: PeriodInput!", "$period", json!({"period": {"asAt": "2023-08-15"}})),
            ("$period: PeriodInput! = {NAME: \"2023-08-15\"}", "$period", json!({})),
        ];
        for (of, given, variables) in ways {
            same(&user, "asAt", variables, |name| document(of, given).replace("NAME", name)).await;
        }
        let sealed = |name: &str| {
            format!(
                "{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ scorecard(period: {{code: \"2023-24-Q2\"}}, {name}: \"2023-01-01T00:00:00Z\") {{ id }} }} }}"
            )
        };
        same(&user, "asKnownOn", json!({}), sealed).await;
    }
    let analyst = person(&app, Role::Analyst, OWN).await;
    let answer = analyst.query(&document("$day: Date = \"2023-08-15\"", "{asAt: $day}")).await;
    assert!(answer.json["data"]["authority"]["value"]["value"].is_number(), "{:#}", answer.json);
}

#[actix_web::test]
async fn an_indicator_that_a_role_may_not_see_is_an_unknown_code() {
    let app = marked().await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let user = person(&app, role, OWN).await;
        let sees = |domain: &str| oracle::totals(role, domain).is_some();
        let (seen, hidden): (Vec<_>, Vec<_>) = INDICATORS.iter().partition(|(_, domain)| sees(domain));
        let all = user.query("{ indicators(first: 100) { totalCount nodes { code } edges { node { code } } } }").await;
        let codes = all.json["data"]["indicators"]["nodes"].as_array().unwrap();
        let codes: Vec<&str> = codes.iter().map(|node| node["code"].as_str().unwrap()).collect();
        assert_eq!(codes, seen.iter().map(|(code, _)| *code).collect::<Vec<_>>(), "{role:?}");
        assert_eq!(all.json["data"]["indicators"]["totalCount"], seen.len());
        let rows = format!(
            "{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ scorecard(period: {{code: \"2023-24-Q2\"}}) {{ rows {{ ref indicator {{ code }} }} }} }} }}"
        );
        let rows = user.query(&rows).await.json["data"]["authority"]["scorecard"]["rows"].clone();
        let shown: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["indicator"]["code"].as_str().unwrap()).collect();
        assert_eq!(shown, seen.iter().map(|(code, _)| *code).filter(|code| shown.contains(code)).collect::<Vec<_>>());
        assert_eq!(shown.len(), INDICATORS[..14].iter().filter(|(_, domain)| sees(domain)).count(), "{role:?}");
        for (code, _) in hidden {
            is_no_indicator(&user, code, &seen.iter().map(|(code, _)| *code).collect::<Vec<_>>()).await;
        }
    }
}

async fn is_no_indicator(user: &User, code: &str, seen: &[&str]) {
    let ask = |inner: &str| format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}");
    let period = "period: {code: \"2023-24-Q2\"}";
    // One letter off is as near to the same codes as the code itself.
    let off = format!("{}x", &code[..code.len() - 1]);
    let documents = |code: &str| {
        [
            format!("{{ indicator(code: \"{code}\") {{ title }} }}"),
            ask(&format!("value(indicator: \"{code}\", {period}) {{ value }}")),
            ask(&format!("values(indicators: [\"cla_number\", \"{code}\"], {period}) {{ value }}")),
            ask(&format!("trend(indicator: \"{code}\", {period}) {{ pValue }}")),
            ask(&format!("breakdown(indicator: \"{code}\", {period}, by: GENDER) {{ dimension }}")),
            format!("{{ indicators(search: \"{code}\") {{ totalCount nodes {{ code }} }} }}"),
            format!(
                "{{ node(id: \"{}\") {{ id __typename }} }}",
                URL_SAFE_NO_PAD.encode(format!("Indicator\u{1f}{code}"))
            ),
            format!(
                "{{ node(id: \"{}\") {{ __typename }} }}",
                URL_SAFE_NO_PAD.encode(["IndicatorValue", OWN, code, "2023-24-Q2", "", "", "1", ""].join("\u{1f}"))
            ),
        ]
    };
    for (hidden, unknown) in documents(code).iter().zip(documents(&off)) {
        let (hidden, unknown) = (user.query(hidden).await, user.query(&unknown).await);
        let near: Vec<String> = hidden.json["errors"][0]["extensions"]["nearMatches"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|near| near.as_str().unwrap().to_owned())
            .collect();
        assert!(near.iter().all(|near| seen.contains(&near.as_str())), "{near:?}");
        assert_eq!(bytes(&hidden, code, &off), bytes(&unknown, code, &off));
        for other in INDICATORS.iter().map(|(code, _)| *code).filter(|other| !seen.contains(other) && *other != code) {
            assert!(!String::from_utf8_lossy(&hidden.body).contains(other), "{other}");
        }
    }
}

fn plain_id(kind: &str, keys: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(std::iter::once(kind).chain(keys.iter().copied()).collect::<Vec<_>>().join("\u{1f}"))
}

#[actix_web::test]
async fn an_id_of_something_denied_is_an_id_of_nothing() {
    let app = marked().await;
    let first = super::marked::child(120);
    let ids = [
        plain_id("Child", &[OWN, &first]),
        plain_id("Child", &[OTHER, "C0001"]),
        plain_id("Carer", &[OWN, "HQ7-0001"]),
        plain_id("Carer", &[OTHER, "H1"]),
        plain_id("CareLeaver", &[OWN, &first, "2023-09-30"]),
        plain_id("Episode", &[OWN, &first, "2021-06-02"]),
        plain_id("Authority", &[OTHER]),
        plain_id("Scorecard", &[OTHER, "2023-24-Q2", ""]),
        plain_id("IndicatorValue", &[OTHER, "cla_number", "2023-24-Q2", "", "", "1", ""]),
        format!("{OWN}.{}", URL_SAFE_NO_PAD.encode([7; 40])),
        format!("{OTHER}.{}", URL_SAFE_NO_PAD.encode([7; 40])),
    ];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let user = person(&app, role, OWN).await;
        let sees_rows = oracle::identifies(role, "performance-monitoring");
        let nothing = user
            .query(&format!("{{ node(id: \"{}\") {{ id __typename }} }}", plain_id("Child", &[NOWHERE, "1"])))
            .await;
        assert_eq!(nothing.json["data"], json!({"node": null}));
        // The first, third and fifth of them are there for those who may see rows with identifiers.
        for (at, id) in ids.iter().enumerate().filter(|(at, _)| !sees_rows || ![0, 2, 4, 5].contains(at)) {
            let answer = user.query(&format!("{{ node(id: \"{id}\") {{ id __typename }} }}")).await;
            assert_eq!(settled(&answer), settled(&nothing), "{role:?} {at}");
        }
        let many: Vec<&String> = ids.iter().cycle().filter(|id| !sees_rows || ids[0] != **id).take(1_000).collect();
        let answer =
            user.query_with("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", json!({"ids": many})).await;
        let found = answer.json["data"]["nodes"].as_array().unwrap();
        assert!(found.len() == 1_000 && (sees_rows || found.iter().all(Value::is_null)), "{role:?}");
    }
}

#[actix_web::test]
async fn a_cursor_made_for_someone_else_is_no_cursor() {
    let app = marked().await;
    let document = format!(
        "query ($after: String) {{ authority(by: {{onsCode: \"{OWN}\"}}) {{ children(first: 3, after: $after) {{
            pageInfo {{ endCursor }} edges {{ cursor node {{ age }} }} }} }} }}"
    );
    let end = |answer: &Answer| {
        answer.json["data"]["authority"]["children"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned()
    };
    // Those who are shown who children are have cursors of one form, which hold nothing but that.
    let roles = [Role::Analyst, Role::ServiceManager, Role::PoliceYot, Role::HealthPartner, Role::VirtualSchool];
    let mut users = Vec::new();
    for role in roles {
        let user = person(&app, role, OWN).await;
        let cursor = end(&user.query(&document).await);
        users.push((role, user, cursor));
    }
    for (role, user, own) in &users {
        let next = user.query_with(&document, json!({"after": own})).await;
        assert!(next.json["errors"].is_null() && end(&next) != *own, "{role:?}");
        let wrong = user.query_with(&document, json!({"after": "made up"})).await;
        for (other, _, cursor) in users.iter().filter(|(other, _, _)| other != role) {
            let answer = user.query_with(&document, json!({"after": cursor})).await;
            assert_eq!(settled(&answer), settled(&wrong), "{role:?} with a cursor of {other:?}");
        }
    }
}

#[actix_web::test]
async fn a_page_of_the_schema_asked_over_get_is_refused_in_the_same_words() {
    let app = TestApp::spawn().await;
    let user = person(&app, Role::PanelMember, OWN).await;
    let address = |name: &str| {
        format!("/graphql?query=%7B%20authority(by%3A%20%7BonsCode%3A%20%22{OWN}%22%7D)%20%7B%20{name}%20%7D%20%7D")
    };
    let hidden = user.send(Method::GET, &address("children"), Vec::new()).await;
    let twin = user.send(Method::GET, &address("qzxzxzxz"), Vec::new()).await;
    assert_eq!(bytes(&hidden, "children", "qzxzxzxz"), bytes(&twin, "children", "qzxzxzxz"));
    assert_eq!(hidden.code(), "VALIDATION");
}
