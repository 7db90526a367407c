//! Which children each role sees, how they are called, and what must be said to see them: over requests, beside what an
//! analyst reads of the same children.

use std::collections::BTreeSet;

use lookedafter::access::Role;
use lookedafter::period::Date;
use lookedafter::store::rows;
use serde_json::{Value, json};

use super::{
    NOWHERE, OTHER, OWN,
    marked::{self, Marked},
    person, person_with, settled,
};
use crate::helpers::{TestApp, User};

/// The last day of the records.
const HORIZON: &str = "2023-09-30";

fn of_own(inner: &str) -> String {
    format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}")
}

async fn ask(user: &User, inner: &str) -> Value {
    let answer = user.query(&of_own(inner)).await;
    assert!(answer.json["errors"].is_null(), "{inner}: {:#}", answer.json["errors"]);
    answer.json["data"]["authority"].clone()
}

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app
}

/// How many children the user is told of; none where the list is null.
async fn listed(user: &User) -> Option<u64> {
    ask(user, "children(first: 5) { totalCount nodes { id } }").await["children"]["totalCount"].as_u64()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Whether a child is known to the records at all: those who left before the first return are not.
fn numbers() -> impl Iterator<Item = usize> {
    0..marked::CHILDREN
}

/// What is changed of a grant that lacks nothing.
type Change = fn(&mut rows::Grant);

#[actix_web::test]
async fn the_virtual_school_sees_children_of_the_ages_of_its_roll() {
    let app = marked().await;
    let own = Marked { authority: OWN, salt: 0 };
    let school = person(&app, Role::VirtualSchool, OWN).await;
    let on_roll = numbers().filter(|n| own.born(*n) > day("2004-09-30")).count() as u64;
    assert!(on_roll < marked::CHILDREN as u64);
    assert_eq!(listed(&school).await, Some(on_roll));
    let ages = ask(&school, "children(first: 500) { nodes { age } }").await;
    let ages = ages["children"]["nodes"].as_array().unwrap();
    assert!(ages.iter().all(|child| (2..=18).contains(&child["age"].as_i64().unwrap())));
    let leavers =
        ask(&school, &format!("leavers(filter: {{on: \"{HORIZON}\"}}) {{ nodes {{ child {{ age }} }} }}")).await;
    let leavers = leavers["leavers"]["nodes"].as_array().unwrap();
    assert!(leavers.iter().all(|leaver| leaver["child"]["age"].as_i64().unwrap() <= 18));
}

#[actix_web::test]
async fn the_health_team_sees_a_child_until_twelve_months_after_care() {
    let app = marked().await;
    let own = Marked { authority: OWN, salt: 0 };
    let followed = numbers().filter(|n| own.left(*n).is_none_or(|left| left >= day("2022-09-30"))).count() as u64;
    assert!(followed < marked::CHILDREN as u64);
    assert_eq!(listed(&person(&app, Role::HealthPartner, OWN).await).await, Some(followed));
    let elsewhere =
        person_with(&app, Role::HealthPartner, "elsewhere", |grant| grant.commissions = Some("E09000099".into())).await;
    assert_eq!(listed(&elsewhere).await, None);
}

#[actix_web::test]
async fn police_see_children_for_the_record_dates_of_the_grant_and_no_others() {
    let app = marked().await;
    let missing = ask(
        &person(&app, Role::Analyst, OWN).await,
        "children(first: 500) { nodes { missingEpisodes { nodes { start } } } }",
    )
    .await;
    let starts = |child: &Value| {
        let episodes = child["missingEpisodes"]["nodes"].as_array().unwrap().clone();
        episodes.iter().map(|episode| day(episode["start"].as_str().unwrap())).collect::<Vec<Date>>()
    };
    let children: Vec<Vec<Date>> = missing["children"]["nodes"].as_array().unwrap().iter().map(starts).collect();
    for (name, from, to) in [
        ("year", "2022-01-01", "2022-12-31"),
        ("days", "2022-01-05", "2022-01-09"),
        ("none", "2021-01-01", "2021-12-31"),
    ] {
        let within = |start: &Date| day(from) <= *start && *start <= day(to);
        let expected = children.iter().filter(|starts| starts.iter().any(within)).count() as u64;
        let user = person_with(&app, Role::PoliceYot, name, |grant| {
            (grant.records_from, grant.records_to) = (from.parse().ok(), to.parse().ok());
        })
        .await;
        assert_eq!(listed(&user).await, Some(expected), "{name}");
        assert!((name == "none") == (expected == 0) && expected < 180, "{name} {expected}");
    }
    let undated = person_with(&app, Role::PoliceYot, "undated", |grant| grant.records_from = None).await;
    assert_eq!(listed(&undated).await, None);
}

#[actix_web::test]
async fn an_adoption_agency_sees_what_is_shared_with_it_from_the_first_to_the_last_day() {
    let app = marked().await;
    let agency = person(&app, Role::AdoptionAgency, OWN).await;
    let told = listed(&agency).await.unwrap();
    // An adoption is told of in the return of 2020-21 for those in care then.
    let shared = numbers().filter(|n| marked::is_shared(*n) && marked::has_decision(*n)).count() as u64;
    assert!(told > 0 && told <= shared, "{told} of {shared}");
    let other =
        person_with(&app, Role::AdoptionAgency, "other", |grant| grant.organisation = Some("Another".into())).await;
    assert_eq!(listed(&other).await, Some(0));
    let today = chrono::Utc::now().date_naive();
    let share = |n: usize, from: i64, to: i64| rows::RecordShare {
        authority_id: OWN.to_owned(),
        child_id: marked::child(n),
        organisation: "Another".to_owned(),
        starts_on: today + chrono::TimeDelta::days(from),
        ends_on: today + chrono::TimeDelta::days(to),
    };
    for (n, from, to, expected) in [(3, 1, 9, 0), (15, -9, -1, 0), (21, 0, 0, 1), (22, 0, 9, 1)] {
        app.store.share(share(n, from, to)).await.unwrap();
        assert_eq!(
            listed(&other).await,
            Some(expected),
            "child {n}, who has an adoption decision where divisible by three"
        );
    }
    let id = ask(&other, "children { nodes { id } }").await["children"]["nodes"][0]["id"].clone();
    let node = "query ($id: ID!) { node(id: $id) { __typename } }";
    assert_eq!(other.query_with(node, json!({"id": id})).await.json["data"]["node"]["__typename"], "Child");
    app.store.end_share(OWN, &marked::child(21), "Another", today - chrono::TimeDelta::days(1)).await.unwrap();
    assert_eq!(other.query_with(node, json!({"id": id})).await.json["data"]["node"], Value::Null);
    assert_eq!(listed(&other).await, Some(0));
}

#[actix_web::test]
async fn an_inspection_without_a_number_or_longer_than_three_weeks_lets_nobody_in() {
    let app = marked().await;
    let cases: [(&str, Change, u16); 4] = [
        ("good", |_| {}, 200),
        ("unnumbered", |grant| grant.inspection_number = None, 401),
        ("blank", |grant| grant.inspection_number = Some("  ".to_owned()), 401),
        ("long", |grant| grant.ends_on = grant.starts_on + chrono::TimeDelta::days(21), 401),
    ];
    for (name, change, status) in cases {
        let user = person_with(&app, Role::Inspector, name, change).await;
        assert_eq!(user.query("{ viewer { role } }").await.status, status, "{name}");
    }
}

#[actix_web::test]
async fn a_partner_without_an_agreement_in_force_reads_totals_alone() {
    let app = marked().await;
    let today = chrono::Utc::now().date_naive();
    let over = rows::Agreement {
        agreement_id: "OVER".to_owned(),
        parties: "Us and them".to_owned(),
        legal_basis: "None any more".to_owned(),
        ends_on: Some(today - chrono::TimeDelta::days(1)),
        ..rows::Agreement::default()
    };
    app.store.put_agreement(over).await.unwrap();
    let cases: [(&str, Change); 3] = [
        ("none", |grant| grant.agreement = " ".to_owned()),
        ("over", |grant| grant.agreement = "OVER".to_owned()),
        ("long", |grant| grant.ends_on = grant.starts_on + chrono::TimeDelta::days(367)),
    ];
    for role in [Role::HealthPartner, Role::VirtualSchool, Role::PoliceYot, Role::AdoptionAgency] {
        for (name, change) in cases {
            let user = person_with(&app, role, name, change).await;
            assert_eq!(listed(&user).await, None, "{role:?} {name}");
            let figure =
                ask(&user, "value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { value numerator }")
                    .await;
            assert!(figure["value"]["value"].is_number(), "{role:?} {name}: {figure}");
        }
    }
}

/// The purposes that a role may state, as ruling A1 and the signed table have them.
fn says(role: Role) -> &'static str {
    match role {
        Role::Analyst | Role::DataSteward => "performance-monitoring, statutory-return, subject-access",
        Role::ServiceManager | Role::HealthPartner => "performance-monitoring, direct-care, safeguarding",
        Role::Inspector => "performance-monitoring, inspection",
        Role::PoliceYot => "performance-monitoring, safeguarding",
        role => panic!("{role:?}"),
    }
}

