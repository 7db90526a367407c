//! No birth date can be found by trying days: what turns with a birthday turns at the ends of quarters for those who see
//! pseudonyms.

use std::collections::BTreeSet;

use chrono::{Datelike, TimeDelta};
use lookedafter::access::Role;
use lookedafter::period::Date;
use serde_json::Value;

use super::{OWN, marked::Marked, person};
use crate::helpers::{TestApp, User};

/// Days of a year and a half, some of them the last of a quarter and the first of the next.
fn days() -> Vec<Date> {
    let first: Date = "2022-06-20".parse().unwrap();
    (0..38)
        .map(|n| first + TimeDelta::days(n * 12))
        .chain(["2022-12-31", "2023-01-01"].map(|day| day.parse().unwrap()))
        .collect()
}

/// The last end of a quarter, the day itself included.
fn quarter_end(day: Date) -> Date {
    let next = day + TimeDelta::days(1);
    let start = Date::from_ymd_opt(next.year(), (next.month() - 1) / 3 * 3 + 1, 1).unwrap();
    start - TimeDelta::days(1)
}

async fn ask(user: &User, inner: &str) -> Value {
    let answer = user.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {inner} }} }}")).await;
    assert!(answer.json["errors"].is_null(), "{inner}: {:#}", answer.json["errors"]);
    answer.json["data"]["authority"].clone()
}

async fn marked() -> TestApp {
    let app = TestApp::spawn().await;
    Marked { authority: OWN, salt: 0 }.load(&app.store).await;
    app
}

