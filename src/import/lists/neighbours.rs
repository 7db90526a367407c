//! Statistical neighbours: the authorities most like one, by edition of the model (`neighbours`).

use std::collections::BTreeSet;

use crate::import::authorities::Authorities;
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::period::Date;
use crate::store::rows::{ComparatorMember, ComparatorSet};

/// Reads the editions and their members.
pub fn read(
    table: &Table,
    areas: &Authorities,
    report: &mut Report,
) -> (Option<Vec<ComparatorSet>>, Option<Vec<ComparatorMember>>) {
    let rows = read_rows(table, report, |row| one(row, areas));
    let key = |row: &ComparatorMember| (row.edition.clone(), row.authority_id.clone(), row.neighbour_id.clone());
    let members = plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands));
    let editions: BTreeSet<&str> = members.iter().map(|member| member.edition.as_str()).collect();
    let sets = editions.into_iter().map(|edition| ComparatorSet {
        edition: edition.to_owned(),
        current_from: current_from(edition),
        ..ComparatorSet::default()
    });
    (Some(sets.collect()), Some(members))
}

fn one(row: &mut RowReader<'_>, areas: &Authorities) -> Option<ComparatorMember> {
    let Some(edition) = row.code("EDITION") else {
        row.tell(&rules::EDITION, "EDITION");
        return None;
    };
    let authority_id = row.authority("AUTHORITY", areas)?;
    let neighbour_id = row.authority("NEIGHBOUR", areas)?;
    if neighbour_id == authority_id {
        row.tell(&rules::OWN_NEIGHBOUR, "NEIGHBOUR");
        return None;
    }
    let rank = row.text("RANK").and_then(crate::import::csv::cell::whole).filter(|rank| *rank >= 1);
    if rank.is_none() {
        row.tell(&rules::RANK, "RANK");
    }
    let closeness = row.words("CLOSENESS");
    Some(ComparatorMember {
        edition,
        authority_id,
        neighbour_id,
        rank: rank?,
        closeness,
        ..ComparatorMember::default()
    })
}

/// An edition serves from the financial year that ends in its own year (methodology M13): 2025 from 1 April 2024.
fn current_from(edition: &str) -> Option<Date> {
    let digits: String = edition.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let year: i32 = digits.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    Date::from_ymd_opt(year - 1, 4, 1)
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn editions_are_named_with_the_day_they_serve_from() {
        let text = "edition,authority,rank,neighbour,closeness\n\
            2025,E09000015,1,E09000005,very close\n\
            2025,E09000015,2.0,E08000034,\n\
            ,E09000015,3,E08000034,\n\
            2025,E09000015,none,E08000099,\n";
        let (rows, report) = read(Kind::Neighbours, text);
        let sets = rows.comparator_set.unwrap();
        assert_eq!(sets.first().unwrap().current_from.unwrap().to_string(), "2024-04-01");
        assert_eq!(rows.comparator_member.unwrap().iter().map(|row| row.rank).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(told(&report), [("EDITION", 4), ("RANK", 5), ("WORD-FOR-NOTHING", 5)]);
    }
}
