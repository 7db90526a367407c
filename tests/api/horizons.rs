//! How far the records reach, for each kind of fact by itself: a figure is due when all that it needs reaches its day.

use lookedafter::access::Role;
use lookedafter::figures::{Figures, ReadLog};
use lookedafter::indicators::find;
use lookedafter::period::{Date, Period};
use lookedafter::store::rows::{HealthEvent, Leaver, LeaverContact, PlacementLink, PublishedValue, Rows};
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{TestApp, User, policy, viewer_of};

const NEET: &str = "care_leavers_neet_pct";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn app() -> TestApp {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    app
}

fn contact(on: &str) -> Rows {
    let contact = LeaverContact {
        child_id: "L0001".to_owned(),
        contacted_on: day(on),
        in_touch: Some("YES".to_owned()),
        activity: Some("G5".to_owned()),
        accommodation: Some("U1".to_owned()),
        ..LeaverContact::default()
    };
    Rows { leaver_contact: Some(vec![contact]), ..Rows::default() }
}

fn duty(child: &str, from: &str) -> Rows {
    let duty = Leaver {
        child_id: child.to_owned(),
        eligibility: "FORMER_RELEVANT".to_owned(),
        started_on: day(from),
        ended_on: Some(day("2025-05-01")),
        ..Leaver::default()
    };
    Rows { leaver: Some(vec![duty]), ..Rows::default() }
}

/// What an indicator shows for a period, given in the words of a question.
async fn shows(user: &User, indicator: &str, period: &str) -> (String, String) {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            value(indicator: \"{indicator}\", period: {{{period}}}) {{ display period {{ code }} }} }} }}"
    );
    let answer = user.query(&document).await;
    let value = &answer.json["data"]["authority"]["value"];
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{:#}", answer.json)).to_owned();
    (text(&value["display"]), text(&value["period"]["code"]))
}

async fn display(user: &User, indicator: &str, period: &str) -> String {
    shows(user, indicator, &format!("code: \"{period}\"")).await.0
}

async fn latest(user: &User, indicator: &str) -> String {
    shows(user, indicator, "latest: QUARTER").await.1
}

#[actix_web::test]
async fn contacts_that_end_earlier_make_what_needs_them_not_yet_due() {
    let app = app().await;
    let number = app.import(Some(HARROW), "leaver_contacts", Some("2023-06-30"), contact("2023-05-03")).await;
    let analyst = app.analyst(HARROW).await;
    for (period, neet, number) in [("2023-24-Q1", "100.0", "10"), ("2023-24-Q2", "Not yet due", "10")] {
        assert_eq!(display(&analyst, NEET, period).await, neet, "{period}");
        assert_eq!(display(&analyst, "cla_number", period).await, number, "{period}");
    }
    assert_eq!(latest(&analyst, NEET).await, "2023-24-Q1");
    assert_eq!(latest(&analyst, "cla_number").await, "2023-24-Q2");
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ recordsUpTo
            values(indicators: [\"{NEET}\", \"cla_number\"], period: {{latest: QUARTER}}) {{ period {{ code }} }}
            breakdown(indicator: \"{NEET}\", period: {{code: \"2023-24-Q2\"}}, by: GENDER) {{ rows {{ value {{ absence }} }} }}
            value(indicator: \"{NEET}\", period: {{code: \"2023-24-Q2\"}}) {{
                history(last: 2) {{ absence }} lineage {{ steps {{ text }} }} cohort(part: DENOMINATOR) {{ totalCount }} }} }} }}"
    );
    let answer = analyst.query(&document).await.json["data"]["authority"].clone();
    assert_eq!(answer["recordsUpTo"], "2023-09-30");
    assert_eq!(answer["values"], json!([{"period": {"code": "2023-24-Q1"}}, {"period": {"code": "2023-24-Q2"}}]));
    let rows = answer["breakdown"]["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["value"]["absence"] == "NOT_YET_DUE"), "{rows:?}");
    assert_eq!(answer["value"]["history"], json!([{"absence": null}, {"absence": "NOT_YET_DUE"}]));
    assert_eq!((&answer["value"]["lineage"]["steps"], &answer["value"]["cohort"]), (&json!([]), &Value::Null));
    // The list is gone: the return is the source again.
    app.store.undo(number).await.unwrap();
    let figures = Figures::new(app.store.clone(), policy());
    let opened = figures.open(&viewer_of(&[HARROW]), HARROW, None, &ReadLog::default()).await.unwrap().unwrap();
    let answer = opened.answer(find(NEET).unwrap(), Period::parse("2023-24-Q2").unwrap(), None);
    assert_eq!(answer.display(), "0.0");
}