/// Under another name for each day.
fn each(days: &[Date], ask: impl Fn(Date) -> String) -> String {
    days.iter().enumerate().map(|(n, day)| format!("d{n}: {}", ask(*day))).collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn ages_and_age_bands_turn_at_the_ends_of_quarters_for_those_who_see_pseudonyms() {
    let (app, days) = (marked().await, days());
    let ends: Vec<Date> = days.iter().map(|day| quarter_end(*day)).collect();
    let ages = |days: &[Date]| {
        format!("children(first: 60) {{ nodes {{ {} }} }}", each(days, |day| format!("age(on: \"{day}\")")))
    };
    let bands = |days: &[Date]| {
        format!("children(first: 60) {{ nodes {{ {} }} }}", each(days, |day| format!("ageBand(on: \"{day}\")")))
    };
    for role in [Role::ServiceManager, Role::HealthPartner, Role::VirtualSchool, Role::PoliceYot] {
        let user = person(&app, role, OWN).await;
        for document in [ages, bands] {
            assert_eq!(ask(&user, &document(&days)).await, ask(&user, &document(&ends)).await, "{role:?}");
        }
    }
    let analyst = person(&app, Role::Analyst, OWN).await;
    assert_ne!(
        ask(&analyst, &ages(&days)).await,
        ask(&analyst, &ages(&ends)).await,
        "an analyst sees the birthday itself"
    );
}

#[actix_web::test]
async fn an_age_band_that_is_not_told_is_null_and_not_called_unknown() {
    let app = marked().await;
    let bands = |answer: Value| -> BTreeSet<String> {
        let nodes = answer["children"]["nodes"].as_array().unwrap();
        nodes.iter().map(|node| node["ageBand"].to_string()).collect()
    };
    let document = |day: &str| format!("children(first: 60) {{ nodes {{ ageBand(on: \"{day}\") }} }}");
    let partner = person(&app, Role::VirtualSchool, OWN).await;
    assert_eq!(bands(ask(&partner, &document("2019-06-30")).await), BTreeSet::from(["null".to_owned()]));
    assert!(!bands(ask(&partner, &document("2022-12-31")).await).contains("null"));
    let analyst = person(&app, Role::Analyst, OWN).await;
    assert!(!bands(ask(&analyst, &document("2019-06-30")).await).contains("null"));
}

/// Ends of months, those of quarters among them.
fn month_ends() -> Vec<Date> {
    let first_of = |n: i32| Date::from_ymd_opt(2022 + (6 + n) / 12, (6 + n as u32) % 12 + 1, 1).unwrap();
    (1..16).map(|n| first_of(n) - TimeDelta::days(1)).collect()
}

#[actix_web::test]
async fn lists_chosen_by_age_and_lists_of_leavers_turn_at_the_ends_of_quarters() {
    // Partners are told of the ends of the last four quarters, the first of them the end of 2022.
    let recent = |day: &Date| *day >= "2022-12-31".parse().unwrap();
    let (app, days): (_, Vec<Date>) = (marked().await, month_ends().into_iter().filter(recent).collect());
    let ends: Vec<Date> = days.iter().map(|day| quarter_end(*day)).collect();
    assert!(days.iter().zip(&ends).filter(|(day, end)| day == end).count() > 3);
    let partner = person(&app, Role::VirtualSchool, OWN).await;
    let leavers = |days: &[Date]| {
        each(days, |day| {
            format!("leavers(filter: {{on: \"{day}\"}}, first: 100) {{ totalCount nodes {{ id age child {{ id }} }} }}")
        })
    };
    assert_eq!(ask(&partner, &leavers(&days)).await, ask(&partner, &leavers(&ends)).await);
    // Nobody of the fixture comes or goes between July 2022 and April 2023: what is left to move a band is birthdays.
    let still: Vec<Date> = days.iter().copied().filter(|day| *day <= "2023-03-31".parse().unwrap()).collect();
    let ends: Vec<Date> = still.iter().map(|day| quarter_end(*day)).collect();
    let band = |days: &[Date]| {
        each(days, |day| {
            format!(
                "children(filter: {{lookedAfterOn: \"{day}\", ageBand: [\"16 plus\"]}}, first: 200) {{ totalCount nodes {{ id }} }}"
            )
        })
    };
    assert_eq!(ask(&partner, &band(&still)).await, ask(&partner, &band(&ends)).await);
    let analyst = person(&app, Role::Analyst, OWN).await;
    assert_ne!(ask(&analyst, &band(&still)).await, ask(&analyst, &band(&ends)).await);
}

#[actix_web::test]
async fn those_behind_a_figure_are_told_at_the_ends_of_quarters_alone() {
    let (app, days) = (marked().await, month_ends());
    let cohort = |day: Date| {
        let month = day.format("%Y-%m");
        format!(
            "value(indicator: \"dental_checks_pct\", period: {{code: \"{month}\"}}) {{ cohort(part: DENOMINATOR) {{ totalCount }} }}"
        )
    };
    let partner = ask(&person(&app, Role::HealthPartner, OWN).await, &each(&days, cohort)).await;
    for (n, day) in days.iter().enumerate() {
        let told = quarter_end(*day) == *day && *day >= "2022-12-31".parse().unwrap();
        assert_eq!(partner[format!("d{n}")]["cohort"].is_object(), told, "{day}");
    }
    // Whom a figure counts that no birthday moves is told for every month to those who see on which days care began.
    for role in [Role::Analyst, Role::ServiceManager] {
        let told = ask(&person(&app, role, OWN).await, &each(&days, cohort)).await;
        assert!((0..days.len()).all(|n| told[format!("d{n}")]["cohort"].is_object()), "{role:?}");
    }
    let aged = |day: Date| cohort(day).replace("dental_checks_pct", "long_term_stability_pct");
    let ends: Vec<Date> = days.iter().map(|day| quarter_end(*day)).collect();
    let manager = person(&app, Role::ServiceManager, OWN).await;
    assert_eq!(ask(&manager, &each(&days, aged)).await, ask(&manager, &each(&ends, aged)).await);
}

#[actix_web::test]
async fn partners_are_told_of_the_ends_of_the_last_four_quarters_and_of_no_earlier_day() {
    let app = marked().await;
    let told = |day: &str| {
        format!(
            "age(on: \"{day}\") lookedAfter(on: \"{day}\") legalStatusGroup(on: \"{day}\") placedInArea(on: \"{day}\")"
        )
    };
    let list = |inner: String| format!("children(first: 60) {{ nodes {{ id {inner} }} }}");
    // The records reach to 30 September 2023.
    for role in [Role::HealthPartner, Role::VirtualSchool, Role::PoliceYot, Role::AdoptionAgency] {
        let user = person(&app, role, OWN).await;
        let latest = ask(&user, &list(told("2023-09-30"))).await;
        assert!(latest["children"]["nodes"].as_array().unwrap().iter().all(|child| child["age"].is_i64()), "{role:?}");
        assert_eq!(ask(&user, &list("age lookedAfter legalStatusGroup placedInArea".to_owned())).await, latest);
        assert_eq!(ask(&user, &list(told("2026-02-01"))).await, latest, "{role:?}: a later day");
        assert_eq!(ask(&user, &list(told("2023-03-30"))).await, ask(&user, &list(told("2022-12-31"))).await);
        let first = ask(&user, &list(told("2022-12-31"))).await;
        assert!(first["children"]["nodes"].as_array().unwrap().iter().all(|child| child["age"].is_i64()), "{role:?}");
        for day in ["2022-12-30", "2022-09-30", "2019-03-31"] {
            let earlier = ask(&user, &list(told(day))).await;
            for child in earlier["children"]["nodes"].as_array().unwrap() {
                let silent =
                    ["age", "lookedAfter", "legalStatusGroup", "placedInArea"].map(|field| child[field].is_null());
                assert_eq!(silent, [true; 4], "{role:?} {day}");
            }
            let chosen = format!("children(filter: {{lookedAfterOn: \"{day}\"}}) {{ totalCount }}");
            let answer = user.query(&format!("{{ authority(by: {{onsCode: \"{OWN}\"}}) {{ {chosen} }} }}")).await;
            assert_eq!((answer.code(), &answer.json["data"]["authority"]["children"]), ("VALIDATION", &Value::Null));
        }
    }
    // Whom a figure counts is told for the same days.
    let health = person(&app, Role::HealthPartner, OWN).await;
    let cohort = |code: &str| {
        format!(
            "value(indicator: \"health_checks_pct\", period: {{code: \"{code}\"}}) {{ cohort(part: DENOMINATOR) {{ totalCount }} }}"
        )
    };
    assert!(ask(&health, &cohort("2022-23-Q3")).await["value"]["cohort"]["totalCount"].as_u64() > Some(0));
    assert!(ask(&health, &cohort("2022-23-Q2")).await["value"]["cohort"].is_null());
    let analyst = person(&app, Role::Analyst, OWN).await;
    let past = ask(&analyst, &list(told("2019-03-31"))).await;
    assert!(past["children"]["nodes"].as_array().unwrap().iter().all(|child| child["lookedAfter"] == true));
}
