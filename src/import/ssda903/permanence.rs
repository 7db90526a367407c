//! Earlier adoptions and orders of the children.

use super::people::People;
use crate::care::codes::PreviousPermanence as Kind;
use crate::import::cell;
use crate::import::keys::{first_stands, one_a_key};
use crate::import::reader::{Lined, RowReader, read_rows};
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::table::Table;
use crate::store::rows::PreviousPermanence;

/// Reads the earlier adoptions and orders.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<Lined<PreviousPermanence>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &PreviousPermanence| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::PERMANENCE_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<PreviousPermanence> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let kind = row.given_code("PREV_PERM", |code| Kind::parse(code).is_some(), &rules::PERMANENCE_KIND);
    let ordered_on = row.text("DATE_PERM").and_then(ordered_on);
    if ordered_on.is_none() && row.text("DATE_PERM").is_some() {
        row.tell(&rules::PERMANENCE_DATE, "DATE_PERM");
    }
    Some(PreviousPermanence {
        child_id,
        kind,
        arranged_by: row.code("LA_PERM"),
        ordered_on,
        ..PreviousPermanence::default()
    })
}

/// A date as `dd/mm/yyyy`, with `zz` for an unknown day or month and `zzzz` for an unknown year.
fn ordered_on(text: &str) -> Option<String> {
    if let Some(date) = cell::date(text) {
        return Some(date.format("%d/%m/%Y").to_string());
    }
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower.split('/').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let known = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number));
    let day_fits = *day == "zz" || (known(day, 31) && *month == "zz");
    let month_fits = *month == "zz" || known(month, 12);
    let year_fits = *year == "zzzz" || (year.len() == 4 && known(year, 2100));
    (day_fits && month_fits && year_fits).then_some(lower)
}

#[cfg(test)]
mod tests {
    use super::ordered_on;

    #[test]
    fn parts_of_the_date_may_be_unknown() {
        for text in ["zz/05/2020", "ZZ/ZZ/2021", "zz/zz/zzzz", "01/04/2020"] {
            assert_eq!(ordered_on(text), Some(text.to_lowercase()));
        }
        assert_eq!(ordered_on("2020-04-01").as_deref(), Some("01/04/2020"));
        for text in ["zz/13/2020", "zz", "31/02/2020", "soon"] {
            assert_eq!(ordered_on(text), None, "{text}");
        }
    }
}
