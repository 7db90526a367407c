//! The demonstration: what its invented records answer is what Harrow printed for two quarters of 2023-24.

use std::collections::BTreeMap;

use lookedafter::cli::demo;
use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::{TestApp, User};

/// The records of the demonstration, brought in by its importers, which refuse and repair nothing.
pub async fn demonstration() -> TestApp {
    let app = TestApp::spawn().await;
    let folder = tempfile::tempdir().unwrap();
    demo::bring(&app.store, folder.path(), |_| {}).await.unwrap();
    for import in app.store.imports(None).await.unwrap() {
        let report = app.store.import(import.number).await.unwrap();
        assert!(report.issues.is_empty(), "{}: {:?}", import.kind, report.issues.first());
        assert!(report.files.iter().all(|file| file.used == file.rows), "{}", import.kind);
    }
    app
}

async fn ask(user: &User, name: &str, variables: Value) -> Value {
    let answer = user.query_with(&operation(name), variables).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"].clone()
}

/// Each row of the scorecard: display, numerator, denominator.
fn cells(scorecard: &Value) -> Vec<(String, String, Value, Value)> {
    let cell = |row: &Value| {
        let current = &row["current"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let code = text(&row["indicator"]["code"]);
        (code, text(&current["display"]), current["numerator"].clone(), current["denominator"].clone())
    };
    scorecard["scorecard"]["rows"].as_array().unwrap().iter().map(cell).collect()
}

fn printed(cells: [(&str, &str, Value, Value); 14]) -> Vec<(String, String, Value, Value)> {
    cells.into_iter().map(|(code, display, n, d)| (code.to_owned(), display.to_owned(), n, d)).collect()
}

fn first_quarter() -> Vec<(String, String, Value, Value)> {
    printed([
        ("cla_number", "192", json!(192), Value::Null),
        ("care_leavers_number", "185", json!(185), Value::Null),
        ("cla_rate_per_10000", "32.0", json!(192), json!(60_063)),
        ("reviews_in_timescale_pct", "94.6", json!(174), json!(184)),
        ("placements_3plus_pct", "1.0", json!(2), json!(192)),
        ("long_term_stability_pct", "69.2", json!(27), json!(39)),
        ("care_leavers_suitable_accommodation_pct", "96.6", json!(28), json!(29)),
        ("care_leavers_neet_pct", "34.5", json!(10), json!(29)),
        ("dental_checks_pct", "82.1", json!(92), json!(112)),
        ("health_checks_pct", "91.1", json!(102), json!(112)),
        ("ceased_adopted_pct", "4.8", json!(1), json!(21)),
        ("ceased_sgo_pct", "9.5", json!(2), json!(21)),
        ("placed_over_20_miles_pct", "20.5", json!(31), json!(151)),
        ("missing_episode_pct", "7.5", json!(16), json!(213)),
    ])
}

fn second_quarter() -> Vec<(String, String, Value, Value)> {
    printed([
        ("cla_number", "191", json!(191), Value::Null),
        ("care_leavers_number", "187", json!(187), Value::Null),
        ("cla_rate_per_10000", "31.8", json!(191), json!(60_063)),
        ("reviews_in_timescale_pct", "90.0", json!(162), json!(180)),
        ("placements_3plus_pct", "2.6", json!(5), json!(191)),
        ("long_term_stability_pct", "82.1", json!(32), json!(39)),
        ("care_leavers_suitable_accommodation_pct", "96.8", json!(61), json!(63)),
        ("care_leavers_neet_pct", "34.9", json!(22), json!(63)),
        ("dental_checks_pct", "83.3", json!(90), json!(108)),
        ("health_checks_pct", "90.7", json!(98), json!(108)),
        ("ceased_adopted_pct", "3.8", json!(2), json!(53)),
        ("ceased_sgo_pct", "3.8", json!(2), json!(53)),
        ("placed_over_20_miles_pct", "18.5", json!(27), json!(146)),
        ("missing_episode_pct", "8.6", json!(21), json!(244)),
    ])
}

/// The comparators, targets and earlier year ends of each row, by the row's code.
fn beside(scorecard: &Value) -> BTreeMap<String, Value> {
    let number = |row: &Value, comparator: &str| {
        let all = row["comparators"].as_array().unwrap();
        all.iter().find(|c| c["comparator"] == comparator).map_or(Value::Null, |c| c["value"].clone())
    };
    let rows = scorecard["scorecard"]["rows"].as_array().unwrap();
    let row = |row: &Value| {
        let history: Vec<Value> = row["history"].as_array().unwrap().iter().map(|h| h["value"].clone()).collect();
        let neighbours = number(row, "STATISTICAL_NEIGHBOURS");
        let code = row["indicator"]["code"].as_str().unwrap().to_owned();
        (code, json!([neighbours, number(row, "ENGLAND"), row["target"]["value"], history]))
    };
    rows.iter().map(row).collect()
}

#[actix_web::test]
async fn every_cell_of_two_quarters_is_as_printed_with_what_stands_beside_it() {
    let app = demonstration().await;
    let analyst = app.analyst(HARROW).await;
    let first = ask(&analyst, "scorecard", json!({"authority": HARROW, "period": "2023-24-Q1"})).await;
    assert_eq!(first["name"], "Harrow (invented records)");
    assert_eq!(cells(&first), first_quarter());
    let second = ask(&analyst, "scorecard", json!({"authority": HARROW, "period": "2023-24-Q2"})).await;
    assert_eq!(cells(&second), second_quarter());
    let beside = beside(&second);
    // Neighbours, England, target, as printed.
    for (code, neighbours, england, target) in [
        ("cla_rate_per_10000", Some(42.7), Some(70.0), None),
        ("reviews_in_timescale_pct", None, None, Some(95.0)),
        ("placements_3plus_pct", Some(10.0), Some(9.0), Some(5.0)),
        ("long_term_stability_pct", Some(69.5), Some(70.0), Some(70.0)),
        ("care_leavers_suitable_accommodation_pct", Some(86.4), Some(88.0), Some(90.0)),
        ("care_leavers_neet_pct", Some(35.0), Some(38.0), Some(35.0)),
        ("dental_checks_pct", Some(75.0), Some(70.0), Some(90.0)),
        ("health_checks_pct", Some(93.0), Some(89.0), Some(95.0)),
        ("ceased_adopted_pct", Some(9.0), Some(10.0), None),
        ("ceased_sgo_pct", Some(10.0), Some(13.0), None),
        ("placed_over_20_miles_pct", Some(21.0), Some(16.0), Some(20.0)),
        ("missing_episode_pct", Some(13.0), Some(11.0), Some(5.0)),
    ] {
        let row = &beside[code];
        assert_eq!((&row[0], &row[1], &row[2]), (&json!(neighbours), &json!(england), &json!(target)), "{code}");
    }
    assert_eq!(beside["cla_number"][3], json!([182.0, 188.0, 179.0]));
    colours_are_those_of_the_targets(&first, &second);
    groups_stand_out(&analyst).await;
    records_are_there(&analyst).await;
    smaller_authorities_answer(&app).await;
}

/// Each figure by the target printed for 2022-23: those of the year judge in both quarters but for moves and missing
/// episodes, which have a step for each quarter.
fn colours_are_those_of_the_targets(first: &Value, second: &Value) {
    let colours = |scorecard: &Value| {
        let rows = scorecard["scorecard"]["rows"].as_array().unwrap().clone();
        rows.into_iter().map(|row| row["current"]["rag"]["rag"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let none = "NOT_RATED";
    // Reviews 94.6 of 95, moves 1.0 of 2.5, stability 69.2 of 70, homes 96.6 of 90, NEET 34.5 of 35, dental 82.1 of 90,
    // health 91.1 of 95, distance 20.5 of 20, missing 7.5 of 2.5.
    let (green, amber, red) = ("GREEN", "AMBER", "RED");
    assert_eq!(
        colours(first),
        [none, none, none, amber, green, amber, green, green, amber, amber, none, none, amber, red]
    );
    // 90.0 of 95, 2.6 of 5, 82.1 of 70, 96.8 of 90, 34.9 of 35, 83.3 of 90, 90.7 of 95, 18.5 of 20, 8.6 of 5.
    assert_eq!(
        colours(second),
        [none, none, none, amber, green, green, green, green, amber, amber, none, none, green, red]
    );
}

/// Children of Mixed and Other groups are over-represented, Asian children under-represented, as in the report.
async fn groups_stand_out(analyst: &User) {
    let variables = json!({"authority": HARROW, "period": "2023-24-Q2", "indicator": "cla_number", "by": "ETHNICITY"});
    let answer = ask(analyst, "breakdown", variables).await;
    let rows = answer["breakdown"]["rows"].as_array().unwrap();
    let text = |label: &str| {
        let row = rows.iter().find(|row| row["member"]["label"] == label).unwrap();
        row["disproportionality"]["text"].as_str().unwrap().to_owned()
    };
    for (label, begins) in [("Mixed", "higher 1"), ("Other", "higher 1"), ("Asian", "lower -"), ("Black", "higher ")] {
        assert!(text(label).starts_with(begins), "{label}: {}", text(label));
    }
}

/// Children, care leavers and carers can be read, and the placements with the authority's own carers name them.
async fn records_are_there(analyst: &User) {
    let variables = json!({"authority": HARROW, "on": "2023-09-30", "first": 200});
    let children = ask(analyst, "children", variables).await["children"].clone();
    assert_eq!(children["totalCount"], 191);
    let nodes = children["nodes"].as_array().unwrap();
    let placements = nodes.iter().flat_map(|child| child["placements"]["nodes"].as_array().unwrap());
    assert!(placements.filter(|placement| placement["carer"]["id"].is_string()).count() > 40);
    let people = ask(analyst, "leavers-and-carers", json!({"authority": HARROW, "on": "2023-09-30"})).await;
    assert_eq!(people["leavers"]["totalCount"], 187);
    for carer in people["carers"]["nodes"].as_array().unwrap() {
        assert!(carer["filledPlaces"].as_i64() <= carer["approvedPlaces"].as_i64(), "{carer}");
    }
}

/// The two smaller authorities have a scorecard of their own for each whole year.
async fn smaller_authorities_answer(app: &TestApp) {
    for (authority, name) in [("E08000034", "Kirklees (invented records)"), ("E09000005", "Brent (invented records)")] {
        let analyst = app.analyst(authority).await;
        let answer = ask(&analyst, "scorecard", json!({"authority": authority, "period": "2023-24"})).await;
        assert_eq!(answer["name"], name);
        let rows = answer["scorecard"]["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["current"]["value"].is_number()), "{rows:#?}");
        assert!(rows[0]["current"]["value"].as_f64().unwrap() >= 40.0);
    }
}
