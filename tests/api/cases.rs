//! Small inputs made after public complaints, imported and served as a council would, with the figures they must give.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::helpers::User;
use crate::program::{Serving, Terminal, text};

/// The folder of the cases, where the machine has it.
fn cases() -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("LOOKEDAFTER_SHARED").filter(|shared| !shared.is_empty()) else {
        println!("LOOKEDAFTER_SHARED is not set, so the public cases were not read");
        return None;
    };
    Some(Path::new(&shared).join("cases"))
}

/// A data folder into which cases are imported.
struct Case {
    terminal: Terminal,
    folder: PathBuf,
}

impl Case {
    fn new() -> Option<Case> {
        Some(Case { terminal: Terminal::new(), folder: cases()? })
    }

    /// Imports one path of the cases and returns exit status and what was printed.
    fn import(&self, kind: &str, path: &str, options: &[&str]) -> (i32, String) {
        let path = self.folder.join(path).display().to_string();
        let ended = self.terminal.run(&[&["import", kind, &path], options].concat(), &[]);
        (ended.status.code().unwrap(), text(&ended.stderr))
    }

    /// Imports a return of Harrow.
    fn import_return(&self, path: &str, year_ending: &str) -> String {
        let options = ["--authority", "E09000015", "--year-ending", year_ending];
        let (status, words) = self.import("ssda903", path, &options);
        assert_eq!(status, 0, "{words}");
        words
    }

    /// Every issue of an import.
    fn shown(&self, number: &str) -> String {
        text(&self.terminal.run(&["import", "show", number], &[]).stdout)
    }

    /// Displays of an indicator for periods.
    async fn displays(&self, indicator: &str, periods: &[&str]) -> Vec<String> {
        let serving = Serving::start(&self.terminal).await;
        let arguments = ["token", "--role", "analyst", "--authority", "E09000015"];
        let token = text(&self.terminal.run(&arguments, &[]).stdout).trim().to_owned();
        let user = User::at(&serving.address, Some(token));
        let mut displays = Vec::new();
        for period in periods {
            let query = "query ($i: String!, $p: String!) { authority(by: {onsCode: \"E09000015\"}) {
                value(indicator: $i, period: {code: $p}) { display numerator denominator } } }";
            let answer = user.query_with(query, json!({"i": indicator, "p": period})).await;
            assert_eq!(answer.json["errors"], Value::Null, "{}", answer.json);
            let value = &answer.json["data"]["authority"]["value"];
            let parts = match (&value["numerator"], &value["denominator"]) {
                (Value::Number(n), Value::Number(d)) => format!(" ({n} of {d})"),
                _ => String::new(),
            };
            displays.push(format!("{}{parts}", value["display"].as_str().unwrap()));
        }
        displays
    }
}

#[actix_web::test]
async fn a_corrected_start_in_either_order_of_the_years() {
    for order in [["2024", "2025"], ["2025", "2024"]] {
        let Some(case) = Case::new() else { return };
        for year in order {
            let folder = format!("07b-start-corrected/{}", if year == "2024" { "2023-24" } else { "2024-25" });
            case.import_return(&folder, year);
        }
        assert_eq!(case.displays("cla_number", &["2023-24", "2024-25"]).await, ["4", "3"], "{order:?}");
        assert_eq!(case.displays("cla_ceased_number", &["2024-25"]).await, ["1"], "{order:?}");
        assert_eq!(case.displays("ceased_adopted_pct", &["2024-25"]).await, ["100.0 (1 of 1)"], "{order:?}");
        let shown = case.shown("2");
        assert_eq!(shown.matches("[REPLACED]").count(), 3, "{shown}");
    }
}

#[actix_web::test]
async fn children_open_on_31_march_whom_the_next_return_lacks() {
    for order in [["2024", "2025"], ["2025", "2024"]] {
        let Some(case) = Case::new() else { return };
        for year in order {
            let folder = format!("19-open-then-gone/{}", if year == "2024" { "2023-24" } else { "2024-25" });
            case.import_return(&folder, year);
        }
        let both = ["2023-24", "2024-25"];
        assert_eq!(case.displays("cla_number", &both).await, ["3", "1"], "{order:?}");
        assert_eq!(case.displays("cla_started_number", &both).await, ["3", "0"], "{order:?}");
        assert_eq!(case.displays("cla_ceased_number", &both).await, ["0", "0"], "{order:?}");
        assert_eq!(case.displays("cla_any_time_number", &both).await, ["3", "1"], "{order:?}");
        let shown = case.shown("2");
        assert_eq!(shown.matches("[LOST]").count(), 2, "{shown}");
        assert!(shown.contains("row 2, DECOM \"2023-06-10\""), "{shown}");
    }
}

#[actix_web::test]
async fn placeholders_of_the_ofsted_number_are_no_carer() {
    let Some(case) = Case::new() else { return };
    let words = case.import_return("03-words-for-nothing/urn-null", "2024");
    assert!(words.contains("URN"), "{words}");
    assert_eq!(case.displays("placements_3plus_pct", &["2023-24"]).await, ["100.0 (1 of 1)"]);
}

#[actix_web::test]
async fn care_past_the_18th_birthday() {
    let Some(case) = Case::new() else { return };
    case.import_return("18-birthdays", "2024");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["5"]);
}

#[actix_web::test]
async fn an_extract_of_a_region() {
    let Some(case) = Case::new() else { return };
    let options = ["--authority", "E09000015", "--year-ending", "2024"];
    let (status, words) = case.import("ssda903", "06-regional-extract", &options);
    assert!(status == 1 && words.contains("episodes.csv, LA: "), "{words}");
    let areas = case.terminal.folder.path().join("areas.csv");
    let rows = "ons_code,la_code,name,region\nE09000015,310,Harrow,Outer London\nE09000005,304,Brent,Outer London\n";
    std::fs::write(&areas, rows).unwrap();
    let (status, words) = case.import("areas", areas.to_str().unwrap(), &[]);
    assert_eq!(status, 0, "{words}");
    let words = case.import_return("06-regional-extract", "2024");
    assert!(words.contains("episodes.csv (episodes): 1 rows, 1 used"), "{words}");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["0"]);
    assert_eq!(case.displays("cla_ceased_number", &["2023-24"]).await, ["1"]);
}
