//! No day of birth is found by trying days: exact days are for those who see whom records are about.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, TimeDelta};
use lookedafter::{
    access::{Domain, Level, Role},
    period::{Date, birthday},
    store::rows::{ChildDetail, Episode, Rows, UascStatus},
};
use serde_json::{Value, json};

use super::{OWN, beside, person};
use crate::helpers::{TestApp, User, policy};

/// Children who turn 16 in care, and unaccompanied ones who turn 18 in a children's home, where care may go on.
const SIXTEEN: usize = 45;
const EIGHTEEN: usize = 9;

/// All days of two years.
const DAYS: (&str, i64) = ("2022-04-01", 730);

fn day(code: &str) -> Date {
    code.parse().unwrap()
}

fn born(n: usize) -> Date {
    match n.checked_sub(SIXTEEN) {
        None => day("2006-07-03") + TimeDelta::days(n as i64 * 8 + n as i64 % 5),
        Some(n) => day("2004-09-12") + TimeDelta::days(n as i64 * 37),
    }
}

fn birthdays(of: std::ops::Range<usize>, age: i32) -> BTreeSet<Date> {
    of.map(|n| birthday(born(n), age)).collect()
}

/// The same children in each of four returns.
async fn cohort() -> TestApp {
    let app = TestApp::spawn().await;
    beside::write(&app.store, None, "areas", None, beside::areas(OWN, 0)).await;
    for year in 2021..=2024 {
        let mut rows = Rows::of_a_return();
        for n in 0..SIXTEEN + EIGHTEEN {
            let (child_id, birth_date) = (format!("D{n:03}"), Some(born(n)));
            let adult = birthday(born(n), 18);
            let unaccompanied = n >= SIXTEEN;
            let (legal_status, place) = if unaccompanied { ("V2", "K2") } else { ("C2", "U6") };
            let detail = ChildDetail { child_id: child_id.clone(), birth_date, ..ChildDetail::default() };
            rows.child_detail.get_or_insert_default().push(detail);
            let episode = Episode {
                child_id: child_id.clone(),
                started_on: day("2019-01-01"),
                reason_new: Some("S".to_owned()),
                legal_status: Some(legal_status.to_owned()),
                need: Some("N1".to_owned()),
                place: Some(place.to_owned()),
                pl_distance: Some(30.0),
                ..Episode::default()
            };
            rows.episode.get_or_insert_default().push(episode);
            if unaccompanied {
                let row = UascStatus { child_id, birth_date, ended_on: Some(adult), ..UascStatus::default() };
                rows.uasc_status.get_or_insert_default().push(row);
            }
        }
        beside::write(&app.store, Some(OWN), "ssda903", Some((year, None)), rows).await;
    }
    app
}

/// What someone learns about an indicator: its parts by the last day of the period that they were told.
type Learnt = BTreeMap<Date, Value>;

/// Asks for every day, month and earlier period in every way there is, some at a time.
async fn ask_all(user: &User, indicator: &str, by: Option<&str>) -> Learnt {
    let first = day(DAYS.0);
    let days: Vec<Date> = (0..DAYS.1).map(|n| first + TimeDelta::days(n)).collect();
    let cell = "period { end } numerator denominator value";
    let mut fields = Vec::new();
    for day in &days {
        for period in [format!("asAt: \"{day}\""), format!("code: \"{day}\"")] {
            fields.push(match by {
                None => format!("value(indicator: \"{indicator}\", period: {{{period}}}) {{ {cell} }}"),
                Some(by) => format!(
                    "breakdown(indicator: \"{indicator}\", period: {{{period}}}, by: {by}) {{ rows {{ value {{ {cell} }} }} }}"
                ),
            });
        }
    }
    if by.is_none() {
        for (kind, from, to) in
            [("MONTH", "2022-04", "2024-03"), ("DAY", "2023-01", "2023-05"), ("QUARTER", "2022-23", "2023-24")]
        {
            let range = format!("range: {{from: \"{from}\", to: \"{to}\", kind: {kind}}}");
            fields.push(format!(
                "values(indicators: [\"{indicator}\"], period: {{{range}}}) {{ {cell} history(last: 12) {{ {cell} }} }}"
            ));
        }
        fields.push(format!(
            "value(indicator: \"{indicator}\", period: {{latest: DAY}}) {{ {cell} history(last: 400) {{ {cell} }} }}"
        ));
    }
    let mut learnt = Learnt::new();
    for some in fields.chunks(40) {
        let some: Vec<String> = some.iter().enumerate().map(|(n, field)| format!("f{n}: {field}")).collect();
        let document = format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {} }} }}", some.join(" "));
        let answer = user.query(&document).await;
        collect(&answer.json["data"], &mut learnt);
    }
    learnt
}