#[actix_web::test]
async fn a_list_without_a_last_day_reaches_as_far_as_the_return() {
    let app = app().await;
    app.import(Some(HARROW), "leaver_contacts", None, contact("2023-05-03")).await;
    let analyst = app.analyst(HARROW).await;
    assert_eq!(display(&analyst, NEET, "2023-24-Q2").await, "100.0");
    assert_eq!(display(&analyst, NEET, "2023-24-Q3").await, "Not yet due");
}

#[actix_web::test]
async fn a_list_that_goes_further_than_the_return_answers_what_it_alone_tells() {
    let app = app().await;
    app.import(Some(HARROW), "leavers", Some("2023-12-31"), duty("L0001", "2022-05-01")).await;
    let analyst = app.analyst(HARROW).await;
    assert_eq!(display(&analyst, "care_leavers_number", "2023-24-Q3").await, "1");
    assert_eq!(display(&analyst, "care_leavers_number", "2023-24-Q4").await, "Not yet due");
    assert_eq!(display(&analyst, "cla_number", "2023-24-Q3").await, "Not yet due");
    assert_eq!(latest(&analyst, "care_leavers_number").await, "2023-24-Q3");
}

#[actix_web::test]
async fn a_duty_that_will_end_does_not_show_how_far_its_list_reaches() {
    let app = app().await;
    app.import(Some(HARROW), "leavers", None, duty("L0001", "2022-05-01")).await;
    let analyst = app.analyst(HARROW).await;
    assert_eq!(display(&analyst, "care_leavers_number", "2023-24-Q2").await, "1");
    assert_eq!(display(&analyst, "care_leavers_number", "2023-24-Q3").await, "Not yet due");
}

#[actix_web::test]
async fn links_of_placements_and_health_checks_hold_back_what_needs_them() {
    let app = app().await;
    // The links that are there already, now with a last day.
    let link = |n: usize| PlacementLink {
        child_id: format!("C{n:04}"),
        started_on: day("2022-07-01"),
        household_id: if n.is_multiple_of(2) { "H1" } else { "H2" }.to_owned(),
        ..PlacementLink::default()
    };
    let links = Rows { placement_link: Some((0..12).map(link).collect()), ..Rows::default() };
    app.import(Some(HARROW), "placement_links", Some("2023-06-30"), links).await;
    let check = HealthEvent {
        child_id: "C0001".to_owned(),
        kind: "DENTAL".to_owned(),
        dated_on: day("2023-06-01"),
        done_on: Some(day("2023-06-01")),
        status: Some("COMPLETED".to_owned()),
        ..HealthEvent::default()
    };
    let checks = Rows { health_event: Some(vec![check]), ..Rows::default() };
    app.import(Some(HARROW), "ssd", Some("2023-06-30"), checks).await;
    let analyst = app.analyst(HARROW).await;
    for (indicator, of_june) in [("placements_3plus_pct", "20.0"), ("dental_checks_pct", "10.0")] {
        assert_eq!(display(&analyst, indicator, "2023-24-Q1").await, of_june, "{indicator}");
        assert_eq!(display(&analyst, indicator, "2023-24-Q2").await, "Not yet due", "{indicator}");
    }
    // What the list does not hold is not held back by it.
    assert_eq!(display(&analyst, "health_checks_pct", "2023-24-Q2").await, "Not available");
    assert_eq!(display(&analyst, "placed_over_20_miles_pct", "2023-24-Q2").await, "0.0");
}

