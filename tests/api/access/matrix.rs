//! The walk over the matrix: every field for every role, as it is answered, beside what the specification says.
//!
//! `tests/access_matrix.csv` holds one line for each field, and for each argument and input field with a declaration of
//! its own; one column for each role. `value`: it can be read. `absent`: it is there, and always null or empty. `unknown`:
//! it is refused in the words for a field that does not exist. `UPDATE_CONTRACTS=1` writes the file anew.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use lookedafter::access::Role;
use lookedafter::store::rows;
use serde_json::json;

use super::{
    NOWHERE, OTHER, OWN,
    atlas::Atlas,
    marked::Marked,
    oracle, person, person_with, settled,
    walk::{Outcomes, Walk, place_of, ways},
};
use crate::helpers::{TestApp, User, valid_grant};

/// What the specification says of each coordinate.
fn expected(atlas: &Atlas, role: Role) -> Outcomes {
    let ways = ways(atlas, role);
    let mut all = Outcomes::new();
    for (owner, fields) in &atlas.objects {
        for field in fields {
            let seen = oracle::sees(atlas, role, owner, field) && ways.contains_key(owner);
            let coordinate = format!("{owner}.{}", field.name);
            let outcome = match seen {
                true if is_silent(role, &coordinate) => "absent",
                true => "value",
                false => "unknown",
            };
            for argument in field.arguments.iter() {
                if let Some(says) = &argument.declared {
                    let given = seen && oracle::declared_for(role, says);
                    all.insert(format!("{coordinate}({}:)", argument.name), if given { "value" } else { "unknown" });
                }
            }
            all.insert(coordinate, outcome);
        }
    }
    for (input, fields) in &atlas.inputs {
        let reachable = place_of(input).is_none_or(|(owner, name, _)| {
            oracle::sees(atlas, role, owner, atlas.field(owner, name)) && ways.contains_key(owner)
        });
        for (known, says) in fields.iter().filter_map(|known| Some((known, known.declared.as_ref()?))) {
            let given = reachable && oracle::declared_for(role, says);
            all.insert(format!("{input}.{}", known.name), if given { "value" } else { "unknown" });
        }
    }
    all
}

/// What is there and says nothing, in these records or to this role.
fn is_silent(role: Role, coordinate: &str) -> bool {
    // Nothing went wrong with the change that was asked for; a printed average of neighbours names no edition.
    let always = [
        "GrantPayload.errors",
        "MutationError.code",
        "MutationError.message",
        "MutationError.path",
        "Comparison.edition",
    ];
    let of_role = match role {
        Role::Public => coordinate == "Viewer.purpose",
        Role::Admin => coordinate == "ApiVersion.dataKnownTo",
        _ => false,
    };
    always.contains(&coordinate) || of_role || is_held_back(role, coordinate)
}

/// What nobody is given whose figures are suppressed, or rounded.
fn is_held_back(role: Role, coordinate: &str) -> bool {
    let suppressed = ["BreakdownRow.cohortShare", "BreakdownRow.disproportionality"];
    let rounded = [
        "IndicatorValue.numerator",
        "IndicatorValue.denominator",
        "IndicatorValue.interval",
        "RagAssessment.significant",
        "Trend.pValue",
    ];
    let (ratio, interval) = (coordinate.starts_with("RatioEstimate."), coordinate.starts_with("Interval."));
    match oracle::totals(role, "core") {
        Some('S') => ratio || suppressed.contains(&coordinate),
        Some('R') => ratio || interval || suppressed.contains(&coordinate) || rounded.contains(&coordinate),
        _ => false,
    }
}

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app.load(OTHER, 30).await;
    let today = chrono::Utc::now().date_naive();
    let (issuer, suspended_on) = (Some("https://issuer.example".to_owned()), Some(today));
    let grant = rows::Grant { issuer, suspended_on, ..valid_grant("someone else", Role::Analyst, OWN) };
    app.store.put_grant(grant).await.unwrap();
    recorded(&app).await;
    app
}

