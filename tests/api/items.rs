//! What cannot be found in a list that was given is null in its place, and told there; the others are answered.

use lookedafter::access::Role;
use serde_json::{Value, json};

use crate::access::{OWN, person};
use crate::helpers::{Answer, TestApp};

async fn loaded() -> TestApp {
    let app = TestApp::spawn().await;
    app.load(OWN, 12).await;
    app
}

/// The paths and words of the errors, in the order of their paths.
fn told(answer: &Answer) -> Vec<(Value, String)> {
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    let told = |error: &Value| (error["path"].clone(), error["message"].as_str().unwrap().to_owned());
    let mut told: Vec<_> = errors.iter().map(told).collect();
    told.sort_by_key(|(path, _)| path.to_string());
    told
}

const VALUES: &str = "query ($codes: [String!]!, $period: PeriodInput!) { authority(by: {onsCode: \"E09000015\"}) {
    name values(indicators: $codes, period: $period) { indicator { code } period { code } } } }";

#[actix_web::test]
async fn an_unknown_code_is_null_in_its_place_and_the_others_are_answered() {
    let app = loaded().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let given =
        json!({"codes": ["cla_number", "cla_numbr", "xyzzy", "dental_checks_pct"], "period": {"code": "2023-24-Q2"}});
    let answer = user.query_with(VALUES, given).await;
    let authority = &answer.json["data"]["authority"];
    let codes: Vec<&Value> = authority["values"].as_array().unwrap().iter().map(|v| &v["indicator"]["code"]).collect();
    assert_eq!(json!(codes), json!(["cla_number", null, null, "dental_checks_pct"]));
    assert_eq!(authority["name"], "Area E09000015");
    let told = told(&answer);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].0, json!(["authority", "values", 1]));
    assert!(told[0].1.starts_with("There is no indicator 'cla_numbr'. Near matches: cla_number"), "{told:?}");
    assert_eq!(told[1], (json!(["authority", "values", 2]), "There is no indicator 'xyzzy'.".to_owned()));
    assert_eq!(answer.code(), "VALIDATION");
}

#[actix_web::test]
async fn over_a_range_the_figures_of_the_others_stand_where_they_always_stand() {
    let app = loaded().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let period = json!({"range": {"from": "2023-24-Q1", "to": "2023-24-Q2", "kind": "QUARTER"}});
    let given = json!({"codes": ["cla_number", "xyzzy", "dental_checks_pct"], "period": period});
    let answer = user.query_with(VALUES, given).await;
    let values = answer.json["data"]["authority"]["values"].as_array().unwrap();
    let shown: Vec<Value> = values.iter().map(|v| json!([v["indicator"]["code"], v["period"]["code"]])).collect();
    assert_eq!(
        json!(shown),
        json!([
            ["cla_number", "2023-24-Q1"],
            ["cla_number", "2023-24-Q2"],
            [null, null],
            [null, null],
            ["dental_checks_pct", "2023-24-Q1"],
            ["dental_checks_pct", "2023-24-Q2"]
        ])
    );
    assert_eq!(told(&answer), [(json!(["authority", "values", 2]), "There is no indicator 'xyzzy'.".to_owned())]);
}

#[actix_web::test]
async fn a_code_that_a_role_may_not_see_is_told_like_one_that_does_not_exist() {
    let app = loaded().await;
    let user = person(&app, Role::NeighbourAuthority, OWN).await;
    let ask = async |code: &str| {
        let given = json!({"codes": ["cla_number", code, "ceased_sgo_pct"], "period": {"code": "2023-24-Q2"}});
        let answer = user.query_with(VALUES, given).await;
        let mut json = answer.json.clone();
        let id = answer.header("x-request-id");
        json["extensions"]["asKnownOn"] = Value::Null;
        json.to_string().replace(id, "REQUEST").replace(code, "CODE")
    };
    let hidden = ask("missing_episode_pct").await;
    assert_eq!(hidden, ask("missing_qzxzxzx_pct").await);
    assert!(hidden.contains("There is no indicator 'CODE'"), "{hidden}");
}

#[actix_web::test]
async fn a_period_that_cannot_be_read_is_told_once_for_all() {
    let app = loaded().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let given = json!({"codes": ["cla_number", "xyzzy"], "period": {"code": "2023-25"}});
    let answer = user.query_with(VALUES, given).await;
    assert_eq!(answer.json["data"]["authority"]["values"], Value::Null);
    assert_eq!(told(&answer).len(), 1, "{:#}", answer.json);
}

#[actix_web::test]
async fn a_comparator_that_does_not_exist_is_null_in_its_place() {
    let app = loaded().await;
    let user = person(&app, Role::Analyst, OWN).await;
    let of = "comparators(of: [{kind: ENGLAND}, {kind: STATISTICAL_NEIGHBOURS, edition: \"1999\"}, {kind: ENGLAND, edition: \"1999\"}, \
        {kind: PREVIOUS_PERIOD}]) { comparator }";
    let answer = user
        .query(&format!(
            "{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ value(indicator: \"cla_number\", period: {{code: \"2023-24-Q2\"}}) {{ {of} }}
                scorecard(period: {{code: \"2023-24-Q2\"}}) {{ rows {{ {of} }} }} }} }}"
        ))
        .await;
    let expected = json!([{"comparator": "ENGLAND"}, null, null, {"comparator": "PREVIOUS_PERIOD"}]);
    let authority = &answer.json["data"]["authority"];
    assert_eq!(authority["value"]["comparators"], expected);
    assert_eq!(authority["scorecard"]["rows"][3]["comparators"], expected);
    let paths: Vec<Value> = told(&answer).into_iter().map(|(path, _)| path).collect();
    assert!(paths.contains(&json!(["authority", "value", "comparators", 1])), "{paths:?}");
    assert!(paths.contains(&json!(["authority", "value", "comparators", 2])), "{paths:?}");
}

#[actix_web::test]
async fn an_id_that_needs_a_purpose_leaves_the_others_alone() {
    let app = loaded().await;
    let analyst = person(&app, Role::Analyst, OWN).await;
    let page = analyst
        .query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ id children(first: 1) {{ nodes {{ id }} }} }} }}"))
        .await;
    let authority = &page.json["data"]["authority"];
    let ids = json!([authority["id"], authority["children"]["nodes"][0]["id"], "nothing", authority["id"]]);
    let document = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
    let with = analyst.query_with(document, json!({"ids": ids})).await;
    assert_eq!(
        with.json["data"]["nodes"],
        json!([{"__typename": "Authority"}, {"__typename": "Child"}, null, {"__typename": "Authority"}])
    );
    let without = app.without_purpose(Role::Analyst, OWN).await.query_with(document, json!({"ids": ids})).await;
    assert_eq!(
        without.json["data"]["nodes"],
        json!([{"__typename": "Authority"}, null, null, {"__typename": "Authority"}])
    );
    assert_eq!((without.code(), told(&without)[0].0.clone()), ("PURPOSE_REQUIRED", json!(["nodes", 1])));
}
