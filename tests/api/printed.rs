//! What an authority has printed stands where its records do not reach: the same number under the same id in every field.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lookedafter::access::Role;
use lookedafter::store::rows::{PublishedValue, Rows};
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{TestApp, User};

const INDICATOR: &str = "placements_3plus_pct";

/// Figures that Harrow printed of itself: before its records, within them, and after.
fn printed() -> Rows {
    let rows = [
        ("older", "2019-20", 89.0),
        ("older", "2020-21", 89.1),
        ("newer", "2020-21", 89.9),
        ("newer", "2022-23", 77.7),
        ("newer", "2023-24-Q2", 66.6),
        ("newer", "2023-24-Q3", 55.5),
    ];
    let value = |(document, period, value): (&str, &str, f64)| PublishedValue {
        authority_id: HARROW.to_owned(),
        source: "council".to_owned(),
        document: document.to_owned(),
        area: "local".to_owned(),
        indicator: INDICATOR.to_owned(),
        period: period.to_owned(),
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        value: Some(value),
        period_end: if document == "newer" { "2023-12-31" } else { "2021-03-31" }.parse().ok(),
        status: Some("outturn".to_owned()),
        ..PublishedValue::default()
    };
    Rows { published_value: Some(rows.map(value).into()), ..Rows::default() }
}

async fn app() -> TestApp {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    app.import(None, "published", None, printed()).await;
    app
}

async fn ask(user: &User, inner: &str) -> Value {
    let answer = user.query(&format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ {inner} }} }}")).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"].clone()
}

const SHOWN: &str = "id display source document period { code }";

async fn value(user: &User, period: &str) -> Value {
    let inner = format!("value(indicator: \"{INDICATOR}\", period: {{code: \"{period}\"}}) {{ {SHOWN} }}");
    ask(user, &inner).await["value"].clone()
}

async fn node(user: &User, id: &Value) -> Value {
    let document = format!("{{ node(id: {id}) {{ ... on IndicatorValue {{ {SHOWN} }} }} }}");
    user.query(&document).await.json["data"]["node"].clone()
}

#[actix_web::test]
async fn every_field_shows_one_number_under_one_id() {
    let app = app().await;
    let analyst = app.analyst(HARROW).await;
    for (period, display, document) in [
        ("2018-19", "Not available", None),
        ("2020-21", "89.9", Some("newer")),
        ("2023-24-Q2", "20.0", None),
        ("2023-24-Q3", "55.5", Some("newer")),
        ("2023-24-Q4", "Not yet due", None),
    ] {
        let found = value(&analyst, period).await;
        assert_eq!((&found["display"], &found["document"]), (&json!(display), &json!(document)), "{period}");
        assert_eq!(found["source"], if document.is_some() { "PUBLISHED" } else { "RECORDS" }, "{period}");
        assert_eq!(node(&analyst, &found["id"]).await, found, "{period}");
        let range = format!("{{from: \"{period}\", to: \"{period}\", kind: QUARTER}}");
        let period = if period.contains('Q') { range } else { range.replace("QUARTER", "FINANCIAL_YEAR") };
        let values = format!("values(indicators: [\"{INDICATOR}\"], period: {{range: {period}}}) {{ {SHOWN} }}");
        assert_eq!(ask(&analyst, &values).await["values"], json!([found]));
    }
    let scorecard = format!(
        "scorecard(period: {{code: \"2022-23\"}}) {{ rows {{ indicator {{ code }} history {{ {SHOWN} }} }} }}
         value(indicator: \"{INDICATOR}\", period: {{code: \"2022-23\"}}) {{ history(last: 4) {{ {SHOWN} }} }}"
    );
    let answer = ask(&analyst, &scorecard).await;
    let rows = answer["scorecard"]["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["indicator"]["code"] == INDICATOR).unwrap();
    for period in [&row["history"], &answer["value"]["history"]].into_iter().flat_map(|h| h.as_array().unwrap()) {
        assert_eq!(*period, value(&analyst, period["period"]["code"].as_str().unwrap()).await);
    }
}

#[actix_web::test]
async fn both_documents_are_kept_and_an_id_finds_the_one_that_it_names() {
    let app = app().await;
    let analyst = app.analyst(HARROW).await;
    let inner = |period: &str| {
        format!(
            "value(indicator: \"{INDICATOR}\", period: {{code: \"{period}\"}}) {{
                id display published {{ display document value status }} cohort(part: DENOMINATOR) {{ totalCount }} }}"
        )
    };
    let before = ask(&analyst, &inner("2020-21")).await["value"].clone();
    let documents: Vec<_> =
        before["published"].as_array().unwrap().iter().map(|p| (&p["document"], &p["display"])).collect();
    assert_eq!(documents, [(&json!("newer"), &json!("89.9")), (&json!("older"), &json!("89.1"))]);
    assert_eq!(before["cohort"], Value::Null);
    let within = ask(&analyst, &inner("2023-24-Q2")).await["value"].clone();
    assert_eq!((&within["display"], &within["published"][0]["display"]), (&json!("20.0"), &json!("66.6")));
    assert_eq!(within["cohort"]["totalCount"], 10);
    // The keys of an id stand between separators: kind, authority, indicator, period, group, version, source, state.
    let keys = String::from_utf8(URL_SAFE_NO_PAD.decode(before["id"].as_str().unwrap()).unwrap()).unwrap();
    let of_source = |source: &str| {
        let text = keys.replace("published\u{1f}council\u{1f}newer", source);
        assert_ne!(text, keys);
        json!(URL_SAFE_NO_PAD.encode(text))
    };
    let display = async |source: &str| node(&analyst, &of_source(source)).await["display"].clone();
    assert_eq!(display("published\u{1f}council\u{1f}older").await, "89.1");
    assert_eq!(display("records").await, "Not available");
    assert_eq!(display("published\u{1f}council\u{1f}none").await, Value::Null);
    // Ids that were given out before they named a source.
    let old = json!(URL_SAFE_NO_PAD.encode(keys.replace("published\u{1f}council\u{1f}newer\u{1f}", "")));
    assert_eq!(node(&analyst, &old).await["id"], before["id"]);
}

#[actix_web::test]
async fn a_figure_that_the_authority_printed_itself_is_no_less_protected() {
    let app = app().await;
    let member = app.user(Role::PanelMember, HARROW).await;
    let found = value(&member, "2020-21").await;
    assert_eq!((&found["display"], &found["source"]), (&json!("Confidential"), &json!("PUBLISHED")));
    assert_eq!(node(&member, &found["id"]).await, found);
    let inner =
        format!("value(indicator: \"{INDICATOR}\", period: {{code: \"2020-21\"}}) {{ published {{ display value }} }}");
    let hidden = json!({"display": "Confidential", "value": null});
    assert_eq!(ask(&member, &inner).await["value"]["published"], json!([hidden, hidden]));
}
