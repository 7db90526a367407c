//! The walk over the matrix: every field for every role, as it is answered, beside what the specification says.
//!
//! `tests/access_matrix.csv` holds one line for each field, and for each argument and input field with a declaration of
//! its own; one column for each role. `value`: it can be read. `absent`: it is there, and always null or empty. `unknown`:
//! it is refused in the words for a field that does not exist. `UPDATE_CONTRACTS=1` writes the file anew.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use lookedafter::access::Role;
use lookedafter::store::rows;
use serde_json::{Value, json};

use super::{
    NOWHERE, OTHER, OWN,
    atlas::{Atlas, Given, changes},
    denial::made_up,
    marked::Marked,
    oracle, person, person_with, settled,
};
use crate::helpers::{Answer, TestApp, User, valid_grant};

/// The name of no field, argument or type.
const MADE_UP: &str = "zzqqzz";

/// What one role is answered, by coordinate.
type Outcomes = BTreeMap<String, &'static str>;

/// One role walking.
struct Walk<'a> {
    atlas: &'a Atlas,
    role: Role,
    user: &'a User,
    about: &'a str,
    ways: BTreeMap<String, Vec<(String, String)>>,
}

impl<'a> Walk<'a> {
    fn new(atlas: &'a Atlas, role: Role, user: &'a User, about: &'a str) -> Self {
        let ways = atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field));
        Walk { atlas, role, user, about, ways }
    }

    /// Asks one thing of a type, in an operation that the role may send up to there.
    async fn at(&self, owner: &str, inner: &str) -> Answer {
        let document = match self.ways.get(owner) {
            Some(way) => self.atlas.along(owner, way, inner, self.about),
            None => format!("{{ node(id: \"{MADE_UP}\") {{ __typename ... on {owner} {{ {inner} }} }} }}"),
        };
        self.user.query(&document).await
    }

    /// Whether a type is reached by a change alone.
    fn changes(&self, owner: &str) -> bool {
        self.ways.get(owner).is_some_and(|way| changes(owner, way))
    }

    /// Whether an error says of this name what another says of a name that does not exist.
    fn is_unknown(&self, answer: &Answer, name: &str, owner: &str) -> bool {
        let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
        let says = |text: String| {
            let told = |error: &Value| error["message"] == *text && error["extensions"]["code"] == "VALIDATION";
            errors.iter().any(told) && answer.json["data"].is_null()
        };
        says(format!("Unknown field \"{name}\" on type \"{owner}\"."))
            || says(format!("Unknown type \"{owner}\""))
            || owner == "Mutation" && says("Schema is not configured for mutations.".to_owned())
            || !self.ways.contains_key("Authority") && says("Unknown field \"node\" on type \"Query\".".to_owned())
    }

    /// All fields of a type: those that the role sees together, those that it does not together.
    async fn fields(&self, owner: &str, outcomes: &mut Outcomes) {
        let fields = &self.atlas.objects[owner];
        let ask =
            |name: &str| self.atlas.ask(owner, name, self.atlas.leaf(&self.atlas.field(owner, name).kind), self.about);
        let (seen, hidden): (Vec<&str>, Vec<&str>) = fields
            .iter()
            .map(|f| (f, f.name.as_str()))
            .map(|(f, name)| (oracle::sees(self.atlas, self.role, owner, f), name))
            .fold((Vec::new(), Vec::new()), |(mut seen, mut hidden), (sees, name)| {
                if sees {
                    seen.push(name)
                } else {
                    hidden.push(name)
                }
                (seen, hidden)
            });
        for group in [seen, hidden] {
            let inner: Vec<String> = group.iter().map(|name| ask(name)).collect();
            if inner.is_empty() {
                continue;
            }
            let answer = self.at(owner, &inner.join(" ")).await;
            for name in group {
                outcomes.insert(format!("{owner}.{name}"), self.outcome(&answer, owner, name));
            }
        }
    }

    fn outcome(&self, answer: &Answer, owner: &str, name: &str) -> &'static str {
        if answer.status == 401 {
            return "401";
        }
        if self.is_unknown(answer, name, owner) {
            return "unknown";
        }
        assert_eq!(answer.json["errors"], Value::Null, "{:?} {owner}.{name}: {:#}", self.role, answer.json);
        let mut path: Vec<&str> = self.ways.get(owner).into_iter().flatten().map(|(_, name)| name.as_str()).collect();
        path.push(name);
        if reached(&answer.json["data"], &path) { "value" } else { "absent" }
    }

    /// Arguments and input fields that declare access by themselves.
    async fn given(&self, outcomes: &mut Outcomes) {
        for (owner, fields) in &self.atlas.objects {
            for field in fields {
                for argument in field.arguments.iter().filter(|argument| argument.declared.is_some()) {
                    let coordinate = format!("{owner}.{}({}:)", field.name, argument.name);
                    let given = |name: &str| format!("{name}: \"2099-01-01T00:00:00Z\"");
                    outcomes.insert(coordinate, self.with(owner, &field.name, &argument.name, given).await);
                }
            }
        }
        for (input, fields) in &self.atlas.inputs {
            let Some((owner, field, argument)) = place_of(input) else {
                self.known(input, fields, outcomes).await;
                continue;
            };
            for known in fields.iter().filter(|known| known.declared.is_some()) {
                let value = match known.name.as_str() {
                    "gender" => "[\"Female\"]",
                    "ageBand" => "[\"10 to 15\"]",
                    "ethnicGroup" => "[\"Mixed\"]",
                    _ => "\"2023-09-30\"",
                };
                let given = |name: &str| format!("{argument}: {{{name}: {value}}}");
                let outcome = self.with(owner, field, &known.name, given).await;
                outcomes.insert(format!("{input}.{}", known.name), outcome);
            }
        }
    }

    /// Asks a field with something more given; refused means refused like something made up.
    async fn with(&self, owner: &str, name: &str, given: &str, write: impl Fn(&str) -> String) -> &'static str {
        let field = self.atlas.field(owner, name);
        let twin = made_up(given);
        let (given_name, replaced) = (write(given), write(&twin));
        let argument = given_name.split(':').next().unwrap().to_owned();
        let ask = |more: &str| {
            let needed = field.arguments.iter().filter(|known| known.required && known.name != argument);
            let needed = needed.map(|known| self.atlas.ask_argument(owner, known, self.about));
            let all: Vec<String> = needed.chain([more.to_owned()]).collect();
            let leaf = self.atlas.leaf(&field.kind);
            let inner = if leaf.is_empty() { String::new() } else { format!(" {{ {leaf} }}") };
            format!("{name}({}){inner}", all.join(", "))
        };
        let answer = self.at(owner, &ask(&given_name)).await;
        if answer.json["errors"].is_null() {
            return "value";
        }
        let answer_to_twin = self.at(owner, &ask(&replaced)).await;
        let (_, _, told) = settled(&answer);
        assert_eq!(
            told.replace(given, &twin),
            settled(&answer_to_twin).2.replace(given, &twin),
            "{:?} {owner}.{name} {given}",
            self.role
        );
        "unknown"
    }

    /// What can be given to a change is found in what the role is told of the schema.
    async fn known(&self, input: &str, fields: &[Given], outcomes: &mut Outcomes) {
        let answer = self.user.query(&format!("{{ __type(name: \"{input}\") {{ inputFields {{ name }} }} }}")).await;
        let told = answer.json["data"]["__type"]["inputFields"].as_array().cloned().unwrap_or_default();
        for field in fields.iter().filter(|field| field.declared.is_some()) {
            let known = told.iter().any(|told| told["name"] == *field.name);
            outcomes.insert(format!("{input}.{}", field.name), if known { "value" } else { "unknown" });
        }
    }

    async fn whole(&self) -> Outcomes {
        let mut outcomes = Outcomes::new();
        for owner in self.atlas.objects.keys() {
            self.fields(owner, &mut outcomes).await;
        }
        self.given(&mut outcomes).await;
        outcomes
    }
}

