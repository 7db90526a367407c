//! Groups of children: an outcome set against the others of its cohort, and each group beside the same group elsewhere.

use lookedafter::access::Role;
use lookedafter::import::Kind;
use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::{TestApp, User, brought};

/// Of 20 young men 10 are NEET, of 20 young women 5.
async fn forty_leavers() -> TestApp {
    let app = TestApp::spawn().await;
    let (header, oc3) = brought::leavers(&[
        (10, '1', "G5", "U1"),
        (10, '1', "F2", "U1"),
        (5, '2', "G5", "U1"),
        (15, '2', "F2", "U1"),
        (3, '9', "G5", "U1"),
    ]);
    let files = [("header.csv", header.as_str()), ("episodes.csv", &brought::one_child()), ("oc3.csv", &oc3)];
    app.a_return(HARROW, 2024, &files).await;
    let population = "authority,mid_year,dimension,category,count\nE09000015,2023,all,all,10000\n\
        E09000015,2023,gender,Male,5000\nE09000015,2023,gender,Female,5000\n";
    app.list(Kind::Population, population).await;
    app
}

async fn rows(user: &User, indicator: &str, inner: &str) -> Vec<Value> {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            breakdown(indicator: \"{indicator}\", period: {{code: \"2023-24\"}}, by: GENDER) {{
                populationSource rows {{ member {{ code }} {inner} }} }} }} }}"
    );
    let answer = user.query(&document).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"]["breakdown"]["rows"].as_array().unwrap().clone()
}

const RATIO: &str =
    "cohortShare populationShare disproportionality { basis ratio text significance interval { lower upper method } }";

#[actix_web::test]
async fn an_outcome_is_set_against_all_others_of_the_cohort() {
    let app = forty_leavers().await;
    let rows = rows(&app.analyst(HARROW).await, "care_leavers_neet_pct", RATIO).await;
    let men = &rows[0]["disproportionality"];
    assert_eq!((&men["basis"], &men["ratio"], &men["text"]), (&json!("REST"), &json!(2.0), &json!("higher 100%")));
    // exp(ln 2 -/+ 1.959964 * sqrt(1/10 - 1/20 + 1/5 - 1/20)).
    let limit = |end: &str| format!("{:.3}", men["interval"][end].as_f64().unwrap());
    assert_eq!((limit("lower").as_str(), limit("upper").as_str()), ("0.832", "4.805"));
    assert_eq!((&men["significance"], &men["interval"]["method"]), (&json!("SIMILAR"), &json!("KATZ_LOG")));
    assert_eq!((&rows[1]["disproportionality"]["ratio"], &rows[1]["populationShare"]), (&json!(0.5), &Value::Null));
    // Those whose gender is not known are in neither.
    assert_eq!(rows[2]["disproportionality"], Value::Null);
    let hidden = self::rows(&app.user(Role::PanelMember, HARROW).await, "care_leavers_neet_pct", RATIO).await;
    assert!(hidden.iter().all(|row| row["disproportionality"].is_null() && row["cohortShare"].is_null()));
}

#[actix_web::test]
async fn a_count_is_set_against_the_child_population() {
    let app = forty_leavers().await;
    let rows = rows(&app.analyst(HARROW).await, "cla_number", RATIO).await;
    let boys = &rows[0];
    assert_eq!((&boys["cohortShare"], &boys["populationShare"]), (&json!(100.0), &json!(50.0)));
    assert_eq!(
        (&boys["disproportionality"]["basis"], &boys["disproportionality"]["ratio"]),
        (&json!("POPULATION"), &json!(2.0))
    );
}

#[actix_web::test]
async fn the_operation_for_a_breakdown_runs_unchanged_over_an_outcome() {
    let app = forty_leavers().await;
    let variables =
        json!({"authority": HARROW, "period": "2023-24", "indicator": "care_leavers_neet_pct", "by": "GENDER"});
    let answer = app.analyst(HARROW).await.query_with(&operation("breakdown"), variables).await;
    let breakdown = &answer.json["data"]["authority"]["breakdown"];
    assert_eq!((&answer.json["errors"], &breakdown["populationSource"]), (&Value::Null, &Value::Null));
    assert_eq!(breakdown["rows"][0]["disproportionality"]["text"], "higher 100%");
}

