//! The walk over the matrix: every field for every role, of the own and of another authority, with a grant that is valid,
//! has expired or is suspended, as it is answered, beside what the specification says.
//!
//! `tests/access_matrix.csv` holds six lines for each field, and for each argument and input field with a declaration of
//! its own: one for each authority and grant; one column for each role. `value`: it can be read. `absent`: it is there, and
//! always null or empty. `unknown`: it is refused in the words for a field that does not exist. `401`: whoever asks is not
//! let in. `UPDATE_CONTRACTS=1` rewrites the file.

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
    // Nothing went wrong with the change that was asked for; a printed average of neighbours names neither edition nor
    // members.
    let printed = ["Comparison.edition", "Comparison.members"];
    // Nobody who reads the audit record sees true numbers of children.
    let counted = coordinate == "AuditEvent.children";
    let always = told_of_a_change(coordinate) || printed.contains(&coordinate) || counted;
    // Whom a core figure counts says why care ended.
    let of_agency = oracle::AGENCIES.contains(&role) && coordinate == "IndicatorValue.cohort";
    let rowless = coordinate == "DomainAccess.records" && !oracle::DOMAINS.iter().any(|d| oracle::rows(role, d, 'P'));
    let of_role = match role {
        Role::Public => coordinate == "Viewer.purpose",
        Role::Admin => coordinate == "ApiVersion.dataKnownTo",
        _ => false,
    };
    always || of_agency || rowless || of_role || is_held_back(role, coordinate)
}

fn told_of_a_change(coordinate: &str) -> bool {
    coordinate == "GrantPayload.errors" || coordinate.starts_with("MutationError.")
}

/// What nobody is given whose figures are suppressed, or rounded.
fn is_held_back(role: Role, coordinate: &str) -> bool {
    let suppressed = ["BreakdownRow.cohortShare", "BreakdownRow.disproportionality"];
    let rounded = [
        "IndicatorValue.numerator",
        "IndicatorValue.denominator",
        "IndicatorValue.notKnown",
        "IndicatorValue.interval",
        "PublishedValue.numerator",
        "PublishedValue.denominator",
        "RagAssessment.significant",
        "Trend.pValue",
    ];
    let (ratio, interval) = (coordinate.starts_with("RatioEstimate."), coordinate.starts_with("Interval."));
    match oracle::totals(role, "core") {
        // Each year one child left for a reason nobody knows: to who is not told that it was one it may be up to five, and
        // with that many more no movement is sure.
        Some('S') => ratio || suppressed.contains(&coordinate) || coordinate == "Trend.pValue",
        Some('R') => ratio || interval || suppressed.contains(&coordinate) || rounded.contains(&coordinate),
        _ => false,
    }
}

async fn marked() -> TestApp {
    // Whoever walks over everything has to wait otherwise.
    let app = TestApp::spawn_with(&[
        ("rate_per_second", "1000000000"),
        ("rate_burst", "1000000000"),
        ("failed_sign_ins_per_minute", "1000000"),
    ])
    .await;
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

const GRANTS: [&str; 3] = ["valid", "expired", "suspended"];

/// Whose records are asked for, and with what grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    authority: &'static str,
    grant: &'static str,
}

impl Case {
    fn all() -> impl Iterator<Item = Case> {
        GRANTS.into_iter().flat_map(|grant| ["own", "other"].map(|authority| Case { authority, grant }))
    }

