//! Costs that can be worked out by hand, and what passes and fails each limit.

use async_graphql::parser::parse_query;
use serde_json::json;

use super::*;

fn cost_of(document: &str, variables: serde_json::Value) -> Result<usize, TooMuch> {
    let document = parse_query(document).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    super::super::check_shape(&document, &Limits::default())?;
    cost(&document, &operation.node, &Variables::from_json(variables), &Limits::default(), &Default::default)
}

fn plain(document: &str) -> Result<usize, TooMuch> {
    cost_of(document, json!({}))
}

fn nested(levels: usize) -> String {
    format!("{{ {} }}{}", (1..levels).map(|_| "a { ").collect::<String>() + "a", " }".repeat(levels - 1))
}

#[test]
fn objects_cost_one_and_pages_as_many_as_they_hold() {
    assert_eq!(plain("{ __typename }"), Ok(0));
    assert_eq!(plain("{ viewer { subject } }"), Ok(1));
    assert_eq!(plain("{ authority { value { value interval { lower } } } }"), Ok(3));
    assert_eq!(plain("{ authority { children(first: 200) { nodes { id } } } }"), Ok(201));
    assert_eq!(plain("{ authority { children { nodes { id } } } }"), Ok(51));
    assert_eq!(plain(r#"{ authority { values(indicators: ["a", "b"]) { value period { code } } } }"#), Ok(3));
}

#[test]
fn a_page_within_a_page_counts_ten() {
    let document = "{ children(first: 1000) { nodes { episodes(first: 50) { nodes { start } } } } }";
    assert_eq!(plain(document), Ok(1000 * 11));
}

#[test]
fn lists_of_figures_are_counted_in_full_wherever_they_stand() {
    let values = |inner: &str| {
        format!(
            "query ($codes: [String!]!, $to: String!) {{ authority {{
                values(indicators: $codes, period: {{range: {{from: \"2023-24-Q1\", to: $to, kind: QUARTER}}}}) {{ {inner} }} }} }}"
        )
    };
    let asked = json!({"codes": ["a", "b", "c"], "to": "2024-25-Q4"});
    assert_eq!(cost_of(&values("display"), asked.clone()), Ok(1 + 3 * 8));
    assert_eq!(cost_of(&values("history(last: 100) { display }"), asked.clone()), Ok(1 + 3 * 8 * 100));
    assert_eq!(cost_of(&values("history { display }"), asked.clone()), Ok(1 + 3 * 8 * 8));
    let behind = values("cohort(first: 1000) { nodes { id } }");
    assert_eq!(cost_of(&behind, asked.clone()), Ok(1 + 3 * 8 * 1000));
    let refusal = cost_of(&values("history(last: 1000) { history(last: 6) { display } }"), asked).unwrap_err();
    assert!(refusal.to_string().contains("too many objects"), "{refusal}");
    let rows =
        "{ authority { scorecard { rows { current { history(last: 1000) { history(last: 10) { display } } } } } } }";
    assert!(plain(rows).unwrap_err().to_string().contains("too many objects"));
    assert_eq!(plain("{ a(first: 2) { nodes { value(period: {latest: QUARTER}) { display } } } }"), Ok(4));
}

#[test]
fn the_size_of_a_page_is_read_from_variables() {
    let document = "query ($first: Int) { children(first: $first) { nodes { id } } }";
    assert_eq!(cost_of(document, json!({"first": 70})), Ok(70));
    assert_eq!(cost_of(document, json!({})), Ok(50));
}

#[test]
fn fifty_thousand_items_pass_and_more_do_not() {
    let pages = |inner: &str| format!("{{ children(first: 1000) {{ nodes {{ {inner} }} }} }}");
    let inner: Vec<String> = (0..5).map(|number| format!("a{number}: episodes {{ nodes {{ id }} }}")).collect();
    assert!(plain(&pages(&inner[..4].join(" "))).is_ok());
    let refusal = plain(&pages(&inner.join(" "))).unwrap_err();
    assert_eq!(refusal, TooMuch::over("The operation asks for too many items on its pages", 50_000, 51_000));
}

#[test]
fn an_answer_with_too_many_values_is_refused() {
    let fields = |count| (0..count).map(|number| format!("a{number} ")).collect::<String>();
    let page = |count| format!("{{ children(first: 1000) {{ nodes {{ {} }} }} }}", fields(count));
    assert!(plain(&page(500)).is_ok());
    assert!(plain(&page(501)).unwrap_err().to_string().contains("too many values"));
}

#[test]
fn a_filter_is_measured_where_it_is_given() {
    let values = vec!["x"; 101];
    let document = "query ($f: F) { children(filter: $f) { nodes { id } } }";
    assert!(cost_of(document, json!({"f": {"ageBand": values}})).unwrap_err().to_string().contains("filter"));
}

#[test]
fn pages_of_none_or_too_many_are_refused() {
    for (first, words) in
        [("0", "at least 1"), ("-1", "at least 1"), ("1001", "too large"), ("18446744073709551615", "too large")]
    {
        let refusal = plain(&format!("{{ children(first: {first}) {{ nodes {{ id }} }} }}")).unwrap_err();
        assert!(refusal.to_string().contains(words), "{first}: {refusal}");
        let variables = json!({"n": serde_json::from_str::<serde_json::Value>(first).unwrap()});
        let by_variable = "query ($n: Int) { children(first: $n) { nodes { id } } }";
        assert_eq!(cost_of(by_variable, variables), Err(refusal));
    }
}

#[test]
fn twelve_levels_pass_and_thirteen_do_not() {
    assert!(plain(&nested(12)).is_ok());
    assert_eq!(plain(&nested(13)), Err(TooMuch::over("The operation nests fields too deep", 12, 13)));
}

#[test]
fn twenty_fields_at_the_top_pass_and_more_do_not_even_in_fragments() {
    let fields = |count| (0..count).map(|number| format!("f{number} ")).collect::<String>();
    assert!(plain(&format!("{{ {} }}", fields(20))).is_ok());
    assert!(plain(&format!("{{ {} }}", fields(21))).is_err());
    assert!(plain(&format!("{{ f {{ x }} ...F }} fragment F on Query {{ {} }}", fields(20))).is_err());
}

#[test]
fn large_pages_within_large_pages_are_refused() {
    let document =
        "{ a(first: 1000) { nodes { b(first: 1000) { nodes { c(first: 1000) { nodes { id } } d { x } e { x } } } } } }";
    assert!(plain(document).unwrap_err().to_string().contains("too many objects"));
    let page = "children(first: 1000) { nodes { p { nodes { x } } q { nodes { x } } r { nodes { x } } } }";
    let aliases: String = (0..15).map(|number| format!("a{number}: {page} ")).collect();
    assert!(plain(&format!("{{ {aliases} }}")).is_err());
}

#[test]
fn every_operation_of_the_contract_fits_with_the_largest_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/operations");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let measured = cost_of(&text, json!({"first": 1000, "indicators": vec!["a"; 20]}));
        assert!(measured.is_ok(), "{}: {measured:?}", path.display());
        if path.ends_with("scorecard.graphql") {
            // With the fifty of each request: two hundred of them a second are within the usual budget of 100,000.
            assert!(measured.is_ok_and(|cost| cost + 50 <= 500), "{:?}", cost_of(&text, json!({})));
        }
    }
}
