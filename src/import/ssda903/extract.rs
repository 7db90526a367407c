//! Extracts that hold several authorities or years: only the rows that the import is for are read.

use std::collections::HashSet;

use crate::authorities::same;
use crate::import::authorities::Authorities;
use crate::import::csv::table::{Row, Table};
use crate::import::report::{Issue, Report};
use crate::import::rules::files as rules;
use crate::import::ssda903::year::ReturnYear;
use crate::store::StoredState;

/// The columns that say whose a row is, and of which year.
const COLUMNS: [&str; 2] = ["LA", "YEAR"];

/// The authority and year whose rows are read.
pub struct ReturnKey<'a> {
    authority: &'a str,
    year: i32,
    areas: Authorities,
}

impl<'a> ReturnKey<'a> {
    /// The rows of a return; names are those of the English authorities, and those that have been loaded.
    pub fn new(authority: &'a str, year: ReturnYear, held: &StoredState) -> Self {
        Self { authority, year: year.ending, areas: Authorities::new(held.areas.clone(), None) }
    }

    /// Leaves the rows of others out, and what has been told of them. Nothing where no row is wanted, or where nobody
    /// can tell: then the file is refused, since its rows are another's.
    pub fn pick(&self, mut table: Table, told: &mut Report) -> Option<Table> {
        let places = COLUMNS.map(|column| used(&table, column));
        if places == [None, None] {
            return Some(table);
        }
        let [la, year] = places;
        let is_unknown = |row: &Row| cell(row, la).is_some_and(|name| self.areas.resolve(Some(name)).is_none());
        if table.rows.iter().any(is_unknown) {
            told.tell(Issue::of_file(&table.file, &rules::LA_UNKNOWN).column("LA"));
            return None;
        }
        let is_ours = |row: &Row| la.is_none() || self.is_our_authority(cell(row, la));
        let is_now = |row: &Row| year.is_none() || self.is_our_year(cell(row, year));
        let found = [table.rows.iter().any(is_ours), table.rows.iter().any(is_now)];
        let last = table.rows.last().map(|row| row.line);
        let (kept, others): (Vec<Row>, Vec<Row>) =
            std::mem::take(&mut table.rows).into_iter().partition(|row| is_ours(row) && is_now(row));
        if kept.is_empty() {
            let column = match found {
                [false, _] => "LA",
                [true, false] => "YEAR",
                [true, true] => "LA, YEAR",
            };
            told.tell(Issue::of_file(&table.file, &rules::OTHERS_ONLY).column(column));
            return None;
        }
        table.ends_open &= kept.last().map(|row| row.line) == last;
        (table.rows, table.given) = (kept, table.given - others.len());
        pass_over(&mut table, &places, &others, told);
        Some(table)
    }

    fn is_our_authority(&self, cell: Option<&str>) -> bool {
        cell.and_then(|name| self.areas.resolve(Some(name))).is_some_and(|code| same(&code, self.authority))
    }

    fn is_our_year(&self, cell: Option<&str>) -> bool {
        cell.and_then(ReturnYear::ending_of) == Some(self.year)
    }
}

/// Where a column stands that is there and not blank in every row: a blank one names nobody.
fn used(table: &Table, column: &str) -> Option<usize> {
    let place = table.position(column);
    place.filter(|_| table.rows.iter().any(|row| cell(row, place).is_some()))
}

fn cell(row: &Row, place: Option<usize>) -> Option<&str> {
    row.cells.get(place?).map(str::trim).filter(|cell| !cell.is_empty())
}