#[actix_web::test]
async fn what_is_printed_stands_where_one_fact_does_not_reach() {
    let app = app().await;
    app.import(Some(HARROW), "leaver_contacts", Some("2023-06-30"), contact("2023-05-03")).await;
    let printed = |indicator: &str| PublishedValue {
        authority_id: HARROW.to_owned(),
        source: "council".to_owned(),
        document: "scorecard".to_owned(),
        area: "local".to_owned(),
        indicator: indicator.to_owned(),
        period: "2023-24-Q2".to_owned(),
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        value: Some(34.9),
        ..PublishedValue::default()
    };
    let rows = Rows { published_value: Some([NEET, "cla_number"].map(printed).into()), ..Rows::default() };
    app.import(None, "published", None, rows).await;
    let analyst = app.analyst(HARROW).await;
    assert_eq!(display(&analyst, NEET, "2023-24-Q2").await, "34.9");
    assert_eq!(display(&analyst, "cla_number", "2023-24-Q2").await, "10");
}

#[actix_web::test]
async fn the_latest_periods_are_those_that_the_records_reach() {
    let document = format!(
        "{{ quarters: periods(kind: QUARTER, last: 2) {{ code }} years: periods(kind: FINANCIAL_YEAR, last: 1) {{ code }}
            days: periods(kind: DAY, last: 1) {{ code }}
            authority(by: {{onsCode: \"{HARROW}\"}}) {{ recordsFrom recordsUpTo }} }}"
    );
    let empty = TestApp::spawn().await;
    let before = empty.analyst(HARROW).await.query(&document).await.json["data"].clone();
    let today = chrono::Utc::now().date_naive();
    assert_eq!(before["days"], json!([{"code": today.to_string()}]), "before the first return they end today");
    let app = app().await;
    let told = app.analyst(HARROW).await.query(&document).await.json["data"].clone();
    assert_eq!(told["quarters"], json!([{"code": "2023-24-Q1"}, {"code": "2023-24-Q2"}]));
    assert_eq!((&told["years"], &told["days"]), (&json!([{"code": "2022-23"}]), &json!([{"code": "2023-09-30"}])));
    assert_eq!(told["authority"], json!({"recordsFrom": "2022-04-01", "recordsUpTo": "2023-09-30"}));
    // Records of an authority that someone may not ask about do not count for them.
    let other = app.analyst("E09000005").await;
    let theirs = other.query("{ periods(kind: DAY, last: 1) { code } }").await.json["data"]["periods"].clone();
    assert_eq!(theirs, json!([{"code": today.to_string()}]));
}

#[actix_web::test]
async fn the_latest_days_of_those_who_may_ask_for_none_are_ends_of_months() {
    let app = app().await;
    let days = async |user: User| {
        let answer = user.query("{ periods(kind: DAY, last: 3) { code kind } }").await;
        let days = answer.json["data"]["periods"].as_array().unwrap().clone();
        assert!(days.iter().all(|day| day["kind"] == "DAY"), "{days:?}");
        days.iter().map(|day| day["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let single = ["2023-09-28", "2023-09-29", "2023-09-30"];
    let ends = ["2023-07-31", "2023-08-31", "2023-09-30"];
    assert_eq!(days(app.analyst(HARROW).await).await, single);
    let manager = app.user(Role::ServiceManager, HARROW).await;
    assert_eq!(days(manager.with("X-Purpose", "safeguarding")).await, single);
    assert_eq!(days(manager.with("X-Purpose", "performance-monitoring")).await, ends);
    assert_eq!(days(app.user(Role::PanelMember, HARROW).await).await, ends);
    assert_eq!(days(app.without_purpose(Role::Analyst, HARROW).await).await, ends);
    let never = TestApp::spawn().await;
    let today = chrono::Utc::now().date_naive();
    for day in days(never.user(Role::PanelMember, HARROW).await).await {
        let day: chrono::NaiveDate = day.parse().unwrap();
        assert!(day <= today && day.succ_opt().unwrap().format("%d").to_string() == "01", "{day}");
    }
}
