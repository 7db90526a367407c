//! The education department's open data as published: place and time first, then filters, then figures.

use std::collections::HashMap;

use crate::import::authorities::{Authorities, ENGLAND, is_ons_code};
use crate::import::csv::cell;
use crate::import::csv::row::{NumberedRow, RowReader, read_printed_rows};
use crate::import::csv::table::Table;
use crate::import::published::measures::{Measure, is_total, measures};
use crate::import::published::time;
use crate::import::report::{Issue, Report};
use crate::import::rules::lists as rules;
use crate::indicators::Column;
use crate::statistics::Absence;
use crate::store::rows::PublishedValue;

/// Columns that say where and when.
pub const PLACE_AND_TIME: [&str; 10] = [
    "TIME_PERIOD",
    "TIME_IDENTIFIER",
    "GEOGRAPHIC_LEVEL",
    "COUNTRY_CODE",
    "COUNTRY_NAME",
    "REGION_CODE",
    "REGION_NAME",
    "OLD_LA_CODE",
    "NEW_LA_CODE",
    "LA_NAME",
];

/// Whether a table has the columns that every file of open data begins with.
pub fn has_layout(table: &Table) -> bool {
    PLACE_AND_TIME.iter().take(3).all(|column| table.position(column).is_some())
}

/// Reads every figure that is one of our indicators; the others are counted and left.
pub fn read(table: &Table, areas: &Authorities, report: &mut Report) -> Vec<NumberedRow<PublishedValue>> {
    let columns = Columns::of(table);
    let totals = totals(table, areas, &columns);
    let mut left = 0_usize;
    let figures = read_printed_rows(table, report, |row| {
        let found = measured(row, areas, &columns, &totals)?;
        left += usize::from(found.is_empty());
        Some(found)
    });
    if left > 0 {
        let detail = format!("{left} of {} rows have none.", table.given);
        report.tell(Issue::of_file(&table.file, &rules::FIGURES_LEFT).because(detail));
    }
    let each = |lined: NumberedRow<Vec<PublishedValue>>| {
        lined.row.into_iter().map(move |row| NumberedRow { line: lined.line, row })
    };
    figures.into_iter().flat_map(each).collect()
}

/// The columns of figures and of filters.
struct Columns {
    figures: Vec<(String, Column)>,
    filters: Vec<String>,
    document: String,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let own = table.columns.iter().filter(|name| !name.is_empty() && !PLACE_AND_TIME.contains(&name.as_str()));
        let (figures, filters): (Vec<&String>, Vec<&String>) =
            own.partition(|column| Column::of_heading(column).is_some());
        let figures: Vec<(String, Column)> =
            figures.into_iter().filter_map(|name| Some((name.clone(), Column::of_heading(name)?))).collect();
        let filters: Vec<String> = filters.into_iter().cloned().collect();
        // Named by its filters, so that next year's edition, under whatever file name, replaces this one.
        let document = format!("Children looked after in England: {}", filters.join(", ").to_lowercase());
        Self { figures, filters, document }
    }

    /// The first column of a kind of figure.
    fn figure(&self, figure: Column) -> Option<&str> {
        self.figures.iter().find(|(_, kind)| *kind == figure).map(|(column, _)| column.as_str())
    }
}

/// The values of the filters in lower case, those that mean everybody left out.
fn filtered(row: &RowReader<'_>, columns: &Columns) -> Vec<String> {
    let values = columns.filters.iter().filter_map(|column| row.text(column)).map(str::to_lowercase);
    values.filter(|value| !is_total(value)).collect()
}

/// Number of children in the total of each group: by time, area and filter values.
type Totals = HashMap<(String, String, Vec<String>), f64>;

fn totals(table: &Table, areas: &Authorities, columns: &Columns) -> Totals {
    let Some(number) = columns.figure(Column::Number) else { return Totals::new() };
    // What is odd about the rows is told when they are read for themselves.
    let mut quiet = Report::default();
    let rows = read_printed_rows(table, &mut quiet, |row| {
        let values = filtered(row, columns);
        let is_total = values.len() < columns.filters.iter().filter(|column| row.text(column).is_some()).count();
        let count = row.text(number).and_then(cell::number).filter(|_| is_total)?;
        Some(((row.words("TIME_PERIOD")?, area(row, areas)?.0, values), count))
    });
    rows.into_iter().map(|lined| lined.row).collect()
}