#[actix_web::test]
async fn who_does_not_say_why_reads_no_rows_and_is_told_to_say_it() {
    let app = marked().await;
    let lists = [
        "children { totalCount nodes { id } }",
        "value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { cohort(part: NUMERATOR) { totalCount } }",
    ];
    for role in
        [Role::Analyst, Role::DataSteward, Role::ServiceManager, Role::Inspector, Role::HealthPartner, Role::PoliceYot]
    {
        let silent = app.without_purpose(role, OWN).await;
        for list in lists {
            let answer = silent.query(&of_own(list)).await;
            let authority = &answer.json["data"]["authority"];
            assert_eq!(answer.code(), "PURPOSE_REQUIRED", "{role:?} {:#}", answer.json);
            assert!(answer.message().ends_with(&format!(": {}.", says(role))), "{role:?} {}", answer.message());
            let purposes: Vec<&str> = says(role).split(", ").collect();
            assert_eq!(answer.json["errors"][0]["extensions"]["purposes"], json!(purposes), "{role:?}");
            assert!(authority["children"].is_null() && authority["value"]["cohort"].is_null(), "{role:?}");
        }
        let stated = silent.with("X-Purpose", "performance-monitoring");
        assert!(listed(&stated).await.is_some(), "{role:?}");
        let curious = silent.with("X-Purpose", "curiosity").query("{ viewer { role } }").await;
        assert_eq!((curious.status.as_u16(), curious.code()), (403, "FORBIDDEN"));
        assert!(curious.message().ends_with(&format!(": {}.", says(role))), "{role:?} {}", curious.message());
    }
    // A purpose that is not one of the role's opens nothing, of whichever authority, and which ones are is told.
    for role in [Role::Analyst, Role::PanelMember] {
        let user = app.without_purpose(role, OWN).await.with("X-Purpose", "inspection");
        for authority in [OWN, OTHER, NOWHERE] {
            let answer = user.query(&format!("{{ authority(by: {{onsCode: \"{authority}\"}}) {{ name }} }}")).await;
            assert_eq!((answer.code(), &answer.json["data"]["authority"]), ("PURPOSE_NOT_PERMITTED", &Value::Null));
            assert!(answer.message().contains("performance-monitoring"));
            assert_eq!(answer.json["errors"][0]["extensions"]["purposes"][0], "performance-monitoring");
        }
    }
    // Of partners, true totals ask for one as well: without it an inspector is shown the suppressed ones.
    let small = "value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { notKnown lineage { digest } }";
    let silent = app.without_purpose(Role::Inspector, OWN).await.query(&of_own(small)).await;
    assert!(silent.json["data"]["authority"]["value"]["lineage"].is_null(), "{:#}", silent.json);
}