/// Every cell within an answer; of a breakdown all cells of a day together.
fn collect(value: &Value, learnt: &mut Learnt) {
    match value {
        Value::Object(fields) => {
            if let Some(rows) = fields.get("rows") {
                let of_rows: Vec<Value> = rows.as_array().unwrap().iter().map(|row| row["value"].clone()).collect();
                if let Some(end) = of_rows.first().map(|row| row["period"]["end"].clone()) {
                    let parts = of_rows.iter().map(|row| row["numerator"].clone()).collect();
                    learnt.insert(day(end.as_str().unwrap()), Value::Array(parts));
                }
                return;
            }
            if let Some(end) = fields.get("period").and_then(|period| period["end"].as_str()) {
                let parts = json!([fields["numerator"], fields["denominator"], fields["value"]]);
                if parts != json!([null, null, null]) {
                    learnt.insert(day(end), parts);
                }
            }
            fields.values().for_each(|field| collect(field, learnt));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, learnt)),
        _ => {}
    }
}

/// The birthdays that lie between two days of which one is told otherwise than the other, by how many days apart these are
/// at least.
fn found(learnt: &Learnt, birthdays: &BTreeSet<Date>, closer_than: i64) -> usize {
    let told: Vec<_> = learnt.iter().collect();
    let turns = told.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| (*pair[0].0, *pair[1].0));
    let near: Vec<(Date, Date)> = turns.filter(|(from, to)| (*to - *from).num_days() < closer_than).collect();
    birthdays.iter().filter(|day| near.iter().any(|(from, to)| from < *day && *day <= to)).count()
}

/// The shortest quarter has 90 days.
const QUARTER: i64 = 90;

#[actix_web::test]
async fn no_birthday_is_found_to_better_than_a_quarter_by_anyone_who_does_not_see_identities() {
    let app = cohort().await;
    let (sixteen, eighteen) = (birthdays(0..SIXTEEN, 16), birthdays(SIXTEEN..SIXTEEN + EIGHTEEN, 18));
    assert_eq!((sixteen.len(), eighteen.len()), (SIXTEEN, EIGHTEEN));
    let analyst = person(&app, Role::Analyst, OWN).await;
    let others = [person(&app, Role::ReleaseOfficer, OWN).await, person(&app, Role::PanelMember, OWN).await];
    for (indicator, by, days) in [
        ("long_term_stability_pct", None, &sixteen),
        ("cla_number", Some("AGE_BAND"), &sixteen),
        ("placed_over_20_miles_pct", None, &eighteen),
    ] {
        let all = found(&ask_all(&analyst, indicator, by).await, days, 2);
        assert_eq!(all, days.len(), "{indicator}: who sees identities finds them to the day");
        for (n, other) in others.iter().enumerate() {
            let learnt = ask_all(other, indicator, by).await;
            let near = found(&learnt, days, QUARTER);
            assert_eq!(near, 0, "{indicator}");
            println!("{indicator}: {near} of {} to better than a quarter, from {} days", days.len(), learnt.len());
            // True values are told of every quarter, or nothing would be shown by this.
            let quarters = learnt.keys().filter(|end| **end >= day(DAYS.0)).count();
            assert!(n > 0 || quarters > 6, "{indicator}: {:?}", learnt.keys());
        }
    }
}