/// Where an input is given: type, field, argument.
fn place_of(input: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match input {
        "PeriodInput" => ("Authority", "value", "period"),
        "ChildFilter" => ("Authority", "children", "filter"),
        "CarerFilter" => ("Authority", "carers", "filter"),
        "LeaverFilter" => ("Authority", "leavers", "filter"),
        _ => return None,
    })
}

/// Whether something that is neither null nor an empty list stands at the end of the path.
fn reached(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Null, _) => false,
        (Value::Array(items), _) => items.iter().any(|item| reached(item, path)),
        (_, []) => true,
        (value, [first, rest @ ..]) => reached(&value[*first], rest),
    }
}

/// What the specification says of each coordinate.
fn expected(atlas: &Atlas, role: Role) -> Outcomes {
    let ways = atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field));
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

/// What is there and never says anything: by what the level of the figures holds back.
fn is_silent(role: Role, coordinate: &str) -> bool {
    // Nothing went wrong with the change that was asked for.
    coordinate == "GrantPayload.errors" || coordinate.starts_with("MutationError.") || held_back(role, coordinate)
}

/// What stands for nobody whose figures are suppressed or rounded.
fn held_back(role: Role, coordinate: &str) -> bool {
    let _ = (role, coordinate);
    false
}

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app.load(OTHER, 30).await;
    let today = chrono::Utc::now().date_naive();
    let (issuer, suspended_on) = (Some("https://issuer.example".to_owned()), Some(today));
    let grant = rows::Grant { issuer, suspended_on, ..valid_grant("someone else", Role::Analyst, OWN) };
    app.store.put_grant(grant).await.unwrap();
    app
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
    let ways = atlas.ways(|owner, field| oracle::sees(atlas, role, owner, field));
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
