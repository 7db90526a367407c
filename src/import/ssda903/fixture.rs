//! Small returns for tests, written as the text of their files.

use crate::import::confirm::Confirmations;
use crate::import::report::{FileReport, Issue, Report};
use crate::import::rules::CHECKS;
use crate::import::ssda903::{ReadReturn, ReturnYear, read};
use crate::period::Date;
use crate::store::StoredState;
use crate::store::rows::Rows;

/// A header of three children, named by their first letters.
pub const HEADER: &str = "\
CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
A1,1,05/06/2010,WBRI,,,
B2,2,15/01/2008,MWAS,UN1,0,
C3,1,20/12/2019,REFU,,,
";

/// Columns of the episodes.
pub const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";

/// One open episode.
pub const OPEN: &str = "A1,01/05/2023,S,C2,N1,U6,PR1,,,,HA1 2AB,HA2 3CD,SC123456\n";

pub fn day(y: i32, m: u32, d: u32) -> Date {
    Date::from_ymd_opt(y, m, d).unwrap()
}

/// The year ending March 2024.
pub fn year() -> ReturnYear {
    ReturnYear::new(2024, None, day(2024, 6, 1)).unwrap()
}

/// Reads the files as a folder of the year ending March 2024.
pub fn read_files(files: &[(&str, &[u8])]) -> ReadReturn {
    read_year(2024, files)
}

/// Reads the files as a folder of another year.
pub fn read_year(ending: i32, files: &[(&str, &[u8])]) -> ReadReturn {
    read_folder(ReturnYear::new(ending, None, day(2030, 1, 1)).unwrap(), &StoredState::default(), files)
}

/// Reads the files as a folder of the year ending March 2024, beside what is stored.
pub fn read_beside(held: &StoredState, files: &[(&str, &[u8])]) -> ReadReturn {
    read_folder(year(), held, files)
}

/// Reads the files as a folder of a year, beside what is stored.
pub fn read_folder(year: ReturnYear, held: &StoredState, files: &[(&str, &[u8])]) -> ReadReturn {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    read(folder.path(), "E09000015", year, held, Confirmations::default())
}

/// The header, these rows of episodes, and further files.
pub fn read_return(episodes: &str, more: &[(&str, &str)]) -> (Report, Rows) {
    let episodes = format!("{EPISODES}{episodes}");
    let mut files = vec![("header.csv", HEADER.as_bytes()), ("episodes.csv", episodes.as_bytes())];
    files.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    let ReadReturn { report, rows } = read_files(&files);
    (report, rows.unwrap())
}

/// Rule, row and value of each issue that reading tells: children without a cohort and checks between rows aside.
pub fn issues(report: &Report) -> Vec<(&'static str, Option<u32>, Option<&str>)> {
    let is_check = |issue: &Issue| {
        CHECKS.iter().copied().flatten().any(|rule| rule.code == issue.rule && rule.effect == issue.effect)
    };
    let told = report.issues.iter().filter(|issue| issue.rule != "EPI" && !is_check(issue));
    told.map(|issue| (issue.rule, issue.row, issue.value.as_deref())).collect()
}

/// Rows, used, repaired and refused of a file.
pub fn counts(report: &Report, name: &str) -> (usize, usize, usize, usize) {
    let find = |file: &&FileReport| &*file.name == name;
    report.files.iter().find(find).map(|file| (file.rows, file.used, file.repaired, file.refused)).unwrap()
}

/// The rows without where in their file they stand, which is no part of what they say.
pub fn without_lines(mut rows: Rows) -> Rows {
    rows.episode.iter_mut().flatten().for_each(|row| row.file_row = None);
    rows
}
