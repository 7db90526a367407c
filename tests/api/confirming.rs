//! Imports that look like a mistake: the wrong year, the wrong authority, files that would retire most of what is stored.

use crate::importing::{EPISODES, Place};
use crate::program::{Terminal, text};

const HARROW: &str = "E09000015";
const BRENT: &str = "E09000005";

/// Refused, with these words, and nothing imported.
#[track_caller]
fn refused((status, number, told): (i32, String, String), words: &str) {
    assert_eq!((status, number.as_str()), (1, ""), "{told}");
    assert!(told.contains(words), "{told}");
}

/// Done, as the import of this number.
#[track_caller]
fn done((status, number, told): (i32, String, String), expected: &str) {
    assert_eq!((status, number.trim()), (0, expected), "{told}");
}

#[test]
fn a_return_without_a_day_in_its_year_needs_confirming() {
    let place = Place::new();
    let ended = "A1,01/05/2023,S,C2,N1,U6,PR1,01/06/2023,X1,,,,\nA1,01/06/2023,P,C2,N1,U6,PR1,01/04/2024,E4A,,,,\n";
    place.episodes(&format!("{ended}B2,01/05/2023,S,C2,N1,U6,PR1,,,,,,\n"));
    // An end on 1 April leaves the year that begins then without a day.
    let words = "2 of 3 episodes have no day from 1 April 2024 to 31 March 2025";
    refused(place.year("2025", HARROW, &[]), words);
    refused(place.year("2025", HARROW, &["--dry-run"]), "--confirm year");
    refused(place.year("2022", HARROW, &[]), "3 of 3 episodes have no day from 1 April 2021");
    refused(place.year("2025", HARROW, &["--confirm", "authority,retires"]), words);
    done(place.year("2025", HARROW, &["--confirm", "year"]), "1");
    done(place.import(&["undo", "1"]), "2");
    done(place.year("2024", HARROW, &[]), "3");
}

#[test]
fn half_of_the_episodes_may_lie_outside_the_year() {
    let place = Place::new();
    place.episodes("A1,01/05/2022,S,C2,N1,U6,PR1,01/03/2023,E4A,,,,\nB2,01/05/2022,S,C2,N1,U6,PR1,,,,,,\n");
    done(place.year("2024", HARROW, &[]), "1");
}

#[test]
fn the_return_of_another_year_needs_confirming() {
    let place = Place::new();
    let open = |child: &str| format!("{child},01/05/2022,S,C2,N1,U6,PR1,,,,,,\n");
    place.episodes(&(open("A1") + &open("B2")));
    done(place.year("2023", HARROW, &[]), "1");
    let words =
        "2 of 2 episodes begin as in the return of 2023 that is loaded, and no date lies in the year that ends in 2024";
    refused(place.year("2024", HARROW, &[]), words);
    // Of another authority nobody knows: the first year that is loaded.
    refused(place.year("2024", BRENT, &[]), "was imported for E09000015 before");
    done(place.year("2024", HARROW, &["--confirm", "year"]), "2");
    done(place.import(&["undo", "2"]), "3");
    // A day of the year itself, wherever it stands, or fewer children, make it another return.
    place.file("return/reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,05/06/2010,01/06/2023,PN1\n");
    done(place.year("2024", HARROW, &[]), "4");
    done(place.import(&["undo", "4"]), "5");
    std::fs::remove_file(place.path("return/reviews.csv")).unwrap();
    place.episodes(&open("A1"));
    done(place.year("2024", HARROW, &[]), "6");
}

#[test]
fn files_that_were_imported_for_another_authority_need_confirming() {
    let place = Place::new();
    place.file("return/missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n");
    done(place.year("2024", HARROW, &[]), "1");
    refused(place.year("2024", BRENT, &[]), "episodes.csv was imported for E09000015 before, byte for byte");
    refused(place.year("2024", BRENT, &["--confirm", "year", "--confirm", "retires"]), "--confirm authority");
    done(place.year("2024", BRENT, &["--confirm", "year", "--confirm", "authority"]), "2");
    done(place.import(&["undo", "2"]), "3");
    // Once Harrow's import is undone, they are nobody else's.
    done(place.import(&["undo", "1"]), "4");
    done(place.year("2024", BRENT, &[]), "5");

    // A file without rows is the same everywhere.
    place.file("return/header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nH1,1,05/06/2010,WBRI,,,\n");
    place.episodes("H1,01/05/2023,S,C2,N1,U6,PR1,,,,,,\n");
    done(place.year("2024", HARROW, &[]), "6");
}

#[test]
fn a_list_that_was_imported_for_another_authority_needs_confirming() {
    let place = Place::new();
    place.file("leavers.csv", "child,eligibility,start,end\nL1,former_relevant,2023-04-01,\n");
    let list = |authority: &str, more: &[&str]| {
        place.import(&[&["leavers", "leavers.csv", "--authority", authority], more].concat())
    };
    done(list(HARROW, &[]), "1");
    refused(list(BRENT, &[]), "leavers.csv was imported for E09000015 before");
    done(list(BRENT, &["--confirm", "authority"]), "2");
    // Reference data is everybody's.
    place.file("areas.csv", "ons_code,la_code,name,region\nE09000015,310,Harrow,Outer London\n");
    done(place.import(&["areas", "areas.csv", "--authority", HARROW]), "3");
    let (status, _, told) = place.import(&["areas", "areas.csv", "--authority", BRENT]);
    assert!(status == 0 && told.contains("Nothing has changed"), "{told}");
}