#[actix_web::test]
async fn of_several_roles_held_one_is_active_and_never_two_together() {
    let app = marked().await;
    let roles = [Role::Analyst, Role::PanelMember, Role::Admin];
    for role in roles {
        app.grant("many", role, OWN).await;
    }
    let token = token_for(&app, "many", &["analyst", "panel_member", "admin", "inspector"]);
    let many = User::at(&app.address, Some(token)).with("X-Purpose", "performance-monitoring");
    assert_eq!(many.query("{ viewer { role } }").await.status, 403);
    assert_eq!(many.with("X-Active-Role", "inspector").query("{ viewer { role } }").await.status, 403, "no grant");
    for role in roles {
        let (as_one, alone) = (many.with("X-Active-Role", role.code()), person(&app, role, OWN).await);
        let rows = of_own("children(first: 2) { totalCount nodes { id reference } }");
        for document in [
            rows.as_str(),
            "{ viewer { role authorities { onsCode } } }",
            "{ __schema { types { name fields { name } } } }",
        ] {
            assert_eq!(settled(&as_one.query(document).await), settled(&alone.query(document).await), "{role:?}");
        }
    }
}

/// A token in several roles, signed by the development issuer's own key.
fn token_for(app: &TestApp, subject: &str, roles: &[&str]) -> String {
    let pem = std::fs::read_to_string(app.config.data.join("development-key.pem")).unwrap();
    let key = jsonwebtoken::EncodingKey::from_ed_pem(pem.as_bytes()).unwrap();
    let one = app.token(subject, Role::Analyst);
    let header = jsonwebtoken::decode_header(&one).unwrap();
    let now = chrono::Utc::now().timestamp();
    let claims = json!({
        "iss": app.config.issuer, "aud": app.config.audience, "sub": subject, "roles": roles,
        "iat": now, "nbf": now, "exp": now + 600, "jti": "several",
    });
    jsonwebtoken::encode(
        &jsonwebtoken::Header { kid: header.kid, ..jsonwebtoken::Header::new(header.alg) },
        &claims,
        &key,
    )
    .unwrap()
}

