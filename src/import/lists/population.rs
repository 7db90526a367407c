//! Children living in an area, estimated at 30 June (`population`).

use crate::breakdowns::Dimension;
use crate::import::authorities::Authorities;
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::store::rows::Population;

/// Reads the estimates. Categories are stored by the words of the breakdowns: `16 plus`, `Asian`, `Female`.
pub fn read(table: &Table, areas: &Authorities, report: &mut Report) -> Vec<Population> {
    let rows = read_rows(table, report, |row| one(row, areas));
    let key = |row: &Population| (row.authority_id.clone(), row.mid_year, row.dimension.clone(), row.category.clone());
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}

fn one(row: &mut RowReader<'_>, areas: &Authorities) -> Option<Population> {
    let authority_id = row.authority("AUTHORITY", areas)?;
    let mid_year = row.year("MID_YEAR", &rules::MID_YEAR)?;
    let (dimension, category) = group(row)?;
    let count = row.text("COUNT").and_then(crate::import::csv::cell::number).filter(|count| *count >= 0.0);
    if count.is_none() {
        row.tell(&rules::COUNT, "COUNT");
    }
    Some(Population { authority_id, mid_year, dimension, category, count: count?, ..Population::default() })
}

/// Dimension and category as stored; a blank dimension means everybody.
fn group(row: &mut RowReader<'_>) -> Option<(String, String)> {
    let dimension = row.text("DIMENSION").unwrap_or("all").to_lowercase();
    if dimension == "all" {
        return Some((dimension.clone(), dimension));
    }
    let Some(known) = Dimension::parse(&dimension) else {
        row.tell(&rules::DIMENSION, "DIMENSION");
        return None;
    };
    let Some(group) = row.text("CATEGORY").and_then(|category| known.group(category)) else {
        row.tell(&rules::CATEGORY, "CATEGORY");
        return None;
    };
    let word = match known {
        Dimension::AgeBand => "age",
        Dimension::Gender => "gender",
        Dimension::Ethnicity => "ethnicity",
    };
    Some((word.to_owned(), group.label().to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn groups_are_stored_by_the_words_of_the_breakdowns() {
        let text = "authority,mid_year,dimension,category,count\n\
            E09000015,2023,all,all,\"60,063\"\n\
            E09000015,2023,age,16-17,6000\n\
            E09000015,2023.0,ethnicity,Asian or Asian British,27000.5\n\
            E09000015,2023,colour,blue,1\n\
            E09000015,2023,age,old,1\n\
            E09000015,year,all,,1\n\
            E09000015,2023,all,,-1\n\
            Nowhere,2023,all,,1\n";
        let (rows, report) = read(Kind::Population, text);
        let rows: Vec<_> =
            rows.population.unwrap().into_iter().map(|row| (row.dimension, row.category, row.count)).collect();
        let expected = [("all", "all", 60_063.0), ("age", "16 plus", 6_000.0), ("ethnicity", "Asian", 27_000.5)];
        assert_eq!(rows, expected.map(|(dimension, category, count)| (dimension.into(), category.into(), count)));
        let issues = [("DIMENSION", 5), ("CATEGORY", 6), ("MID-YEAR", 7), ("COUNT", 8), ("AUTHORITY", 9)];
        assert_eq!(told(&report), issues);
    }
}
