//! A variable that is left out, or null, means the default: for every argument of the schema that may be left out.

use lookedafter::access::Role;
use serde_json::{Value, json};

use crate::access::atlas::{Atlas, Field};
use crate::access::{OWN, oracle, person};
use crate::helpers::{TestApp, User};

/// Roles that together see every field with such an argument.
const ROLES: [Role; 3] = [Role::Analyst, Role::InformationGovernance, Role::Admin];

/// A field in an operation, with something given besides what it needs.
fn asked(atlas: &Atlas, owner: &str, field: &Field, given: &str) -> String {
    let inner = match field.kind.as_str() {
        // Each request is one record more, so the page moves.
        "AuditEventConnection" => "nodes { __typename }",
        page if page.ends_with("Connection") => "nodes { __typename } pageInfo { endCursor }",
        kind => atlas.leaf(kind),
    };
    let plain = atlas.ask(owner, &field.name, if inner.is_empty() { "" } else { "INNER" }, OWN);
    let asked = match (given, plain.contains('(')) {
        ("", _) => plain,
        (given, true) => plain.replacen('(', &format!("({given}, "), 1),
        (given, false) => plain.replacen(&field.name, &format!("{}({given})", field.name), 1),
    };
    asked.replace("INNER", inner)
}

/// What is answered, without the moment and the cost.
async fn answer(user: &User, document: &str, variables: Value) -> Value {
    let answer = user.query_with(document, variables).await;
    assert_eq!(answer.json["errors"], Value::Null, "{document}: {:#}", answer.json["errors"]);
    assert!(answer.json["data"].is_object());
    answer.json["data"].clone()
}

#[actix_web::test]
async fn a_variable_without_a_value_is_for_every_argument_as_if_nothing_were_given() {
    let (app, atlas) = (TestApp::spawn().await, Atlas::read());
    app.load(OWN, 120).await;
    let mut seen = Vec::new();
    for (owner, fields) in &atlas.objects {
        for field in fields {
            for argument in field.arguments.iter().filter(|argument| !argument.required) {
                let coordinate = format!("{owner}.{}({}:)", field.name, argument.name);
                let sees = |role: &Role| oracle::sees(&atlas, *role, owner, field);
                let role = ROLES.into_iter().find(sees).unwrap_or_else(|| panic!("nobody asks {coordinate}"));
                let user = person(&app, role, OWN).await;
                let ways = atlas.ways(|owner, field| oracle::sees(&atlas, role, owner, field));
                let along = |given: &str| atlas.along(owner, &ways[owner], &asked(&atlas, owner, field, given), OWN);
                let (name, kind) = (&argument.name, argument.written.trim_end_matches('!'));
                let expected = answer(&user, &along(""), json!({})).await;
                let by_variable = along(&format!("{name}: $x"));
                let declared = |kind: &str| format!("query ($x: {kind}) {by_variable}");
                let mut ways = vec![
                    (declared(kind), json!({})),
                    (declared(kind), json!({"x": null})),
                    (declared(&format!("{kind} = null")), json!({})),
                ];
                if let Some(default) = &argument.default {
                    ways.extend([
                        (along(&format!("{name}: {default}")), json!({})),
                        (declared(&format!("{kind} = {default}")), json!({})),
                        (declared(&format!("{kind} = {default}")), json!({"x": null})),
                        (declared(&format!("{kind}! = {default}")), json!({})),
                        (declared(kind), json!({"x": serde_json::from_str::<Value>(default).unwrap()})),
                    ]);
                }
                for (document, given) in ways {
                    let told = answer(&user, &document, given.clone()).await;
                    assert_eq!(told, expected, "{coordinate} {document} {given}");
                }
                seen.push(coordinate);
            }
        }
    }
    assert!(seen.len() > 50 && seen.contains(&"Authority.children(first:)".to_owned()), "{seen:?}");
}

