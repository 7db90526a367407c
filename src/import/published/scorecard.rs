//! Figures of a council's report, one a row: the layout of a scorecard.

use crate::import::authorities::Authorities;
use crate::import::csv::period_cell;
use crate::import::csv::row::{NumberedRow, RowReader, read_printed_rows};
use crate::import::csv::table::Table;
use crate::import::report::Report;
use crate::import::rules::lists as rules;
use crate::store::rows::PublishedValue;

use crate::import::published::our_code;

/// The columns of a scorecard.
pub const COLUMNS: &[&str] = &[
    "AUTHORITY",
    "SOURCE_DOCUMENT",
    "INDICATOR_CODE",
    "INDICATOR_TITLE",
    "SERIES",
    "PERIOD_LABEL",
    "PERIOD_START",
    "PERIOD_END",
    "VALUE",
    "UNIT",
    "NUMERATOR",
    "DENOMINATOR",
    "FLAG",
    "STATUS",
    "RAW",
    "NOTE",
    "BASIS",
    "BREAKDOWN",
    "DIMENSION",
    "CATEGORY",
];

/// Whether a table has the columns of a scorecard.
pub fn has_layout(table: &Table) -> bool {
    ["INDICATOR_CODE", "SERIES", "PERIOD_LABEL", "VALUE"].iter().all(|column| table.position(column).is_some())
}

/// Reads the figures.
pub fn read(table: &Table, areas: &Authorities, report: &mut Report) -> Vec<NumberedRow<PublishedValue>> {
    read_printed_rows(table, report, |row| {
        let mut figure = one(row, areas)?;
        // One report may be transcribed into several files, and each file stands for its own figures only.
        let stem = table.file.rsplit_once('.').map_or(&*table.file, |(stem, _)| stem);
        figure.document = format!("{} ({stem})", figure.document);
        Some(figure)
    })
}

fn one(row: &mut RowReader<'_>, areas: &Authorities) -> Option<PublishedValue> {
    let authority_id = row.authority("AUTHORITY", areas)?;
    let Some(indicator) = row.text("INDICATOR_CODE").map(|code| our_code(code).to_owned()) else {
        row.tell(&rules::INDICATOR, "INDICATOR_CODE");
        return None;
    };
    let Some(label) = row.words("PERIOD_LABEL") else {
        row.tell(&rules::PERIOD, "PERIOD_LABEL");
        return None;
    };
    let (value, symbol) = value(row)?;
    let period = period_cell::period(&label);
    let breakdown = row.words("BREAKDOWN").map(|category| ("breakdown".to_owned(), category));
    let (dimension, category) = row
        .words("DIMENSION")
        .zip(row.words("CATEGORY"))
        .or(breakdown)
        .unwrap_or_else(|| ("all".to_owned(), "all".to_owned()));
    Some(PublishedValue {
        authority_id,
        indicator,
        value,
        symbol,
        dimension,
        category,
        source: row.words("AUTHORITY").unwrap_or_default(),
        document: row.words("SOURCE_DOCUMENT").unwrap_or_default(),
        area: row.text("SERIES").unwrap_or("local").to_lowercase(),
        period: period.map_or(label, |period| period.code()),
        period_start: row.date("PERIOD_START", &rules::FIGURE_DATE).or(period.map(|period| period.start)),
        period_end: row.date("PERIOD_END", &rules::FIGURE_DATE).or(period.map(|period| period.end)),
        basis: row.words("BASIS"),
        unit: row.words("UNIT"),
        numerator: row.number("NUMERATOR", &rules::PART),
        denominator: row.number("DENOMINATOR", &rules::PART),
        raw: row.words("RAW"),
        status: row.words("STATUS"),
        title: row.words("INDICATOR_TITLE"),
        note: row.words("NOTE"),
        ..PublishedValue::default()
    })
}

/// The number, or the flag that stands in its place; only rows flagged `ok`, or not at all, carry a number.
fn value(row: &mut RowReader<'_>) -> Option<(Option<f64>, Option<String>)> {
    let flag = row.text("FLAG").map(str::to_lowercase).filter(|flag| flag != "ok");
    if flag.is_some() {
        return Some((None, flag));
    }
    let value = row.text("VALUE").and_then(crate::import::csv::cell::number);
    if value.is_none() {
        row.tell(&rules::VALUE, "VALUE");
    }
    Some((Some(value?), None))
}

#[cfg(test)]
mod tests {
    use crate::import::authorities::Authorities;
    use crate::import::csv::table::read_csv;
    use crate::import::report::Report;
    use crate::store::rows::PublishedValue;

    const COLUMNS: &str = "authority,source_document,indicator_code,series,period_label,period_start,period_end,value,unit,numerator,denominator,flag,status,raw,note\n";

    fn read(rows: &str) -> (Vec<PublishedValue>, Report) {
        let mut report = Report::default();
        let table = read_csv(&"scorecard.csv".into(), format!("{COLUMNS}{rows}").as_bytes(), &mut report).unwrap();
        let areas = Authorities::new([("Harrow".into(), "E09000015".into())], None);
        let rows = crate::import::published::read(&table, &areas, &mut report).unwrap();
        (rows.published_value.unwrap(), report)
    }

    #[test]
    fn a_figure_is_stored_under_our_codes() {
        let (rows, report) =
            read("Harrow,deck,cla_uasc_number,local,2023-24 Q1,2023-04-01,2023-06-30,39,count,,,ok,in_year,39,\n");
        let row = rows.first().unwrap();
        assert_eq!((row.authority_id.as_str(), row.indicator.as_str()), ("E09000015", "uasc_number"));
        assert_eq!((row.period.as_str(), row.value, row.area.as_str()), ("2023-24-Q1", Some(39.0), "local"));
        assert_eq!(row.document, "deck (scorecard)");
        assert!(report.issues.is_empty());
    }

    #[test]
    fn a_flag_stands_in_place_of_a_number() {
        let (rows, report) = read(
            "Harrow,deck,cla_number,england,2018-19,,,,count,,,not_published,published,Not Published,\n\
             Harrow,deck,cla_number,local,2018-19,,,some,count,,,ok,published,,\n\
             Camford,deck,cla_number,local,2018-19,,,1,count,,,ok,published,,\n",
        );
        assert_eq!(rows.len(), 1);
        let row = rows.first().unwrap();
        assert_eq!((row.value, row.symbol.as_deref()), (None, Some("not_published")));
        let told: Vec<_> = report.issues.iter().map(|issue| issue.rule).collect();
        assert_eq!(told, ["VALUE", "AUTHORITY"]);
    }

    #[test]
    fn the_published_scorecards_are_read_whole() {
        let Some(shared) = crate::needs::shared() else { return };
        let path = shared.join("reference/published/scorecard.csv");
        let mut report = Report::default();
        let table = read_csv(&"scorecard.csv".into(), &std::fs::read(path).unwrap(), &mut report).unwrap();
        let areas = Authorities::new([], Some("E09000015".into()));
        let rows = crate::import::published::read(&table, &areas, &mut report).unwrap().published_value.unwrap();
        let told: Vec<_> = report.issues.iter().map(|issue| (issue.rule, issue.column.as_deref())).collect();
        assert_eq!((rows.len(), told), (340, vec![]));
        assert_eq!(rows.iter().filter(|row| row.value.is_some()).count(), 321);
    }
}
