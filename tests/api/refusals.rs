//! What is wrong is told in plain words with a stable code; what may not be seen is like what is not there.

use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{Answer, TestApp};

/// Records of five children.
async fn five() -> TestApp {
    let app = TestApp::spawn().await;
    app.load(HARROW, 5).await;
    app
}

/// Asks something about Harrow as its analyst.
async fn ask(app: &TestApp, question: &str) -> Answer {
    app.analyst(HARROW)
        .await
        .query(&format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name {question} }} }}"))
        .await
}

#[actix_web::test]
async fn an_unknown_indicator_is_an_error_of_its_field_with_near_matches() {
    let app = five().await;
    let answer = ask(&app, "value(indicator: \"cla_numbr\", period: {code: \"2023-24-Q2\"}) { value }").await;
    assert_eq!(answer.json["data"]["authority"], json!({"name": "Area E09000015", "value": null}));
    let error = &answer.json["errors"][0];
    assert_eq!((answer.code(), &error["path"]), ("VALIDATION", &json!(["authority", "value"])));
    assert_eq!(error["extensions"]["nearMatches"][0], "cla_number");
    assert!(answer.message().contains("cla_numbr") && answer.message().contains("cla_number"));
    assert!(error["extensions"]["requestId"].is_string());
}

#[actix_web::test]
async fn a_period_that_is_none_is_told_how_to_be_written() {
    let app = five().await;
    for period in ["{code: \"2023-25\"}", "{range: {from: \"2023-24\", to: \"2023-24\", kind: QUARTER}}"] {
        let answer = ask(&app, &format!("value(indicator: \"cla_number\", period: {period}) {{ value }}")).await;
        assert_eq!((answer.code(), &answer.json["data"]["authority"]["value"]), ("VALIDATION", &Value::Null));
    }
    assert!(
        ask(&app, "scorecard(period: {code: \"Q2\"}) { rows { ref } }")
            .await
            .message()
            .contains("2023-24-Q2 for a quarter")
    );
}

#[actix_web::test]
async fn an_authority_without_a_grant_is_like_one_that_does_not_exist() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 5).await;
    app.load("E09000005", 5).await;
    let document = "query ($code: String!) { authority(by: {onsCode: $code}) { name } }";
    let analyst = app.analyst(HARROW).await;
    let foreign = analyst.query_with(document, json!({"code": "E09000005"})).await;
    let unknown = analyst.query_with(document, json!({"code": "E00000000"})).await;
    assert_eq!(foreign.json["data"], json!({"authority": null}));
    assert_eq!((&foreign.json["data"], &foreign.json["errors"]), (&unknown.json["data"], &unknown.json["errors"]));
    let anonymous = app.anonymous().query("{ viewer { role authorities { name } } indicators { totalCount } }").await;
    assert_eq!(anonymous.json["data"]["viewer"], json!({"role": "public", "authorities": []}));
    assert_eq!(anonymous.json["data"]["indicators"]["totalCount"], 0);
}

#[actix_web::test]
async fn an_authority_is_found_by_each_of_its_keys_and_only_by_one_at_a_time() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 1).await;
    let analyst = app.analyst(HARROW).await;
    let by_code = analyst.query("{ authority(by: {laCode: \"315\"}) { id onsCode region { name } } }").await;
    let authority = &by_code.json["data"]["authority"];
    assert_eq!((&authority["onsCode"], &authority["region"]["name"]), (&json!(HARROW), &json!("London")));
    let document = "query ($id: ID!) { authority(by: {id: $id}) { onsCode } }";
    let by_id = analyst.query_with(document, json!({"id": authority["id"]})).await;
    assert_eq!(by_id.json["data"]["authority"]["onsCode"], HARROW);
    let both = analyst.query("{ authority(by: {laCode: \"315\", onsCode: \"E09000015\"}) { name } }").await;
    assert!(!both.json["errors"].as_array().unwrap().is_empty());
}

#[actix_web::test]
async fn comparators_can_be_chosen_and_editions_must_exist() {
    let value = |of: &str| {
        format!(
            "value(indicator: \"placements_3plus_pct\", period: {{code: \"2023-24-Q2\"}}) {{ comparators(of: [{of}]) {{ comparator value }} }}"
        )
    };
    let app = five().await;
    let answer = ask(&app, &value("{kind: ENGLAND}, {kind: TARGET}")).await;
    let told = json!([{"comparator": "ENGLAND", "value": 10.0}, {"comparator": "TARGET", "value": null}]);
    assert_eq!(answer.json["data"]["authority"]["value"]["comparators"], told);
    let answer = ask(&app, &value("{kind: STATISTICAL_NEIGHBOURS, edition: \"1999\"}")).await;
    assert_eq!((answer.code(), answer.json["data"]["authority"]["value"].is_object()), ("VALIDATION", true));
    assert_eq!(ask(&app, &value("{kind: ENGLAND, averaging: MEDIAN}")).await.code(), "VALIDATION");
}

#[actix_web::test]
async fn what_was_known_earlier_can_be_asked_and_before_the_first_import_there_is_nothing() {
    let app = five().await;
    let at = "period: {code: \"2023-24-Q2\"}, asKnownOn: \"2001-01-01T00:00:00Z\"";
    let answer = ask(&app, &format!("value(indicator: \"cla_number\", {at}) {{ value absence }}")).await;
    assert_eq!(answer.json["data"]["authority"]["value"], json!({"value": null, "absence": "NOT_AVAILABLE"}));
    let now = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let later = format!(
        "value(indicator: \"cla_number\", period: {{latest: QUARTER}}, asKnownOn: \"{}\") {{ value period {{ code }} }}",
        now.replacen("20", "21", 1)
    );
    let answer = ask(&app, &later).await;
    assert_eq!(answer.json["data"]["authority"]["value"]["period"]["code"], "2023-24-Q2");
}

#[actix_web::test]
async fn values_that_cannot_be_read_are_the_callers_mistake_wherever_they_stand() {
    let app = five().await;
    let user = app.analyst(HARROW).await;
    let document = "query ($by: AuthorityKey!, $on: Date = \"2023-09-30\", $at: DateTime, $period: PeriodInput = {latest: QUARTER}) {
        authority(by: $by) {
            children(filter: {lookedAfterOn: $on}) { totalCount }
            value(indicator: \"cla_number\", period: $period, asKnownOn: $at) { value } } }";
    let by = json!({"onsCode": HARROW});
    let good = user.query_with(document, json!({"by": by})).await;
    assert_eq!(good.json["errors"], Value::Null, "{:#}", good.json);
    for variables in [
        json!({"by": by, "on": "2023-02-30"}),
        json!({"by": by, "on": "30/09/2023"}),
        json!({"by": by, "on": 5}),
        json!({"by": by, "at": "yesterday"}),
        json!({"by": {"onsCode": HARROW, "laCode": "315"}}),
        json!({"by": {}}),
        json!({"by": {"onsCode": null}}),
        json!({"by": by, "period": {"latest": "FORTNIGHT"}}),
        json!({"by": by, "period": {"asAt": "2023-02-30"}}),
        json!({"by": by, "period": {"code": "2023-24", "latest": "QUARTER"}}),
        json!({}),
    ] {
        let answer = user.query_with(document, variables.clone()).await;
        assert_eq!(answer.code(), "VALIDATION", "{variables}: {:#}", answer.json);
    }
}
