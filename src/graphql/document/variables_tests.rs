//! Variables without a value, at every kind of place, in a schema that has them all.

use async_graphql::parser::parse_query;
use async_graphql::{EmptyMutation, EmptySubscription, Enum, InputObject, Object, Request, Schema};
use serde_json::{Value as Json, json};

use super::*;
use crate::access::{Policy, Role};
use crate::graphql::{
    document::fitted,
    schema::role_view::{RoleRoot, as_seen_by},
};

#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
enum Word {
    One,
    Two,
}

#[derive(Clone, Debug, InputObject)]
struct Inner {
    #[graphql(default = 7)]
    size: i32,
    #[graphql(default_with = "vec![1, 2]")]
    list: Vec<i32>,
    free: Option<i32>,
}

#[derive(Clone, Debug, InputObject)]
struct Outer {
    #[graphql(default_with = "Word::Two")]
    word: Word,
    inner: Option<Inner>,
    #[graphql(default = true)]
    flag: bool,
    all: Option<Vec<Option<i32>>>,
}

struct Query;

#[Object]
impl Query {
    async fn told(
        &self,
        #[graphql(default = 5)] first: i32,
        #[graphql(default_with = "vec![Word::One]")] words: Vec<Word>,
        #[graphql(default = 3)] soft: Option<i32>,
        outer: Option<Outer>,
    ) -> String {
        format!("{first} {words:?} {soft:?} {outer:?}")
    }

    async fn again(&self, #[graphql(default = 5)] first: i32) -> Query {
        let _ = first;
        Query
    }
}

async fn told(document: &str, given: Json) -> Json {
    let policy = Policy::parse("access.toml", include_str!("../../../policy/access.toml")).unwrap();
    let make = || Schema::build(RoleRoot(Query), EmptyMutation, EmptySubscription).finish();
    let (schema, shown) = as_seen_by(&policy, Role::Analyst, make);
    let request = Request::new(document).variables(Variables::from_json(given));
    match fitted(&shown, request) {
        Ok(request) => {
            let response = schema.execute(request).await;
            assert!(response.errors.is_empty(), "{document}: {:?}", response.errors);
            response.data.into_json().unwrap()
        }
        Err(errors) => json!(errors.into_iter().map(|error| error.message).collect::<Vec<_>>()),
    }
}

#[tokio::test]
async fn a_variable_without_a_value_means_the_default_wherever_there_is_one() {
    for (kinds, place, without) in [
        ("$x: Int", "first: $x", ""),
        ("$x: [Word!]", "words: $x", ""),
        ("$x: Word", "outer: {word: $x}", "outer: {}"),
        ("$x: Boolean", "outer: {flag: $x}", "outer: {}"),
        ("$x: Int", "outer: {inner: {size: $x}}", "outer: {inner: {}}"),
        ("$x: [Int!]", "outer: {inner: {list: $x, free: 1}}", "outer: {inner: {free: 1}}"),
        ("$x: Int", "outer: {inner: {free: $x}}", "outer: {inner: {}}"),
        ("$x: Outer", "outer: $x", ""),
        ("$x: Int", "outer: {all: [1, $x]}", "outer: {all: [1, null]}"),
        (
            "$x: Int",
            "first: $x, outer: {all: [1, $x], inner: {size: $x, free: $x}}",
            "outer: {all: [1, null], inner: {}}",
        ),
    ] {
        let field =
            |arguments: &str| if arguments.is_empty() { "told".to_owned() } else { format!("told({arguments})") };
        let expected = told(&format!("{{ {} }}", field(without)), json!({})).await;
        assert!(expected["told"].is_string(), "{without}: {expected}");
        for (document, given) in [
            (format!("query ({kinds}) {{ {} }}", field(place)), json!({})),
            (format!("query ({kinds}) {{ {} }}", field(place)), json!({"x": null})),
            (format!("query ({kinds} = null) {{ {} }}", field(place)), json!({})),
            (
                format!("query Q({kinds}) {{ ...F }} fragment F on Query {{ again {{ ... {{ {} }} }} }}", field(place)),
                json!({}),
            ),
        ] {
            let told = told(&document, given.clone()).await;
            let told = told.get("again").cloned().unwrap_or(told);
            assert_eq!(told, expected, "{document} {given}");
        }
    }
}

/// A place that may hold null keeps it: what null means there, its description says.
#[tokio::test]
async fn a_null_where_null_may_stand_stays_so_unless_there_is_a_default() {
    let document = "query ($x: Int) { told(soft: $x) }";
    let default = json!({"told": "5 [One] Some(3) None"});
    assert_eq!(told(document, json!({})).await, default);
    assert_eq!(told(document, json!({"x": null})).await, default);
    assert_eq!(told("{ told(soft: null) }", json!({})).await, json!({"told": "5 [One] None None"}));
}

#[tokio::test]
async fn a_value_is_taken_as_it_is_whatever_the_declared_type_allows() {
    let document = "query ($x: Int, $y: Word = ONE, $z: [Word!]!) { told(first: $x, words: $z, outer: {word: $y}) }";
    let expected = "9 [Two] Some(3) Some(Outer { word: One, inner: None, flag: true, all: None })";
    assert_eq!(told(document, json!({"x": 9, "z": "TWO"})).await, json!({"told": expected}));
}

#[tokio::test]
async fn a_null_that_is_written_or_lies_within_a_value_is_refused_where_null_may_not_stand() {
    assert_eq!(
        told("{ told(outer: {inner: {size: null}}) }", json!({})).await,
        json!([
            "Invalid value for argument \"outer.inner.size\", expected type \"Int!\"; leave it out for its default"
        ])
    );
    assert_eq!(
        told("query ($x: Outer) { told(outer: $x) }", json!({"x": {"flag": null}})).await,
        json!(["Invalid value for variable \"$x.flag\", expected type \"Boolean!\"; leave it out for its default"])
    );
}

fn completed(document: &str, given: Json) -> Result<Json, String> {
    let document = parse_query(document).unwrap();
    let mut variables = Variables::from_json(given);
    let operation = &document.operations.iter().next().unwrap().1.node;
    complete(operation, &mut variables).map_err(|error| error.message)?;
    Ok(serde_json::to_value(&variables).unwrap())
}

#[test]
fn a_default_becomes_the_value_unless_another_is_given() {
    let document = "query ($a: Int = 5, $b: [Nothing!] = [1]) { a(b: $a, c: $b) }";
    assert_eq!(completed(document, json!({"b": null})), Ok(json!({"a": 5, "b": null})));
}

#[test]
fn a_variable_that_must_be_given_is_missed() {
    for given in [json!({}), json!({"a": null})] {
        let told = completed("query ($a: A!) { a(b: $a) }", given).unwrap_err();
        assert_eq!(told, "The variable $a of type A! is not given.");
    }
    assert!(completed("query ($a: A! = 5) { a(b: $a) }", json!({"a": null})).is_err());
}
