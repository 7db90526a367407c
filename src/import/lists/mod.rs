//! One file each: the lists that stand beside the return, and the reference data that figures are set against.

mod areas;
mod carers;
mod contacts;
mod leavers;
mod links;
mod neighbours;
mod population;
mod targets;

#[cfg(test)]
mod fixture;

pub use contacts::{answers_less, coded};

use crate::import::authorities::Authorities;
use crate::import::csv::columns;
use crate::import::csv::table::Table;
use crate::import::kind::Kind;
use crate::import::report::Report;
use crate::store::rows::Rows;

/// The columns of a list: all of them, those it cannot do without, those that may be missing without a word.
struct Layout {
    columns: &'static [&'static str],
    needed: &'static [&'static str],
    optional: &'static [&'static str],
}

fn layout(kind: Kind) -> Option<Layout> {
    let (columns, needed, optional): (&[&str], &[&str], &[&str]) = match kind {
        Kind::Areas => (areas::COLUMNS, &["ONS_CODE", "NAME"], areas::ALSO),
        Kind::Population => {
            (&["AUTHORITY", "MID_YEAR", "DIMENSION", "CATEGORY", "COUNT"], &["MID_YEAR", "COUNT"], &["AUTHORITY"])
        }
        Kind::Targets => (
            &["AUTHORITY", "INDICATOR", "PERIOD", "VALUE", "AMBER_TOLERANCE", "NOTE"],
            &["INDICATOR", "PERIOD", "VALUE"],
            &["AUTHORITY", "AMBER_TOLERANCE", "NOTE"],
        ),
        Kind::Neighbours => (
            &["EDITION", "AUTHORITY", "RANK", "NEIGHBOUR", "CLOSENESS"],
            &["EDITION", "AUTHORITY", "RANK", "NEIGHBOUR"],
            &["CLOSENESS"],
        ),
        Kind::Leavers => (&["CHILD", "ELIGIBILITY", "START", "END"], &["CHILD", "ELIGIBILITY", "START", "END"], &[]),
        Kind::LeaverContacts => {
            // Ruling 62: without a column that a fact needs the list would answer nothing, so it is refused.
            const NEEDED: &[&str] = &["CHILD", "DATE", "IN_TOUCH", "ACTIVITY", "ACCOMMODATION"];
            (&["CHILD", "DATE", "IN_TOUCH", "ACTIVITY", "ACCOMMODATION", "ADVISER"], NEEDED, &["ADVISER"])
        }
        Kind::Carers => (carers::COLUMNS, &["HOUSEHOLD", "APPROVED_ON", "ENDED_ON"], &[]),
        Kind::PlacementLinks => (&["CHILD", "START", "HOUSEHOLD"], &["CHILD", "START", "HOUSEHOLD"], &[]),
        Kind::Published | Kind::Ssd => return None,
    };
    Some(Layout { columns, needed, optional })
}

/// The columns of a list.
pub fn columns(kind: Kind) -> &'static [&'static str] {
    layout(kind).map_or(&[], |layout| layout.columns)
}

/// Reads a table of a kind into rows. Nothing when a needed column is missing, which has been told.
pub fn read(kind: Kind, table: &Table, areas: &Authorities, report: &mut Report) -> Option<Rows> {
    let layout = layout(kind)?;
    if !columns::fit(table, layout.columns, layout.needed, layout.optional, report) {
        return None;
    }
    let mut rows = Rows::default();
    match kind {
        Kind::Areas => (rows.authority_detail, rows.region) = areas::read(table, report),
        Kind::Population => rows.population = Some(population::read(table, areas, report)),
        Kind::Targets => rows.target = Some(targets::read(table, areas, report)),
        Kind::Neighbours => (rows.comparator_set, rows.comparator_member) = neighbours::read(table, areas, report),
        Kind::Leavers => rows.leaver = Some(leavers::read(table, report)),
        Kind::LeaverContacts => rows.leaver_contact = Some(contacts::read(table, report)),
        Kind::Carers => (rows.carer_household, rows.carer) = carers::read(table, report),
        Kind::PlacementLinks => rows.placement_link = Some(links::read(table, report)),
        Kind::Published | Kind::Ssd => return None,
    }
    Some(rows)
}
