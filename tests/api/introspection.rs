//! What the schema tells of itself is counted before it is told, and paid for by the one who asks.

use lookedafter::access::Role;
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{Answer, TestApp, User};

/// The introspection of graphql-js 16 with all its options, as tools send it.
fn full() -> String {
    let types = (0..9).fold("kind name".to_owned(), |within, _| format!("kind name ofType {{ {within} }}"));
    format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }}
           subscriptionType {{ name kind }} types {{ ...FullType }}
           directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }}
         fragment FullType on __Type {{ kind name description specifiedByURL isOneOf
           fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...InputValue }}
             type {{ ...TypeRef }} isDeprecated deprecationReason }}
           inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }}
           enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }}
           possibleTypes {{ ...TypeRef }} }}
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated
           deprecationReason }}
         fragment TypeRef on __Type {{ {types} }}"
    )
}

/// The single values of an answer; a list of nothing is one too.
fn values(answer: &Value) -> u64 {
    match answer {
        Value::Object(fields) => fields.values().map(values).sum(),
        Value::Array(items) => items.iter().map(values).sum::<u64>().max(1),
        _ => 1,
    }
}

async fn of_role(app: &TestApp, role: Role) -> User {
    if role == Role::Public { app.anonymous() } else { app.user(role, HARROW).await }
}

fn requested(answer: &Answer) -> u64 {
    answer.json["extensions"]["cost"]["requested"].as_u64().unwrap_or_else(|| panic!("{:#}", answer.json["errors"]))
}

#[actix_web::test]
async fn the_introspection_of_tools_is_counted_to_the_value_and_leaves_room_to_grow_for_every_role() {
    let app = TestApp::spawn().await;
    for role in Role::ALL {
        let user = of_role(&app, role).await;
        let answer = user.query(&full()).await;
        let told = values(&answer.json["data"]);
        assert_eq!(requested(&answer), told, "{role:?}");
        // The schema can double before the limit of 20,000 has to be thought about again.
        assert!((500..10_000).contains(&told), "{role:?}: {told}");
    }
}

#[actix_web::test]
async fn every_shape_of_introspection_is_counted_to_the_value() {
    let app = TestApp::spawn().await;
    let user = app.analyst(HARROW).await;
    for document in [
        "{ __schema { types { name } } }",
        "{ a: __type(name: \"Query\") { fields(includeDeprecated: true) { n: name t: type { ofType { kind } } } } b: __type(name: \"Nothing\") { name } }",
        "query ($n: String! = \"Child\") { __type(name: $n) { __typename ... on __Type { ...F } } } fragment F on __Type { fields(includeDeprecated: true) { args(includeDeprecated: true) { name type { fields(includeDeprecated: true) { name } enumValues(includeDeprecated: true) { name } } } } }",
        "{ __schema { directives { locations args(includeDeprecated: true) { name } } types { possibleTypes { name } interfaces { name } inputFields(includeDeprecated: true) { type { name } } } } }",
        "{ __type(name: \"Query\") { fields(includeDeprecated: true) { type { ofType { fields(includeDeprecated: true) { type { name } } } } } } }",
    ] {
        let answer = user.query(document).await;
        assert_eq!(requested(&answer), values(&answer.json["data"]), "{document}");
    }
}

/// Two kilobytes that were answered with 24 MB once: aliased schemas, and fields of types of fields.
fn swollen(schemas: usize) -> String {
    let aliased = |below: &str| (0..30).map(|number| format!("f{number}: fields {{ {below} }} ")).collect::<String>();
    let roots: String = (0..schemas).map(|number| format!("s{number}: __schema {{ types {{ ...A }} }} ")).collect();
    format!(
        "{{ {roots} }} fragment A on __Type {{ {} }} fragment B on __Field {{ type {{ name kind }} }}",
        aliased("...B")
    )
}

