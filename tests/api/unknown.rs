//! What the records do not say is not zero: no value where nothing is known, and no judgement that it could turn.

use lookedafter::access::Role;
use lookedafter::import::Kind;
use serde_json::{Value, json};

use crate::access::person;
use crate::figures::HARROW;
use crate::helpers::{TestApp, User, brought};

const VALUE: &str = "value display numerator denominator notKnown absence interval { lower upper method }
    rag { rag rule significant } target { value }
    comparators(of: [{kind: ENGLAND}, {kind: TARGET}, {kind: SAME_PERIOD_LAST_YEAR}]) { value significance absence }";

/// A year of care leavers, with a target and England's figure.
async fn with(leavers: &[(usize, char, &str, &str)]) -> TestApp {
    let app = TestApp::spawn().await;
    let (header, oc3) = brought::leavers(leavers);
    let files = [("header.csv", header.as_str()), ("episodes.csv", &brought::one_child()), ("oc3.csv", &oc3)];
    app.a_return(HARROW, 2024, &files).await;
    let targets =
        "authority,indicator,period,value,amber_tolerance,note\nE09000015,care_leavers_neet_pct,2023-24,35,,\n";
    app.list(Kind::Targets, targets).await;
    let published = "authority,source_document,indicator_code,series,period_label,value,unit,flag,status\n\
        E09000015,deck,care_leavers_neet_pct,england,2022-23,38,percent,ok,published\n";
    app.list(Kind::Published, published).await;
    app
}

async fn neet(user: &User, period: &str) -> Value {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            value(indicator: \"care_leavers_neet_pct\", period: {{code: \"{period}\"}}) {{ {VALUE} }} }} }}"
    );
    let answer = user.query(&document).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"]["value"].clone()
}

fn limits(value: &Value) -> String {
    let limit = |end: &str| format!("{:.2}", value["interval"][end].as_f64().unwrap());
    format!("{} {}", limit("lower"), limit("upper"))
}

#[actix_web::test]
async fn neet_of_129_of_whom_nothing_is_known_is_no_figure() {
    let app = with(&[(70, '1', "0", "0"), (59, '2', "0", "0")]).await;
    let value = neet(&app.analyst(HARROW).await, "2023-24").await;
    assert_eq!((&value["value"], &value["absence"]), (&Value::Null, &json!("NOT_AVAILABLE")));
    assert_eq!(
        (&value["numerator"], &value["denominator"], &value["notKnown"]),
        (&Value::Null, &json!(129), &json!(129))
    );
    assert_eq!((&value["interval"], &value["display"]), (&Value::Null, &json!("Not available")));
    assert_eq!(value["rag"], json!({"rag": "NOT_RATED", "rule": "not rated: no value", "significant": null}));
    for comparison in value["comparators"].as_array().unwrap() {
        assert_eq!(comparison["significance"], "NOT_COMPARED");
    }
    // That nothing is known of 129 is no secret.
    let panel = neet(&app.user(Role::PanelMember, HARROW).await, "2023-24").await;
    assert_eq!((&panel["absence"], &panel["notKnown"]), (&json!("NOT_AVAILABLE"), &json!(129)));
    let public = neet(&person(&app, Role::Public, HARROW).await, "2023-24").await;
    assert_eq!((&public["absence"], &public["notKnown"]), (&json!("NOT_AVAILABLE"), &Value::Null));
}

#[actix_web::test]
async fn a_group_of_whom_nothing_is_known_has_no_value_beside_one_that_has() {
    let app = with(&[(8, '1', "G5", "U1"), (12, '1', "F2", "U1"), (10, '2', "0", "0")]).await;
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            breakdown(indicator: \"care_leavers_neet_pct\", period: {{code: \"2023-24\"}}, by: GENDER) {{
                rows {{ member {{ code }} value {{ value absence denominator notKnown rag {{ rag rule }} target {{ value }} }}
                    disproportionality {{ ratio }} }} }} }} }}"
    );
    let answer = app.analyst(HARROW).await.query(&document).await;
    let rows = answer.json["data"]["authority"]["breakdown"]["rows"].as_array().unwrap().clone();
    assert_eq!((&rows[0]["value"]["value"], &rows[0]["value"]["notKnown"]), (&json!(40.0), &json!(0)));
    assert_eq!((&rows[1]["value"]["value"], &rows[1]["value"]["absence"]), (&Value::Null, &json!("NOT_AVAILABLE")));
    assert_eq!((&rows[1]["value"]["denominator"], &rows[1]["value"]["notKnown"]), (&json!(10), &json!(10)));
    for row in &rows {
        assert_eq!(row["disproportionality"], Value::Null);
        let rag = json!({"rag": "NOT_RATED", "rule": "not rated: a group has no target"});
        assert_eq!((&row["value"]["rag"], &row["value"]["target"]), (&rag, &Value::Null));
    }
}

#[actix_web::test]
async fn some_not_known_widen_the_interval_and_withhold_the_colour() {
    let app = with(&[(8, '1', "G5", "U1"), (12, '1', "F2", "U1"), (10, '2', "0", "0")]).await;
    for role in [Role::Analyst, Role::PanelMember] {
        let value = neet(&app.user(role, HARROW).await, "2023-24").await;
        assert_eq!(
            (&value["display"], &value["denominator"], &value["notKnown"]),
            (&json!("26.7"), &json!(30), &json!(10))
        );
        // Wilson's lower limit of 8 in 30, upper limit of 18 in 30.
        assert_eq!(limits(&value), "14.18 75.41");
        assert_eq!(value["rag"]["rag"], "NOT_RATED");
        assert_eq!(value["rag"]["rule"], "not rated: the colour depends on those not known");
        assert_eq!(value["target"]["value"], 35.0);
        for comparison in &value["comparators"].as_array().unwrap()[..2] {
            assert!(comparison["value"].is_number());
        }
    }
    // Made of 26.7 and 60, rounded.
    let value = neet(&person(&app, Role::Public, HARROW).await, "2023-24").await;
    assert_eq!(
        (&value["value"], &value["notKnown"], &value["rag"]["rag"]),
        (&json!(27.0), &Value::Null, &json!("NOT_RATED"))
    );
}

#[actix_web::test]
async fn one_to_five_not_known_hide_themselves_and_nothing_else() {
    let (mut seen, mut apps) = (Vec::new(), Vec::new());
    for not_known in [1, 5] {
        let app = with(&[(6, '1', "G5", "U1"), (54 - not_known, '1', "F2", "U1"), (not_known, '2', "0", "0")]).await;
        let exact = neet(&app.analyst(HARROW).await, "2023-24").await;
        assert_eq!((&exact["notKnown"], &exact["rag"]["rag"]), (&json!(not_known), &json!("GREEN")));
        let panel = neet(&app.user(Role::PanelMember, HARROW).await, "2023-24").await;
        assert_eq!((&panel["display"], &panel["notKnown"]), (&json!("10.0"), &Value::Null));
        assert_eq!((&panel["numerator"], &panel["denominator"]), (&json!(6), &json!(60)));
        seen.push(panel);
        // A server that stops takes those beside it with it.
        apps.push(app);
    }
    // The interval and whatever is judged by it are the same for both, so that they do not tell which it is.
    assert_eq!(seen[0], seen[1]);
    assert_eq!(limits(&seen[0]), "4.66 29.92");
    assert_eq!(seen[0]["comparators"][0]["significance"], "BETTER");
}
