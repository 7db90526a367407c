//! One document serves two roles: what `@skip` and `@include` switch off is not checked, not counted and not answered.

use lookedafter::access::Role;
use lookedafter::audit::Fact;
use lookedafter::store::Search;
use serde_json::{Value, json};

use crate::access::{OWN, person, settled};
use crate::helpers::{Answer, TestApp};

const PAGE: &str = "query Page($authority: String!, $on: Date!, $records: Boolean!, $filter: ChildFilter) {
    authority(by: {onsCode: $authority}) {
        value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { display ...Basis @include(if: $records) }
        children(filter: {lookedAfterOn: $on}, first: 2) @include(if: $records) { nodes { ...Row } }
        ... @include(if: $records) { more: children(filter: $filter, first: 1) { nodes { placements { totalCount } } } }
    }
}
fragment Row on Child { id age(on: $on) }
fragment Basis on IndicatorValue { lineage { digest } }";

fn page(records: bool) -> Value {
    json!({"authority": OWN, "on": "2023-09-30", "records": records})
}

async fn loaded() -> TestApp {
    let app = TestApp::spawn().await;
    app.load(OWN, 12).await;
    app
}

fn messages(answer: &Answer) -> Vec<String> {
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["message"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn one_document_serves_an_analyst_and_a_panel_member() {
    let app = loaded().await;
    let (analyst, member) = (person(&app, Role::Analyst, OWN).await, person(&app, Role::PanelMember, OWN).await);
    let whole = analyst.query_with(PAGE, page(true)).await;
    assert_eq!(whole.json["errors"], Value::Null, "{:#}", whole.json);
    assert_eq!(whole.json["data"]["authority"]["children"]["nodes"].as_array().unwrap().len(), 2);
    assert!(whole.json["data"]["authority"]["value"]["lineage"]["digest"].is_string());
    let small = member.query_with(PAGE, page(false)).await;
    assert_eq!(small.json["errors"], Value::Null, "{:#}", small.json);
    let authority = small.json["data"]["authority"].as_object().unwrap();
    assert_eq!(authority.keys().collect::<Vec<_>>(), ["value"]);
    // With the switch on they are refused as ever: each hidden field once, and nothing that hangs from it.
    let refused = member.query_with(PAGE, page(true)).await;
    assert_eq!(refused.code(), "VALIDATION");
    assert_eq!(
        messages(&refused),
        [
            "Unknown field \"children\" on type \"Authority\".",
            "Unknown field \"children\" on type \"Authority\".",
            "Unknown field \"lineage\" on type \"IndicatorValue\"."
        ]
    );
}

#[actix_web::test]
async fn the_page_of_the_manual_serves_both() {
    let app = loaded().await;
    let manual = include_str!("../../docs/querying.md");
    let document = manual.split("```graphql\n").find(|block| block.starts_with("query Page(")).unwrap();
    let document = document.split("```").next().unwrap();
    let ask = async |role: Role, records: bool| {
        let answer = person(&app, role, OWN).await.query_with(document, page(records)).await;
        assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
        answer.json["data"]["authority"].clone()
    };
    let member = ask(Role::PanelMember, false).await;
    assert!(member["value"]["display"].is_string() && member.get("children").is_none(), "{member:#}");
    let analyst = ask(Role::Analyst, true).await;
    assert!(analyst["children"]["nodes"][0]["ageBand"].is_string(), "{analyst:#}");
}

/// Places in which a name of a field may stand that is switched off, and what is given.
const PLACES: [(&str, bool); 12] = [
    ("{ viewer { role } authority(by: {onsCode: \"E09000015\"}) { name NAME @skip(if: true) } }", false),
    (
        "{ viewer { role } authority(by: {onsCode: \"E09000015\"}) { name NAME @include(if: false) { nodes { a } } } }",
        false,
    ),
    (
        "{ viewer { role } authority(by: {onsCode: \"E09000015\"}) { name NAME(first: 5) @skip(if: false) @include(if: false) } }",
        false,
    ),
    ("{ viewer { role } authority(by: {onsCode: \"E09000015\"}) { NAME @skip(if: true) } }", false),
    ("{ viewer { role } authority(by: {onsCode: \"E09000015\"}) @skip(if: true) { NAME { NAME } } }", false),
    ("{ viewer { role } ... on Query @include(if: false) { authority(by: {NAME: 1}) { NAME(NAME: NAME) } } }", false),
    (
        "{ viewer { role } ...F @skip(if: true) } fragment F on Query { NAME { ...G } } fragment G on NAME { NAME }",
        false,
    ),
    (
        "query ($x: Boolean!) { viewer { role } authority(by: {onsCode: \"E09000015\"}) { name NAME @include(if: $x) } }",
        true,
    ),
    ("query ($x: Boolean! = false) { viewer { role } ... @include(if: $x) { ... on NAME { id } } }", false),
    (
        "query ($x: Boolean!, $y: NAME, $z: Int) { viewer { role } ... @include(if: $x) { a(b: $y) { c(d: [$z]) } } }",
        true,
    ),
    ("query ($x: Boolean!) { viewer { role } ... @include(if: $x) { periods(kind: NAME) { code } } }", true),
    (
        "query ($x: Boolean!) { viewer { role } ...F } fragment F on Query { NAME @include(if: $x) viewer { role } }",
        true,
    ),
];

#[actix_web::test]
async fn what_is_switched_off_may_exist_be_hidden_or_be_made_up_and_nobody_can_tell() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    for (place, by_variable) in PLACES {
        let given = if by_variable { json!({"x": false}) } else { json!({}) };
        let mut told = Vec::new();
        // Hidden from the role, shown to it, and never there; all of one length.
        for name in ["children", "recordsU", "qzxzxzxz"] {
            let answer = member.query_with(&place.replace("NAME", name), given.clone()).await;
            assert_eq!(answer.json["errors"], Value::Null, "{place} {name}: {:#}", answer.json);
            assert_eq!(answer.json["data"]["viewer"]["role"], "panel_member");
            told.push(settled(&answer));
        }
        assert!(told.iter().all(|one| *one == told[0]), "{place}");
        if by_variable {
            let on = member.query_with(&place.replace("NAME", "children"), json!({"x": true})).await;
            let twin = member.query_with(&place.replace("NAME", "qzxzxzxz"), json!({"x": true})).await;
            assert_eq!(on.code(), "VALIDATION", "{place}");
            let (on, twin) = (settled(&on), settled(&twin));
            assert_eq!((on.0, on.2.replace("children", "qzxzxzxz")), (twin.0, twin.2), "{place}");
        }
    }
}

#[actix_web::test]
async fn everything_may_be_switched_off() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    let answer = member.query("{ children @skip(if: true) }").await;
    assert_eq!((&answer.json["data"], &answer.json["errors"]), (&json!({}), &Value::Null));
    let answer = member.query("{ viewer { ... @include(if: false) { children } } }").await;
    assert_eq!((&answer.json["data"], &answer.json["errors"]), (&json!({"viewer": {}}), &Value::Null));
}

