//! Care leavers and the duties owed to them, from when to when (`leavers`).

use crate::import::csv::duplicates::{ends_later, one_a_key};
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::leaver_words::eligibility;
use crate::import::report::Report;
use crate::import::rules::{header, lists as rules};
use crate::store::rows::Leaver;

/// Reads the care leavers.
pub fn read(table: &Table, report: &mut Report) -> Vec<Leaver> {
    let rows = read_rows(table, report, one);
    let key = |row: &Leaver| (row.child_id.clone(), row.eligibility.clone(), row.started_on);
    let later = |new: &Leaver, old: &Leaver| ends_later(new.ended_on, old.ended_on);
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, later))
}

fn one(row: &mut RowReader<'_>) -> Option<Leaver> {
    let child_id = row.identifier("CHILD", &header::CHILD)?;
    // `none` is a value here, and no word for nothing.
    let Some(eligibility) = row.given("ELIGIBILITY").and_then(eligibility) else {
        row.tell(&rules::ELIGIBILITY, "ELIGIBILITY");
        return None;
    };
    let started_on = row.needed_date("START", &rules::START)?;
    let ended_on = row.end_date("END", &rules::END)?;
    if ended_on.is_some_and(|end| end < started_on) {
        row.tell(&rules::END, "END");
        return None;
    }
    Some(Leaver { child_id, eligibility: eligibility.code().to_owned(), started_on, ended_on, ..Leaver::default() })
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn duties_are_read_in_any_spelling() {
        let text = "child,eligibility,start,end\n\
            a1,former_relevant,2023-04-01,\n\
            B2,b) Former Relevant,01/04/2023,01/05/2023\n\
            C3,friend,01/04/2023,\n\
            D4,relevant,,\n\
            E5,relevant,01/04/2023,31/03/2023\n\
            ,relevant,01/04/2023,\n";
        let (rows, report) = read(Kind::Leavers, text);
        let rows: Vec<_> = rows.leaver.unwrap().into_iter().map(|row| (row.child_id, row.eligibility)).collect();
        assert_eq!(rows, [("A1".into(), "FORMER_RELEVANT".to_owned()), ("B2".into(), "FORMER_RELEVANT".to_owned())]);
        assert_eq!(told(&report), [("ELIGIBILITY", 4), ("START", 5), ("END", 6), ("CHILD", 7)]);
    }
}
