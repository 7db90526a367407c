//! The neighbours' average, worked out from published national statistics, is the one that the councils' reports print,
//! also where neighbours have got new codes.

use std::collections::HashMap;
use std::path::Path;

use lookedafter::{
    comparators::{Choice, Edition, PublishedFigure, neighbour_average},
    import::Kind,
    period::Period,
    statistics::{Unit, ValueStatus, display},
};
use serde_json::{Value, json};

use crate::figures::HARROW;
use crate::helpers::{TestApp, needs};

/// The rows of a CSV file of the published statistics, by column name.
fn rows(shared: &Path, file: &str) -> Vec<HashMap<String, String>> {
    let path = shared.join("data/dfe-published").join(file);
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn harrow_s_printed_averages_are_reproduced_where_nobody_revised_their_figures() {
    let Some(shared) = needs::shared() else { return };
    let neighbours = rows(&shared, "statistical_neighbours_2021.csv");
    let harrow: Vec<&str> =
        neighbours.iter().filter(|r| r["dfe_la_code"] == "310").map(|r| r["neighbour_dfe_la_code"].as_str()).collect();
    assert_eq!(harrow.len(), 10);
    let values = rows(&shared, "lait_core.csv");
    let (mut checked, mut agreed) = (0, 0);
    for check in rows(&shared, "neighbour_average_checks.csv") {
        let year: i32 = check["year"].parse().unwrap();
        let period = Period::parse(&format!("{}-{:02}", year - 1, year % 100)).unwrap();
        let of_year = values.iter().filter(|row| row["measure"] == check["measure"] && row["year"] == check["year"]);
        let figures = of_year.filter(|row| harrow.contains(&row["lait_area_code"].as_str())).filter_map(|row| {
            Some(PublishedFigure {
                area: row["lait_area_code"].clone(),
                document: lookedafter::comparators::Document::default(),
                period,
                value: Ok(row["value"].parse().ok()?),
                numerator: None,
                denominator: None,
                status: ValueStatus::Final,
                controlled: true,
            })
        });
        let figures = figures.collect::<Vec<_>>();
        let edition = Edition { name: "2021".into(), current_from: None, members: harrow.len(), whole: false, figures };
        let average = neighbour_average(&[], &[edition], Unit::Percent, period, &Choice::default());
        let mean = average.value.unwrap();
        assert_eq!(display(mean, 1), check["mean_of_current_published_values"], "{} {year}", check["measure"]);
        let printed: f64 = check["seed_neighbour_average"].parse().unwrap();
        checked += 1;
        agreed += usize::from((mean - printed).abs() <= 0.15 + 1e-9);
    }
    assert_eq!((agreed, checked), (15, 23));
}

/// Eight neighbours of Harrow, three of which got a new ONS code and kept their number.
const AREAS: &str = "ons_code,la_code,name,region\n\
    E06000066,933,Somerset,South West\nE06000065,815,North Yorkshire,Yorkshire and The Humber\n\
    E06000060,825,Buckinghamshire,South East\nE10000016,886,Kent,South East\nE10000017,888,Lancashire,North West\n\
    E10000018,855,Leicestershire,East Midlands\nE10000019,925,Lincolnshire,East Midlands\n\
    E10000020,926,Norfolk,East of England\nE09000015,310,Harrow,Outer London\n";
const PRESENT: [(&str, &str, &str); 3] =
    [("E06000066", "E10000027", "933"), ("E06000065", "E10000023", "815"), ("E06000060", "E10000002", "825")];
const OTHERS: [(&str, &str); 5] =
    [("E10000016", "886"), ("E10000017", "888"), ("E10000018", "855"), ("E10000019", "925"), ("E10000020", "926")];

/// The list of neighbours, by present or by former codes.
fn neighbours(former: bool) -> String {
    let changed = PRESENT.map(|(present, old, _)| if former { old } else { present });
    let codes = changed.into_iter().chain(OTHERS.map(|(code, _)| code)).enumerate();
    let rows = codes.map(|(at, code)| format!("2021,E09000015,{},{code},close\n", at + 1));
    format!("edition,authority,rank,neighbour,closeness\n{}", rows.collect::<String>())
}

/// Rates of the eight as published, by present or by former codes: three of 100, five of 50.
fn release(former: bool) -> String {
    let changed = PRESENT.map(|(present, old, number)| (if former { old } else { present }, number, 100));
    let rows =
        changed.into_iter().chain(OTHERS.map(|(code, number)| (code, number, 50))).map(|(code, number, rate)| {
            format!(
                "2022,Reporting year,Local authority,E92000001,England,E12000004,East Midlands,{number},Name,{code},\
             Children looked after on 31 March each year,160000,500,{rate}\n"
            )
        });
    format!(
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,\
         la_name,new_la_code,population_type,population_estimate,children_count,rate_per_10000\n{}",
        rows.collect::<String>()
    )
}

async fn harrow_s_neighbours(app: &TestApp) -> Value {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{
            value(indicator: \"cla_rate_per_10000\", period: {{code: \"2021-22\"}}) {{
                comparators(of: [{{kind: STATISTICAL_NEIGHBOURS}}, {{kind: ENGLAND}}]) {{ value members averaging period {{ code }} }} }}
            neighbours {{ members {{ name onsCode }} }} }} }}"
    );
    let answer = app.analyst(HARROW).await.query(&document).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"].clone()
}

#[actix_web::test]
async fn a_neighbour_is_found_under_its_former_and_its_present_code_and_counts_once() {
    // Which codes the list of neighbours has, which the releases have, and whether the areas are known before or after.
    let mut apps = Vec::new();
    for (list, releases, areas_first) in [
        (false, &[false][..], true),
        (false, &[true], true),
        (true, &[false], true),
        (true, &[true], true),
        (false, &[true, false], true),
        (true, &[false, true], true),
        (false, &[true], false),
        (true, &[false, true], false),
    ] {
        let app = TestApp::spawn().await;
        if areas_first {
            app.list(Kind::Areas, AREAS).await;
        }
        app.list(Kind::Neighbours, &neighbours(list)).await;
        for former in releases {
            app.list(Kind::Published, &release(*former)).await;
        }
        if !areas_first {
            app.list(Kind::Areas, AREAS).await;
        }
        let harrow = harrow_s_neighbours(&app).await;
        let beside = &harrow["value"]["comparators"];
        let mean = json!({"value": 68.75, "members": 8, "averaging": "MEAN", "period": {"code": "2021-22"}});
        assert_eq!(beside[0], mean, "{list} {releases:?} {areas_first}");
        assert_eq!(beside[1]["members"], Value::Null);
        let first = &harrow["neighbours"][0]["members"][0];
        assert_eq!(first, &json!({"name": "Somerset", "onsCode": "E06000066"}), "{list} {releases:?} {areas_first}");
        // A server that stops takes those beside it with it.
        apps.push(app);
    }
}

#[actix_web::test]
async fn what_was_split_stands_for_no_successor() {
    let app = TestApp::spawn().await;
    app.list(Kind::Areas, &format!("{AREAS}E06000063,942,Cumberland,North West\n")).await;
    let listed = neighbours(false).replace("E06000066", "E06000063");
    app.list(Kind::Neighbours, &listed).await;
    app.list(Kind::Published, &release(true).replace("E10000027", "E10000006").replace(",933,", ",909,")).await;
    let beside = harrow_s_neighbours(&app).await["value"]["comparators"][0].clone();
    assert_eq!((&beside["value"], &beside["members"]), (&json!((2.0 * 100.0 + 5.0 * 50.0) / 7.0), &json!(7)));
}
