//! Figures: the operations that clients rely on, and what they are answered.

use serde_json::{Value, json};

use crate::helpers::{Answer, TestApp};

pub const HARROW: &str = "E09000015";

/// An operation of the contract.
pub fn operation(name: &str) -> String {
    let path = format!("{}/tests/api/operations/{name}.graphql", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// Asks an operation of the contract as an analyst of Harrow over the records of 42 children.
async fn ask(name: &str, variables: Value) -> Answer {
    let app = TestApp::spawn().await;
    app.load(HARROW, 42).await;
    let answer = app.analyst(HARROW).await.query_with(&operation(name), variables).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer
}

#[actix_web::test]
async fn the_scorecard_has_its_fourteen_rows_with_comparators() {
    let answer = ask("scorecard", json!({"authority": HARROW, "period": "2023-24-Q2"})).await;
    let authority = &answer.json["data"]["authority"];
    assert_eq!(authority["name"], "Area E09000015");
    assert_eq!(authority["scorecard"]["period"]["label"], "2023-24 Q2");
    let rows = authority["scorecard"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 14);
    // Of 42 children the six whose number is divisible by seven have left.
    let number = &rows[0];
    assert_eq!((&number["ref"], &number["indicator"]["code"]), (&json!(1), &json!("cla_number")));
    assert_eq!((&number["current"]["value"], &number["current"]["display"]), (&json!(36.0), &json!("36")));
    assert_eq!(number["current"]["rag"]["rag"], "NOT_RATED");
    assert_eq!(number["history"].as_array().unwrap().len(), 3);
    // Every fifth of them has moved three times since 1 April.
    let moves = &rows[4]["current"];
    assert_eq!((&moves["numerator"], &moves["denominator"]), (&json!(7), &json!(36)));
    let england = &rows[4]["comparators"][1];
    assert_eq!(
        (&england["name"], &england["value"], &england["period"]["code"]),
        (&json!("England"), &json!(10.0), &json!("2022-23"))
    );
    assert_eq!(rows[3]["target"]["value"], 95.0);
    assert_eq!(rows[3]["current"]["rag"]["rag"], "RED");
    let rate = &rows[2]["current"];
    assert_eq!((&rate["value"], &rate["denominator"]), (&json!(36.0), &json!(10_000)));
    assert!(answer.json["extensions"]["asKnownOn"].is_string());
}

#[actix_web::test]
async fn a_breakdown_stands_beside_the_child_population() {
    let variables = json!({"authority": HARROW, "period": "2023-24-Q2", "indicator": "cla_number", "by": "ETHNICITY"});
    let answer = ask("breakdown", variables).await;
    let breakdown = &answer.json["data"]["authority"]["breakdown"];
    assert_eq!(breakdown["dimension"], "ETHNICITY");
    assert!(breakdown["populationSource"].as_str().unwrap().contains("2023"));
    let rows = breakdown["rows"].as_array().unwrap();
    let values: Vec<f64> = rows.iter().map(|row| row["value"]["value"].as_f64().unwrap()).collect();
    assert_eq!(values, [24.0, 12.0, 0.0, 0.0, 0.0, 0.0]);
    let mixed = &rows[1];
    assert_eq!(mixed["member"], json!({"code": "MIXED", "label": "Mixed"}));
    assert_eq!((&mixed["cohortShare"], &mixed["populationShare"]), (&json!(100.0 * 12.0 / 36.0), &json!(10.0)));
    assert_eq!(mixed["disproportionality"]["text"], "higher 233%");
    assert_eq!(mixed["disproportionality"]["significance"], "HIGHER");
}

#[actix_web::test]
async fn a_trend_has_its_twelve_quarters() {
    let variables = json!({"authority": HARROW, "period": "2023-24-Q2", "indicator": "placements_3plus_pct"});
    let answer = ask("trend", variables).await;
    let value = &answer.json["data"]["authority"]["value"];
    let history = value["history"].as_array().unwrap();
    assert_eq!(history.len(), 12);
    assert_eq!(
        (&history[0]["period"]["code"], &history[0]["absence"]),
        (&json!("2020-21-Q3"), &json!("NOT_AVAILABLE"))
    );
    assert_eq!(history[11]["value"], value["value"]);
    assert_eq!(value["trend"]["direction"], "CANNOT_BE_CALCULATED");
    assert_eq!((&value["trend"]["method"], &value["trend"]["pointsUsed"]), (&json!("COCHRAN_ARMITAGE"), &json!(2)));
}

#[actix_web::test]
async fn several_indicators_over_several_quarters_come_in_one_answer() {
    let variables = json!({"authority": HARROW, "indicators": ["cla_number", "cla_ceased_number"], "from": "2023-24-Q1", "to": "2023-24-Q3"});
    let answer = ask("values", variables).await;
    let values = answer.json["data"]["authority"]["values"].as_array().unwrap();
    let told: Vec<_> =
        values.iter().map(|value| (value["indicator"]["code"].as_str().unwrap(), &value["value"])).collect();
    assert_eq!(told[..2], [("cla_number", &json!(36.0)), ("cla_number", &json!(36.0))]);
    assert_eq!(told[3..5], [("cla_ceased_number", &json!(6.0)), ("cla_ceased_number", &json!(6.0))]);
    // What has not happened yet is told as data.
    assert_eq!((&values[2]["absence"], &values[2]["display"]), (&json!("NOT_YET_DUE"), &json!("Not yet due")));
}

/// What a council writes beside its targets is for its own staff: not for members, partners, inspectors or neighbours.
#[actix_web::test]
async fn the_note_of_a_target_is_for_the_authority_s_own_staff() {
    use lookedafter::access::Role;
    let app = TestApp::spawn().await;
    app.load(HARROW, 42).await;
    let targets = "authority,indicator,period,value,amber_tolerance,note\n\
        E09000015,reviews_in_timescale_pct,2022-23,95,,one late review was ours\n";
    app.list(lookedafter::import::Kind::Targets, targets).await;
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            value(indicator: \"reviews_in_timescale_pct\", period: {{code: \"2022-23-Q4\"}}) {{ target {{ value note }} }} }} }}"
    );
    let own = [Role::Analyst, Role::ServiceManager, Role::DataSteward, Role::ReleaseOfficer];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Public) {
        let user = app.user(role, HARROW).await;
        let answer = user.query(&document).await;
        let seen = answer.json["data"]["authority"]["value"]["target"]["note"] == "one late review was ours";
        assert_eq!(seen, own.contains(&role), "{role:?}: {:.300}", answer.json.to_string());
        assert!(seen || !answer.json.to_string().contains("one late review"), "{role:?}");
        let told = user.query("{ __type(name: \"Target\") { fields { name } } }").await.json.to_string();
        assert_eq!(told.contains("note"), own.contains(&role), "{role:?}: {told}");
    }
}

/// One target for the whole year stands beside each figure of it, on the row and on the value alike; it judges reviews in
/// every quarter, and moves, which add up, only at the end of the year.
#[actix_web::test]
async fn a_flat_target_judges_reviews_all_year_and_moves_at_its_end() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 42).await;
    let targets = "authority,indicator,period,value,amber_tolerance,note\n\
        E09000015,reviews_in_timescale_pct,2022-23,95,,\nE09000015,placements_3plus_pct,2022-23,10,,\n";
    app.list(lookedafter::import::Kind::Targets, targets).await;
    let analyst = app.analyst(HARROW).await;
    let inner = "target { value period { code } } rag { rag rule }
        comparators(of: [{kind: TARGET}]) { value significance }";
    for (period, judged) in [("2022-23-Q3", false), ("2022-23-Q4", true), ("2022-23", true)] {
        let document = format!(
            "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ scorecard(period: {{code: \"{period}\"}}) {{
                rows {{ target {{ value period {{ code }} }} current {{ {inner} }} }} }} }} }}"
        );
        let answer = analyst.query(&document).await;
        let rows = answer.json["data"]["authority"]["scorecard"]["rows"].as_array().unwrap().clone();
        for row in &rows {
            assert_eq!(row["target"], row["current"]["target"], "{period}");
        }
        let (reviews, moves) = (&rows[3]["current"], &rows[4]["current"]);
        assert_eq!(reviews["target"], json!({"value": 95.0, "period": {"code": "2022-23"}}));
        assert_ne!(reviews["rag"]["rag"], "NOT_RATED", "{period}: {reviews:#}");
        assert_eq!(moves["target"]["value"], 10.0);
        assert_eq!(moves["rag"]["rag"] != "NOT_RATED", judged, "{period}: {moves:#}");
        assert_eq!(moves["comparators"][0]["value"], 10.0);
        assert_eq!(moves["comparators"][0]["significance"] != "NOT_COMPARED", judged, "{period}");
        if !judged {
            assert_eq!(moves["rag"]["rule"], "not rated: the target is for the end of the year");
        }
    }
}

