//! The neighbours' average, worked out from published national statistics, is the one that the councils' reports print.

use std::collections::HashMap;

use lookedafter::{
    comparators::{Choice, Edition, PublishedFigure, neighbour_average},
    period::Period,
    statistics::{Unit, ValueStatus, display},
};

/// The rows of a CSV file of the published statistics, by column name.
fn rows(shared: &str, file: &str) -> Vec<HashMap<String, String>> {
    let path = format!("{shared}/data/dfe-published/{file}");
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn harrow_s_printed_averages_are_reproduced_where_nobody_revised_their_figures() {
    let Ok(shared) = std::env::var("LOOKEDAFTER_SHARED").map(|shared| shared.trim().to_owned()) else {
        println!("LOOKEDAFTER_SHARED is not set: the published statistics were not read");
        return;
    };
    if shared.is_empty() {
        println!("LOOKEDAFTER_SHARED is empty: the published statistics were not read");
        return;
    }
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
                period,
                value: Ok(row["value"].parse().ok()?),
                numerator: None,
                denominator: None,
                status: ValueStatus::Final,
                controlled: true,
            })
        });
        let edition = Edition { name: "2021".into(), current_from: None, figures: figures.collect() };
        let average = neighbour_average(&[], &[edition], Unit::Percent, period, &Choice::default());
        let mean = average.value.unwrap();
        assert_eq!(display(mean, 1), check["mean_of_current_published_values"], "{} {year}", check["measure"]);
        let printed: f64 = check["seed_neighbour_average"].parse().unwrap();
        checked += 1;
        agreed += usize::from((mean - printed).abs() <= 0.15 + 1e-9);
    }
    assert_eq!((agreed, checked), (15, 23));
}
