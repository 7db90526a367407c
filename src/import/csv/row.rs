//! Reads one row cell by cell, and tells every value that cannot be taken as it stands.

use std::sync::Arc;

use crate::import::authorities::Authorities;
use crate::import::csv::cell;
use crate::import::csv::date_cell::{self, DateStyle};
use crate::import::csv::notes::Notes;
use crate::import::csv::spot::Spot;
use crate::import::csv::table::{Row, Table};
use crate::import::report::redact::is_private;
use crate::import::report::{Issue, Report};
use crate::import::rules::rule::{Effect, Rule};
use crate::import::rules::{files, lists};
use crate::period::Date;

/// One row while it is being read.
///
/// The methods that answer `None` for a row that cannot be used have already told why, so that a reader may end with `?`.
pub struct RowReader<'a> {
    table: &'a Table,
    row: &'a Row,
    is_printed: bool,
    notes: &'a Notes,
    report: &'a mut Report,
}

/// A row that was read, with where it stands, for checks against other rows.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberedRow<T> {
    /// Where it stands in the file.
    pub line: Spot,
    /// The row.
    pub row: T,
}

/// What a cell of a date column says.
enum Dated {
    Blank,
    Date(Date),
    Unreadable,
}

/// Reads every row of a table; rows that were refused are left out. What concerns whole columns is told at the end.
pub fn read_rows<T>(
    table: &Table,
    report: &mut Report,
    read: impl FnMut(&mut RowReader<'_>) -> Option<T>,
) -> Vec<NumberedRow<T>> {
    rows(table, report, false, read)
}

/// The same for figures that somebody has printed: their words are kept as printed, and none stands for nothing.
pub fn read_printed_rows<T>(
    table: &Table,
    report: &mut Report,
    read: impl FnMut(&mut RowReader<'_>) -> Option<T>,
) -> Vec<NumberedRow<T>> {
    rows(table, report, true, read)
}

fn rows<T>(
    table: &Table,
    report: &mut Report,
    is_printed: bool,
    mut read: impl FnMut(&mut RowReader<'_>) -> Option<T>,
) -> Vec<NumberedRow<T>> {
    let mut rows = Vec::with_capacity(table.rows.len());
    let notes = Notes::default();
    for (number, row) in table.rows.iter().enumerate() {
        let told = report.issues.len();
        let read_row = read(&mut RowReader { table, row, is_printed, notes: &notes, report });
        if read_row.is_none() && table.ends_open && number + 1 == table.rows.len() {
            tell_cut(table, row, told, report);
        }
        rows.extend(read_row.map(|read_row| NumberedRow { line: row.line, row: read_row }));
    }
    notes.tell(&table.file, report);
    rows
}

/// A last row without a line end that was refused for the date in its last cell was cut within that date, and nothing
/// else is wrong with it.
fn tell_cut(table: &Table, row: &Row, told: usize, report: &mut Report) {
    let last = row.cells.len().saturating_sub(1);
    let Some((column, cell)) = table.columns.get(last).zip(row.cells.get(last)) else { return };
    let is_part_of_a_date = cell.trim().starts_with(|c: char| c.is_ascii_digit()) && cell::date(cell).is_none();
    let mut new = report.issues.iter().skip(told);
    let is_refused_for_it = |issue: &Issue| issue.effect == Effect::RowRefused && issue.column.as_ref() == Some(column);
    if is_part_of_a_date && new.any(is_refused_for_it) {
        report.issues.truncate(told);
        report.tell(Issue::of_file(&table.file, &files::CUT).at(row.line));
    }
}

/// The rows without their lines.
pub fn plain<T>(rows: Vec<NumberedRow<T>>) -> Vec<T> {
    rows.into_iter().map(|lined| lined.row).collect()
}

impl RowReader<'_> {
    /// The trimmed content of a cell; nothing if it is blank, a word for nothing, or the column is missing.
    pub fn text(&self, column: &str) -> Option<&str> {
        let cell = self.given(column)?;
        if cell::is_nothing(cell) && !self.is_printed {
            self.note(&files::NOTHING, column, cell);
            return None;
        }
        Some(cell)
    }

    /// The trimmed content of a cell, words for nothing among it.
    pub fn given(&self, column: &str) -> Option<&str> {
        let cell = self.row.cells.get(self.table.position(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Line of the row in its file, counted from 1.
    pub fn line(&self) -> u32 {
        self.row.line.line
    }

    fn note(&self, rule: &'static Rule, column: &str, value: &str) {
        self.notes.add(rule, column, value, self.row.line);
    }

    fn dated(&self, column: &str) -> Dated {
        let Some(text) = self.text(column) else { return Dated::Blank };
        let read = date_cell::read(text);
        if cell::is_no_date(text, read.map(|cell| cell.date)) {
            self.note(&files::NOTHING, column, text);
            return Dated::Blank;
        }
        let Some(cell) = read else { return Dated::Unreadable };
        match cell.written {
            DateStyle::Day | DateStyle::Number => {}
            DateStyle::Time => self.note(&files::TIME, column, text),
            DateStyle::Fraction => self.note(&files::FRACTION, column, text),
            DateStyle::OtherDay => self.note(&files::OTHER_DAY, column, text),
        }
        Dated::Date(cell.date)
    }

    /// The content of a cell as it is stored where it is free text.
    pub fn words(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// Tells an issue at this row, about a column and its value.
    pub fn tell(&mut self, rule: &'static Rule, column: &str) {
        let issue = self.issue(rule, column);
        self.report.tell(issue);
    }

    fn issue(&self, rule: &'static Rule, column: &str) -> Issue {
        let issue = Issue::of_file(&Arc::clone(&self.table.file), rule).at(self.row.line).column(column);
        match self.given(column) {
            Some(value) if !is_private(column) => issue.value(value),
            _ => issue,
        }
    }

    /// An identifier that the row cannot do without.
    pub fn identifier(&mut self, column: &str, rule: &'static Rule) -> Option<String> {
        let found = self.text(column).map(cell::identifier).filter(|id| id.len() <= 64);
        if found.is_none() {
            self.tell(rule, column);
        }
        found
    }

    /// A code, whatever it is.
    pub fn code(&self, column: &str) -> Option<String> {
        self.text(column).map(cell::code)
    }

    /// A code that should be in its set. An unknown one is told and kept; a blank one is no matter.
    pub fn known_code(&mut self, column: &str, known: impl Fn(&str) -> bool, rule: &'static Rule) -> Option<String> {
        let code = self.code(column)?;
        if !known(&code) {
            self.tell(rule, column);
        }
        Some(code)
    }

    /// A code that should be given and in its set. A blank or unknown one is told; the row is kept.
    pub fn given_code(&mut self, column: &str, known: impl Fn(&str) -> bool, rule: &'static Rule) -> Option<String> {
        let code = self.code(column);
        if !code.as_deref().is_some_and(known) {
            self.tell(rule, column);
        }
        code
    }

    /// A date that the row cannot do without.
    pub fn needed_date(&mut self, column: &str, rule: &'static Rule) -> Option<Date> {
        let date = self.known_date(column);
        if date.is_none() {
            self.tell(rule, column);
        }
        date
    }

    /// A date that may be blank. One that cannot be read is told and left blank.
    pub fn date(&mut self, column: &str, rule: &'static Rule) -> Option<Date> {
        self.end_date(column, rule).flatten()
    }

    /// A date whose blank means "still open", so one that cannot be read makes the row useless: the outer `None`.
    pub fn end_date(&mut self, column: &str, rule: &'static Rule) -> Option<Option<Date>> {
        match self.dated(column) {
            Dated::Blank => Some(None),
            Dated::Date(date) => Some(Some(date)),
            Dated::Unreadable => {
                self.tell(rule, column);
                None
            }
        }
    }

    /// A date, if there is one that can be read. Nothing is told of any other.
    pub fn known_date(&self, column: &str) -> Option<Date> {
        match self.dated(column) {
            Dated::Date(date) => Some(date),
            Dated::Blank | Dated::Unreadable => None,
        }
    }

    /// A yes or no (see [`cell::flag`]). Anything else is told and left blank.
    pub fn flag(&mut self, column: &str, rule: &'static Rule) -> Option<bool> {
        let flag = cell::flag(self.text(column)?);
        if flag.is_none() {
            self.tell(rule, column);
        }
        flag
    }

    /// A whole number no greater than `most`. Anything else is told and left blank.
    pub fn whole(&mut self, column: &str, most: i32, rule: &'static Rule) -> Option<i32> {
        let number = cell::whole(self.text(column)?).filter(|number| *number <= most);
        if number.is_none() {
            self.tell(rule, column);
        }
        number
    }

    /// A number. Anything else is told and left blank.
    pub fn number(&mut self, column: &str, rule: &'static Rule) -> Option<f64> {
        let number = cell::number(self.text(column)?);
        if number.is_none() {
            self.tell(rule, column);
        }
        number
    }

    /// A year from 1900 to 2100. Anything else, and a blank, is told.
    pub fn year(&mut self, column: &str, rule: &'static Rule) -> Option<i32> {
        let year = self.text(column).and_then(cell::whole).filter(|year| (1900..=2100).contains(year));
        if year.is_none() {
            self.tell(rule, column);
        }
        year
    }

    /// The ONS code of the authority that a cell means. One that nobody knows is told.
    pub fn authority(&mut self, column: &str, areas: &Authorities) -> Option<String> {
        let authority = areas.resolve(self.text(column));
        if authority.is_none() {
            self.tell(&lists::AUTHORITY, column);
        }
        authority
    }

    /// A postcode as stored. One without the shape of a postcode is told and kept.
    pub fn postcode(&mut self, column: &str, rule: &'static Rule) -> Option<String> {
        let postcode = cell::postcode(self.text(column)?);
        if !cell::is_postcode_shaped(&postcode) {
            self.tell(rule, column);
        }
        Some(postcode)
    }
}
