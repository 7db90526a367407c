//! Figures for those who see totals alone: every cell of every indicator and period, beside the true one, by ruling A6
//! written down once more.

use std::collections::BTreeMap;

use lookedafter::access::Role;
use serde_json::{Value, json};

use super::{OWN, denial::INDICATORS, oracle, person};
use crate::demo::demonstration;
use crate::figures::operation;
use crate::helpers::User;

const CELL: &str =
    "period { code end } value display numerator denominator notKnown absence interval { lower upper level method }";
const BESIDE: &str = "rag { rag rule significant } direction { direction since { code end } }
    trend(points: 5) { direction judgement method pointsUsed pValue }
    history(last: 10) { PLAIN }
    comparators(of: [{kind: STATISTICAL_NEIGHBOURS}, {kind: ENGLAND}, {kind: TARGET}, {kind: PREVIOUS_PERIOD},
        {kind: SAME_PERIOD_LAST_YEAR}]) { comparator value display absence difference significance period { code end } }";

/// Cells by indicator and code of the period.
type Cells = BTreeMap<(String, String), Value>;

/// The values of some indicators for all periods of a kind.
async fn values(user: &User, codes: &[&str], kind: &str, (from, to): (&str, &str), inner: &str) -> Cells {
    let document = format!(
        "query ($codes: [String!]!) {{ authority(by: {{onsCode: \"{OWN}\"}}) {{
            values(indicators: $codes, period: {{range: {{from: \"{from}\", to: \"{to}\", kind: {kind}}}}}) {{
                indicator {{ code unit }} {inner} }} }} }}"
    );
    let answer = user.query_with(&document, json!({"codes": codes})).await;
    assert!(answer.json["errors"].is_null(), "{:#}", answer.json["errors"]);
    let values = answer.json["data"]["authority"]["values"].as_array().unwrap();
    let key = |value: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&value["indicator"]["code"]), text(&value["period"]["code"]))
    };
    values.iter().map(|value| (key(value), value.clone())).collect()
}

/// What a reader at `S` or `R` may be given of a true cell: value, numerator, denominator, absence.
fn protected(level: char, unit: &str, cell: &Value) -> (Value, Value, Value, Value) {
    let hidden = (Value::Null, Value::Null, Value::Null, json!("CONFIDENTIAL"));
    let end = cell["period"]["end"].as_str().unwrap();
    let days: &[&str] = if level == 'R' { &["03-31", "09-30"] } else { &["03-31", "06-30", "09-30", "12-31"] };
    let (numerator, denominator) = (cell["numerator"].as_u64(), cell["denominator"].as_u64());
    if cell["value"].is_null() && numerator.is_none() && denominator.is_none() {
        return (Value::Null, Value::Null, Value::Null, cell["absence"].clone());
    }
    if !days.contains(&&end[5..]) {
        return hidden;
    }
    if nothing_is_known(cell) && denominator.is_some_and(|all| all >= 6) {
        let all = if level == 'S' { cell["denominator"].clone() } else { Value::Null };
        return (Value::Null, Value::Null, all, json!("NOT_AVAILABLE"));
    }
    let Some(counted) = numerator else { return hidden };
    let (population, others) = match denominator {
        Some(denominator) => (denominator, Some(denominator - counted)),
        None => (counted, None),
    };
    if denominator.is_none() && unit != "COUNT" || population < 6 || few(counted) || others.is_some_and(few) {
        return hidden;
    }
    if level == 'S' {
        return (
            cell["value"].clone(),
            cell["numerator"].clone(),
            cell["denominator"].clone(),
            cell["absence"].clone(),
        );
    }
    let nearest_5 = (counted + 2) / 5 * 5;
    let value = match unit {
        "PERCENT" => cell["value"].as_f64().unwrap().round(),
        _ if counted < 8 => return hidden,
        "COUNT" => nearest_5 as f64,
        "RATE_PER_10000" => nearest_5 as f64 * 10_000.0 / population as f64,
        unit => panic!("{unit}"),
    };
    (json!(value), Value::Null, Value::Null, Value::Null)
}

fn few(count: u64) -> bool {
    (1..=5).contains(&count)
}

/// Whether the records say nothing about anybody whom the figure is about.
fn nothing_is_known(cell: &Value) -> bool {
    cell["value"].is_null() && cell["denominator"].is_u64() && cell["notKnown"] == cell["denominator"]
}

