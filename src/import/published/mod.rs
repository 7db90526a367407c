//! Figures that somebody has published: council scorecards, and the education department's open data.

mod crosswalk;
mod measures;
mod open_data;
mod scorecard;
mod time;

use crate::import::authorities::Authorities;
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, plain};
use crate::import::csv::table::Table;
use crate::import::report::{Issue, Report};
use crate::import::rules::lists as rules;
use crate::store::rows::{PublishedValue, Rows};

pub use crosswalk::our_code;

/// The columns of both layouts, filters and figures of open data aside.
pub fn columns() -> impl Iterator<Item = &'static &'static str> {
    open_data::PLACE_AND_TIME.iter().chain(scorecard::COLUMNS)
}

/// Reads a table of published figures, whichever of the two layouts it has.
pub fn read(table: &Table, areas: &Authorities, report: &mut Report) -> Option<Rows> {
    let values = if open_data::has_layout(table) {
        open_data::read(table, areas, report)
    } else if scorecard::has_layout(table) {
        scorecard::read(table, areas, report)
    } else {
        report.tell(Issue::of_file(&table.file, &rules::FIGURE_LAYOUT));
        return None;
    };
    Some(Rows { published_value: Some(one_each(table, values, report)), ..Rows::default() })
}

/// One figure for each document, area, indicator, period and group.
fn one_each(table: &Table, values: Vec<NumberedRow<PublishedValue>>, report: &mut Report) -> Vec<PublishedValue> {
    let key = |row: &PublishedValue| {
        let place = (row.authority_id.clone(), row.source.clone(), row.document.clone(), row.area.clone());
        (place, row.indicator.clone(), row.period.clone(), row.dimension.clone(), row.category.clone())
    };
    plain(one_a_key(&table.file, values, &rules::KEY, report, key, last_stands))
}
