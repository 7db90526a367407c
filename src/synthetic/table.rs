//! A file of a return or a list, in memory: its name, its columns and its rows as comma-separated text.

use std::fmt::Write;

use crate::period::Date;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file's name without its ending.
    pub name: &'static str,
    /// Names of the columns.
    pub columns: &'static [&'static str],
    /// How many rows it has, the header row apart.
    pub rows: usize,
    body: String,
}

impl Table {
    /// A file without rows.
    pub fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, rows: 0, body: String::new() }
    }

    /// Adds a row; the cells hold codes, dates and numbers, never commas.
    pub fn row(&mut self, cells: &[&str]) {
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.name);
        self.body.push_str(&cells.join(","));
        self.body.push('\n');
        self.rows += 1;
    }

    /// The whole file as text.
    pub fn text(&self) -> String {
        let mut text = self.columns.join(",");
        text.push('\n');
        text.push_str(&self.body);
        text
    }
}

/// A date as the return writes it.
pub(super) fn uk(day: Date) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A date as the return writes it, or nothing.
pub(super) fn uk_or_blank(day: Option<Date>) -> String {
    day.map(uk).unwrap_or_default()
}

/// Tenths as a number with one decimal.
pub(super) fn tenths(number: Option<i64>) -> String {
    let mut text = String::new();
    if let Some(n) = number {
        let _ = write!(text, "{}.{}", n / 10, n % 10);
    }
    text
}