/// Puts readings on record that have all that one can have: a purpose, a name, a case, an inspection, and a reason for a denial.
async fn recorded(app: &TestApp) {
    let figure = "value(indicator: \"cla_number\", period: {latest: QUARTER}) { display }";
    let open =
        format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {figure} children(first: 1) {{ nodes {{ id }} }} }} }}");
    assert_eq!(app.analyst(OWN).await.query(&open).await.status.as_u16(), 200);
    assert_eq!(app.user(Role::Inspector, OWN).await.query(&open).await.status.as_u16(), 200);
    let silent = app.without_purpose(Role::Analyst, OWN).await.with("X-Case-Reference", "Panel 7");
    let document = format!("query Named {{ authority(by: {{onsCode: \"{OWN}\"}}) {{ children {{ totalCount }} }} }}");
    let answer = silent.post(json!({"query": document, "operationName": "Named"}).to_string()).await;
    assert_eq!(answer.code(), "PURPOSE_REQUIRED");
}

fn written(atlas: &Atlas, observed: &BTreeMap<Role, Outcomes>) -> String {
    let mut text = String::from("field,declared");
    for role in Role::ALL {
        text.push_str(&format!(",{}", role.code()));
    }
    text.push('\n');
    for (coordinate, (domain, level)) in atlas.coordinates() {
        text.push_str(&format!("{coordinate},{domain} {level}"));
        for role in Role::ALL {
            text.push_str(&format!(",{}", observed[&role].get(&coordinate).unwrap_or(&"missing")));
        }
        text.push('\n');
    }
    text
}

