//! The yearly returns of an invented cohort: for each year the files that a council would have sent.
//!
//! A return holds only what touches its year and only what was known on its last day. A return made during the
//! year, before 31 March, has none of the files that are filled in at its end.

mod adoption;
mod episodes;
mod header;
mod missing;
mod oc2;
mod oc3;
mod of_its_time;
mod previous_permanence;
mod reviews;
mod unaccompanied;
mod workers;

use chrono::Datelike;

use super::{life::Life, table::Table};
use crate::period::{Date, Window, financial_year_start};

/// One yearly return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The year and how far it had run.
    pub year: Year,
    /// Its files, those without rows left out.
    pub tables: Vec<Table>,
}

/// The year of a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The calendar year in which it ends.
    pub ending: i32,
    /// From 1 April to the last day that the return covers.
    pub window: Window,
}

impl Year {
    /// The years that touch the days, the last one cut at the last day.
    pub fn all(days: Window) -> Vec<Self> {
        let first = financial_year_start(days.from).year();
        let last = financial_year_start(days.to).year();
        (first..=last)
            .filter_map(|start| {
                let from = Date::from_ymd_opt(start, 4, 1)?;
                let to = Date::from_ymd_opt(start + 1, 3, 31)?.min(days.to);
                Some(Self { ending: start + 1, window: Window::new(from, to) })
            })
            .collect()
    }

    /// As folders are named: `2023-24`.
    pub fn label(&self) -> String {
        format!("{}-{:02}", self.ending - 1, self.ending.rem_euclid(100))
    }

    /// Whether the return covers the year to its end.
    pub fn is_whole(&self) -> bool {
        (self.window.to.month(), self.window.to.day()) == (3, 31)
    }
}

/// The return of one year.
///
/// `authority` is the ONS code that stands where a placement lies in the authority's own area.
pub fn of_year(lives: &[Life], authority: &str, year: Year) -> Return {
    let mut tables = Files::new();
    for life in lives {
        tables.add(life, authority, year);
    }
    Return { year, tables: tables.filled() }
}

/// The files of one return while they are written.
struct Files {
    header: Table,
    /// Every other file; a child in any of them is in the header.
    others: [(Table, Writer); 10],
}

/// Adds a child's rows to one file.
type Writer = fn(&mut Table, &Life, &str, Year);

impl Files {
    fn new() -> Self {
        Self {
            header: header::file(),
            others: [
                (episodes::file(), episodes::write),
                (reviews::file(), reviews::write),
                (unaccompanied::file(), unaccompanied::write),
                (oc2::file(), oc2::write),
                (oc3::file(), oc3::write),
                (adoption::adopted_file(), adoption::write_adopted),
                (adoption::decided_file(), adoption::write_decided),
                (previous_permanence::file(), previous_permanence::write),
                (missing::file(), missing::write),
                (workers::file(), workers::write),
            ],
        }
    }

    fn add(&mut self, life: &Life, authority: &str, year: Year) {
        let rows = |files: &Self| files.others.iter().map(|(table, _)| table.rows).sum::<usize>();
        let before = rows(self);
        for (table, write) in &mut self.others {
            write(table, life, authority, year);
        }
        if rows(self) > before {
            header::write(&mut self.header, life, year);
        }
    }

    fn filled(self) -> Vec<Table> {
        let others = self.others.into_iter().map(|(table, _)| table);
        std::iter::once(self.header).chain(others).filter(|table| table.rows > 0).collect()
    }
}
