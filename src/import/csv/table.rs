//! One file as a table: named columns and rows with where they stand, whatever the column order, marks and line ends.

use std::collections::HashMap;
use std::sync::Arc;

use csv::StringRecord;

use crate::import::csv::decode::{Text, decode};
use crate::import::csv::lines::{JoinOutcome, LineScan, Lines, cells, join};
use crate::import::csv::spot::Spot;
use crate::import::heading::{self, Heading};
use crate::import::report::{Issue, Report};
use crate::import::rules::files;
use crate::import::rules::rule::Rule;

/// No cell of any accepted file is longer than this, in bytes.
const LONGEST_CELL: usize = 4_000;

/// A table read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Name of the file, without its folder.
    pub file: Arc<str>,
    /// Column names, trimmed and upper-cased.
    pub columns: Vec<String>,
    /// Rows that could be read, in file order.
    pub rows: Vec<Row>,
    /// Rows given, with those that could not be read; blank lines and repeated headers are none.
    pub given: usize,
    /// The file ends with the last of the rows and has no line end, so its last cell may be cut off.
    pub ends_open: bool,
}

/// One row and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file.
    pub line: Spot,
    /// The cells, in the order of the columns.
    pub cells: StringRecord,
}

impl Table {
    /// A table without rows.
    pub fn new(file: Arc<str>, columns: Vec<String>) -> Self {
        Self { file, columns, rows: Vec::new(), given: 0, ends_open: false }
    }

    /// Where a column stands, by its upper-case name.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }
}

/// Reads the bytes of a CSV file. Everything odd is told; nothing when no header could be read.
pub fn read_csv(file: &Arc<str>, bytes: &[u8], report: &mut Report) -> Option<Table> {
    let text = match decode(bytes) {
        Text::Read(text) => text,
        Text::Older(text) => {
            report.tell(Issue::of_file(file, &files::OLDER_ENCODING));
            text
        }
        Text::Workbook => return refuse(report, Issue::of_file(file, &files::WORKBOOK)),
        Text::Binary => return refuse(report, Issue::of_file(file, &files::NOT_TEXT)),
    };
    let mut lines = Lines::of(&text);
    let Heading { mark, columns } = heading::find(file, &mut lines, report)?;
    tell_columns_there_twice(file, &columns, report);
    let mut reading = Reading {
        table: Table::new(Arc::clone(file), columns),
        mark,
        order: Order::Same,
        shorter: Vec::new(),
        short_rows: None,
        report,
    };
    while let Some((line, text)) = lines.next() {
        reading.line(line, text, &mut lines);
    }
    if let Some((first, count)) = reading.short_rows {
        let count = format!("There are {count} such rows.");
        reading.report.tell(Issue::of_file(file, &files::SHORT).at(first).because(count));
    }
    if reading.table.given == 0 {
        reading.report.tell(Issue::of_file(file, &files::EMPTY));
    }
    Some(reading.table)
}

fn refuse(report: &mut Report, issue: Issue) -> Option<Table> {
    report.tell(issue);
    None
}

fn tell_columns_there_twice(file: &Arc<str>, columns: &[String], report: &mut Report) {
    let mut seen = HashMap::new();
    for name in columns.iter().filter(|name| !name.is_empty()) {
        let times = seen.entry(name.as_str()).or_insert(0_u32);
        *times += 1;
        if *times == 2 {
            report.tell(Issue::of_file(file, &files::COLUMN_TWICE).column(name));
        }
    }
}

/// The columns that rows stand under.
enum Order {
    /// Those of the first header.
    Same,
    /// Those of a later header: how many it has, and at which of its places the columns of the table stand.
    Moved(usize, Vec<Option<usize>>),
    /// Those of another table, so that the rows cannot be read.
    Other,
}

/// A table while its lines are being read.
struct Reading<'a> {
    table: Table,
    mark: char,
    order: Order,
    /// Numbers of cells, fewer than the columns, that rows so far have had.
    shorter: Vec<usize>,
    /// The first row with fewer cells than the columns, and how many there are.
    short_rows: Option<(u32, usize)>,
    report: &'a mut Report,
}