fn is_current(found: &str) {
    let path = format!("{}/tests/access_matrix.csv", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_CONTRACTS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (kept, found) in kept.lines().zip(found.lines()) {
        assert_eq!(kept, found, "UPDATE_CONTRACTS=1 writes tests/access_matrix.csv anew: read what it changes");
    }
    assert_eq!(kept, found, "UPDATE_CONTRACTS=1 writes tests/access_matrix.csv anew: read what it changes");
}

#[actix_web::test]
async fn every_field_is_answered_to_every_role_as_the_matrix_says() {
    let (app, atlas) = (marked().await, Atlas::read());
    let walks = Role::ALL.map(|role| {
        let (app, atlas) = (&app, &atlas);
        async move {
            let user = person(app, role, OWN).await;
            (role, Walk::new(atlas, role, &user, OWN).whole().await)
        }
    });
    let observed: BTreeMap<Role, Outcomes> = join_all(walks).await.into_iter().collect();
    let mut wrong = Vec::new();
    for (role, outcomes) in &observed {
        for (coordinate, says) in expected(&atlas, *role) {
            let found = outcomes.get(&coordinate).copied().unwrap_or("missing");
            if found != says {
                wrong.push(format!("{}: {coordinate} is {found}, should be {says}", role.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    is_current(&written(&atlas, &observed));
}

/// Of another authority nobody learns whether it exists: its answer is that of a code that does not.
#[actix_web::test]
async fn another_authority_is_answered_as_one_that_does_not_exist() {
    let (app, atlas) = (marked().await, Atlas::read());
    let walks = Role::ALL.map(|role| {
        let (app, atlas) = (&app, &atlas);
        async move {
            let user = person(app, role, OWN).await;
            let (other, nowhere) = (Walk::new(atlas, role, &user, OTHER), Walk::new(atlas, role, &user, NOWHERE));
            let mut nulls = 0;
            for (owner, fields) in &atlas.objects {
                let asked: Vec<String> = fields
                    .iter()
                    .filter(|field| oracle::sees(atlas, role, owner, field) && !other.changes(owner))
                    .map(|field| atlas.ask(owner, &field.name, atlas.leaf(&field.kind), OTHER))
                    .collect();
                if asked.is_empty() {
                    continue;
                }
                let (inner, twin) = (asked.join(" "), asked.join(" ").replace(OTHER, NOWHERE));
                let (id, no_id) = (super::atlas::authority_id(OTHER), super::atlas::authority_id(NOWHERE));
                let (other, nowhere) =
                    (other.at(owner, &inner).await, nowhere.at(owner, &twin.replace(&id, &no_id)).await);
                assert_eq!(settled(&other), settled(&nowhere), "{role:?} {owner}");
                let first = walk_root(atlas, role, owner);
                if first.as_deref() == Some("authority") {
                    assert_eq!(other.json["data"], json!({"authority": null}), "{role:?} {owner}");
                    nulls += 1;
                }
            }
            nulls
        }
    });
    let nulls: Vec<usize> = join_all(walks).await;
    assert!(nulls.iter().sum::<usize>() > 300, "{nulls:?}");
}

/// The first field on the way to a type.
fn walk_root(atlas: &Atlas, role: Role, owner: &str) -> Option<String> {
    let ways = ways(atlas, role);
    ways.get(owner)?.first().map(|(_, name)| name.clone())
}

/// A grant that has ended, has not begun or is suspended lets nobody in, whatever is asked; without a token there is
/// nothing to see.
#[actix_web::test]
async fn without_a_grant_in_force_nothing_is_answered() {
    let (app, atlas) = (marked().await, Atlas::read());
    let today = chrono::Utc::now().date_naive();
    let day = chrono::TimeDelta::days(1);
    let mut bodies = BTreeSet::new();
    for role in Role::ALL {
        let ended = person_with(&app, role, "ended", |grant| grant.ends_on = today - day).await;
        let suspended = person_with(&app, role, "suspended", |grant| {
            grant.grant_id.push_str(" suspended");
            grant.suspended_on = Some(today);
        })
        .await;
        let later = person_with(&app, role, "later", |grant| {
            grant.grant_id.push_str(" later");
            grant.starts_on = today + day;
        })
        .await;
        for user in [ended, suspended, later] {
            if role == Role::Public {
                nothing_is_public(&atlas, &user).await;
                continue;
            }
            let answer = user.query(&every_field(&atlas)).await;
            assert_eq!(answer.status, 401, "{role:?}");
            bodies.insert(String::from_utf8(answer.body).unwrap());
        }
    }
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

/// A document that names every field of the schema.
fn every_field(atlas: &Atlas) -> String {
    let mut document = String::from("{ viewer { role } }");
    for (owner, fields) in &atlas.objects {
        let asked = fields.iter().map(|field| atlas.ask(owner, &field.name, atlas.leaf(&field.kind), OWN));
        document.push_str(&format!(" fragment {owner}All on {owner} {{ {} }}", asked.collect::<Vec<_>>().join(" ")));
    }
    document
}

/// Without a grant for everyone there is no authority and no catalogue; who asks, and of what program, is no secret.
async fn nothing_is_public(atlas: &Atlas, user: &User) {
    let walk = Walk::new(atlas, Role::Public, user, OWN);
    for (owner, fields) in atlas.objects.iter().filter(|(owner, _)| walk.ways.contains_key(*owner)) {
        let asked = fields.iter().filter(|field| oracle::sees(atlas, Role::Public, owner, field));
        let asked: Vec<String> =
            asked.map(|field| atlas.ask(owner, &field.name, atlas.leaf(&field.kind), OWN)).collect();
        let answer = walk.at(owner, &asked.join(" ")).await;
        let data = &answer.json["data"];
        let none = ["authority", "indicator", "node"].iter().all(|name| data[name].is_null());
        let empty =
            ["authorities", "indicators"].iter().all(|name| data[name]["nodes"].as_array().is_none_or(Vec::is_empty));
        assert!(none && empty, "{owner}: {:#}", answer.json);
    }
}