#[test]
fn files_that_would_retire_most_of_what_is_stored_need_confirming() {
    let place = Place::new();
    let children = |names: &[&str]| {
        let people = names.iter().map(|name| format!("{name},1,05/06/2010,WBRI,,,\n"));
        let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
        place.file("return/header.csv", &(header + &people.collect::<String>()));
        let episodes = names.iter().map(|name| format!("{name},01/05/2023,S,C2,N1,U6,PR1,,,,,,\n"));
        place.episodes(&episodes.collect::<String>());
    };
    children(&["A1", "A2", "A3", "A4"]);
    done(place.year("2024", HARROW, &[]), "1");
    children(&["A1", "B2", "B3", "B4"]);
    let words = "6 of the 8 rows stored of the return of the year ending 2024";
    refused(place.year("2024", HARROW, &["--dry-run"]), words);
    refused(place.year("2024", HARROW, &[]), words);
    done(place.year("2024", HARROW, &["--confirm", "retires"]), "2");
    done(place.import(&["undo", "2"]), "3");
    children(&["A1", "A2", "B3", "B4"]);
    done(place.year("2024", HARROW, &[]), "4");

    let links = |rows: &str| place.file("placement_links.csv", &format!("child,start,household\n{rows}"));
    let list = |more: &[&str]| {
        place.import(&[&["placement_links", "placement_links.csv", "--authority", HARROW], more].concat())
    };
    links("A1,2023-05-01,H1\nA2,2023-05-01,H2\nA3,2023-05-01,H3\n");
    done(list(&[]), "5");
    links("A1,2023-05-01,H1\n");
    done(list(&[]), "6");
}

#[test]
fn only_codes_of_authorities_that_look_after_children_hold_records() {
    let place = Place::new();
    for code in ["E07000008", "E12000007", "E92000001", "W06000015", "E0900001"] {
        refused(place.year("2024", code, &[]), "no ONS code of a local authority");
    }
    done(place.year("2024", "e10000003", &[]), "1");
    let terminal = Terminal::new();
    for arguments in [
        &["token", "--role", "analyst"][..],
        &["synthesise", "--children", "3", "--from", "2023-04-01", "--to", "2024-03-31", "--out", "out"],
        &["retention"],
        &["erase", "A1", "--reason", "asked for"],
        &["export", "subject", "A1", "--out", "out"],
        &["audit", "subject", "A1"],
        &[
            "grant",
            "add",
            "--subject",
            "s",
            "--role",
            "analyst",
            "--organisation",
            "o",
            "--agreement",
            "a",
            "--from",
            "2024-01-01",
            "--to",
            "2024-12-31",
        ],
    ] {
        let ended = terminal.run(&[arguments, &["--authority", "E07000008"]].concat(), &[]);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
        assert!(text(&ended.stderr).contains("E06, E08, E09 or E10 and six digits"), "{}", text(&ended.stderr));
    }
}

#[test]
fn an_extract_of_a_region_gives_the_rows_of_the_authority_and_year() {
    let place = Place::new();
    let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,LA,YEAR\n";
    let people = [
        "A1,1,05/06/2010,WBRI,,,,Harrow,2023\n",
        "A1,1,05/06/2010,WBRI,,,,Harrow,2024\n",
        "B2,2,15/01/2008,MWAS,,,,Brent,2024\n",
    ];
    place.file("return/header.csv", &(header.to_owned() + &people.concat()));
    let episodes = [
        "A1,01/05/2022,S,C2,N1,U6,PR1,,,,,,,310,2022-23\n",
        "A1,01/05/2022,S,C2,N1,U6,PR1,01/12/2023,E4A,,,,,310,2023-24\n",
        "B2,01/05/2023,S,C2,N1,U6,PR1,,,,,,,304,2023-24\n",
    ];
    let whole = format!("{EPISODES},LA,YEAR\n{}", episodes.concat());
    place.file("return/episodes.csv", &whole.replace("304", "Camford"));
    let unknown = place.year("2024", HARROW, &[]);
    assert!(unknown.2.contains("episodes.csv, LA: The column LA names an authority that is neither"), "{}", unknown.2);
    refused(unknown, "nothing was imported");

    place.file("return/episodes.csv", &whole);
    let read = place.year("2024", HARROW, &[]);
    assert!(read.2.contains("episodes.csv (episodes): 1 rows, 1 used"), "{}", read.2);
    assert!(read.2.contains("header.csv (header): 1 rows, 1 used"), "{}", read.2);
    assert_eq!(read.2.matches("There are 2 of them. [ROWS-OTHERS]").count(), 1, "{}", read.2);
    done(read, "1");
    for (year, authority, column) in
        [("2025", HARROW, "YEAR"), ("2024", "E08000034", "LA"), ("2023", BRENT, "LA, YEAR")]
    {
        let told = place.year(year, authority, &["--confirm", "year,authority"]);
        assert!(told.2.contains(&format!("episodes.csv, {column}: No row is of the authority")), "{}", told.2);
        refused(told, "nothing was imported");
    }
}
