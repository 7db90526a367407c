//! One file as a table: named columns and rows with their line numbers, whatever the column order or line ends.

use std::collections::HashMap;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use super::decode::{Text, decode};
use super::report::{Issue, Report};
use super::rules::files;

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
    /// Rows given, with those that could not be read.
    pub given: usize,
}

/// One row and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// The cells, in the order of the columns.
    pub cells: StringRecord,
}

impl Table {
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
    let mut lines = Lines { text: &text, at: 0, line: 1 };
    let Some((_, header)) = lines.by_ref().find(|(_, line)| !line.trim().is_empty()) else {
        return refuse(report, Issue::of_file(file, &files::NO_HEADER));
    };
    let columns = column_names(file, header, report)?;
    let mut table = Table { file: Arc::clone(file), columns, rows: Vec::new(), given: 0 };
    fill(&mut table, lines, text.ends_with('\n'), report);
    Some(table)
}

fn refuse(report: &mut Report, issue: Issue) -> Option<Table> {
    report.tell(issue);
    None
}

fn column_names(file: &Arc<str>, header: &str, report: &mut Report) -> Option<Vec<String>> {
    if header.contains(is_control) {
        report.tell(Issue::of_file(file, &files::NOT_TEXT));
        return None;
    }
    let record = parse(header);
    let mut names: Vec<String> = record.iter().map(|name| name.trim().to_uppercase()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    let mut seen = HashMap::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        let times = seen.entry(name.as_str()).or_insert(0_u32);
        *times += 1;
        if *times == 2 {
            report.tell(Issue::of_file(file, &files::COLUMN_TWICE).column(name));
        }
    }
    Some(names)
}

fn fill(table: &mut Table, lines: Lines<'_>, ended: bool, report: &mut Report) {
    let width = table.columns.len();
    let mut short_at_end = None;
    for (line, text) in lines {
        if text.bytes().all(|b| matches!(b, b',' | b' ' | b'\t' | b'"')) {
            continue;
        }
        table.given += 1;
        let issue = |rule| Issue::of_file(&table.file, rule).at(line);
        if text.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
            report.tell(issue(&files::QUOTES));
            continue;
        }
        if text.contains(is_control) {
            report.tell(issue(&files::CONTROL));
            continue;
        }
        let cells = parse(text);
        if cells.iter().any(|cell| cell.len() > LONGEST_CELL) {
            report.tell(issue(&files::HUGE));
            continue;
        }
        if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            report.tell(issue(&files::LONG));
            continue;
        }
        short_at_end = (cells.len() < width).then_some(line);
        if short_at_end.is_some() {
            report.tell(issue(&files::SHORT));
        }
        table.rows.push(Row { line, cells });
    }
    if let (false, Some(line)) = (ended, short_at_end) {
        report.issues.pop();
        report.tell(Issue::of_file(&table.file, &files::CUT).at(line));
        table.rows.pop();
    }
    if table.given == 0 {
        report.tell(Issue::of_file(&table.file, &files::EMPTY));
    }
}

/// One line as cells. No accepted file has a line break inside a cell, so a quotation mark left open harms its own line only.
fn parse(line: &str) -> StringRecord {
    let mut record = StringRecord::with_capacity(line.len(), 16);
    if line.contains('"') {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
        // Reading from memory as text cannot fail; a failure would leave the row empty and its needed cells blank.
        let _ = reader.read_record(&mut record);
    } else {
        line.split(',').for_each(|cell| record.push_field(cell));
    }
    record
}

fn is_control(c: char) -> bool {
    c.is_control() && c != '\t'
}

/// The lines of a text with their numbers.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..end)?;
        let number = self.line;
        self.at += end + 1;
        self.line += 1;
        Some((number, line.strip_suffix('\r').unwrap_or(line)))
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
            assert_eq!((row.line, row.cells.get(0), row.cells.get(1)), (3, Some("1"), Some("2")));
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
    fn a_last_line_cut_short_is_refused() {
        let (table, issues) = read(b"A,B\n1,2\n3");
        assert_eq!(table.unwrap().rows.len(), 1);
        assert_eq!(issues, [("FILE-CUT", Some(3))]);
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