/// Of how many, at most, a reader of the cell has to think that it is not known, and whether they are told so.
fn unknown(cell: &Value) -> Option<(u64, bool)> {
    let part = |name: &str| cell[name].as_u64();
    let (of, not_known) = (part("denominator")?, part("notKnown")?);
    let missed = of - part("numerator").unwrap_or(0);
    Some(match not_known {
        few_of_many if few(few_of_many) && missed > 10 => (5, false),
        not_known if few(not_known) || few(missed - not_known) => (missed, false),
        not_known => (not_known, true),
    })
}

/// The upper limit of Wilson's interval, in percent.
fn upper_limit(counted: f64, of: f64) -> f64 {
    let (z, p) = (1.959_963_984_540_054_f64, counted / of);
    let spread = z * (z * z + 4.0 * counted * (1.0 - p)).sqrt();
    100.0 * ((2.0 * counted + z * z + spread) / (2.0 * (of + z * z))).min(1.0)
}

/// The interval that a reader at `S` is shown of a cell that is shown.
fn interval(unit: &str, cell: &Value) -> Value {
    let mut interval = cell["interval"].clone();
    if let (Some((at_most, false)), "PERCENT") = (unknown(cell), unit) {
        let part = |name: &str| cell[name].as_u64().unwrap() as f64;
        interval["upper"] = json!(upper_limit(part("numerator") + at_most as f64, part("denominator")));
    }
    interval
}

/// The colour that a reader is shown of a value by the rule, if all of those who may be unknown change nothing.
fn colour(level: char, unit: &str, truth: &Value, value: &Value) -> Option<&'static str> {
    let rule = &truth["rag"]["rule"];
    if rule.as_str().unwrap().contains("depends on those not known") {
        return None;
    }
    let (Some((at_most, _)), "PERCENT") = (unknown(truth), unit) else { return Some(by_rule(rule, value)) };
    let part = |name: &str| truth[name].as_u64().unwrap() as f64;
    let highest = 100.0 * (part("numerator") + at_most as f64) / part("denominator");
    let highest = json!(if level == 'R' { highest.round() } else { highest });
    let (one, other) = (by_rule(rule, value), by_rule(rule, &highest));
    Some(if one == other { one } else { "NOT_RATED" })
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

fn alike(a: &Value, b: &Value) -> bool {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

/// A cell is what the oracle makes of the true one; whether it holds a number.
fn check(level: char, unit: &str, truth: &Value, shown: &Value) -> bool {
    let (value, numerator, denominator, absence) = protected(level, unit, truth);
    let context = || format!("{level}: {truth} is shown as {shown}");
    assert!(alike(&shown["value"], &value), "{} instead of {value}", context());
    assert_eq!((&shown["numerator"], &shown["denominator"]), (&numerator, &denominator), "{}", context());
    assert_eq!(shown["absence"], absence, "{}", context());
    let display = match number(&value) {
        Some(_) if level == 'S' => truth["display"].as_str().unwrap().to_owned(),
        Some(value) if unit == "COUNT" => format!("{value:.0}"),
        Some(value) => format!("{value:.1}"),
        None if absence == "CONFIDENTIAL" => "Confidential".to_owned(),
        None => shown["display"].as_str().unwrap().to_owned(),
    };
    assert_eq!(shown["display"], display, "{}", context());
    let interval = if level == 'S' && !value.is_null() { interval(unit, truth) } else { Value::Null };
    for end in ["lower", "upper", "level", "method"] {
        assert!(alike(&shown["interval"][end], &interval[end]), "{}", context());
    }
    let told = level == 'S' && !denominator.is_null() && unknown(truth).is_some_and(|(_, told)| told);
    let not_known = if told { truth["notKnown"].clone() } else { Value::Null };
    assert_eq!(shown["notKnown"], not_known, "{}", context());
    !value.is_null()
}

/// The colour of a number by a rule in words, such as "green at 95 or more, amber at 85.5 or more".
fn by_rule(rule: &Value, value: &Value) -> &'static str {
    let words: Vec<&str> = rule.as_str().unwrap().split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let ["green", "at", green, "or", way, "amber", "at", amber, ..] = words[..] else { return "NOT_RATED" };
    let value = number(value).unwrap();
    let meets = |limit: &str| {
        let limit: f64 = limit.parse().unwrap();
        if way == "more" { value >= limit } else { value <= limit }
    };
    match (meets(green), meets(amber)) {
        (true, _) => "GREEN",
        (_, true) => "AMBER",
        _ => "RED",
    }
}

