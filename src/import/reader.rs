//! Reads one row cell by cell, and tells every value that cannot be taken as it stands.

use std::sync::Arc;

use super::authorities::Authorities;
use super::cell;
use super::report::{Issue, Report};
use super::rule::Rule;
use super::rules::lists;
use super::shown::is_private;
use super::table::{Row, Table};
use crate::period::Date;

/// One row while it is being read.
///
/// The methods that answer `None` for a row that cannot be used have already told why, so that a reader may end with `?`.
pub struct RowReader<'a> {
    table: &'a Table,
    row: &'a Row,
    report: &'a mut Report,
}

/// A row that was read, with its line, for checks against other rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Lined<T> {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// The row.
    pub row: T,
}

/// Reads every row of a table; rows that were refused are left out.
pub fn read_rows<T>(
    table: &Table,
    report: &mut Report,
    mut read: impl FnMut(&mut RowReader<'_>) -> Option<T>,
) -> Vec<Lined<T>> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let read_row = read(&mut RowReader { table, row, report });
        rows.extend(read_row.map(|read_row| Lined { line: row.line, row: read_row }));
    }
    rows
}

/// The rows without their lines.
pub fn plain<T>(rows: Vec<Lined<T>>) -> Vec<T> {
    rows.into_iter().map(|lined| lined.row).collect()
}

impl RowReader<'_> {
    /// The trimmed content of a cell; nothing if it is blank or the column is missing.
    pub fn text(&self, column: &str) -> Option<&str> {
        let cell = self.row.cells.get(self.table.position(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Line of the row in its file, counted from 1.
    pub fn line(&self) -> u32 {
        self.row.line
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
        match self.text(column) {
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
        let date = self.text(column).and_then(cell::date);
        if date.is_none() {
            self.tell(rule, column);
        }
        date
    }

    /// A date that may be blank. One that cannot be read is told and left blank.
    pub fn date(&mut self, column: &str, rule: &'static Rule) -> Option<Date> {
        let date = cell::date(self.text(column)?);
        if date.is_none() {
            self.tell(rule, column);
        }
        date
    }

    /// A date whose blank means "still open", so one that cannot be read makes the row useless: the outer `None`.
    pub fn end_date(&mut self, column: &str, rule: &'static Rule) -> Option<Option<Date>> {
        let given = self.text(column).is_some();
        let date = self.date(column, rule);
        (date.is_some() || !given).then_some(date)
    }

    /// A yes or no written 1 or 0. Anything else is told and left blank.
    pub fn flag(&mut self, column: &str, rule: &'static Rule) -> Option<bool> {
        match self.code(column)?.as_str() {
            "1" | "TRUE" => Some(true),
            "0" | "FALSE" => Some(false),
            _ => {
                self.tell(rule, column);
                None
            }
        }
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