#[actix_web::test]
async fn the_catalogue_names_what_can_be_asked() {
    let answer = ask("catalogue", json!({})).await;
    let data = &answer.json["data"];
    assert_eq!((&data["viewer"]["role"], &data["viewer"]["limits"]["maxDepth"]), (&json!("analyst"), &json!(12)));
    assert_eq!(data["viewer"]["authorities"], json!([{"onsCode": HARROW, "name": "Area E09000015"}]));
    assert_eq!(data["indicators"]["totalCount"], data["indicators"]["nodes"].as_array().unwrap().len());
    assert_eq!(data["indicators"]["nodes"][0]["code"], "cla_number");
    assert_eq!(data["indicators"]["nodes"][0]["periodKind"], "SNAPSHOT");
}

/// What was known at a moment is found again as it was known then, also where that was nothing.
#[actix_web::test]
async fn the_id_of_a_figure_finds_it_as_it_was_known() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let analyst = app.analyst(HARROW).await;
    for known in ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"] {
        let figure = format!(
            "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
                value(indicator: \"cla_number\", period: {{code: \"2023-24-Q1\"}}, asKnownOn: \"{known}\") {{ id display }} }} }}"
        );
        let told = analyst.query(&figure).await.json["data"]["authority"]["value"].clone();
        let document = format!("{{ node(id: {}) {{ id ... on IndicatorValue {{ display }} }} }}", told["id"]);
        assert_eq!(analyst.query(&document).await.json["data"]["node"], told, "{known}");
    }
}