/// The same of inputs is shown with a schema made for it, as long as none of ours has a default.
#[test]
fn no_field_of_an_input_has_a_default_yet() {
    let atlas = Atlas::read();
    let with: Vec<_> = atlas.inputs.values().flatten().filter(|field| field.default.is_some()).collect();
    assert!(with.is_empty(), "ask {with:?} here, as the arguments above are");
}

#[actix_web::test]
async fn introspection_takes_a_variable_without_a_value_for_its_flags() {
    let app = TestApp::spawn().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let inner = "{ name fields(ARGUMENT) { name args(ARGUMENT) { name } } enumValues(ARGUMENT) { name } }";
    let plain = format!("{{ __type(name: \"Authority\") {} }}", inner.replace("(ARGUMENT)", ""));
    let expected = answer(&user, &plain, json!({})).await;
    let document = format!(
        "query ($all: Boolean) {{ __type(name: \"Authority\") {} }}",
        inner.replace("ARGUMENT", "includeDeprecated: $all")
    );
    for given in [json!({}), json!({"all": null}), json!({"all": false})] {
        assert_eq!(answer(&user, &document, given).await, expected);
    }
}

#[actix_web::test]
async fn what_may_be_left_out_may_be_null() {
    let app = TestApp::spawn().await;
    app.load(OWN, 12).await;
    let user = person(&app, Role::Analyst, OWN).await;
    let document = "query ($filter: ChildFilter, $gender: [String!], $day: Date, $at: DateTime, $after: String, $set: [ComparatorInput!],
        $edition: String, $how: Averaging, $search: String) {
        authorities(search: $search) { totalCount }
        authority(by: {onsCode: \"E09000015\"}) {
            a: children(filter: $filter, after: $after) { totalCount nodes { age(on: $day) } }
            b: children(filter: {gender: $gender, lookedAfterOn: $day}) { totalCount }
            neighbours(edition: $edition) { edition }
            value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}, asKnownOn: $at) { display
                a: comparators(of: $set) { name }
                b: comparators(of: [{kind: STATISTICAL_NEIGHBOURS, edition: $edition, averaging: $how}]) { name } } } }";
    let left_out = answer(&user, document, json!({})).await;
    let names = ["filter", "gender", "day", "at", "after", "set", "edition", "how", "search"];
    let nulls: serde_json::Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    assert_eq!(answer(&user, document, Value::Object(nulls)).await, left_out);
    assert!(left_out["authority"]["a"]["totalCount"].as_i64() > Some(10), "{left_out:#}");
}

#[actix_web::test]
async fn a_written_null_where_there_is_a_default_is_refused_with_what_to_do() {
    let app = TestApp::spawn().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let answer = user.query("{ indicators(first: null) { totalCount } }").await;
    assert_eq!(
        (answer.code(), answer.message()),
        ("VALIDATION", "Invalid value for argument \"first\", expected type \"Int!\"; leave it out for its default")
    );
}

#[actix_web::test]
async fn one_variable_may_stand_where_null_may_stand_and_where_it_may_not() {
    let app = TestApp::spawn().await;
    app.load(OWN, 12).await;
    let user = person(&app, Role::Analyst, OWN).await;
    let document = "query ($codes: [String!]!, $word: String! = \"cla\") { authority(by: {onsCode: \"E09000015\"}) {
        values(indicators: $codes, period: {code: \"2023-24-Q2\"}) { indicator { code } }
        children(filter: {gender: $codes}) { totalCount } } indicators(search: $word) { totalCount } indicator(code: $word) { code } }";
    let answer = user.query_with(document, json!({"codes": ["cla_number"], "word": "cla_number"})).await;
    assert_eq!(answer.json["data"]["authority"]["values"], json!([{"indicator": {"code": "cla_number"}}]));
    assert_eq!(answer.json["data"]["indicator"]["code"], "cla_number");
    // The list is good for both places; that no gender has this name is another matter.
    assert!(answer.message().starts_with("There is no group 'cla_number'"), "{:#}", answer.json);
}
