//! The header: who the children are.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::care::codes::{Ethnicity, Mother, UpnUnknown};
use crate::import::csv::cell;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::spot::Spot;
use crate::import::csv::table::{Row, Table};
use crate::import::report::{Issue, Report};
use crate::import::rules::header as rules;
use crate::import::ssda903::people::{People, Person};
use crate::import::ssda903::year::ReturnYear;
use crate::period::age;
use crate::store::rows::ChildDetail;

/// Reads the header, with the line of each child.
pub fn read(table: &Table, year: ReturnYear, report: &mut Report) -> Vec<NumberedRow<ChildDetail>> {
    let rows = read_rows(table, report, |row| one(row, year));
    let key = |row: &ChildDetail| row.child_id.clone();
    let rows = one_a_key(&table.file, rows, &rules::HEADER_TWICE, report, key, first_stands);
    tell_shared_pupil_numbers(table, &rows, report);
    rows
}

/// What other files are checked against.
pub fn people(table: &Table, rows: &[NumberedRow<ChildDetail>]) -> People {
    let accompanied = lines_of_accompanied(table);
    let person = |lined: &NumberedRow<ChildDetail>| Person {
        birth: lined.row.birth_date,
        sex: lined.row.sex.clone(),
        accompanied: accompanied.contains(&lined.line),
    };
    People(rows.iter().map(|lined| (lined.row.child_id.clone(), person(lined))).collect())
}

/// Lines of children of whom a column `UASC`, which some headers have, says 0.
fn lines_of_accompanied(table: &Table) -> HashSet<Spot> {
    let Some(column) = table.position("UASC") else { return HashSet::new() };
    let denies = |row: &&Row| row.cells.get(column).is_some_and(|cell| cell::code(cell) == "0");
    table.rows.iter().filter(denies).map(|row| row.line).collect()
}

fn one(row: &mut RowReader<'_>, year: ReturnYear) -> Option<ChildDetail> {
    let child_id = row.identifier("CHILD", &rules::CHILD)?;
    let birth_date = row.needed_date("DOB", &rules::BIRTH);
    if birth_date.is_some_and(|birth| birth > year.window.to) {
        row.tell(&rules::BORN_LATER, "DOB");
        return None;
    }
    if birth_date.and_then(|birth| age(birth, year.window.from)).is_some_and(|years| years > 25) {
        row.tell(&rules::OVER_25, "DOB");
    }
    let sexes: &[&str] = if year.ending >= 2025 { &["M", "F", "U"] } else { &["1", "2"] };
    Some(ChildDetail {
        child_id,
        birth_date,
        sex: row.given_code("SEX", |code| sexes.contains(&code), &rules::SEX),
        ethnicity: row.given_code("ETHNIC", |code| Ethnicity::parse(code).is_some(), &rules::ETHNICITY),
        upn: row.known_code("UPN", is_pupil_number, &rules::UPN),
        mother: mother(row),
        mother_child_birth_date: row.date("MC_DOB", &rules::MOTHER_CHILD_BIRTH),
        ..ChildDetail::default()
    })
}

/// Whether she is a mother, as the return codes it: yes and no may be written in words.
fn mother(row: &mut RowReader<'_>) -> Option<String> {
    let Some(is_mother) = row.text("MOTHER").and_then(cell::flag) else {
        return row.known_code("MOTHER", |_| false, &rules::MOTHER);
    };
    Some(if is_mother { Mother::Yes } else { Mother::No }.code().to_owned())
}

/// A letter other than I, O and S, then twelve digits, or eleven and a letter; or one of the codes for none.
fn is_pupil_number(upn: &str) -> bool {
    let letter = |b: &u8| b.is_ascii_uppercase() && !matches!(b, b'I' | b'O' | b'S');
    let shaped = match upn.as_bytes() {
        [first, middle @ .., last] => {
            letter(first)
                && middle.len() == 11
                && middle.iter().all(u8::is_ascii_digit)
                && (last.is_ascii_digit() || last.is_ascii_uppercase())
        }
        _ => false,
    };
    shaped || UpnUnknown::parse(upn).is_some()
}

fn tell_shared_pupil_numbers(table: &Table, rows: &[NumberedRow<ChildDetail>], report: &mut Report) {
    let mut owners: HashMap<&str, Spot> = HashMap::new();
    for lined in rows {
        let real = lined.row.upn.as_deref().filter(|upn| UpnUnknown::parse(upn).is_none());
        if let Some(upn) = real
            && let Some(first) = owners.insert(upn, lined.line)
        {
            let issue = Issue::of_file(&Arc::clone(&table.file), &rules::UPN_SHARED).at(lined.line).column("UPN");
            report.tell(issue.because(format!("The other child is in row {first}.")));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::ssda903::fixture::{EPISODES, OPEN, counts, day, issues, read_files};

    fn read(rows: &str) -> (crate::import::report::Report, Vec<super::ChildDetail>) {
        let header = format!("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,1,05/06/2010,WBRI,,,\n{rows}");
        let episodes = format!("{EPISODES}{OPEN}");
        let read = read_files(&[("header.csv", header.as_bytes()), ("episodes.csv", episodes.as_bytes())]);
        (read.report, read.rows.unwrap().child_detail.unwrap())
    }

    #[test]
    fn a_child_without_a_birth_date_or_an_ethnicity_is_kept_and_one_born_later_refused() {
        let (report, children) =
            read("B2,2,,MWAS,,,\nC3,2,31/06/2012,MWAS,,,\nD4,2,2012-06-30,XX,,,\nE5,2,01/04/2024,WBRI,,,\n");
        assert_eq!(children.len(), 4);
        let expected = [
            ("102", Some(3), None),
            ("102", Some(4), Some("31/06/2012")),
            ("103", Some(5), Some("XX")),
            ("301", Some(6), Some("01/04/2024")),
        ];
        assert_eq!(issues(&report), expected);
        assert_eq!(counts(&report, "header.csv"), (5, 4, 0, 1));
    }

    #[test]
    fn the_first_of_two_rows_of_a_child_stands() {
        let (report, children) = read(" a1 ,2,06/06/2010,MWAS,,,\n");
        assert_eq!(children.iter().map(|child| child.birth_date).collect::<Vec<_>>(), [Some(day(2010, 6, 5))]);
        assert_eq!(issues(&report), [("INT32", Some(3), None)]);
    }

    #[test]
    fn sex_is_coded_by_the_rules_of_the_year() {
        let (report, children) = read("B2,F,15/01/2008,MWAS,UN6,1.0,45000\n");
        assert_eq!(issues(&report), [("101", Some(3), Some("F")), ("168", Some(3), None)]);
        let child = children.last().unwrap();
        assert_eq!((child.sex.as_deref(), child.mother.as_deref()), (Some("F"), Some("1")));
        assert_eq!(child.mother_child_birth_date, Some(day(2023, 3, 15)));
    }

    #[test]
    fn a_pupil_number_belongs_to_one_child() {
        let (report, _) = read("B2,2,15/01/2008,MWAS,A12345678901B,,\nC3,2,15/01/2008,MWAS,A12345678901B,,\n");
        assert_eq!(issues(&report), [("444", Some(4), None)]);
    }
}
