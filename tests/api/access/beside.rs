//! What the marked records are set beside: names of areas, population, targets, neighbours, published figures.

use lookedafter::store::{
    Batch, Store,
    rows::{
        AuthorityDetail, ComparatorMember, ComparatorSet, ImportFile, Population, PublishedValue, Region, Rows, Target,
    },
};

use super::marked::day;

pub(super) async fn write(
    store: &Store,
    authority: Option<&str>,
    kind: &str,
    year: Option<(i32, Option<&str>)>,
    rows: Rows,
) {
    let batch = Batch {
        authority: authority.map(str::to_owned),
        kind: kind.to_owned(),
        return_year: year.map(|(year, _)| year),
        up_to: year.and_then(|(_, up_to)| up_to).map(day),
        files: year.map(|(year, _)| file(year)).into_iter().collect(),
        rows,
        ..Batch::default()
    };
    store.write(batch, &|_| {}).await.expect("an import");
}

pub(super) fn file(year: i32) -> ImportFile {
    ImportFile { name: format!("{year}.csv"), sha256: format!("{year:064}"), ..ImportFile::default() }
}

pub(super) fn areas(authority: &str, salt: usize) -> Rows {
    let detail = AuthorityDetail {
        authority_id: authority.to_owned(),
        name: format!("Markshire {salt}"),
        la_code: Some(format!("97{salt}")),
        region_id: Some(format!("E1200007{salt}")),
        ..AuthorityDetail::default()
    };
    let region =
        Region { region_id: format!("E1200007{salt}"), name: format!("Mark Riding {salt}"), ..Region::default() };
    Rows { authority_detail: Some(vec![detail]), region: Some(vec![region]), ..Rows::default() }
}

pub(super) fn population(authority: &str, salt: usize) -> Rows {
    let row = |mid_year: i32, dimension: &str, category: &str, count: f64| Population {
        authority_id: authority.to_owned(),
        mid_year,
        dimension: dimension.to_owned(),
        category: category.to_owned(),
        count: count + 1_000.0 * salt as f64,
        ..Population::default()
    };
    let of_year = |year: i32| {
        let groups = [("White", 4_000.0), ("Mixed", 1_000.0), ("Asian", 3_000.0), ("Black", 1_500.0), ("Other", 500.0)];
        let rows = [
            row(year, "all", "all", 10_000.0),
            row(year, "gender", "Male", 5_100.0),
            row(year, "gender", "Female", 4_900.0),
        ];
        rows.into_iter().chain(groups.map(|(category, count)| row(year, "ethnicity", category, count)))
    };
    Rows { population: Some((2019..=2023).flat_map(of_year).collect()), ..Rows::default() }
}

pub(super) fn targets(authority: &str) -> Rows {
    let target = |period: &str, fraction: Option<f64>, points: Option<f64>| Target {
        authority_id: authority.to_owned(),
        indicator: "ceased_sgo_pct".to_owned(),
        period: period.to_owned(),
        value: 20.0,
        amber_fraction: fraction,
        amber_points: points,
        note: Some("Agreed by the panel".to_owned()),
        ..Target::default()
    };
    let both = vec![target("2022-23-Q2", None, Some(2.0)), target("2023-24-Q2", Some(0.1), None)];
    Rows { target: Some(both), ..Rows::default() }
}

pub(super) fn neighbours(authority: &str) -> Rows {
    let set =
        ComparatorSet { edition: "2021".to_owned(), current_from: Some(day("2021-04-01")), ..ComparatorSet::default() };
    let member = ComparatorMember {
        authority_id: authority.to_owned(),
        edition: "2021".to_owned(),
        neighbour_id: "E09000003".to_owned(),
        rank: 1,
        closeness: Some("Very close".to_owned()),
        ..ComparatorMember::default()
    };
    Rows { comparator_set: Some(vec![set]), comparator_member: Some(vec![member]), ..Rows::default() }
}

pub(super) fn published(authority: &str) -> Rows {
    let value = |authority: &str, area: &str, value: f64| PublishedValue {
        authority_id: authority.to_owned(),
        source: "dfe".to_owned(),
        document: "2022-23 of marks".to_owned(),
        area: area.to_owned(),
        indicator: "ceased_sgo_pct".to_owned(),
        period: "2022-23".to_owned(),
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        value: Some(value),
        status: Some("published".to_owned()),
        ..PublishedValue::default()
    };
    let neighbours = value(authority, "statistical_neighbours", 17.0);
    // What the authority printed itself: before its records, and beside them, once without a number.
    let local = |document: &str, period: &str| PublishedValue {
        source: "council".to_owned(),
        document: document.to_owned(),
        period: period.to_owned(),
        numerator: Some(20.0),
        denominator: Some(100.0),
        ..value(authority, "local", 20.0)
    };
    let quarter = "2023-24-Q2";
    let silent = PublishedValue {
        value: None,
        numerator: None,
        denominator: None,
        symbol: Some("not_collected".to_owned()),
        ..local("first scorecard of marks", quarter)
    };
    let own = [local("scorecard of marks", "2018-19"), local("scorecard of marks", quarter), silent];
    let values = [value("E92000001", "england", 13.0), neighbours].into_iter().chain(own);
    Rows { published_value: Some(values.collect()), ..Rows::default() }
}