/// Everything that is worked out from a cell is silent where the cell is, and where the other cell is.
fn check_beside(level: char, unit: &str, truth: &Value, shown: &Value, all: &Cells) {
    let code = truth["indicator"]["code"].as_str().unwrap();
    let visible = !shown["value"].is_null();
    let context = || format!("{level} {code}: {truth:#}\nis shown as {shown:#}");
    let vague = |cell: &Value| unknown(cell).is_some_and(|(_, told)| !told);
    match (level, visible) {
        ('S', true) if !vague(truth) => assert_eq!(shown["rag"], truth["rag"], "{}", context()),
        (level, true) => {
            if let Some(colour) = colour(level, unit, truth, &shown["value"]) {
                assert_eq!(shown["rag"]["rag"], colour, "{}", context());
            } else if level == 'S' {
                assert_eq!(shown["rag"]["rag"], "NOT_RATED", "{}", context());
            }
            assert!(level == 'S' || shown["rag"]["significant"].is_null(), "{}", context());
        }
        (_, false) => {
            assert_eq!(
                (&shown["rag"]["rag"], &shown["rag"]["significant"]),
                (&json!("NOT_RATED"), &Value::Null),
                "{}",
                context()
            );
        }
    }
    let cell_of = |period: &Value| {
        let key = (code.to_owned(), period["code"].as_str().unwrap_or_default().to_owned());
        all.get(&key).map(|cell| protected(level, unit, cell).0).unwrap_or_default()
    };
    let since = &truth["direction"]["since"];
    if !visible || since.is_null() || cell_of(since).is_null() {
        assert!(shown["direction"].is_null(), "{}", context());
    } else if level == 'S' {
        assert_eq!(shown["direction"], truth["direction"], "{}", context());
    }
    let years: Vec<Value> =
        (0..5).filter_map(|back| years_before(truth, back)).map(|code| json!({"code": code})).collect();
    let key = |period: &Value| (code.to_owned(), period["code"].as_str().unwrap_or_default().to_owned());
    let held_back = years
        .iter()
        .any(|year| all.get(&key(year)).is_some_and(|cell| protected(level, unit, cell).3 == "CONFIDENTIAL"));
    if level == 'R' || held_back {
        assert_eq!(shown["trend"]["direction"], "CANNOT_BE_CALCULATED", "{}", context());
        assert!(shown["trend"]["pValue"].is_null() && shown["trend"]["pointsUsed"] == 0, "{}", context());
        assert_eq!(shown["trend"]["judgement"], "NO_JUDGEMENT");
    } else if !years.iter().any(|year| all.get(&key(year)).is_some_and(vague)) {
        assert_eq!(shown["trend"], truth["trend"], "{}", context());
    } else if shown["trend"] != truth["trend"] {
        assert_eq!(shown["trend"]["direction"], "CANNOT_BE_CALCULATED", "{}", context());
    }
    for (truth, past) in truth["history"].as_array().unwrap().iter().zip(shown["history"].as_array().unwrap()) {
        check(level, unit, truth, past);
    }
    for (other, told) in truth["comparators"].as_array().unwrap().iter().zip(shown["comparators"].as_array().unwrap()) {
        let earlier = matches!(other["comparator"].as_str(), Some("PREVIOUS_PERIOD" | "SAME_PERIOD_LAST_YEAR"));
        let value = if earlier { cell_of(&other["period"]) } else { other["value"].clone() };
        assert!(alike(&told["value"], &value), "{}", context());
        let difference = number(&shown["value"]).zip(number(&value)).filter(|_| !other["difference"].is_null());
        assert!(alike(&told["difference"], &json!(difference.map(|(own, other)| own - other))), "{}", context());
        match (level, difference) {
            ('S', Some(_)) if vague(truth) || all.get(&key(&other["period"])).is_some_and(vague) => {
                let told = &told["significance"];
                assert!(*told == other["significance"] || told == "NOT_COMPARED", "{}", context());
            }
            ('S', Some(_)) => assert_eq!(told["significance"], other["significance"], "{}", context()),
            ('R', Some(_)) if earlier => assert_eq!(told["significance"], "NOT_COMPARED", "{}", context()),
            (_, None) => assert_eq!(told["significance"], "NOT_COMPARED", "{}", context()),
            _ => {}
        }
    }
}

/// The code of the same quarter some years before.
fn years_before(cell: &Value, back: i32) -> Option<String> {
    let code = cell["period"]["code"].as_str()?;
    let start: i32 = code.get(..4)?.parse().ok()?;
    Some(format!("{}-{:02}{}", start - back, (start - back + 1) % 100, code.get(7..)?))
}