#[actix_web::test]
async fn a_group_stands_beside_the_same_group_or_beside_nothing() {
    let app = forty_leavers().await;
    let published = "authority,source_document,indicator_code,series,period_label,value,unit,flag,status,dimension,category\n\
        E09000015,deck,care_leavers_neet_pct,england,2022-23,38,percent,ok,published,,\n\
        E09000015,deck,care_leavers_neet_pct,england,2022-23,41,percent,ok,published,gender,male\n\
        E09000015,deck,care_leavers_neet_pct,statistical_neighbours,2022-23,33,percent,ok,published,gender,Female\n\
        E09000015,deck,care_leavers_neet_pct,england,2022-23,29,percent,ok,published,ethnicity,White Irish\n";
    app.list(Kind::Published, published).await;
    let analyst = app.analyst(HARROW).await;
    let inner = "value { comparators { comparator name value absence } }";
    let rows = rows(&analyst, "care_leavers_neet_pct", inner).await;
    let beside = |row: usize, comparator: usize| {
        let told = &rows[row]["value"]["comparators"][comparator];
        (told["value"].as_f64(), told["absence"].as_str().unwrap_or_default().to_owned())
    };
    let absent = || (None, "NOT_PUBLISHED".to_owned());
    // Statistical neighbours first, then England.
    assert_eq!((beside(0, 0), beside(0, 1)), (absent(), (Some(41.0), String::new())));
    assert_eq!((beside(1, 0), beside(1, 1)), ((Some(33.0), String::new()), absent()));
    assert_eq!((beside(2, 0), beside(2, 1)), (absent(), absent()));
    let white = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            value(indicator: \"care_leavers_neet_pct\", period: {{code: \"2023-24\"}}) {{
                comparators(of: [{{kind: ENGLAND}}]) {{ value }} }}
            breakdown(indicator: \"care_leavers_neet_pct\", period: {{code: \"2023-24\"}}, by: ETHNICITY) {{
                rows {{ value {{ comparators(of: [{{kind: ENGLAND}}]) {{ absence }} }} }} }} }} }}"
    );
    let authority = analyst.query(&white).await.json["data"]["authority"].clone();
    assert_eq!(authority["value"]["comparators"][0]["value"], 38.0);
    // A part of a group is not the group.
    assert_eq!(authority["breakdown"]["rows"][0]["value"]["comparators"][0]["absence"], "NOT_PUBLISHED");
}

#[actix_web::test]
async fn a_group_s_earlier_periods_are_its_own() {
    let app = forty_leavers().await;
    // A year later 4 of the 20 young men are NEET, and all of the young women.
    let (header, oc3) = brought::leavers(&[(4, '1', "G5", "U1"), (16, '1', "F2", "U1"), (23, '2', "G5", "U1")]);
    let reviews = "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,05/06/2010,03/06/2024,PN1\n";
    let mut files = vec![("header.csv", header.as_str()), ("oc3.csv", &oc3), ("reviews.csv", reviews)];
    let episodes = brought::one_child();
    files.push(("episodes.csv", &episodes));
    app.a_return(HARROW, 2025, &files).await;
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            breakdown(indicator: \"care_leavers_neet_pct\", period: {{code: \"2024-25\"}}, by: GENDER) {{
                rows {{ value {{ value comparators(of: [{{kind: SAME_PERIOD_LAST_YEAR}}]) {{ value significance period {{ code }} }} }} }} }} }} }}"
    );
    let answer = app.analyst(HARROW).await.query(&document).await;
    let men = answer.json["data"]["authority"]["breakdown"]["rows"][0]["value"].clone();
    assert_eq!(men["value"], 20.0, "{:#}", answer.json);
    // 10 of 20 a year before; of everybody it was 18 of 43.
    let before = json!({"value": 50.0, "significance": "BETTER", "period": {"code": "2023-24"}});
    assert_eq!(men["comparators"][0], before);
}
