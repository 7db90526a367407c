//! One return, read whole: its rows, and everything that is to be told about them.

use std::collections::HashSet;
use std::path::Path;

use crate::import::confirm::Confirmations;
use crate::import::error::ImportError;
use crate::import::report::{Issue, Report};
use crate::import::rules::{across, header as rules};
use crate::import::ssda903::checks;
use crate::import::ssda903::extract::ReturnKey;
use crate::import::ssda903::folder::{Part, parts};
use crate::import::ssda903::kind::ReturnFile;
use crate::import::ssda903::people::People;
use crate::import::ssda903::returned::{FileRows, ReturnRows};
use crate::import::ssda903::year::ReturnYear;
use crate::import::ssda903::{
    adoption, day_numbers, episodes, header, liberty, missing, oc2, oc3, permanence, reviews, uasc, workers, wrong_year,
};
use crate::store::StoredState;
use crate::store::rows::Rows;

/// A return that was read.
pub struct ReadReturn {
    /// What is to be told.
    pub report: Report,
    /// The rows, or why none can be used.
    pub rows: Result<Rows, ImportError>,
}

/// Reads and checks a return of an authority, beside what is stored. Nothing is written.
pub fn read(
    path: &Path,
    authority: &str,
    year: ReturnYear,
    held: &StoredState,
    confirmed: Confirmations,
) -> ReadReturn {
    let wanted = ReturnKey::new(authority, year, held);
    let mut report = Report::default();
    let rows = parts(path, &wanted, &mut report).and_then(|parts| {
        let days = wrong_year::check_days(&parts, year);
        let rows = rows_of(parts, year, held, &mut report);
        if confirmed.year {
            return rows;
        }
        days?;
        let rows = rows?;
        wrong_year::check_copies(&rows, held, year)?;
        Ok(rows)
    });
    report.settle();
    ReadReturn { report, rows }
}

/// A return without a usable child or episode would only take away what an earlier import brought, so it is refused.
fn rows_of(
    mut parts: Vec<Part>,
    year: ReturnYear,
    held: &StoredState,
    report: &mut Report,
) -> Result<Rows, ImportError> {
    parts.sort_by_key(|part| part.file);
    tell_files_of_other_years(&parts, year, report);
    if parts.iter().all(|part| part.file.is_sent_apart()) {
        let (returned, people) = (ReturnRows::default(), People::default());
        let returned = fill(returned, &parts, &people, year, report);
        checks::check(&returned, &people, year, held, report);
        return Ok(returned.rows_sent_apart());
    }
    let table = |file| parts.iter().find(|part| part.file == file).and_then(|part| part.table.as_ref());
    let table_of_children = table(ReturnFile::Header).ok_or(ImportError::PartNeeded { part: "header file" })?;
    table(ReturnFile::Episodes).ok_or(ImportError::PartNeeded { part: "episodes file" })?;
    let children = FileRows::of(Some(table_of_children), |table| header::read(table, year, report));
    if children.rows.is_empty() {
        return Err(ImportError::PartNeeded { part: "header file" });
    }
    let people = header::people(table_of_children, &children.rows);
    let returned = fill(ReturnRows { children, ..ReturnRows::default() }, &parts, &people, year, report);
    if returned.episodes.rows.is_empty() {
        return Err(ImportError::PartNeeded { part: "episodes file" });
    }
    tell_children_in_no_cohort(&returned, report);
    checks::check(&returned, &people, year, held, report);
    Ok(returned.rows())
}

/// Reads every file but the header.
fn fill(
    mut returned: ReturnRows,
    parts: &[Part],
    people: &People,
    year: ReturnYear,
    report: &mut Report,
) -> ReturnRows {
    for Part { file, table } in parts {
        let table = table.as_ref();
        if let Some(table) = table {
            day_numbers::check(table, people, year, report);
        }
        match file {
            ReturnFile::Header => {}
            ReturnFile::Episodes => {
                returned.episodes = FileRows::of(table, |table| episodes::read(table, people, year, report));
            }
            ReturnFile::Reviews => returned.reviews = FileRows::of(table, |table| reviews::read(table, people, report)),
            ReturnFile::Uasc => returned.unaccompanied = FileRows::of(table, |table| uasc::read(table, people, report)),
            ReturnFile::Oc2 => returned.oc2 = FileRows::of(table, |table| oc2::read(table, people, report)),
            ReturnFile::Oc3 => returned.leavers = FileRows::of(table, |table| oc3::read(table, people, year, report)),
            ReturnFile::Ad1 => {
                returned.adopted = FileRows::of(table, |table| adoption::read_adopted(table, people, report));
            }
            ReturnFile::PlacedForAdoption => {
                returned.decisions = FileRows::of(table, |table| adoption::read_decisions(table, people, report));
            }
            ReturnFile::PreviousPermanence => {
                returned.permanence = FileRows::of(table, |table| permanence::read(table, people, report));
            }
            ReturnFile::Missing => returned.missing = FileRows::of(table, |table| missing::read(table, people, report)),
            ReturnFile::SwEpisodes => {
                returned.workers = FileRows::of(table, |table| workers::read(table, people, report));
            }
            ReturnFile::DoLo => returned.orders = FileRows::of(table, |table| liberty::read(table, people, report)),
        }
    }
    returned
}