#[actix_web::test]
async fn a_condition_that_is_none_is_the_one_mistake_that_is_told() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    let document =
        |of: &str| format!("query Q({of}) {{ viewer {{ role children(first: 5) @include(if: $x) {{ a }} }} }}");
    for (of, given, expected) in [
        ("$y: Int", json!({"x": false}), "Variable \"$x\" is not defined"),
        (
            "$x: Boolean",
            json!({"x": false}),
            "Variable \"$x\" of type \"Boolean\" used in position expecting type \"Boolean!\"",
        ),
        ("$x: Boolean", json!({}), "Variable \"$x\" of type \"Boolean\" used in position expecting type \"Boolean!\""),
        (
            "$x: String!",
            json!({"x": "no"}),
            "Variable \"$x\" of type \"String!\" used in position expecting type \"Boolean!\"",
        ),
        ("$x: Boolean!", json!({"x": "no"}), "Invalid value for variable \"$x\", expected type \"Boolean!\""),
        ("$x: Boolean!", json!({"x": null}), "The variable $x of type Boolean! is not given."),
        ("$x: Boolean! = true", json!({}), "Unknown field \"children\" on type \"Viewer\"."),
    ] {
        let answer = member.query_with(&document(of), given).await;
        assert_eq!(messages(&answer), [expected], "{of}");
    }
    for given in ["$x: Boolean = false", "$x: Boolean! = false"] {
        assert_eq!(messages(&member.query(&document(given)).await), [""; 0], "{given}");
    }
}

#[actix_web::test]
async fn only_the_operation_that_is_asked_for_is_switched_by_variables() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    let document = "query A($x: Boolean!) { viewer { role } ...F } query B($y: Boolean!) { ...F ... @include(if: $y) { children } }
        query C($x: Boolean!) { viewer @skip(if: $x) { role } } fragment F on Query { children @include(if: $x) }";
    let ask = async |document: &str, name: &str, given: Value| {
        member.post(json!({"query": document, "operationName": name, "variables": given}).to_string()).await
    };
    let answer = ask(document, "A", json!({"x": false})).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    assert_eq!(ask(document, "B", json!({"y": false})).await.message(), "Variable \"$x\" is not defined");
    assert_eq!(ask(document, "C", json!({"x": true})).await.json["data"], json!({}));
    assert_eq!(ask(document, "A", json!({"x": true})).await.message(), "Unknown field \"children\" on type \"Query\".");
}

