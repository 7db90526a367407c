//! Tests of checks as tables: a rule, rows, and whether the rows break it.

use crate::import::ssda903::fixture::{EPISODES, read_files};

/// A rule, the rows of the episodes, and whether they break it.
pub type Case<'a> = (&'a str, &'a str, bool);

/// A rule, the rows of the episodes, a further file and its text, and whether they break it.
pub type CaseOfFile<'a> = (&'a str, &'a str, &'a str, &'a str, bool);

/// Children by their first letters: A1 a boy of 13, B2 a girl who turns 18 on 15 January 2024, C3 a boy of 4, D4 who was
/// born on a leap day 20 years ago, E5 who turns 18 the day after the year, F6 a baby, G7 a girl of 10, H8 of 17.
const HEADER: &str = "\
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
A1,1,05/06/2010,WBRI,,,
B2,2,15/01/2006,MWAS,UN1,0,
C3,1,20/12/2019,WBRI,,,
D4,1,29/02/2004,WBRI,,,
E5,1,01/04/2006,WBRI,,,
F6,2,10/06/2023,WBRI,,0,
G7,2,31/03/2014,WBRI,,0,
H8,2,31/03/2007,WBRI,,0,
";

/// Holds that each case is told or not as it says, and that no row is refused.
pub fn holds_and_breaks(cases: &[Case<'_>]) {
    for (rule, episodes, breaks) in cases {
        assert_told(rule, &[], episodes, *breaks);
    }
}

/// The same with a further file each.
pub fn holds_and_breaks_with_files(cases: &[CaseOfFile<'_>]) {
    for (rule, episodes, file, text, breaks) in cases {
        assert_told(rule, &[(file, text)], episodes, *breaks);
    }
}

fn assert_told(rule: &str, more: &[(&str, &str)], episodes: &str, breaks: bool) {
    let episodes = format!("{EPISODES}{episodes}\n");
    let mut files = vec![("header.csv", HEADER.as_bytes()), ("episodes.csv", episodes.as_bytes())];
    files.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    let read = read_files(&files);
    let told = read.report.issues.iter().any(|issue| issue.rule == rule);
    assert_eq!(told, breaks, "{rule}: {episodes} {more:?}");
    assert!(read.report.files.iter().all(|file| file.refused == 0), "{rule}: {episodes} {more:?}");
}