#[actix_web::test]
async fn every_figure_at_s_and_r_is_what_the_rule_makes_of_the_true_one() {
    let app = demonstration().await;
    let codes: Vec<&str> = INDICATORS.iter().map(|(code, _)| *code).collect();
    let analyst = person(&app, Role::Analyst, OWN).await;
    let beside = format!("{CELL} {}", BESIDE.replace("PLAIN", CELL));
    let ranges = [("MONTH", ("2022-04", "2024-03")), ("FINANCIAL_YEAR", ("2014-15", "2023-24"))];
    let quarters = ("2016-17-Q1", "2023-24-Q4");
    let all = values(&analyst, &codes, "QUARTER", quarters, CELL).await;
    let recent = ("2022-23-Q3", "2023-24-Q3");
    let true_beside = values(&analyst, &codes, "QUARTER", recent, &beside).await;
    for (role, level) in
        [(Role::PanelMember, 'S'), (Role::NeighbourAuthority, 'S'), (Role::HealthPartner, 'S'), (Role::Public, 'R')]
    {
        let user = person(&app, role, OWN).await;
        let sees = |code: &str| {
            INDICATORS.iter().any(|(known, domain)| *known == code && oracle::totals(role, domain).is_some())
        };
        let seen: Vec<&str> = codes.iter().copied().filter(|code| sees(code)).collect();
        let unit = |cell: &Value| cell["indicator"]["unit"].as_str().unwrap().to_owned();
        let (mut shown_cells, mut hidden_cells) = (0, 0);
        for (key, cell) in values(&user, &seen, "QUARTER", quarters, CELL).await {
            match check(level, &unit(&cell), &all[&key], &cell) {
                true => shown_cells += 1,
                false if cell["absence"] == "CONFIDENTIAL" => hidden_cells += 1,
                false => {}
            }
        }
        assert!(shown_cells > 25 && hidden_cells > 15, "{role:?}: {shown_cells} shown, {hidden_cells} hidden");
        for (kind, range) in ranges {
            let truth = values(&analyst, &codes, kind, range, CELL).await;
            for (key, cell) in values(&user, &seen, kind, range, CELL).await {
                // A month may be answered as the quarter before it.
                check(level, &unit(&cell), truth.get(&key).unwrap_or_else(|| &all[&key]), &cell);
            }
        }
        let mut rated = 0;
        for (key, cell) in values(&user, &seen, "QUARTER", recent, &beside).await {
            check_beside(level, &unit(&cell), &true_beside[&key], &cell, &all);
            rated += usize::from(cell["rag"]["rag"] != "NOT_RATED");
        }
        assert!(rated > 3, "{role:?}: {rated} rated");
        contract_operations_run(&user, &seen, level).await;
    }
}

/// The operations that clients rely on are answered without an error; breakdowns hold no number at all.
async fn contract_operations_run(user: &User, seen: &[&str], level: char) {
    let period = "2023-24-Q2";
    let ask = |name: &str, variables: Value| {
        let document = operation(name);
        async move {
            let answer = user.query_with(&document, variables).await;
            assert!(answer.json["errors"].is_null(), "{:#}", answer.json["errors"]);
            answer.json["data"].clone()
        }
    };
    ask("catalogue", json!({})).await;
    let scorecard = ask("scorecard", json!({"authority": OWN, "period": period})).await;
    assert!(scorecard["authority"]["scorecard"]["rows"].as_array().unwrap().len() > 5);
    let range = json!({"authority": OWN, "indicators": seen, "from": "2023-24-Q1", "to": period});
    ask("values", range).await;
    for code in seen {
        ask("trend", json!({"authority": OWN, "indicator": code, "period": period})).await;
        for by in ["ETHNICITY", "AGE_BAND", "GENDER"] {
            let variables = json!({"authority": OWN, "period": period, "indicator": code, "by": by});
            let split = ask("breakdown", variables).await;
            for row in split["authority"]["breakdown"]["rows"].as_array().unwrap() {
                let value = &row["value"];
                let silent = [
                    &value["value"],
                    &value["numerator"],
                    &value["denominator"],
                    &value["interval"],
                    &row["cohortShare"],
                    &row["disproportionality"],
                ];
                assert!(
                    silent.iter().all(|part| part.is_null()) && value["absence"] == "CONFIDENTIAL",
                    "{level} {code} {row}"
                );
            }
        }
    }
    // What needs rows or true values is refused as what does not exist.
    for name in ["children", "leavers-and-carers", "why"] {
        let variables =
            json!({"authority": OWN, "on": "2023-09-30", "first": 5, "indicator": "cla_number", "period": period});
        let answer = user.query_with(&operation(name), variables).await;
        let rows = oracle_rows(&answer.json);
        assert!(rows || answer.code() == "VALIDATION" && answer.json["data"].is_null(), "{name}: {:#}", answer.json);
    }
}

/// Whether an answer holds rows: of the roles here, the health team alone may read some.
fn oracle_rows(json: &Value) -> bool {
    json["data"]["authority"]["children"].is_object()
}
