//! Small inputs made after public complaints, imported and served as a council would, with the figures they must give.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::helpers::{User, needs};
use crate::program::{Serving, Terminal, text};

/// The folder of the cases, where the machine has it.
fn cases() -> Option<PathBuf> {
    Some(needs::shared()?.join("cases"))
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

    /// The answer to a query of an analyst.
    async fn ask(&self, query: &str, variables: Value) -> Value {
        let serving = Serving::start(&self.terminal);
        let arguments = ["token", "--role", "analyst", "--authority", "E09000015"];
        let token = text(&self.terminal.run(&arguments, &[]).stdout).trim().to_owned();
        let answer = User::at(&serving.address, Some(token)).query_with(query, variables).await;
        assert_eq!(answer.json["errors"], Value::Null, "{}", answer.json);
        answer.json["data"].clone()
    }

    /// Displays of an indicator for periods.
    async fn displays(&self, indicator: &str, periods: &[&str]) -> Vec<String> {
        let mut displays = Vec::new();
        for period in periods {
            let query = "query ($i: String!, $p: String!) { authority(by: {onsCode: \"E09000015\"}) {
                value(indicator: $i, period: {code: $p}) { display numerator denominator } } }";
            let answer = self.ask(query, json!({"i": indicator, "p": period})).await;
            let value = &answer["authority"]["value"];
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
    let options = ["--authority", "E08000034", "--year-ending", "2024"];
    let (status, words) = case.import("ssda903", "06-regional-extract", &options);
    assert!(status == 1 && words.contains("episodes.csv, LA: "), "{words}");
    let words = case.import_return("06-regional-extract", "2024");
    assert!(words.contains("episodes.csv (episodes): 1 rows, 1 used"), "{words}");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["0"]);
    assert_eq!(case.displays("cla_ceased_number", &["2023-24"]).await, ["1"]);
}

#[actix_web::test]
async fn care_past_the_18th_birthday_is_told() {
    let Some(case) = Case::new() else { return };
    case.import_return("18-birthdays", "2024");
    let shown = case.shown("1");
    let told: Vec<&str> = shown.lines().filter(|line| line.ends_with("[359]")).collect();
    assert!(matches!(told[..], [line] if line.contains("row 5")), "{shown}");
}

#[actix_web::test]
async fn the_word_null_is_blank_and_told_once_a_column() {
    let Some(case) = Case::new() else { return };
    case.import_return("03-words-for-nothing/null", "2024");
    let shown = case.shown("1");
    let of_dec =
        shown.lines().filter(|line| line.contains("episodes.csv") && line.contains(", DEC") && line.contains("NULL"));
    assert_eq!(of_dec.count(), 1, "{shown}");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["2"]);
}

#[actix_web::test]
async fn eleven_at_night_is_the_next_day_in_summer() {
    let Some(case) = Case::new() else { return };
    case.import_return("10-eleven-at-night/iso-z", "2024");
    assert_eq!(case.displays("cla_started_number", &["2023-24"]).await, ["1"]);
    assert_eq!(case.displays("cla_number", &["2023-24-Q1", "2023-24-Q2"]).await, ["2", "1"]);
}

#[actix_web::test]
async fn a_companion_table_without_a_status_leaves_the_yearly_flags() {
    let Some(case) = Case::new() else { return };
    case.import_return("14-ssd-no-status/return", "2024");
    let (status, words) = case.import("ssd", "14-ssd-no-status/ssd-no-status", &["--authority", "E09000015"]);
    assert!(status == 1 && words.contains("CLAH_HEALTH_CHECK_STATUS"), "{status}: {words}");
    for indicator in ["dental_checks_pct", "health_checks_pct"] {
        assert_eq!(case.displays(indicator, &["2023-24"]).await, ["75.0 (3 of 4)"], "{indicator}");
    }
}

#[actix_web::test]
async fn words_of_a_companion_table_leave_the_yearly_row_of_care_leavers() {
    let Some(case) = Case::new() else { return };
    case.import_return("15-ssd-leavers/return", "2024");
    let (status, words) = case.import("ssd", "15-ssd-leavers/words", &["--authority", "E09000015"]);
    assert!(status == 0 && !words.contains("[ELIGIBILITY]"), "{words}");
    assert_eq!(case.displays("care_leavers_neet_pct", &["2023-24"]).await, ["33.3 (1 of 3)"]);
}

#[actix_web::test]
async fn a_last_row_as_short_as_the_others_is_whole() {
    let Some(case) = Case::new() else { return };
    case.import_return("02-short-rows/no-last-newline", "2024");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["4"]);
}

#[actix_web::test]
async fn one_and_two_are_the_letters_of_the_header() {
    let Some(case) = Case::new() else { return };
    case.import_return("01-uasc-sex/2024-25", "2025");
    assert_eq!(case.shown("1").matches("[INT21]").count(), 1);
}

#[actix_web::test]
async fn a_row_that_repeats_the_header_is_no_child() {
    let Some(case) = Case::new() else { return };
    case.import_return("13b-glued-plain", "2024");
    assert_eq!(case.displays("cla_number", &["2023-24"]).await, ["3"]);
    assert!(case.shown("1").contains("HEADER"), "{}", case.shown("1"));
}

#[actix_web::test]
async fn neighbours_are_found_under_their_codes_of_either_release() {
    for releases in [&["older"][..], &["newer"], &["older", "newer"]] {
        let Some(case) = Case::new() else { return };
        let folder = "16-area-codes/kept-number";
        for kind in ["areas", "neighbours"] {
            assert_eq!(case.import(kind, &format!("{folder}/{kind}.csv"), &[]).0, 0);
        }
        for release in releases {
            let (status, words) = case.import("published", &format!("{folder}/{release}-release.csv"), &[]);
            assert_eq!(status, 0, "{words}");
        }
        case.import_return("18-birthdays", "2024");
        let query = "{ authority(by: {onsCode: \"E09000015\"}) {
            value(indicator: \"cla_rate_per_10000\", period: {code: \"2023-24\"}) {
                comparators(of: [{kind: STATISTICAL_NEIGHBOURS}]) { value members } } } }";
        let answer = case.ask(query, json!({})).await;
        assert_eq!(
            answer["authority"]["value"]["comparators"],
            json!([{"value": 68.75, "members": 8}]),
            "{releases:?}"
        );
    }
}

#[actix_web::test]
async fn columns_la_and_year_pick_the_rows_or_refuse_the_file() {
    let Some(case) = Case::new() else { return };
    let options = ["--authority", "E09000015", "--year-ending", "2022"];
    let (status, words) = case.import("ssda903", "06-regional-extract", &options);
    assert!(status == 1 && words.contains("YEAR"), "no row is of that year: {words}");
    let options = ["--authority", "E09000015", "--year-ending", "2024"];
    let (status, words) = case.import("ssda903", "06-regional-extract", &options);
    assert_eq!(status, 0, "{words}");
    assert_eq!(case.displays("cla_ceased_number", &["2023-24"]).await, ["1"]);
    assert_eq!(case.displays("cla_any_time_number", &["2023-24"]).await, ["1"], "Brent's child is not Harrow's");
}