impl Reading<'_> {
    fn tell(&mut self, rule: &'static Rule, line: u32) {
        self.report.tell(Issue::of_file(&self.table.file, rule).at(line));
    }

    /// Reads the row that begins on a line, and takes further lines if a cell goes on there.
    fn line(&mut self, line: u32, text: &str, lines: &mut Lines<'_>) {
        let look = LineScan::at(text, self.mark);
        if look.is_blank {
            return;
        }
        if text.len() < 10 && heading::declared_mark(text).is_some() {
            return self.tell(&files::HEADER_AGAIN, line);
        }
        self.table.given += 1;
        let parted = cells(text, self.mark);
        if !parted.is_open {
            if look.quotes % 2 == 1 {
                return self.tell(&files::QUOTES, line);
            }
            return self.row(line, parted.cells, look.has_control, text.len(), lines.end_open());
        }
        match join(text, lines, self.mark, self.table.columns.len(), &self.shorter) {
            JoinOutcome::Row(text) => {
                let look = LineScan::at(&text, self.mark);
                self.row(line, cells(&text, self.mark).cells, look.has_control, text.len(), lines.end_open());
            }
            JoinOutcome::CutOff => self.tell(&files::CUT, line),
            JoinOutcome::Never => self.tell(&files::QUOTES, line),
        }
    }

    fn row(&mut self, line: u32, mut cells: StringRecord, has_control: bool, bytes: usize, is_end: bool) {
        if has_control {
            return self.tell(&files::CONTROL, line);
        }
        if bytes > LONGEST_CELL && cells.iter().any(|cell| cell.len() > LONGEST_CELL) {
            return self.tell(&files::HUGE, line);
        }
        if self.is_header(&cells) {
            self.table.given -= 1;
            return self.tell(&files::HEADER_AGAIN, line);
        }
        let width = self.table.columns.len();
        let here = if let Order::Moved(here, _) = &self.order { *here } else { width };
        if cells.iter().skip(here).any(|cell| !cell.trim().is_empty()) {
            return self.tell(&files::LONG, line);
        }
        match &self.order {
            Order::Same => {}
            Order::Moved(_, places) => {
                let cell = |place: &Option<usize>| place.and_then(|place| cells.get(place)).unwrap_or_default();
                cells = places.iter().map(cell).collect();
            }
            Order::Other => return self.tell(&files::OTHER_TABLE, line),
        }
        let given = cells.len();
        if given < width {
            // A last row without a line end is whole if one before it has as many cells; else it was cut off.
            let is_usual = self.shorter.contains(&given);
            if is_end && !is_usual {
                return self.tell(&files::CUT, line);
            }
            if !is_usual {
                self.shorter.push(given);
            }
            self.short_rows.get_or_insert((line, 0)).1 += 1;
        }
        self.table.ends_open = is_end;
        self.table.rows.push(Row { line: line.into(), cells });
    }

    /// Whether a row holds the names of columns and no values: this header again, or that of a file that was put to
    /// this one. The rows below it stand under its columns.
    fn is_header(&mut self, cells: &StringRecord) -> bool {
        let first = cells.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default();
        if first.bytes().any(|b| b.is_ascii_digit()) || first.len() < 2 {
            return false;
        }
        let names = heading::names_of(cells.iter());
        if names == self.table.columns {
            self.order = Order::Same;
            return true;
        }
        let mut given = names.iter().filter(|name| !name.is_empty());
        if given.clone().count() < 2 || !given.all(|name| heading::is_known(name)) {
            return false;
        }
        let place = |column: &String| names.iter().position(|name| name == column);
        if names.iter().any(|name| !name.is_empty() && !self.table.columns.contains(name)) {
            self.order = Order::Other;
        } else if !names.iter().any(String::is_empty) {
            // With blanks among its names a header is damaged, and tells nothing of the rows below it.
            self.order = Order::Moved(names.len(), self.table.columns.iter().map(place).collect());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<Table>, Vec<(&'static str, Option<u32>)>) {
        let mut report = Report::default();
        let table = read_csv(&"reviews.csv".into(), bytes, &mut report);
        (table, report.issues.iter().map(|issue| (issue.rule, issue.row)).collect())
    }

    /// The first cells of the rows that were read, and what was told.
    fn firsts(text: &str) -> (Vec<String>, Vec<(&'static str, u32)>) {
        let (table, issues) = read(text.as_bytes());
        let rows = table.unwrap().rows.iter().map(|row| row.cells.get(0).unwrap().to_owned()).collect();
        (rows, issues.into_iter().map(|(rule, row)| (rule, row.unwrap_or_default())).collect())
    }

    #[test]
    fn line_ends_marks_and_blank_lines_do_not_change_the_rows() {
        for text in
            [&b"A,b \n\n1,2\n"[..], b"\xEF\xBB\xBFa,B\r\n,\r\n1,2\r\n", b"\"A\",B\r\r1,2", b"A,B,,\n \n\"1\",2,,"]
        {
            let (table, issues) = read(text);
            let table = table.unwrap();
            assert_eq!(table.columns, ["A", "B"]);
            assert_eq!(table.rows.len(), 1);
            let row = table.rows.first().unwrap();
            assert_eq!((row.line.line, row.cells.get(0), row.cells.get(1)), (3, Some("1"), Some("2")));
            assert!(issues.is_empty());
        }
    }

    #[test]
    fn each_bad_line_is_refused_alone() {
        let huge = "x".repeat(5_000);
        let text = format!("A,B\n1,2,3\n\"1,2\n1\0,2\n{huge},2\n1\n3,4\n");
        let (table, issues) = read(text.as_bytes());
        let table = table.unwrap();
        assert_eq!((table.given, table.rows.len()), (6, 2));
        let expected = [("ROW-LONG", 2), ("ROW-QUOTES", 3), ("ROW-CONTROL", 4), ("ROW-HUGE", 5), ("ROW-SHORT", 6)];
        assert_eq!(issues, expected.map(|(rule, row)| (rule, Some(row))));
    }

    #[test]
    fn a_last_row_cut_off_is_refused_as_that_and_nothing_else() {
        assert_eq!(firsts("A,B\n1,2\n3"), (vec!["1".into()], vec![("FILE-CUT", 3)]));
        let (rows, told) = firsts("A,B,C\n1,2\n2\n3,\"x");
        assert_eq!(rows, ["1", "2"]);
        assert_eq!(told, [("FILE-CUT", 4), ("ROW-SHORT", 2)]);
        assert_eq!(firsts("A,B,C\n1,2\n3"), (vec!["1".into()], vec![("FILE-CUT", 3), ("ROW-SHORT", 2)]));
        assert_eq!(firsts("A,B\n1,2\n3,\"begun\nand cut").1, [("FILE-CUT", 3)]);
    }

    #[test]
    fn a_last_row_as_short_as_one_before_it_is_whole() {
        let (rows, told) = firsts("A,B,C\n1,2\n2,3,4\n3,4");
        assert_eq!(rows, ["1", "2", "3"]);
        assert_eq!(told, [("ROW-SHORT", 2)], "told once a file");
        assert_eq!(firsts("A,B\n1,2\n3,4").1, []);
    }

    #[test]
    fn a_line_break_within_quotation_marks_is_part_of_the_row() {
        let (rows, told) = firsts("A,B,C\n1,\"two\r\nlines, \"\"so\"\"\",3\n2,3,4\n");
        assert_eq!((rows, told), (vec!["1".into(), "2".into()], vec![]));
        let (rows, told) = firsts("A,B,C\n1,\"two,3\n2,3,4\n3,\"4\n5\",6\n7,8\",9\n8,9,10\n");
        assert_eq!(rows, ["2", "3", "8"]);
        assert_eq!(told, [("ROW-QUOTES", 2), ("ROW-QUOTES", 6)]);
    }

    #[test]
    fn headers_within_the_file_are_told_and_passed_over() {
        let (table, issues) = read(b"CHILD,DOB\n1,2\nchild, dob \n3,4\n\xEF\xBB\xBFCHILD,DOB,,\n");
        let table = table.unwrap();
        assert_eq!((table.given, table.rows.len()), (2, 2));
        assert_eq!(issues, [("ROW-HEADER", Some(3)), ("ROW-HEADER", Some(5))]);
        assert_eq!(firsts("CHILD,DOB\nCHILD,DOB\n").1, [("ROW-HEADER", 2), ("FILE-EMPTY", 0)]);
        assert_eq!(firsts("A\n1\na\n").0, ["1", "a"], "one word may be a value");
    }

    #[test]
    fn rows_below_another_header_stand_under_its_columns() {
        let (rows, told) = firsts("CHILD,DOB,REVIEW\n1,2,3\nDOB,CHILD\n5,4\nsep=,\nCHILD,DOB,REVIEW\n6,7,8\n");
        assert_eq!(rows, ["1", "4", "6"]);
        assert_eq!(told, [("ROW-HEADER", 3), ("ROW-HEADER", 5), ("ROW-HEADER", 6)]);
        let (rows, told) = firsts("CHILD,DOB,REVIEW\n1,2,3\nCHILD,DECOM,DEC\n1,2,3\n");
        assert_eq!((rows, told), (vec!["1".into()], vec![("ROW-HEADER", 3), ("ROW-OTHER-TABLE", 4)]));
    }

    #[test]
    fn files_that_are_no_tables_are_refused_whole() {
        assert_eq!(read(b"").1, [("FILE-NO-HEADER", None)]);
        assert_eq!(read(b"PK\x03\x04").1, [("FILE-WORKBOOK", None)]);
        assert_eq!(read(b"\x00\x01\x02\xFF\xFE").1, [("FILE-NOT-TEXT", None)]);
        assert_eq!(read(b"A,B\0\n1,2\n").1, [("FILE-NOT-TEXT", None)]);
        assert_eq!(read(b"A,A\n").1, [("FILE-COLUMN-TWICE", None), ("FILE-EMPTY", None)]);
    }
}