/// Counts the rows of others in one issue, drops what was told of them, and takes the names of the columns away, which
/// have done their work.
fn pass_over(table: &mut Table, places: &[Option<usize>], others: &[Row], told: &mut Report) {
    for place in places.iter().flatten() {
        if let Some(name) = table.columns.get_mut(*place) {
            name.clear();
        }
    }
    if others.is_empty() {
        return;
    }
    let lines: HashSet<u32> = others.iter().map(|row| row.line.line).collect();
    told.issues.retain(|issue| issue.row.is_none_or(|line| !lines.contains(&line)));
    let count = format!("There are {} of them.", others.len());
    told.tell(Issue::of_file(&table.file, &rules::OTHERS).because(count));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::import::confirm::Confirmations;
    use crate::import::ssda903::fixture::{EPISODES, HEADER, counts, issues, year};
    use crate::import::ssda903::{ReadReturn, read};

    /// Reads a folder of a header with these columns more, and episodes of two children in three rows.
    fn extract(authority: &str, held: &StoredState, columns: &str, rows: [&str; 3]) -> ReadReturn {
        let folder = tempfile::tempdir().unwrap();
        let header = EPISODES.replace("URN\n", &format!("URN,{columns}\n"));
        let starts = [("A1", "01/05/2023"), ("A1", "01/06/2023"), ("B2", "01/05/2023")];
        let lines = starts.iter().zip(rows).map(|((child, start), more)| {
            let end = if more.ends_with("2023") { "31/03/2023" } else { "" };
            format!("{child},{start},S,C2,N1,U6,PR1,{end},,,,,,{more}\n")
        });
        std::fs::write(folder.path().join("header.csv"), HEADER).unwrap();
        std::fs::write(folder.path().join("episodes.csv"), header + &lines.collect::<String>()).unwrap();
        read(Path::new(folder.path()), authority, year(), held, Confirmations::default())
    }

    fn held() -> StoredState {
        let areas = [("Harrow", "E09000015"), ("310", "E09000015"), ("Brent", "E09000005")];
        StoredState {
            areas: areas.map(|(name, code)| (name.to_owned(), code.to_owned())).to_vec(),
            ..StoredState::default()
        }
    }

    fn of_file(read: &ReadReturn) -> Vec<(&'static str, Option<&str>)> {
        let told = read.report.issues.iter().filter(|issue| issue.row.is_none());
        told.map(|issue| (issue.rule, issue.column.as_deref())).collect()
    }

    #[test]
    fn rows_of_the_authority_and_year_are_read_and_the_others_counted() {
        for (columns, rows) in [
            ("LA,YEAR", ["Harrow,2024", "harrow ,2023/24", "Brent,2024"]),
            ("LA,YEAR", ["310,2023-24", "E09000015,202324", "310,2023"]),
            ("YEAR,LA", ["2023-2024,Harrow", "2024,310", "2024,e09000005"]),
            ("LA", ["Harrow", "310", "Brent"]),
            ("YEAR", ["2024", "2023-24", ""]),
        ] {
            let read = extract("E09000015", &held(), columns, rows);
            let counted = issues(&read.report);
            assert_eq!(counted, [("ROWS-OTHERS", None, None), ("142", Some(2), None)], "{rows:?}");
            let told = read.report.issues.iter().find(|issue| issue.rule == "ROWS-OTHERS").unwrap();
            assert!(told.message.ends_with("There are 1 of them."), "{}", told.message);
            assert_eq!(counts(&read.report, "episodes.csv"), (2, 2, 1, 0), "{rows:?}");
            assert_eq!(read.rows.unwrap().episode.unwrap().len(), 2);
        }
    }

    #[test]
    fn a_column_that_names_others_only_refuses_the_file_and_is_named() {
        for (authority, columns, rows, column) in [
            ("E09000015", "LA,YEAR", ["Brent,2024", "Brent,2024", "Brent,2023"], "LA"),
            ("E09000015", "LA,YEAR", ["Harrow,2023", "Harrow,2022-23", "Brent,2023"], "YEAR"),
            ("E09000015", "LA,YEAR", ["Harrow,2023", "Brent,2024", "Brent,2024"], "LA, YEAR"),
            ("E09000015", "YEAR", ["2023", "soon", "2025"], "YEAR"),
            ("E08000034", "LA", ["Harrow", "Harrow", "Brent"], "LA"),
        ] {
            let read = extract(authority, &held(), columns, rows);
            assert_eq!(of_file(&read), [("FILE-OTHERS", Some(column))], "{rows:?}");
            assert_eq!(counts(&read.report, "episodes.csv"), (3, 0, 0, 3));
            assert_eq!(read.rows.unwrap_err().code(), "PART_NEEDED");
        }
    }

    #[test]
    fn a_name_that_nobody_knows_refuses_the_file() {
        let rows = ["Harrow", "Harrow", "Harow"];
        assert_eq!(of_file(&extract("E09000015", &held(), "LA", rows)), [("FILE-LA", Some("LA"))]);
        let rows = ["Camford", "Camford", "Brent"];
        assert_eq!(of_file(&extract("E09000015", &StoredState::default(), "LA", rows)), [("FILE-LA", Some("LA"))]);
    }

    #[test]
    fn the_english_authorities_are_known_without_a_list_under_former_codes_too() {
        for (authority, rows) in [
            ("E09000015", ["Harrow", "310", "Brent"]),
            ("E08000016", ["Barnsley", "370", "Sheffield"]),
            ("E08000038", ["E08000016", "E08000038", "373"]),
        ] {
            let read = extract(authority, &StoredState::default(), "LA", rows);
            assert_eq!(counts(&read.report, "episodes.csv"), (2, 2, 1, 0), "{rows:?}");
        }
    }

    #[test]
    fn a_column_without_a_value_names_nobody() {
        let read = extract("E09000015", &held(), "LA,YEAR", [",", ",", ","]);
        assert_eq!(counts(&read.report, "episodes.csv"), (3, 3, 1, 0));
    }
}
