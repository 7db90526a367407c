//! Invented returns keep every rule: nothing is told of them, whatever the seed and the years.

use std::collections::BTreeMap;

use crate::import::ssda903::fixture::{day, read_folder};
use crate::import::ssda903::{ReadReturn, ReturnYear};
use crate::period::Window;
use crate::store::rows::Rows;
use crate::store::{HeldReturn, StoredState};
use crate::synthetic::{Cohort, Plan};

/// Reads the returns of a cohort one after another, each beside those before it, and gives what is told.
fn told(cohort: &Cohort) -> Vec<String> {
    let mut held = StoredState::default();
    let mut told = Vec::new();
    for year in cohort.years() {
        let tables = cohort.of_year(year).tables;
        let texts: Vec<(String, String)> =
            tables.iter().map(|table| (format!("{}.csv", table.name), table.text())).collect();
        let files: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let of = ReturnYear::new(year.ending, Some(year.window.to), day(2030, 1, 1)).unwrap();
        let ReadReturn { report, rows } = read_folder(of, &held, &files);
        let rows = rows.unwrap();
        for issue in &report.issues {
            let (_, text) = texts.iter().find(|(name, _)| **name == *issue.file).unwrap();
            let line = issue.row.and_then(|row| text.lines().nth(row as usize - 1)).unwrap_or_default();
            told.push(format!("{} {} {}: {line}", issue.rule, year.label(), issue.file));
        }
        hold(&mut held, year.ending, of, rows);
    }
    told
}

/// What the next return is read beside.
fn hold(held: &mut StoredState, ending: i32, year: ReturnYear, rows: Rows) {
    let (details, episodes) = (rows.child_detail.unwrap(), rows.episode.unwrap());
    let starts = episodes.iter().map(|row| (row.child_id.clone(), row.started_on)).collect();
    held.starts.insert(ending, starts);
    let up_to = year.up_to.unwrap_or(year.window.to);
    held.last_year = Some(HeldReturn { year: ending, up_to, details, episodes });
}

/// Each rule that is told of any of the cohorts, how often, and the first row.
fn assert_nothing_told(cohorts: impl Iterator<Item = Cohort>) {
    let told: Vec<String> = cohorts.flat_map(|cohort| told(&cohort)).collect();
    let mut by_rule: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for line in &told {
        by_rule.entry(line.split(' ').next().unwrap()).or_insert((0, line)).0 += 1;
    }
    assert!(told.is_empty(), "{by_rule:#?}");
}

#[test]
fn nothing_is_told_of_the_returns_that_are_fitted_to_a_scorecard() {
    assert_nothing_told(std::iter::once(Cohort::harrow()));
}

#[test]
fn nothing_is_told_of_returns_drawn_by_chance() {
    let years =
        [(day(2014, 4, 1), day(2020, 3, 31)), (day(2019, 4, 1), day(2024, 3, 31)), (day(2022, 4, 1), day(2026, 9, 30))];
    assert_nothing_told(years.into_iter().flat_map(|(from, to)| {
        (1..=6).map(move |seed| {
            let plan = Plan { children: 300, days: Window::new(from, to), seed };
            Cohort::drawn("E08000034", plan)
        })
    }));
}