/// What the children of a list are called.
pub async fn names(user: &User) -> Vec<String> {
    let children = ask(user, "children(first: 500) { nodes { id } }").await;
    let children = children["children"]["nodes"].as_array().unwrap();
    children.iter().map(|child| child["id"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn two_organisations_or_roles_cannot_put_their_lists_together() {
    let app = marked().await;
    let with = |name: &'static str| move |grant: &mut rows::Grant| grant.organisation = Some(name.to_owned());
    let readers = [
        person_with(&app, Role::ServiceManager, "one", with("One")).await,
        person_with(&app, Role::ServiceManager, "two", with("Two")).await,
        person_with(&app, Role::HealthPartner, "one", with("One")).await,
    ];
    let mut all = Vec::new();
    for reader in &readers {
        let own = names(reader).await;
        assert_eq!(own, names(reader).await, "names stay the same within an organisation");
        assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len());
        all.push(own);
    }
    let colleague = person_with(&app, Role::ServiceManager, "colleague", with("One")).await;
    assert_eq!(names(&colleague).await, all[0], "and among those of one organisation");
    let document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    for (at, reader) in readers.iter().enumerate() {
        for (of, names) in all.iter().enumerate() {
            let answer = reader.query_with(document, json!({"ids": names})).await;
            let opened = answer.json["data"]["nodes"].as_array().unwrap().iter().filter(|node| !node.is_null()).count();
            assert_eq!(opened, if at == of { names.len() } else { 0 }, "{at} opens names of {of}");
        }
    }
    // The order of a list tells nothing either: the same place is another child, or another household.
    let lists = [
        ("children(first: 500) { nodes { episodes { nodes { start } } } }", "children", marked::CHILDREN),
        ("carers(filter: {approvedOn: \"2023-09-30\"}, first: 500) { nodes { approvedOn } }", "carers", 20),
    ];
    for (inner, list, many) in lists {
        let mut orders: Vec<Vec<String>> = Vec::new();
        for reader in &readers[..2] {
            let told = ask(reader, inner).await;
            orders.push(told[list]["nodes"].as_array().unwrap().iter().map(ToString::to_string).collect());
        }
        for (at, order) in orders.iter().enumerate() {
            assert_eq!(order.len(), many);
            for other in &orders[..at] {
                let same = order.iter().zip(other).filter(|(a, b)| a == b).count();
                assert!(same < many / 2, "{same} of {many} {list} stand at the same place in both lists");
            }
        }
    }
}

/// Whom such a figure counts would say why and when care ended, which their records do not tell them.
#[actix_web::test]
async fn agencies_are_not_shown_whom_a_core_figure_counts() {
    let app = marked().await;
    let cohort = |code: &str, part: &str| {
        format!(
            "value(indicator: \"{code}\", period: {{code: \"2022-23-Q4\"}}) {{ cohort(part: {part}) {{ totalCount }} }}"
        )
    };
    for part in ["NUMERATOR", "DENOMINATOR", "MISSED"] {
        for role in [Role::HealthPartner, Role::VirtualSchool, Role::PoliceYot, Role::AdoptionAgency] {
            let user = person(&app, role, OWN).await;
            assert!(ask(&user, &cohort("ceased_sgo_pct", part)).await["value"]["cohort"].is_null(), "{role:?}");
        }
        let health = ask(&person(&app, Role::HealthPartner, OWN).await, &cohort("health_checks_pct", part)).await;
        assert!(health["value"]["cohort"]["totalCount"].is_number(), "{health:#}");
        let manager = ask(&person(&app, Role::ServiceManager, OWN).await, &cohort("ceased_sgo_pct", part)).await;
        assert!(manager["value"]["cohort"]["totalCount"].is_number(), "{manager:#}");
    }
}

#[actix_web::test]
async fn small_pages_of_pseudonyms_one_after_the_other_are_the_whole_list() {
    let app = marked().await;
    let manager = person(&app, Role::ServiceManager, OWN).await;
    let lists = [
        ("children", "children(", "children"),
        (
            "cohort",
            "value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { cohort(part: NUMERATOR, ",
            "value",
        ),
        ("leavers", "leavers(filter: {on: \"2023-09-30\"}, ", "leavers"),
        ("carers", "carers(filter: {approvedOn: \"2023-09-30\"}, ", "carers"),
    ];
    for (name, opening, outer) in lists {
        let closing = if name == "cohort" { " }" } else { "" };
        let (mut seen, mut after, mut total) = (Vec::new(), String::new(), 0);
        loop {
            let page = format!(
                "{opening}first: 7{after}) {{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ id }} }}{closing}"
            );
            let told = ask(&manager, &page).await;
            let page = if name == "cohort" { &told[outer]["cohort"] } else { &told[outer] };
            seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()));
            total = page["totalCount"].as_u64().unwrap().max(total);
            after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen.len() as u64, total, "{name}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{name}");
        assert!(total > 7, "{name}");
    }
}