    fn about(self) -> &'static str {
        if self.authority == "own" { OWN } else { OTHER }
    }

    async fn person(self, app: &TestApp, role: Role) -> User {
        let today = chrono::Utc::now().date_naive();
        match self.grant {
            // Managers are shown who children are for care and safeguarding alone.
            "valid" if role == Role::ServiceManager => person(app, role, OWN).await.with("X-Purpose", "direct-care"),
            "valid" => person(app, role, OWN).await,
            "expired" => {
                person_with(app, role, "ended", |grant| grant.ends_on = today - chrono::TimeDelta::days(1)).await
            }
            _ => person_with(app, role, "suspended", |grant| grant.suspended_on = Some(today)).await,
        }
    }

    /// What is answered here, of what the specification says of the own authority with a valid grant.
    fn expected(self, atlas: &Atlas, role: Role) -> Outcomes {
        let (ways, own) = (ways(atlas, role), expected(atlas, role));
        let of = |coordinate: &str, own: &'static str| match (self.grant, role, own) {
            ("valid", _, own) if self.authority == "own" => own,
            ("expired" | "suspended", role, _) if role != Role::Public => "401",
            // A grant for another authority is not given, and why not is told.
            ("valid", Role::Admin, _) if coordinate == "GrantPayload.grant" => "absent",
            ("valid", Role::Admin, _) if told_of_a_change(coordinate) => "value",
            (_, _, "value") if self.hides(&ways, coordinate) => "absent",
            (_, _, own) => own,
        };
        own.into_iter().map(|(coordinate, own)| (coordinate.clone(), of(&coordinate, own))).collect()
    }

    /// Whether a field belongs to an authority that does not exist here; without a grant there are none, and no indicators.
    fn hides(self, ways: &BTreeMap<String, Vec<(String, String)>>, coordinate: &str) -> bool {
        // What can be given can be given all the same.
        let field = coordinate.split_once('.').filter(|(_, name)| !name.contains('('));
        let Some((owner, name)) = field.filter(|(owner, _)| ways.contains_key(*owner)) else { return false };
        let way = ways.get(owner).into_iter().flatten().map(|(_, name)| name.as_str());
        let path: Vec<&str> = way.chain([name]).collect();
        if self.grant == "valid" {
            return ["authority", "node", "nodes", "audit"].contains(&path[0]);
        }
        let nothing = [
            "ApiVersion.dataKnownTo",
            "Viewer.authorities",
            "Viewer.domains",
            "Viewer.grantedUntil",
            "PageInfo.startCursor",
            "PageInfo.endCursor",
        ];
        let one = ["authority", "node", "nodes", "indicator"].contains(&path[0]);
        one || nothing.contains(&coordinate) || path.iter().any(|name| ["nodes", "edges", "domains"].contains(name))
    }
}

fn written(atlas: &Atlas, observed: &BTreeMap<(Case, Role), Outcomes>) -> String {
    let mut text = String::from("field,declared,authority,grant");
    for role in Role::ALL {
        text.push_str(&format!(",{}", role.code()));
    }
    text.push('\n');
    for (coordinate, (domain, level)) in atlas.coordinates() {
        for case in Case::all() {
            text.push_str(&format!("{coordinate},{domain} {level},{},{}", case.authority, case.grant));
            for role in Role::ALL {
                text.push_str(&format!(",{}", observed[&(case, role)].get(&coordinate).unwrap_or(&"missing")));
            }
            text.push('\n');
        }
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
        assert_eq!(kept, found, "UPDATE_CONTRACTS=1 rewrites tests/access_matrix.csv: read what it changes");
    }
    assert_eq!(kept, found, "UPDATE_CONTRACTS=1 rewrites tests/access_matrix.csv: read what it changes");
}

#[actix_web::test]
async fn every_field_is_answered_to_every_role_as_the_matrix_says() {
    let atlas = Atlas::read();
    let mut observed: BTreeMap<(Case, Role), Outcomes> = BTreeMap::new();
    let apps = [marked().await, marked().await, marked().await];
    for case in Case::all() {
        let walks = Role::ALL.map(|role| {
            let (app, atlas) = (&apps[GRANTS.iter().position(|grant| *grant == case.grant).unwrap()], &atlas);
            async move {
                let user = case.person(app, role).await;
                ((case, role), Walk::new(atlas, role, &user, case.about()).whole().await)
            }
        });
        observed.extend(join_all(walks).await);
    }
    let mut wrong = Vec::new();
    for ((case, role), outcomes) in &observed {
        for (coordinate, says) in case.expected(&atlas, *role) {
            let found = outcomes.get(&coordinate).copied().unwrap_or("missing");
            if found != says {
                let Case { authority, grant } = case;
                wrong.push(format!("{authority} {grant} {}: {coordinate} is {found}, should be {says}", role.code()));
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
