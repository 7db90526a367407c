//! The import command as a person types it: what it prints, how it ends, and what is stored.

use std::process::{Command, Output};

use crate::helpers::needs;

/// The columns of the episodes.
pub const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";

/// A data folder of its own for each test.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(place.path("return")).unwrap();
        place.file(
            "return/header.csv",
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,1,05/06/2010,WBRI,,,\nB2,2,15/01/2008,MWAS,,,\n",
        );
        place.episodes("A1,01/05/2023,S,C2,N1,U6,PR1,,,,,,\nB2,31/04/2023,S,C2,N1,U6,PR1,,,,,,\n");
        place
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn episodes(&self, rows: &str) {
        self.file("return/episodes.csv", &format!("{EPISODES}\n{rows}"));
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookedafter"));
        command.current_dir(self.0.path()).env_remove("DATABASE_URL").env("LOOKEDAFTER_DATA", self.path("data"));
        command.arg("import").args(args).output().unwrap()
    }

    /// Exit status, standard output, standard error.
    pub fn import(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.run(args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn of_the_year(&self) -> (i32, String, String) {
        self.year("2024", "E09000015", &[])
    }

    /// Imports the return for a year and an authority.
    pub fn year(&self, ending: &str, authority: &str, more: &[&str]) -> (i32, String, String) {
        self.import(&[&["ssda903", "return", "--authority", authority, "--year-ending", ending], more].concat())
    }
}

#[test]
fn a_return_is_imported_once_shown_and_undone() {
    let place = Place::new();
    let (status, number, words) = place.of_the_year();
    assert_eq!((status, number.as_str()), (0, "1\n"), "{words}");
    assert!(words.contains("episodes.csv (episodes): 2 rows, 1 used, 0 of them repaired, 1 refused"), "{words}");
    assert!(
        words.contains("row 3, DECOM \"31/04/2023\": The start date is blank or not a real date. [141]"),
        "{words}"
    );

    let (status, number, words) = place.of_the_year();
    assert_eq!((status, number.as_str()), (0, ""));
    assert!(words.contains("Nothing has changed"), "{words}");

    let (_, shown, _) = place.import(&["show", "1"]);
    assert!(shown.contains("ssda903  E09000015 year ending 2024") && shown.contains("[141]"), "{shown}");

    assert_eq!(place.import(&["undo", "1"]).0, 0);
    let (_, listed, _) = place.import(&["list"]);
    assert!(listed.lines().count() == 2 && listed.contains("(undone by 2)"), "{listed}");
    assert_eq!(place.import(&["undo", "9"]).0, 1);
}

#[test]
fn an_import_ends_with_the_first_issue_of_each_rule_and_a_line_for_each_file() {
    let place = Place::new();
    let rows: String = (1..=28).map(|day| format!("A1,{day:02}/05/2023,S,C2,XX,U6,PR1,,,,,,\n")).collect();
    place.episodes(&format!("{rows}B2,31/04/2023,S,C2,N1,U6,PR1,,,,,,\n"));
    let (status, _, words) = place.of_the_year();
    assert_eq!(status, 0, "{words}");
    let lines: Vec<&str> = words.lines().collect();
    let errors: Vec<&&str> = lines.iter().filter(|line| line.starts_with("error")).collect();
    assert_eq!(errors.len(), 1, "{words}");
    assert!(errors[0].starts_with("error episodes.csv, row 30, DECOM") && errors[0].ends_with("[141] (once)"));
    let needs: Vec<&&str> = lines.iter().filter(|line| line.contains("CIN")).collect();
    assert!(matches!(needs.as_slice(), [one] if one.contains("row 2, CIN") && one.ends_with("(28 times)")), "{words}");
    assert!(lines.iter().position(|line| line == errors[0]) < lines.iter().position(|line| line == needs[0]));
    let [.., episodes, header] = lines.as_slice() else { panic!("{words}") };
    assert!(
        episodes.starts_with("episodes.csv (episodes): 29 rows, 28 used, 27 of them repaired, 1 refused"),
        "{words}"
    );
    assert!(header.starts_with("header.csv (header): 2 rows, 2 used"), "{words}");
    assert_eq!(place.import(&["show", "1"]).1.matches("CIN").count(), 28, "show tells them all");
}

#[test]
fn the_line_of_the_episodes_counts_rows_of_other_returns_that_this_one_replaced_or_lost() {
    let place = Place::new();
    let open = |child: &str, start: &str| format!("{child},{start},S,C2,N1,U6,PR1,,,,,,\n");
    place.episodes(&(open("A1", "01/05/2023") + &open("B2", "01/05/2023")));
    let (_, _, words) = place.of_the_year();
    assert!(
        words.ends_with("header.csv (header): 2 rows, 2 used, 0 of them repaired, 0 refused, 0 replaced, 0 lost\n")
    );
    // The next return corrects the start of one child, and lacks the other.
    place.episodes(&open("A1", "02/05/2023"));
    let (status, number, words) = place.year("2025", "E09000015", &[]);
    assert_eq!((status, number.as_str()), (0, "2\n"), "{words}");
    let line = "episodes.csv (episodes): 1 rows, 1 used, 0 of them repaired, 0 refused, 1 replaced, 1 lost\n";
    assert!(words.contains(line), "{words}");
    let whole: serde_json::Value = serde_json::from_str(&place.import(&["show", "2", "--format", "json"]).1).unwrap();
    assert_eq!((&whole["files"][0]["replaced"], &whole["files"][0]["lost"]), (&1.into(), &1.into()));
}

#[test]
fn an_import_is_shown_as_csv_and_json_with_every_issue() {
    let place = Place::new();
    place.of_the_year();
    let (status, csv, _) = place.import(&["show", "1", "--format", "csv"]);
    assert_eq!(status, 0);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["file", "row", "column", "value", "rule", "severity", "message"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let refused = rows.iter().find(|row| &row[4] == "141").unwrap();
    assert_eq!([&refused[0], &refused[1], &refused[3], &refused[5]], ["episodes.csv", "3", "31/04/2023", "error"]);
    let whole: serde_json::Value = serde_json::from_str(&place.import(&["show", "1", "--format", "json"]).1).unwrap();
    assert_eq!((&whole["number"], &whole["year_ending"], &whole["kind"]), (&1.into(), &2024.into(), &"ssda903".into()));
    assert_eq!(whole["issues"].as_array().unwrap().len(), rows.len());
    let episodes = &whole["files"][0];
    assert_eq!(
        (&episodes["file"], &episodes["rows"], &episodes["refused"]),
        (&"episodes.csv".into(), &2.into(), &1.into())
    );
    assert_eq!(episodes["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(place.import(&["show", "1", "--format", "xml"]).0, 2);
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let place = Place::new();
    let args = ["ssda903", "return", "--authority", "E09000015", "--year-ending", "2024", "--dry-run"];
    let (status, number, words) = place.import(&args);
    assert_eq!((status, number.as_str()), (0, ""));
    assert!(words.contains("[141]") && words.contains("nothing was written"), "{words}");
    assert_eq!(place.import(&["list"]).1, "");
}

#[test]
fn what_cannot_be_imported_changes_nothing_and_says_why() {
    let place = Place::new();
    place.of_the_year();
    std::fs::create_dir(place.path("empty")).unwrap();
    for (folder, authority, year, more, words) in [
        ("gone", "E09000015", "2024", None, "was not found"),
        ("empty", "E09000015", "2024", None, "holds no files"),
        ("return", "Harrow", "2024", None, "no ONS code"),
        ("return", "E09000015", "1066", None, "no year that a return can end in"),
        ("return", "E09000015", "2024", Some("2024-04-01"), "cannot be up to"),
    ] {
        let mut args = vec!["ssda903", folder, "--authority", authority, "--year-ending", year];
        args.extend(more.into_iter().flat_map(|day| ["--up-to", day]));
        let (status, number, told) = place.import(&args);
        assert_eq!((status, number.as_str()), (1, ""), "{told}");
        assert!(told.contains(words), "{told}");
    }
    place.episodes("\0\u{1}");
    assert_eq!(place.of_the_year().0, 1);
    assert_eq!(place.import(&["list"]).1.lines().count(), 1);
}

#[test]
fn a_list_may_say_up_to_which_day_it_reaches() {
    let place = Place::new();
    place.file("contacts.csv", "child,date,in_touch,activity,accommodation,adviser\nL1,2023-04-01,YES,F2,B1,\n");
    let list = ["leaver_contacts", "contacts.csv", "--authority", "E09000015"];
    let up_to = |day| [&list[..], &["--up-to", day]].concat();
    assert_eq!(place.import(&list).1, "1\n");
    // The same rows say something else with another day.
    assert_eq!(place.import(&up_to("2023-06-30")).1, "2\n");
    assert!(place.import(&up_to("30/06/2023")).2.contains("Nothing has changed"));
    let listed = place.import(&["list"]).1;
    assert!(listed.lines().next().unwrap().contains("leaver_contacts  E09000015 up to 2023-06-30"), "{listed}");
    assert_eq!(place.import(&up_to("soon")).0, 2);
}

#[test]
fn wrong_usage_ends_with_two() {
    let place = Place::new();
    for args in [
        &["ssda903", "return"][..],
        &["ssda903", "return", "--authority", "E09000015", "--year-ending", "soon"],
        &["ssda903", "return", "--authority", "E09000015", "--year-ending", "2024", "--up-to", "soon"],
        &["ssda903", "return", "--authority", "E09000015", "--year-ending", "2024", "--confirm", "everything"],
        &["ssda903", "return", "--authority", "E09000015", "--year-ending", "2024", "--confirm", "year,"],
        &["carers", "carers.csv", "--authority", "E09000015", "--confirm", "years"],
        &["recipes", "return"],
        &["leavers", "return/header.csv"],
    ] {
        assert_eq!(place.import(args).0, 2, "{args:?}");
    }
}

#[test]
fn whoever_writes_the_year_otherwise_is_told_how() {
    let place = Place::new();
    for (given, words) in [
        ("2017-18", "2018 for 2017-18"),
        ("2017/18", "2018 for 2017-18"),
        ("2017-2018", "2018 for 2017-18"),
        ("201718", "2018 for 2017-18"),
        ("17/18", "2018 for 2017-18"),
        ("18", "2018 for 2017-18"),
        ("1999-00", "2000 for 1999-00"),
        ("soon", "such as 2024 for 2023-24"),
    ] {
        let (status, _, told) = place.year(given, "E09000015", &[]);
        assert_eq!(status, 2, "{given}");
        assert!(told.contains("write the year in which the return ends") && told.contains(words), "{given}: {told}");
    }
}

#[test]
fn every_other_kind_is_imported_and_names_are_resolved_by_areas() {
    let place = Place::new();
    let own = |kind: &str| matches!(kind, "leavers" | "leaver_contacts" | "carers" | "placement_links");
    let files = [
        (
            "areas",
            "ons_code,la_code,name,region\nE09000015,310,Harrow,Outer London\nE09000005,304,Brent,Outer London\n",
        ),
        ("population", "authority,mid_year,dimension,category,count\nHarrow,2023,all,,60063\n"),
        (
            "targets",
            "authority,indicator,period,value,amber_tolerance,note\n310,reviews_in_timescale_pct,2023-24,95,2pp,\n",
        ),
        ("neighbours", "edition,authority,rank,neighbour,closeness\n2021,Harrow,1,Brent,close\n"),
        (
            "published",
            "authority,source_document,indicator_code,series,period_label,value\nHarrow,deck,cla_number,local,2022-23,190\n",
        ),
        ("leavers", "child,eligibility,start,end\nL1,former_relevant,2023-04-01,\n"),
        ("leaver_contacts", "child,date,in_touch,activity,accommodation,adviser\nL1,2023-04-01,YES,F2,B1,\n"),
        (
            "carers",
            "household,kind,approved_on,ended_on,end_reason,approved_places,carer,role,birth_year,gender,ethnicity\nH1,mainstream,2020-04-01,,,2,H1-1,main,1970,F,WBRI\n",
        ),
        ("placement_links", "child,start,household\nA1,2023-05-01,H1\n"),
    ];
    place.of_the_year();
    for (kind, text) in files {
        place.file(&format!("{kind}.csv"), text);
        let file = format!("{kind}.csv");
        let mut args = vec![kind, file.as_str()];
        if own(kind) {
            args.extend(["--authority", "E09000015"]);
        }
        let (status, number, words) = place.import(&args);
        assert_eq!((status, number.is_empty()), (0, false), "{kind}: {words}");
        assert!(words.contains("0 refused"), "{kind}: {words}");
        assert!(place.import(&args).2.contains("Nothing has changed"), "{kind}");
    }
    std::fs::create_dir(place.path("ssd")).unwrap();
    place.file(
        "ssd/ssd_cla_health.csv",
        "clah_person_id,clah_type,clah_date,clah_status\nA1,Dental check,01/06/2023,completed\n",
    );
    assert_eq!(place.import(&["ssd", "ssd", "--authority", "E09000015"]).0, 0);
}

#[test]
fn the_sample_years_may_come_in_any_order() {
    let Some(shared) = needs::shared() else { return };
    let samples = shared.join("data/ssda903-sample/multi-year");
    let place = Place::new();
    for (folder, ending) in [("2019-20", "2020"), ("2017-18", "2018"), ("2018-19", "2019")] {
        let folder = samples.join(folder);
        let args = ["ssda903", folder.to_str().unwrap(), "--authority", "E08000034", "--year-ending", ending];
        let (status, _, words) = place.import(&args);
        assert_eq!(status, 0, "{words}");
        assert!(place.import(&args).2.contains("Nothing has changed"));
    }
    assert_eq!(place.import(&["list"]).1.lines().count(), 3);
}