#[actix_web::test]
async fn a_day_is_an_unknown_code_for_those_who_do_not_see_identities_and_months_stand_for_quarters() {
    let app = cohort().await;
    let officer = person(&app, Role::ReleaseOfficer, OWN).await;
    let ask = |inner: String| {
        let officer = &officer;
        async move { officer.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}")).await.json }
    };
    for indicator in ["cla_number", "long_term_stability_pct", "missing_episode_pct"] {
        let doors = |period: &str| {
            [
                format!("value(indicator: \"{indicator}\", period: {{{period}}}) {{ value }}"),
                format!("values(indicators: [\"{indicator}\"], period: {{{period}}}) {{ value }}"),
                format!(
                    "breakdown(indicator: \"{indicator}\", period: {{{period}}}, by: GENDER) {{ rows {{ cohortShare }} }}"
                ),
                format!("trend(indicator: \"{indicator}\", period: {{{period}}}) {{ pointsUsed }}"),
                format!("scorecard(period: {{{period}}}) {{ id }}"),
            ]
        };
        for (given, unknown) in [
            ("code: \"2023-08-15\"", "code: \"2023-08-99\""),
            ("code: \"2023-08-31\"", "code: \"2023-08-99\""),
            ("asAt: \"2023-08-15\"", "code: \"2023-08-99\""),
        ] {
            for (door, other) in doors(given).into_iter().zip(doors(unknown)) {
                let (denied, absent) = (ask(door.clone()).await, ask(other).await);
                let (told, said) = (&denied["errors"][0], &absent["errors"][0]);
                let named = given.split('"').nth(1).unwrap();
                let same = said["message"].as_str().unwrap().replace("2023-08-99", named);
                assert_eq!(told["message"], same, "{door}");
                assert_eq!(told["extensions"]["code"], said["extensions"]["code"], "{door}");
                assert_eq!(denied["data"], absent["data"], "{door}");
            }
        }
    }
    let range = ask("values(indicators: [\"cla_number\"], period: {range: {from: \"2023-08\", to: \"2023-08\", kind: DAY}}) { value }".to_owned()).await;
    assert_eq!(range["errors"][0]["message"], "A range is of years, quarters or months.");
    let end =
        ask("value(indicator: \"cla_number\", period: {asAt: \"2023-08-31\"}) { value period { code } }".to_owned())
            .await;
    assert_eq!(end["data"]["authority"]["value"], json!({"value": 54.0, "period": {"code": "2023-08-31"}}));
    let month = ask("value(indicator: \"long_term_stability_pct\", period: {code: \"2023-02\"}) { id denominator period { code kind end }
        indicator { dependsOnBirthday } lineage { steps { countOut } } history(last: 2) { period { code } } }".to_owned()).await;
    let month = &month["data"]["authority"]["value"];
    assert_eq!(month["period"], json!({"code": "2022-23-Q3", "kind": "QUARTER", "end": "2022-12-31"}));
    assert_eq!(month["indicator"]["dependsOnBirthday"], true);
    let at_16 = birthdays(0..SIXTEEN, 16).iter().filter(|at| **at > day("2022-12-31")).count();
    assert_eq!((&month["denominator"], &month["lineage"]["steps"][1]["countOut"]), (&json!(at_16), &json!(at_16)));
    assert_eq!(month["history"], json!([{"period": {"code": "2022-23-Q2"}}, {"period": {"code": "2022-23-Q3"}}]));
    // The id is that of the quarter.
    let document =
        format!("{{ node(id: {}) {{ ... on IndicatorValue {{ denominator period {{ code }} }} }} }}", month["id"]);
    let node = officer.query(&document).await.json["data"]["node"].clone();
    assert_eq!(node, json!({"denominator": at_16, "period": {"code": "2022-23-Q3"}}));
}