fn tell_files_of_other_years(parts: &[Part], year: ReturnYear, report: &mut Report) {
    for Part { file, table } in parts {
        if let Some(table) = table.as_ref().filter(|table| table.given > 0 && year.ending < file.since()) {
            report.tell(Issue::of_file(&table.file, &across::NOT_THIS_YEAR));
        }
    }
}

fn tell_children_in_no_cohort(returned: &ReturnRows, report: &mut Report) {
    let episodes = returned.episodes.rows.iter().map(|lined| lined.row.child_id.as_str());
    let leavers = returned.leavers.rows.iter().map(|lined| lined.row.child_id.as_str());
    let known: HashSet<&str> = episodes.chain(leavers).collect();
    for child in returned.children.rows.iter().filter(|child| !known.contains(child.row.child_id.as_str())) {
        let issue = Issue::of_file(&returned.children.file, &rules::NO_COHORT).at(child.line);
        report.tell(issue.column("CHILD"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ssda903::fixture::{
        EPISODES, HEADER, OPEN, counts, day, issues, read_files, read_return, read_year, without_lines, year,
    };

    #[test]
    fn every_file_of_a_return_is_read() {
        let (report, rows) = read_return(
            OPEN,
            &[
                (
                    "reviews.csv",
                    "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,05/06/2010,01/06/2023,PN1\nA1,05/06/2010,1/6/2023,PN2\n",
                ),
                ("uasc.csv", "CHILD,SEX,DOB,DUC\nB2,2,15/01/2008,\n"),
                (
                    "oc2.csv",
                    "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\nA1,05/06/2010,41,,no,,1.0,TRUE,N,maybe,,\n",
                ),
                ("oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nB2,16/01/2008,YES,0,01\n"),
                (
                    "ad1.csv",
                    "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\nC3,20/12/2019,01/05/2023,,1,2,MF,L11\n",
                ),
                (
                    "sbpfa.csv",
                    "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\nC3,20/12/2019,01/05/2023,,\nC3,20/12/2019,01/04/2022,01/05/2022,RD4\n",
                ),
                ("prev_perm.csv", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,05/06/2010,P1,310,zz/05/2020\n"),
                ("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,05/06/2010,M,01/06/2023,\n"),
                (
                    "social_worker.csv",
                    "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nZ9,05/06/2010,SW1,01/06/2023,,MANAGE\n",
                ),
                ("DoLo.csv", "CHILD,DOB,DOLO_START,DOLO_END\nA1,05/06/2010,01/06/2023,01/07/2023\n"),
            ],
        );
        let told: Vec<_> = issues(&report).into_iter().map(|(rule, row, _)| (rule, row.unwrap())).collect();
        let mut expected =
            vec![("167", 2), ("180", 2), ("OC2-FLAG", 2), ("INT13-INT18", 2), ("133", 2), ("345", 2), ("INT-APART", 2)];
        expected[0] = ("REVIEW-KEY", 3);
        assert_eq!(sorted(told), sorted(expected));
        assert_eq!(counts(&report, "oc2.csv"), (1, 1, 1, 0));
        let decisions = rows.adoption_record.unwrap();
        let numbers: Vec<_> = decisions.iter().map(|row| (row.record.as_str(), row.number, row.decided_on)).collect();
        assert_eq!(
            numbers,
            [
                ("ad1", 1, Some(day(2023, 5, 1))),
                ("placed_for_adoption", 1, Some(day(2022, 4, 1))),
                ("placed_for_adoption", 2, Some(day(2023, 5, 1)))
            ]
        );
        let health = rows.oc2_return.unwrap();
        let health = health.first().unwrap();
        assert_eq!((health.sdq_score, health.immunisations, health.health_assessment), (None, Some(true), Some(false)));
        assert_eq!(rows.worker_allocation.unwrap().len(), 1);
        assert_eq!(rows.missing_episode.unwrap().first().unwrap().ended_on, None);
    }

    fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
        list.sort();
        list
    }

    #[test]
    fn a_file_that_is_not_there_empties_its_part_of_the_year_and_a_refused_one_leaves_it() {
        let (report, rows) = read_return(OPEN, &[("missing.csv", "CHILD,MISSING,MIS_START\nA1,M,01/06/2023\n")]);
        assert_eq!(rows.missing_episode, None);
        assert_eq!(rows.review, Some(Vec::new()));
        assert_eq!(rows.worker_allocation, None, "sent apart");
        assert_eq!(report.issues.iter().filter(|issue| issue.rule == "FILE-COLUMN-NEEDED").count(), 1);
        assert_eq!(counts(&report, "missing.csv"), (1, 0, 0, 1));
    }

    #[test]
    fn without_a_usable_header_or_episode_nothing_is_imported() {
        let episodes = format!("{EPISODES}{OPEN}");
        let fail = |header: &[u8], episodes: &[u8]| {
            let read = read_files(&[("header.csv", header), ("episodes.csv", episodes)]);
            read.rows.unwrap_err().code()
        };
        assert_eq!(fail(b"", episodes.as_bytes()), "PART_NEEDED");
        assert_eq!(fail(b"\x00\x01\x02\xFE\xFF", episodes.as_bytes()), "PART_NEEDED");
        assert_eq!(fail(b"CHILD,SEX,DOB,ETHNIC\n,1,05/06/2010,WBRI\n", episodes.as_bytes()), "PART_NEEDED");
        assert_eq!(fail(HEADER.as_bytes(), b"child,start,end\nA1,01/05/2023,\n"), "PART_NEEDED");
        assert_eq!(fail(HEADER.as_bytes(), EPISODES.as_bytes()), "PART_NEEDED");
    }

    #[test]
    fn folders_without_a_return_are_told_apart() {
        let code = |files: &[(&str, &[u8])]| read_files(files).rows.unwrap_err().code();
        assert_eq!(code(&[]), "EMPTY_FOLDER");
        assert_eq!(code(&[("notes.txt", b"hello\n"), ("picture.png", b"\x89PNG")]), "NOTHING_RECOGNISED");
        assert_eq!(code(&[("return.xml", b"<OTHER/>")]), "NOTHING_RECOGNISED");
        let gone =
            read(Path::new("/nowhere/at/all"), "E09000015", year(), &StoredState::default(), Confirmations::default());
        assert_eq!(gone.rows.unwrap_err().code(), "NOT_FOUND");
    }

    #[test]
    fn files_that_are_no_part_of_a_return_are_told_and_passed_over() {
        let (report, _) = read_return(OPEN, &[("notes.txt", "hello\n"), ("letter.docx", "PK")]);
        assert_eq!(issues(&report), [("FILE-UNKNOWN", None, None), ("FILE-UNKNOWN", None, None)]);
        assert_eq!(report.files.len(), 2);
    }

    #[test]
    fn the_file_with_the_plain_name_is_taken_and_two_others_are_too_many() {
        let copy = format!("{EPISODES}{}", OPEN.replace("U6", "K2"));
        let (report, rows) = read_return(OPEN, &[("episodes (old).csv", &copy)]);
        assert_eq!(rows.episode.unwrap().first().unwrap().place.as_deref(), Some("U6"));
        assert_eq!(issues(&report), [("FILE-TWICE", None, None)]);
        let files = [
            ("header.csv", HEADER.as_bytes()),
            ("episodes 1.csv", copy.as_bytes()),
            ("episodes 2.csv", copy.as_bytes()),
        ];
        assert_eq!(read_files(&files).rows.unwrap_err().code(), "TWO_OF_ONE_KIND");
    }

    #[test]
    fn no_issue_repeats_an_identifier_or_a_postcode() {
        let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n87,1,05/06/2010,Amina,X1,,\n87,1,05/06/2010,WBRI,,,\n";
        let episodes = format!(
            "{EPISODES}87,HA12AB,87001,HA1 2AB,Smith,N1,,,,,,X1,\n42,,,,,,,,,,,,\n87,01/05/2023,S,C2,N1,U6,PR1,,,,X1,X1,\n"
        );
        let read = read_files(&[("header.csv", header.as_bytes()), ("episodes.csv", episodes.as_bytes())]);
        for issue in &read.report.issues {
            let value = issue.value.clone().unwrap_or_default();
            assert!(["", "N1"].contains(&value.as_str()), "{issue:?}");
        }
    }

    #[test]
    fn words_for_nothing_are_blank_and_told_once_a_column() {
        let (report, rows) = read_return(
            "A1,01/05/2023,S,C2,N1,U6,NULL,NULL,NULL,,,,\n\
             B2,01/05/2023,S,C2,N1,U6,PR1,#N/A,-,,,,nan\n\
             C3,01/05/2023,S,C2,N1,U6,PR1,1900-01-01 00:00:00,none,,,,NULL\n\
             N/A,01/06/2023,S,C2,N1,U6,PR1,-1,NA,,,,\n",
            &[],
        );
        let episodes = rows.episode.unwrap();
        assert_eq!(episodes.len(), 3);
        assert!(episodes.iter().all(|row| row.ended_on.is_none() && row.reason_ceased.is_none() && row.urn.is_none()));
        let word = |row, word| ("WORD-FOR-NOTHING", Some(row), Some(word));
        let expected = [
            word(2, "NULL"),
            word(2, "NULL"),
            word(2, "NULL"),
            word(3, "nan"),
            ("CHILD", Some(5), None),
            word(5, "N/A"),
        ];
        assert_eq!(issues(&report), expected);
        let ends = report.issues.iter().find(|issue| issue.column.as_deref() == Some("DEC")).unwrap();
        assert!(ends.message.contains("The column says NULL, #N/A, 1900-01-01 00:00:00. It is so in 3 rows"));
        assert_eq!(counts(&report, "episodes.csv"), (4, 3, 0, 1), "a row that says nothing is not repaired");
    }

    #[test]
    fn times_are_told_once_a_column() {
        let (report, rows) = read_return(
            "A1,2023-04-30T23:00:00Z,S,C2,N1,U6,PR1,31/07/2023 23:00,E4A,,,,\n\
             B2,2023-04-30T23:00:00Z,S,C2,N1,U6,PR1,31/07/2023 23:00,E4A,,,,\n\
             C3,2023-02-01T00:00:00Z,S,C2,N1,U6,PR1,45138.9583,E4A,,,,\n",
            &[],
        );
        let days: Vec<_> = rows.episode.unwrap().iter().map(|row| (row.started_on, row.ended_on)).collect();
        let end = Some(day(2023, 7, 31));
        assert_eq!(days, [(day(2023, 5, 1), end), (day(2023, 5, 1), end), (day(2023, 2, 1), end)]);
        let of_dates: Vec<_> = report.issues.iter().filter(|issue| issue.rule.starts_with("DATE-")).collect();
        let told: Vec<_> = of_dates.iter().map(|issue| (issue.rule, issue.row, issue.column.as_deref())).collect();
        let expected = [
            ("DATE-ZONE", Some(2), Some("DECOM")),
            ("DATE-TIME", Some(2), Some("DEC")),
            ("DATE-FRACTION", Some(4), Some("DEC")),
        ];
        assert_eq!(told, expected);
        assert!(of_dates.iter().take(2).all(|issue| issue.message.contains("in 2 rows")));
    }

    #[test]
    fn a_last_row_cut_within_a_date_is_told_as_cut_and_nothing_else() {
        let file = "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,,M,01/06/2023,02/06/2023\nB2,,M,01/06/2023,03/06/20";
        let (report, rows) = read_return(OPEN, &[("missing.csv", file)]);
        assert_eq!(issues(&report), [("FILE-CUT", Some(3), None)]);
        assert_eq!(counts(&report, "missing.csv"), (2, 1, 0, 1));
        assert_eq!(rows.missing_episode.unwrap().len(), 1);
    }

    #[test]
    fn a_file_with_titles_and_semicolons_gives_the_same_rows() {
        let plain = format!("{EPISODES}{OPEN}");
        let titled = format!("sep=;\r\nLooked after children, 2023-24\r\n\r\n{}", plain.replace(',', ";"));
        let read = |text: &str| read_files(&[("header.csv", HEADER.as_bytes()), ("episodes.csv", text.as_bytes())]);
        let (first, second) = (read(&plain), read(&titled));
        assert_eq!(without_lines(first.rows.unwrap()), without_lines(second.rows.unwrap()));
        assert_eq!(issues(&second.report), [("FILE-SEPARATOR", None, None), ("FILE-TITLE", Some(2), None)]);
    }
    #[test]
    fn a_file_that_came_with_a_later_return_is_told_and_read_all_the_same() {
        let workers = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nA1,05/06/2010,SW1,01/06/2022,,MANAGE\n";
        let told = |ending: i32, episodes: &str| {
            let episodes = format!("{EPISODES}{episodes}");
            let files = [("header.csv", HEADER), ("episodes.csv", &episodes), ("sw_episodes.csv", workers)]
                .map(|(n, t)| (n, t.as_bytes()));
            let read = read_year(ending, &files);
            assert_eq!(read.rows.unwrap().worker_allocation.unwrap().len(), 1);
            read.report.issues.iter().filter(|issue| issue.rule == "FILE-YEAR").count()
        };
        assert_eq!(told(2023, &OPEN.replace("2023", "2022")), 1);
        assert_eq!(told(2024, OPEN), 0);
    }
}