/// Where: the ONS code, and what kind of area it is.
fn area(row: &RowReader<'_>, areas: &Authorities) -> Option<(String, &'static str)> {
    match row.text("GEOGRAPHIC_LEVEL")?.to_lowercase().as_str() {
        "national" => Some((ENGLAND.to_owned(), "england")),
        "regional" => row.code("REGION_CODE").filter(|code| is_ons_code(code)).map(|code| (code, "region")),
        "local authority" => {
            areas.by_code_or_number(row.code("NEW_LA_CODE"), row.text("OLD_LA_CODE")).map(|code| (code, "local"))
        }
        _ => None,
    }
}

/// The indicators of one row; none if its filters are not those of any.
fn measured(
    row: &mut RowReader<'_>,
    areas: &Authorities,
    columns: &Columns,
    totals: &Totals,
) -> Option<Vec<PublishedValue>> {
    let values = filtered(row, columns);
    let mut measures = measures().filter(|measure| same(measure.open_data.filters, &values)).peekable();
    if measures.peek().is_none() {
        return Some(Vec::new());
    }
    let Some((authority_id, kind)) = area(row, areas) else {
        row.tell(&rules::FIGURE_AREA, "NEW_LA_CODE");
        return None;
    };
    let time = row.text("TIME_PERIOD").and_then(|time| time::stored(time, row.text("TIME_IDENTIFIER")?));
    let Some((period, start, end)) = time else {
        row.tell(&rules::FIGURE_TIME, "TIME_PERIOD");
        return None;
    };
    let mut found = Vec::new();
    for measure in measures {
        let Some(column) = columns.figure(measure.open_data.column) else { continue };
        let (value, symbol) = value(row, column);
        let (numerator, denominator) = parts(row, columns, totals, &measure, &authority_id);
        found.push(PublishedValue {
            authority_id: authority_id.clone(),
            source: "Department for Education".to_owned(),
            document: columns.document.clone(),
            area: kind.to_owned(),
            indicator: measure.code.to_owned(),
            period: period.clone(),
            dimension: "all".to_owned(),
            category: "all".to_owned(),
            period_start: Some(start),
            period_end: Some(end),
            basis: Some("financial_year".to_owned()),
            unit: Some(measure.open_data.column.unit().to_owned()),
            value,
            numerator,
            denominator,
            raw: row.words(column),
            symbol,
            status: Some("published".to_owned()),
            ..PublishedValue::default()
        });
    }
    Some(found)
}

/// The same values in any order.
fn same(measure: &[&str], values: &[String]) -> bool {
    measure.len() == values.len() && measure.iter().all(|wanted| values.iter().any(|value| value == wanted))
}

/// The figure, or the symbol in its place.
fn value(row: &mut RowReader<'_>, column: &str) -> (Option<f64>, Option<String>) {
    let Some(text) = row.words(column) else { return (None, Some("x".to_owned())) };
    let value = cell::number(&text);
    let symbol = value.is_none().then(|| text.to_lowercase());
    if symbol.as_deref().is_some_and(|symbol| Absence::parse(symbol).is_none()) {
        row.tell(&rules::FIGURE_VALUE, column);
        return (None, Some("x".to_owned()));
    }
    (value, symbol)
}

