//! One mistake is told once, in words that say what to mend.

use async_graphql::parser::parse_query;
use serde_json::json;

use super::*;
use crate::access::{Policy, Role};
use crate::graphql::schema::shown_to;

fn told_to(role: Role, document: &str, given: serde_json::Value) -> Vec<String> {
    let policy = Policy::parse("access.toml", include_str!("../../../../policy/access.toml")).unwrap();
    let document = parse_query(document).unwrap();
    let (_, asked) = document.operations.iter().min_by_key(|(_, one)| one.pos).unwrap();
    let told = check(&shown_to(&policy, role), &document, asked, &Variables::from_json(given));
    told.err().unwrap_or_default().into_iter().map(|error| error.message).collect()
}

fn told(document: &str) -> Vec<String> {
    told_to(Role::Analyst, document, json!({}))
}

#[test]
fn what_hangs_from_an_unknown_field_is_not_told() {
    for field in ["children", "qzxzxzxz"] {
        let expected = vec![format!("Unknown field \"{field}\" on type \"Authority\".")];
        for document in [
            format!("{{ authority(by: {{laCode: \"310\"}}) {{ {field}(first: 5) {{ nodes {{ id }} }} }} }}"),
            format!(
                "query ($f: ChildFilter, $n: Int) {{ authority(by: {{laCode: \"310\"}}) {{ {field}(filter: $f, first: $n) {{ a }} }} }}"
            ),
            format!(
                "{{ authority(by: {{laCode: \"310\"}}) {{ {field} {{ nodes {{ ...C }} }} }} }} fragment C on Child {{ age }}"
            ),
            format!(
                "{{ authority(by: {{laCode: \"310\"}}) {{ {field}(first: $undefined) {{ ... on Child {{ age }} ...None }} }} }}"
            ),
            format!("{{ authority(by: {{laCode: \"310\"}}) {{ {field} }} }}"),
        ] {
            assert_eq!(told_to(Role::PanelMember, &document, json!({})), expected, "{document}");
        }
    }
}

#[test]
fn one_mistake_is_told_once() {
    let authority = |inner: &str| format!("{{ authority(by: {{laCode: \"310\"}}) {{ {inner} }} }}");
    for (document, expected) in [
        (authority("name { a b }"), "Field \"name\" must not have a selection since type \"String\" has no subfields"),
        (authority("region"), "Field \"region\" of type \"Region\" must have a selection of subfields"),
        (authority("... on Nothing { a { b } }"), "Unknown type \"Nothing\""),
        (authority("...None"), "Unknown fragment: \"None\""),
        (
            authority("children(frist: $n) { totalCount }"),
            "Unknown argument \"frist\" on field \"children\" of type \"Authority\".",
        ),
        (
            authority("value(indicator: \"a\") { value }"),
            "Field \"value\" argument \"period\" of type \"PeriodInput!\" is required but not provided",
        ),
        ("{ __typename } fragment F on Nothing { a }".to_owned(), "Fragment \"F\" is never used"),
        ("subscription { a { ...F } } fragment F on B { c }".to_owned(), "Schema is not configured for subscriptions."),
        ("query ($x: Nothing = [1]) { viewer { role } }".to_owned(), "Unknown type \"Nothing\""),
        ("query ($x: Nothing) { node(id: $x) { id } }".to_owned(), "Unknown type \"Nothing\""),
        ("query ($x: Viewer) { node(id: $x) { id } }".to_owned(), "Variable \"$x\" cannot be of non-input type \"Viewer\""),
        ("query Q($x: ID!) { viewer { role } }".to_owned(), "Variable \"$x\" is not used by operation \"Q\""),
        (
            "{ a: node(id: $x) { id } b: node(id: $x) { id } }".to_owned(),
            "Variable \"$x\" is not defined",
        ),
        (
            "query ($x: String!) { periods(kind: QUARTER, last: $x) { code } b: periods(kind: YEAR, last: $x) { code } }"
                .replace("YEAR", "MONTH"),
            "Variable \"$x\" of type \"String!\" used in position expecting type \"Int!\"",
        ),
        (
            "query ($x: Int, $x: Int) { periods(kind: QUARTER, last: $x) { code } }".to_owned(),
            "There can only be one variable named \"$x\"",
        ),
        (
            authority("...F ...F b: onsCode") + "fragment F on Authority { ... { a: name } a: laCode }",
            "Fields \"a\" conflict because \"name\" and \"laCode\" are different fields. Use different aliases on the fields to fetch both if this was intentional.",
        ),
        (
            "{ a: periods(kind: DAY, last: 2) { code } a: periods(kind: QUARTER) { code } }".to_owned(),
            "Fields \"a\" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
        ),
        (
            "query ($x: Int = \"a\") { periods(kind: QUARTER, last: $x) { code } }".to_owned(),
            "Invalid default value for variable \"$x\", expected type \"Int\"",
        ),
    ] {
        assert_eq!(told(&document), [expected], "{document}");
    }
}