#[actix_web::test]
async fn what_would_swell_is_refused_with_its_true_number_and_told_nothing_of() {
    let app = TestApp::spawn().await;
    let user = app.anonymous().with("Accept", "application/graphql-response+json");
    let refused = |answer: &Answer, words: &str| {
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (400, "COMPLEXITY_LIMIT"),
            "{words}: {:.300}",
            answer.json.to_string()
        );
        assert!(answer.message().contains(words) && answer.body.len() < 1_000, "{}", answer.message());
        answer.json["errors"][0]["extensions"].clone()
    };
    let extensions = refused(&user.query(&swollen(20)).await, "whole schema more than once");
    assert_eq!((&extensions["limit"], &extensions["actual"]), (&json!(1), &json!(20)));
    let one = user.query(&swollen(1)).await;
    let actual = requested_or_refused(&one);
    let once = user.query("{ __schema { types { fields { type { name kind } } } } }").await;
    let nulls = "{ __schema { types { fields { name } } } }";
    assert!(requested(&once) > 0 && requested(&user.query(nulls).await) > 0);
    assert_eq!(actual, 30 * requested(&once), "aliases are counted each time");
}

/// How many values a document asks for, whether or not it was answered.
fn requested_or_refused(answer: &Answer) -> u64 {
    answer.json["errors"][0]["extensions"]["actual"].as_u64().unwrap_or_else(|| requested(answer))
}

#[actix_web::test]
async fn walks_through_the_schema_are_refused_however_they_are_written() {
    let app = TestApp::spawn().await;
    let user = app.analyst(HARROW).await.with("Accept", "application/graphql-response+json");
    let circle =
        (0..6).fold("name".to_owned(), |within, _| format!("fields {{ type {{ ofType {{ {within} }} {within} }} }}"));
    let many = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    for (document, least) in [
        (format!("{{ __type(name: \"Query\") {{ {circle} }} }}"), 5),
        (
            format!(
                "{{ __schema {{ types {{ {} }} }} }}",
                many(50, &|n| format!("f{n}: fields {{ name args {{ name }} }} "))
            ),
            20_000,
        ),
        (format!("{{ __schema {{ types {{ {} }} }} }}", many(700, &|_| "... { fields { name } } ".to_owned())), 20_000),
        (format!("{{ {} }}", many(1_000, &|n| format!("t{n}: __type(name: \"Query\") {{ name }} "))), 50),
        (
            format!(
                "{{ ...F @include(if: true) }} fragment F on Query {{ {} }}",
                many(25, &|_| "... { __type(name: \"Query\") { name } } ".to_owned())
            ),
            20,
        ),
    ] {
        let began = std::time::Instant::now();
        let answer = user.query(&document).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (400, "COMPLEXITY_LIMIT"),
            "{document:.120}: {:.200}",
            answer.json
        );
        let actual = answer.json["errors"][0]["extensions"]["actual"].as_u64().unwrap();
        assert!(actual > least, "{document:.120}: {actual}");
        assert!(began.elapsed().as_secs() < 5, "{document:.120}: {:?}", began.elapsed());
    }
}

#[actix_web::test]
async fn introspection_is_paid_for_also_by_those_without_a_token_and_by_get() {
    let app = TestApp::spawn_with(&[("max_complexity", "100"), ("rate_burst", "9000"), ("rate_per_second", "1")]).await;
    let first = app.anonymous().get("/graphql?query=%7B__schema%7Btypes%7Bname%20kind%20description%7D%7D%7D").await;
    let each = 50 + requested(&first);
    let rest = 9_000 / each;
    let mut answered = 1;
    while app.anonymous().query("{ __schema { types { name kind description } } }").await.status == 200 {
        answered += 1;
        assert!(answered <= rest, "{answered} of {rest}");
    }
    assert!(answered + 1 >= rest, "{answered} of {rest}");
}

#[actix_web::test]
async fn the_limit_is_a_setting() {
    let app = TestApp::spawn_with(&[("max_introspection", "100")]).await;
    let answer = app.anonymous().query("{ __schema { types { name kind description } } }").await;
    let extensions = &answer.json["errors"][0]["extensions"];
    assert_eq!((answer.code(), &extensions["limit"]), ("COMPLEXITY_LIMIT", &json!(100)));
    assert_eq!(
        app.anonymous().query("{ __type(name: \"Query\") { name } }").await.json["data"]["__type"]["name"],
        "Query"
    );
    let user = app.user(Role::PanelMember, HARROW).await;
    let told = user.query("{ viewer { limits { maxIntrospection } } }").await;
    assert_eq!(told.json["data"]["viewer"]["limits"]["maxIntrospection"], 100);
}
