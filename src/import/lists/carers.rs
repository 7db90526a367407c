//! Foster carer households and the people in them (`carers`): a row for each carer, the household repeated.

use crate::care::codes::Ethnicity;
use crate::import::csv::duplicates::{ends_later, last_stands, one_a_key};
use crate::import::csv::row::{NumberedRow, RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::store::rows::{Carer, CarerHousehold};

/// The columns.
pub const COLUMNS: &[&str] = &[
    "HOUSEHOLD",
    "KIND",
    "APPROVED_ON",
    "ENDED_ON",
    "END_REASON",
    "APPROVED_PLACES",
    "CARER",
    "ROLE",
    "BIRTH_YEAR",
    "GENDER",
    "ETHNICITY",
];

type Row = (CarerHousehold, Option<Carer>);

/// Reads the households, each once an approval, and the carers, each once a household.
pub fn read(table: &Table, report: &mut Report) -> (Option<Vec<CarerHousehold>>, Option<Vec<Carer>>) {
    let rows = read_rows(table, report, one);
    let mut households: Vec<CarerHousehold> = rows.iter().map(|lined| lined.row.0.clone()).collect();
    households.sort_by(|a, b| (&a.household_id, a.approved_on).cmp(&(&b.household_id, b.approved_on)));
    households.dedup_by(|new, old| {
        let same = (&new.household_id, new.approved_on) == (&old.household_id, old.approved_on);
        if same && ends_later(new.ended_on, old.ended_on) {
            std::mem::swap(new, old);
        }
        same
    });
    let person = |lined: NumberedRow<Row>| lined.row.1.map(|row| NumberedRow { line: lined.line, row });
    let people: Vec<NumberedRow<Carer>> = rows.into_iter().filter_map(person).collect();
    let key = |row: &Carer| (row.household_id.clone(), row.carer_id.clone());
    let mut repeats = Report::default();
    let people = one_a_key(&table.file, people, &rules::KEY, &mut repeats, key, last_stands);
    (Some(households), Some(plain(people)))
}

fn one(row: &mut RowReader<'_>) -> Option<Row> {
    let household_id = row.identifier("HOUSEHOLD", &rules::HOUSEHOLD)?;
    let approved_on = row.needed_date("APPROVED_ON", &rules::APPROVED)?;
    let ended_on = row.end_date("ENDED_ON", &rules::END)?;
    if ended_on.is_some_and(|end| end < approved_on) {
        row.tell(&rules::END, "ENDED_ON");
        return None;
    }
    let household = CarerHousehold {
        household_id: household_id.clone(),
        approved_on,
        ended_on,
        kind: row.words("KIND"),
        end_reason: row.words("END_REASON"),
        approved_places: row.whole("APPROVED_PLACES", 99, &rules::PLACES),
        ..CarerHousehold::default()
    };
    let Some(carer_id) = row.text("CARER").map(crate::import::csv::cell::identifier) else {
        return Some((household, None));
    };
    let birth_year = row.text("BIRTH_YEAR").is_some().then(|| row.year("BIRTH_YEAR", &rules::BIRTH_YEAR)).flatten();
    let carer = Carer {
        household_id,
        carer_id,
        birth_year,
        role: row.words("ROLE"),
        gender: row.code("GENDER"),
        ethnicity: row.known_code("ETHNICITY", |code| Ethnicity::parse(code).is_some(), &rules::CARER_ETHNICITY),
        ..Carer::default()
    };
    Some((household, Some(carer)))
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn a_household_of_two_carers_is_one_household() {
        let text = "household,kind,approved_on,ended_on,end_reason,approved_places,carer,role,birth_year,gender,ethnicity\n\
            H1,mainstream,01/04/2020,,,3,H1-1,main,1970,F,WBRI\n\
            H1,mainstream,01/04/2020,,,3.0,H1-2,second,nineteen,M,XXXX\n\
            H2,kinship,01/04/2021,01/04/2022,moved,many,,,,,\n\
            H3,kinship,,,,1,,,,,\n\
            H4,kinship,01/04/2021,01/04/2020,,1,,,,,\n";
        let (rows, report) = read(Kind::Carers, text);
        assert_eq!(rows.carer_household.unwrap().len(), 2);
        assert_eq!(rows.carer.unwrap().len(), 2);
        let issues = [("BIRTH-YEAR", 3), ("CARER-ETHNICITY", 3), ("PLACES", 4), ("APPROVED", 5), ("END", 6)];
        assert_eq!(told(&report), issues);
    }
}