#[test]
fn fields_of_two_kinds_of_object_may_have_one_name_and_others_may_not() {
    let node = |inner: &str| format!("{{ node(id: \"a\") {{ {inner} }} }}");
    assert_eq!(told(&node("... on Authority { a: name } ... on Indicator { a: title }")), [""; 0]);
    assert_eq!(told(&node("id ... on Authority { id ... { id } } ... on Node { id }")), [""; 0]);
    let twice = "{ viewer { a: role } viewer { ... { a: subject } } }";
    assert!(told(twice)[0].starts_with("Fields \"a\" conflict because \"role\" and \"subject\" are different fields."));
    for conflict in ["a: id ... on Authority { a: name }", "... on Authority { a: name ... { a: onsCode } }"] {
        let told = told(&node(conflict));
        assert!(told.len() == 1 && told[0].starts_with("Fields \"a\" conflict because"), "{conflict}: {told:?}");
    }
}

#[test]
fn a_value_that_cannot_be_read_says_where_and_what_is_expected() {
    let value = |period: &str| {
        format!("{{ authority(by: {{laCode: \"310\"}}) {{ value(indicator: \"a\", period: {period}) {{ value }} }} }}")
    };
    let periods = |last: &str| format!("{{ periods(kind: QUARTER, last: {last}) {{ code }} }}");
    for (document, expected) in [
        (value("{code: 5}"), "\"period.code\", expected type \"String\""),
        (value("\"2023-24\""), "\"period\", expected type \"PeriodInput\""),
        (value("{}"), "\"period\", give exactly one of asAt, code, latest, range"),
        (value("{code: null}"), "\"period\", give exactly one of asAt, code, latest, range"),
        (value("{code: \"a\", latest: QUARTER}"), "\"period\", give exactly one of asAt, code, latest, range"),
        (value("{kode: \"a\"}"), "\"period\", unknown field \"kode\" of type \"PeriodInput\""),
        (
            value("{range: {from: \"2023-24\", kind: QUARTER}}"),
            "\"period.range\", field \"to\" of type \"String!\" is required but not provided",
        ),
        (
            value("{latest: FORTNIGHT}"),
            "\"period.latest\", enumeration type \"PeriodKind\" does not contain the value \"FORTNIGHT\"",
        ),
        (value("{asAt: \"2023-02-30\"}"), "\"period.asAt\", expected type \"Date\""),
        (value("null"), "\"period\", expected type \"PeriodInput!\""),
        (periods("null"), "\"last\", expected type \"Int!\"; leave it out for its default"),
        ("{ nodes(ids: [\"a\", null]) { id } }".to_owned(), "\"ids.1\", expected type \"ID!\""),
    ] {
        assert_eq!(told(&document), [format!("Invalid value for argument {expected}")], "{document}");
    }
    let twice = "query ($by: AuthorityKey!) { a: authority(by: $by) { name } b: authority(by: $by) { name } }";
    for (by, expected) in [
        (json!({}), "\"$by\", give exactly one of id, laCode, onsCode"),
        (json!({"onsCode": 5}), "\"$by.onsCode\", expected type \"String\""),
        (json!("E09000015"), "\"$by\", expected type \"AuthorityKey\""),
    ] {
        let told = told_to(Role::Analyst, twice, json!({"by": by}));
        assert_eq!(told, [format!("Invalid value for variable {expected}")], "{by}");
    }
}

#[test]
fn a_form_of_an_input_that_is_hidden_is_not_offered() {
    let document = "{ authority(by: {laCode: \"310\"}) { value(indicator: \"a\", period: {}) { value } } }";
    let expected = ["Invalid value for argument \"period\", give exactly one of code, latest, range"];
    assert_eq!(told_to(Role::PanelMember, document, json!({})), expected);
}

#[test]
fn a_key_whose_variable_has_no_value_is_named() {
    let document = "query ($code: String) { authority(by: {onsCode: $code}) { name } }";
    let expected = ["The variable $code is not given, or null: exactly one of id, laCode, onsCode must be given."];
    for given in [json!({}), json!({"code": null})] {
        assert_eq!(told_to(Role::Analyst, document, given), expected);
    }
    assert!(told_to(Role::Analyst, document, json!({"code": "E09000015"})).is_empty());
}

#[test]
fn a_variable_fits_where_the_standard_says() {
    let filter = |kind: &str, inner: &str| {
        format!(
            "query ($x: {kind}) {{ authority(by: {{laCode: \"310\"}}) {{ children(filter: {{gender: {inner}}}) {{ totalCount }} }} }}"
        )
    };
    let last = |kind: &str| format!("query ($x: {kind}) {{ periods(kind: QUARTER, last: $x) {{ code }} }}");
    let code = |kind: &str| format!("query ($x: {kind}) {{ indicator(code: $x) {{ code }} }}");
    for fits in [
        filter("[String!]", "$x"),
        filter("[String!]!", "$x"),
        filter("String", "[$x]").replace("String", "String!"),
        last("Int"),
        last("Int!"),
        last("Int = 5"),
        code("String!"),
        code("String = \"a\""),
    ] {
        assert_eq!(told(&fits), [""; 0], "{fits}");
    }
    for wrong in [
        filter("[String]", "$x"),
        filter("String!", "$x"),
        filter("String", "[$x]"),
        last("[Int]"),
        last("Float"),
        code("String"),
        code("String = null"),
    ] {
        assert!(told(&wrong).first().is_some_and(|words| words.contains("used in position expecting")), "{wrong}");
    }
}
