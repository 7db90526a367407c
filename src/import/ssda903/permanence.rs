//! Earlier adoptions and orders of the children.

use crate::care::codes::PreviousPermanence as Kind;
use crate::import::csv::duplicates::{first_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::{header, others as rules};
use crate::import::ssda903::people::People;
use crate::store::rows::PreviousPermanence;

/// Reads the earlier adoptions and orders.
pub fn read(table: &Table, people: &People, report: &mut Report) -> Vec<NumberedRow<PreviousPermanence>> {
    let rows = read_rows(table, report, |row| one(row, people));
    let key = |row: &PreviousPermanence| row.child_id.clone();
    one_a_key(&table.file, rows, &rules::PERMANENCE_TWICE, report, key, first_stands)
}

fn one(row: &mut RowReader<'_>, people: &People) -> Option<PreviousPermanence> {
    let child_id = people.child(row, &header::NO_HEADER_OTHER)?;
    let kind = row.given_code("PREV_PERM", |code| Kind::parse(code).is_some(), &rules::PERMANENCE_KIND);
    let ordered_on = match row.text("DATE_PERM").and_then(in_parts) {
        Some(parts) => Some(parts),
        None => row.date("DATE_PERM", &rules::PERMANENCE_DATE).map(|date| date.format("%d/%m/%Y").to_string()),
    };
    Some(PreviousPermanence {
        child_id,
        kind,
        arranged_by: row.code("LA_PERM"),
        ordered_on,
        ..PreviousPermanence::default()
    })
}

/// A date of which a part is unknown: `zz` for the day or month, `zzzz` for the year.
fn in_parts(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if !lower.contains('z') {
        return None;
    }
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
    use super::in_parts;
    use crate::import::ssda903::fixture::{OPEN, issues, read_return};

    #[test]
    fn parts_of_the_date_may_be_unknown() {
        for text in ["zz/05/2020", "ZZ/ZZ/2021", "zz/zz/zzzz"] {
            assert_eq!(in_parts(text), Some(text.to_lowercase()));
        }
        for text in ["zz/13/2020", "zz", "2020-04-01T00:00:00Z", "soon"] {
            assert_eq!(in_parts(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_date_is_stored_as_the_return_writes_it() {
        let file = "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,,P1,310,2020-04-01T00:00:00Z\nB2,,P1,310,31/02/2020\n";
        let (report, rows) = read_return(OPEN, &[("prev_perm.csv", file)]);
        let dates: Vec<_> = rows.previous_permanence.unwrap().into_iter().map(|row| row.ordered_on).collect();
        assert_eq!(dates, [Some("01/04/2020".to_owned()), None]);
        assert_eq!(issues(&report), [("DATE_PERM", Some(3), Some("31/02/2020"))]);
    }
}
