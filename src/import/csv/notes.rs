//! What is told once a column and not once a cell: words that stand for nothing, and dates with times.

use std::cell::RefCell;
use std::sync::Arc;

use crate::import::csv::spot::Spot;
use crate::import::report::{Issue, Report};
use crate::import::rules::files;
use crate::import::rules::rule::Rule;

/// What the rows of one table have in common.
#[derive(Default)]
pub struct Notes(RefCell<Vec<Note>>);

/// One thing about one column.
struct Note {
    rule: &'static Rule,
    column: String,
    first: Spot,
    last: Spot,
    rows: usize,
    /// The values that were met, each once, in the order of meeting.
    values: Vec<String>,
}

/// So many different values are named.
const MOST_VALUES: usize = 8;

impl Notes {
    /// Notes that a rule applies to the value of a column. A cell that is looked at twice counts once.
    pub fn add(&self, rule: &'static Rule, column: &str, value: &str, spot: Spot) {
        let Ok(mut notes) = self.0.try_borrow_mut() else { return };
        if let Some(note) = notes.iter_mut().find(|note| std::ptr::eq(note.rule, rule) && note.column == column) {
            note.rows += usize::from(note.last != spot);
            note.last = spot;
            if note.values.len() < MOST_VALUES && !note.values.iter().any(|known| known == value) {
                note.values.push(value.to_owned());
            }
        } else {
            let values = vec![value.to_owned()];
            notes.push(Note { rule, column: column.to_owned(), first: spot, last: spot, rows: 1, values });
        }
    }

    /// Tells everything that was noted: each once, at its first row, with the number of rows. Words for nothing are
    /// all named; of other values the first is shown, if it may be.
    pub fn tell(self, file: &Arc<str>, report: &mut Report) {
        for note in self.0.into_inner() {
            let mut issue = Issue::of_file(file, note.rule).at(note.first).column(&note.column);
            if std::ptr::eq(note.rule, &files::NOTHING) {
                // The words are of a short list, so they may be repeated.
                issue = issue.because(format!("The column says {}.", note.values.join(", ")));
                issue.value = note.values.first().cloned();
            } else if let Some(first) = note.values.first() {
                issue = issue.value(first);
            }
            let rows = if note.rows == 1 { "It is so in this row alone.".to_owned() } else { words(note.rows) };
            report.tell(issue.because(rows));
        }
    }
}

fn words(rows: usize) -> String {
    format!("It is so in {rows} rows, of which this is the first.")
}