#[actix_web::test]
async fn an_operation_that_is_not_asked_for_refuses_nothing_and_tells_nothing() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    // A name that is hidden from the role, one that is not, and one that was never there; all of one length.
    for others in [
        "mutation B { NAME(input: {id: \"1\", reason: \"x\"}) { grant { id } } }",
        "mutation B($i: NAME!) { NAME(input: $i) { NAME } }",
        "query B { NAME }",
        "query B { authority(by: {onsCode: \"E09000015\"}) { NAME { nodes { id } } } }",
        "query B($x: [NAME!] = [1]) { node(id: $x) { id } }",
        "query B { ...F } fragment F on NAME { NAME ...G } fragment G on NAME { NAME }",
        "query B { ...F } query C($x: Boolean!) { a @include(if: $x) } fragment F on NAME { NAME @skip(if: $nothing) }",
    ] {
        let document = |name: &str| format!("query A {{ viewer {{ role }} }} {}", others.replace("NAME", name));
        let mut told = Vec::new();
        for name in ["endGrant", "viewerOf", "qzxzxzxz", "children", "recordsU"] {
            let asked = json!({"query": document(name), "operationName": "A"}).to_string();
            let answer = member.post(asked).await;
            assert_eq!(answer.json["errors"], Value::Null, "{others} {name}: {:#}", answer.json);
            assert_eq!(answer.json["data"], json!({"viewer": {"role": "panel_member"}}));
            told.push(settled(&answer));
        }
        assert!(told.iter().all(|one| *one == told[0]), "{others}");
        // Asked for, it is refused, and the hidden name like the one that was never there.
        let refused = async |name: &str| {
            let asked = json!({"query": document(name), "operationName": "B"}).to_string();
            settled(&member.post(asked).await)
        };
        let (hidden, never) = (refused("endGrant").await, refused("qzxzxzxz").await);
        assert_eq!((hidden.0, hidden.2.replace("endGrant", "qzxzxzxz")), (never.0, never.2), "{others}");
    }
}

#[actix_web::test]
async fn a_mutation_with_everything_switched_off_answers_nothing_in_every_role() {
    let app = loaded().await;
    for document in [
        "mutation { NAME(input: {id: \"1\", reason: \"x\"}) @include(if: false) { grant { id } } }",
        "mutation { ... on Mutation { NAME @skip(if: true) { a } } }",
        "mutation { ...F ...F } fragment F on Mutation { ...G ... { NAME @skip(if: true) } } fragment G on Mutation { NAME @skip(if: true) }",
        "mutation ($x: Boolean! = false, $i: NAME!) { NAME(input: $i) @include(if: $x) { grant { id } } }",
    ] {
        for role in [Role::PanelMember, Role::Analyst, Role::Admin] {
            let user = person(&app, role, OWN).await;
            for name in ["endGrant", "qzxzxzxz"] {
                let answer = user.query_with(&document.replace("NAME", name), json!({"i": {}})).await;
                let told = (&answer.json["data"], &answer.json["errors"]);
                assert_eq!(told, (&json!({}), &Value::Null), "{role:?} {document}");
            }
        }
    }
    let member = person(&app, Role::PanelMember, OWN).await;
    for document in [
        "mutation { endGrant @include(if: true) { a } }",
        "mutation { endGrant @skip(if: true) __typename }",
        "mutation { ...F } fragment F on Mutation { endGrant @skip(if: true) { a } addGrant { a } }",
    ] {
        assert_eq!(messages(&member.query(document).await), ["Schema is not configured for mutations."], "{document}");
    }
}

#[actix_web::test]
async fn what_is_switched_off_costs_nothing_and_is_still_measured() {
    let app = loaded().await;
    let member = person(&app, Role::PanelMember, OWN).await;
    let document =
        "query ($x: Boolean!) { viewer { role } indicators(first: 1000) @include(if: $x) { nodes { code } } }";
    let cost = async |x: bool| {
        member.query_with(document, json!({"x": x})).await.json["extensions"]["cost"]["requested"].clone()
    };
    assert_eq!((cost(false).await, cost(true).await), (json!(1), json!(1001)));
    let aliases: String = (0..51).map(|number| format!("a{number}: role ")).collect();
    let many = member.query(&format!("{{ viewer {{ role }} ... @skip(if: true) {{ viewer {{ {aliases} }} }} }}")).await;
    assert_eq!(many.code(), "COMPLEXITY_LIMIT");
    let words = "a ".repeat(10_000);
    let many = member.query(&format!("{{ viewer {{ role }} ... @skip(if: true) {{ {words} }} }}")).await;
    assert_eq!(many.code(), "COMPLEXITY_LIMIT");
}

#[actix_web::test]
async fn the_record_tells_the_same_question_whatever_is_switched_off() {
    let app = loaded().await;
    let analyst = person(&app, Role::Analyst, OWN).await;
    analyst.query_with(PAGE, page(true)).await;
    analyst.query_with(PAGE, page(false)).await;
    let entries = app.log.page(&Search::default(), 10).await.unwrap();
    let reads: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| match entry.fact {
            Fact::Read(read) => Some(*read),
            Fact::Administration(_) => None,
        })
        .collect();
    let [off, on] = &reads[..] else { panic!("{} reads", reads.len()) };
    assert!(on.operation.document.is_some() && on.operation.document == off.operation.document);
    assert_eq!((off.about.child_count, on.about.child_count), (0, 3));
    let switch = |read: &lookedafter::audit::Read| serde_json::to_string(&read.operation.variables).unwrap();
    assert!(switch(on).contains("true") && switch(off).contains("false"), "{} {}", switch(on), switch(off));
}