#[actix_web::test]
async fn whoever_sees_identities_names_days_by_code_and_in_ranges_and_others_open_no_id_of_them() {
    let app = cohort().await;
    let (analyst, officer) = (person(&app, Role::Analyst, OWN).await, person(&app, Role::ReleaseOfficer, OWN).await);
    let document = format!(
        "{{ authority(by: {{onsCode: \"{OWN}\"}}) {{
            coded: value(indicator: \"long_term_stability_pct\", period: {{code: \"2023-02-15\"}}) {{ id denominator period {{ code kind }} }}
            given: value(indicator: \"long_term_stability_pct\", period: {{asAt: \"2023-02-15\"}}) {{ id denominator }}
            month: value(indicator: \"long_term_stability_pct\", period: {{code: \"2023-02\"}}) {{ id period {{ code }} }}
            card: scorecard(period: {{asAt: \"2023-02-15\"}}) {{ id rows {{ current {{ denominator period {{ code }} }} }} }}
            days: values(indicators: [\"long_term_stability_pct\"], period: {{range: {{from: \"2023-02-10\", to: \"2023-02-15\", kind: DAY}}}}) {{
                denominator period {{ code }} }} }} }}"
    );
    let told = analyst.query(&document).await;
    assert!(told.json["errors"].is_null(), "{:#}", told.json["errors"]);
    let told = &told.json["data"]["authority"];
    let young = birthdays(0..SIXTEEN, 16).iter().filter(|at| **at > day("2023-02-15")).count();
    assert_eq!(told["coded"]["period"], json!({"code": "2023-02-15", "kind": "DAY"}));
    assert_eq!([&told["coded"]["denominator"], &told["given"]["denominator"]], [&json!(young), &json!(young)]);
    assert_eq!(told["month"]["period"]["code"], "2023-02");
    assert_eq!(told["card"]["rows"][5]["current"]["period"]["code"], "2023-02-15");
    assert_eq!(told["days"].as_array().unwrap().len(), 6);
    assert_eq!(told["days"][5], json!({"denominator": young, "period": {"code": "2023-02-15"}}));
    for id in [&told["coded"]["id"], &told["month"]["id"], &told["card"]["id"]] {
        let document = format!("{{ node(id: {id}) {{ id }} }}");
        assert_eq!(analyst.query(&document).await.json["data"]["node"]["id"], *id);
        assert_eq!(officer.query(&document).await.json["data"]["node"], Value::Null, "{id}");
    }
    let silent = app.without_purpose(Role::Analyst, OWN).await.query(&document).await;
    assert_eq!(silent.json["errors"][0]["extensions"]["code"], "PURPOSE_REQUIRED");
}

#[actix_web::test]
async fn lists_under_pseudonyms_are_chosen_by_ends_of_months_and_their_fields_turn_at_ends_of_quarters() {
    let app = cohort().await;
    let partner = person(&app, Role::VirtualSchool, OWN).await;
    let ask = |user: User, inner: String| async move {
        user.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}")).await.json
    };
    for list in ["children(filter: {lookedAfterOn: \"DAY\"}, first: 1)", "leavers(filter: {on: \"DAY\"}, first: 1)"] {
        let of = |day: &str| format!("list: {} {{ totalCount }}", list.replace("DAY", day));
        let denied = ask(partner.clone(), of("2023-08-15")).await;
        assert_eq!(denied["data"]["authority"]["list"], Value::Null, "{list}");
        assert_eq!(denied["errors"][0]["extensions"]["code"], "VALIDATION", "{list}");
        let told = ask(partner.clone(), of("2023-08-31")).await;
        assert!(told["errors"].is_null() && told["data"]["authority"]["list"].is_object(), "{list} {told:#}");
        let analyst = ask(person(&app, Role::Analyst, OWN).await, of("2023-08-15")).await;
        assert!(analyst["errors"].is_null(), "{list} {analyst:#}");
    }
}

/// What turns with a birthday in a record, for every role that reads records under pseudonyms and is shown it.
#[actix_web::test]
async fn no_birthday_is_found_in_fields_of_records_under_pseudonyms() {
    let app = cohort().await;
    let policy = policy();
    let first = day(DAYS.0);
    let real = &birthdays(0..SIXTEEN, 16) | &birthdays(SIXTEEN..SIXTEEN + EIGHTEEN, 18);
    let mut tried = 0;
    for role in Role::ALL {
        let reads = |level| policy.reads(role, Domain::Core, level);
        let is_analyst = role == Role::Analyst;
        if !is_analyst && (!reads(Level::Pseudonymous) || reads(Level::Identified)) {
            continue;
        }
        let user = person(&app, role, OWN).await;
        for field in ["age", "ageBand", "uasc"] {
            if policy.denied_fields(role).any(|denied| denied == format!("Child.{field}")) {
                continue;
            }
            let days: Vec<Date> = (0..DAYS.1 / 2).map(|n| first + TimeDelta::days(n + 180)).collect();
            let mut learnt: Vec<Learnt> = Vec::new();
            for some in days.chunks(40) {
                let asked = |(n, on): (usize, &Date)| format!("f{n}: {field}(on: \"{on}\")");
                let fields: Vec<String> = some.iter().enumerate().map(asked).collect();
                let list = format!("children(first: 100) {{ nodes {{ {} }} }}", fields.join(" "));
                let document = format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {list} }} }}");
                let answer = user.query(&document).await.json;
                let nodes = answer["data"]["authority"]["children"]["nodes"].as_array().cloned().unwrap_or_default();
                learnt.resize(learnt.len().max(nodes.len()), Learnt::new());
                for (child, node) in learnt.iter_mut().zip(&nodes) {
                    child.extend(some.iter().enumerate().map(|(n, on)| (*on, node[format!("f{n}")].clone())));
                }
            }
            // A field that turns on the last days of quarters alone tells the quarter.
            let turns = learnt.iter().flat_map(|told| {
                let told: Vec<_> = told.iter().collect();
                let turns: Vec<Date> =
                    told.windows(2).filter(|two| two[0].1 != two[1].1).map(|two| *two[1].0).collect();
                turns
            });
            let turns: BTreeSet<Date> = turns.collect();
            let ends = |at: &Date| [(3, 31), (6, 30), (9, 30), (12, 31)].contains(&(at.month(), at.day()));
            match is_analyst {
                true => assert!(turns.intersection(&real).count() > 3, "{field}: {turns:?}"),
                false => assert!(turns.iter().all(ends), "{role:?} {field}: {turns:?}"),
            }
            tried += usize::from(!is_analyst && !turns.is_empty());
        }
    }
    assert!(tried > 0);
}