/// Numerator and denominator of a percentage or a rate, where the file has them.
fn parts(
    row: &RowReader<'_>,
    columns: &Columns,
    totals: &Totals,
    measure: &Measure,
    area: &str,
) -> (Option<f64>, Option<f64>) {
    let number = |figure| columns.figure(figure).and_then(|column| row.text(column)).and_then(cell::number);
    match measure.open_data.column {
        Column::Number | Column::Population => (None, None),
        Column::Rate => (number(Column::Number), number(Column::Population)),
        Column::Percent => {
            let group = measure.open_data.filters.last().copied().unwrap_or_default();
            let mut rest = filtered(row, columns);
            rest.retain(|value| value != group);
            let key = row.words("TIME_PERIOD").map(|time| (time, area.to_owned(), rest));
            (number(Column::Number), key.and_then(|key| totals.get(&key).copied()))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::csv::table::read_csv;
    use crate::import::report::Report;
    use crate::store::rows::PublishedValue;

    fn read(text: &str) -> (Vec<PublishedValue>, Report) {
        let mut report = Report::default();
        let table = read_csv(&"data.csv".into(), text.as_bytes(), &mut report).unwrap();
        let rows = crate::import::published::read(&table, &Default::default(), &mut report).unwrap();
        (rows.published_value.unwrap(), report)
    }

    const STABILITY: &str = "\u{feff}time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code,cla_group,placement_stability,children_count,children_percent
2024,Reporting year,Local authority,E92000001,England,E13000002,Outer London,310,Harrow,E09000015,CLA on 31 March,Total children,180,100
2024,Reporting year,Local authority,E92000001,England,E13000002,Outer London,310,Harrow,E09000015,CLA on 31 March,With 3 or more placements during the year,18,10
2024,Reporting year,National,E92000001,England,,,,,,CLA on 31 March,With 3 or more placements during the year,k,c
2024,Reporting year,Regional,E92000001,England,E13000002,Outer London,,,,CLA on 31 March,With 3 or more placements during the year,low,9
2024,Reporting year,Local authority,E92000001,England,E13000002,Outer London,310,Harrow,E09000015,CLA on 31 March,Something else,1,1
2024,Reporting year,Local authority,E92000001,England,E13000002,Outer London,310,Harrow,,CLA on 31 March,With 3 or more placements during the year,18,10
2024,Reporting year,National,E92000001,England,,,,,,CLA on 31 March,With 3 or more placements during the year,1,many
";

    #[test]
    fn a_percentage_has_its_parts_and_a_symbol_is_an_absence() {
        let (rows, report) = read(STABILITY);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.authority_id.as_str(), row.area.as_str(), row.value, row.numerator, row.denominator))
            .collect();
        assert_eq!(
            shown,
            [
                ("E09000015", "local", Some(10.0), Some(18.0), Some(180.0)),
                ("E92000001", "england", None, Some(1.0), None),
                ("E13000002", "region", Some(9.0), None, None),
            ]
        );
        assert!(rows.iter().all(|row| row.indicator == "placements_3plus_pct" && row.period == "2023-24"));
        let told: Vec<_> = report.issues.iter().map(|issue| (issue.rule, issue.row)).collect();
        assert_eq!(
            told,
            [("FIGURE-AREA", Some(7)), ("FIGURE-VALUE", Some(8)), ("FIGURES-LEFT", None), ("KEY", Some(4))]
        );
    }

    #[test]
    fn the_files_as_published_are_taken_by_their_mapping() {
        let Some(shared) = crate::needs::shared() else { return };
        let folder = shared.join("data/ees-raw");
        let of = |name: &str| read(&std::fs::read_to_string(folder.join(name)).unwrap());
        let (rates, report) = of("cla_number_and_rate_per_10k_children.csv");
        assert_eq!((rates.len(), report.issues.len()), (2 * 2_505, 0));
        let harrow = |code: &str, period: &str| {
            let found =
                rates.iter().find(|r| r.authority_id == "E09000015" && r.indicator == code && r.period == period);
            found.map(|row| (row.value, row.numerator.is_some()))
        };
        assert!(matches!(harrow("cla_number", "2023-24"), Some((Some(_), false))));
        assert!(matches!(harrow("cla_rate_per_10000", "2023-24"), Some((Some(_), true))));
        let (stability, _) = of("la_cla_placement_stability.csv");
        assert_eq!(stability.len(), 5_010 / 2, "the other half are totals");
        assert!(stability.iter().all(|row| row.value.is_some() != row.symbol.is_some()));
    }
}
