//! The published sample returns are read whole: how many rows each file gives, and how many are used, repaired, refused.

use std::fmt::Write;

use crate::import::confirm::Confirmations;
use crate::import::ssda903::fixture::day;
use crate::import::ssda903::{ReturnYear, read};
use crate::store::StoredState;

const FOLDERS: [(&str, i32); 7] = [
    ("multi-year/2017-18", 2018),
    ("multi-year/2018-19", 2019),
    ("multi-year/2019-20", 2020),
    ("multi-year/2020-21", 2021),
    ("multi-year/2021-22", 2022),
    ("single-year", 2018),
    ("new-tables", 2025),
];

#[test]
fn the_samples_are_read_whole_as_the_manual_says() {
    let Some(shared) = crate::needs::shared() else { return };
    let samples = shared.join("data/ssda903-sample");
    let mut table = String::new();
    for (folder, ending) in FOLDERS {
        let year = ReturnYear::new(ending, None, day(2026, 1, 1)).unwrap();
        let read = read(&samples.join(folder), "E08000034", year, &StoredState::default(), Confirmations::default());
        for file in &read.report.files {
            let text = std::fs::read_to_string(samples.join(folder).join(&*file.name)).unwrap();
            assert_eq!(file.rows, text.lines().count() - 1, "{folder}/{} is read whole", file.name);
            writeln!(
                table,
                "| {folder}/{} | {} | {} | {} | {} |",
                file.name, file.rows, file.used, file.repaired, file.refused
            )
            .unwrap();
        }
        assert!(read.rows.is_ok());
    }
    let manual = include_str!("../../../docs/importing.md");
    assert!(manual.contains(&table), "docs/importing.md should hold this table:\n{table}");
}
