//! What an authority wants to reach (`targets`).

use crate::comparators::Tolerance;
use crate::import::authorities::Authorities;
use crate::import::csv::duplicates::{last_stands, one_a_key};
use crate::import::csv::period_cell;
use crate::import::csv::row::{RowReader, plain, read_rows};
use crate::import::csv::table::Table;
use crate::import::published::our_code;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::indicators;
use crate::store::rows::Target;

/// Reads the targets.
pub fn read(table: &Table, areas: &Authorities, report: &mut Report) -> Vec<Target> {
    let rows = read_rows(table, report, |row| one(row, areas));
    let key = |row: &Target| (row.authority_id.clone(), row.indicator.clone(), row.period.clone());
    plain(one_a_key(&table.file, rows, &rules::KEY, report, key, last_stands))
}

fn one(row: &mut RowReader<'_>, areas: &Authorities) -> Option<Target> {
    let authority_id = row.authority("AUTHORITY", areas)?;
    let Some(indicator) = row.text("INDICATOR").map(|code| our_code(code).to_owned()) else {
        row.tell(&rules::INDICATOR, "INDICATOR");
        return None;
    };
    if indicators::find(&indicator).is_none() {
        row.tell(&rules::INDICATOR_UNKNOWN, "INDICATOR");
    }
    let Some(period) = row.text("PERIOD").and_then(period_cell::period) else {
        row.tell(&rules::PERIOD, "PERIOD");
        return None;
    };
    let Some(value) = row.text("VALUE").and_then(crate::import::csv::cell::number) else {
        row.tell(&rules::VALUE, "VALUE");
        return None;
    };
    let tolerance = row.text("AMBER_TOLERANCE").map(Tolerance::parse);
    if tolerance == Some(None) {
        row.tell(&rules::TOLERANCE, "AMBER_TOLERANCE");
    }
    let (amber_fraction, amber_points) = match tolerance.flatten() {
        Some(Tolerance::Fraction(part)) => (Some(part), None),
        Some(Tolerance::Points(points)) => (None, Some(points)),
        None => (None, None),
    };
    let note = row.words("NOTE");
    let period = period.code();
    Some(Target { authority_id, indicator, period, value, amber_fraction, amber_points, note, ..Target::default() })
}

#[cfg(test)]
mod tests {
    use crate::import::kind::Kind;
    use crate::import::lists::fixture::{read, told};

    #[test]
    fn targets_have_a_period_and_perhaps_a_tolerance() {
        let text = "authority,indicator,period,value,amber_tolerance,note\n\
            E09000015,placements_3plus_pct,2023-24 Q1,2.5%,2pp,staged\n\
            E09000015,reviews_in_timescale_pct,2023-24,95,0.1,\n\
            E09000015,reviews_in_timescale_pct,2022/23,95,wide,\n\
            E09000015,reviews_in_timescale_pct,2024-25,,,\n\
            E09000015,reviews_in_timescale_pct,soon,95,,\n\
            E09000015,,2023-24,95,,\n\
            E09000015,happiness_pct,2023-24,95,,\n";
        let (rows, report) = read(Kind::Targets, text);
        let rows = rows.target.unwrap();
        let first = rows.first().unwrap();
        assert_eq!((first.period.as_str(), first.value, first.amber_points), ("2023-24-Q1", 2.5, Some(2.0)));
        assert_eq!(
            rows.iter().map(|row| row.period.as_str()).collect::<Vec<_>>(),
            ["2023-24-Q1", "2023-24", "2022-23", "2023-24"]
        );
        let issues = [("AMBER", 4), ("VALUE", 5), ("PERIOD", 6), ("INDICATOR", 7), ("INDICATOR-UNKNOWN", 8)];
        assert_eq!(told(&report), issues);
    }
}
