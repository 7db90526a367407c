//! Invented records that can be worked out by hand: every child came into care on 1 May 2022.
//!
//! Child number n is named `C` and n in four digits, was born on 1 June 2010 plus n days, is a girl where n is even,
//! and is of mixed ethnicity where n is divisible by three. All moved on 1 July 2022 and have stayed in one of two
//! households since. Where n is divisible by five, the child moved on 1 May, 1 June and 1 July 2023 too; where it is
//! divisible by seven, the child left on 1 June 2023. The returns are those of 2022-23 and, up to 30 September 2023,
//! of 2023-24.

use lookedafter::period::Date;
use lookedafter::store::{
    Batch, Store,
    rows::{
        AuthorityDetail, Carer, CarerHousehold, ChildDetail, Episode, MissingEpisode, Oc3Return, PlacementLink,
        Population, PublishedValue, Region, Review, Rows, Target,
    },
};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn name(n: usize) -> String {
    format!("C{n:04}")
}

/// Loads the records of this many children, and the reference data that they are set beside.
pub async fn load(store: &Store, authority: &str, children: usize) {
    write(store, None, "areas", None, areas(authority)).await;
    write(store, None, "population", None, population(authority)).await;
    write(store, None, "targets", None, targets(authority)).await;
    write(store, None, "published", None, published()).await;
    write(store, Some(authority), "ssda903", Some((2023, None)), a_return(2023, children)).await;
    write(store, Some(authority), "ssda903", Some((2024, Some("2023-09-30"))), a_return(2024, children)).await;
    write(store, Some(authority), "carers", None, carers()).await;
    write(store, Some(authority), "placement_links", None, links(children)).await;
}

async fn write(store: &Store, authority: Option<&str>, kind: &str, year: Option<(i32, Option<&str>)>, rows: Rows) {
    let batch = Batch {
        authority: authority.map(str::to_owned),
        kind: kind.to_owned(),
        return_year: year.map(|(year, _)| year),
        up_to: year.and_then(|(_, up_to)| up_to).map(day),
        rows,
        ..Batch::default()
    };
    store.write(batch, &|_| {}).await.expect("an import");
}

fn a_return(year: i32, children: usize) -> Rows {
    let (from, to) = (day(&format!("{}-04-01", year - 1)), day(&format!("{year}-03-31")));
    let mut rows = Rows::of_a_return();
    let leaver = Oc3Return {
        child_id: "L0001".to_owned(),
        birth_date: Some(day("2004-05-01")),
        in_touch: Some("YES".to_owned()),
        activity: Some("F2".to_owned()),
        accommodation: Some("U1".to_owned()),
        ..Oc3Return::default()
    };
    rows.oc3_return = Some(vec![leaver]);
    for n in 0..children {
        let chain = chain(n);
        let of_year =
            chain.iter().filter(|episode| episode.started_on <= to && episode.ended_on.is_none_or(|e| e >= from));
        let of_year: Vec<Episode> = of_year
            .map(|episode| match episode.ended_on {
                // A return does not know what happens after its year.
                Some(end) if end > to => Episode { ended_on: None, reason_ceased: None, ..episode.clone() },
                _ => episode.clone(),
            })
            .collect();
        if of_year.is_empty() {
            continue;
        }
        rows.child_detail.get_or_insert_default().push(detail(n));
        rows.episode.get_or_insert_default().extend(of_year);
        let reviews = reviews(n).into_iter().filter(|review| from <= review.held_on && review.held_on <= to);
        rows.review.get_or_insert_default().extend(reviews);
        if year == 2023 && n.is_multiple_of(4) {
            rows.missing_episode.get_or_insert_default().push(missing(n));
        }
    }
    rows
}

fn detail(n: usize) -> ChildDetail {
    ChildDetail {
        child_id: name(n),
        sex: Some(if n.is_multiple_of(2) { "2" } else { "1" }.to_owned()),
        birth_date: day("2010-06-01").checked_add_days(chrono::Days::new(n as u64)),
        ethnicity: Some(if n.is_multiple_of(3) { "MWBC" } else { "WBRI" }.to_owned()),
        ..ChildDetail::default()
    }
}

fn chain(n: usize) -> Vec<Episode> {
    let mut starts = vec!["2022-05-01", "2022-07-01"];
    if n.is_multiple_of(5) {
        starts.extend(["2023-05-01", "2023-06-01", "2023-07-01"]);
    }
    let left = n.is_multiple_of(7).then(|| day("2023-06-01"));
    let starts: Vec<Date> = starts.into_iter().map(day).filter(|start| left.is_none_or(|left| *start < left)).collect();
    let ends = starts.iter().skip(1).copied().map(Some).chain([left]);
    let episode = |(place, (start, end)): (usize, (&Date, Option<Date>))| Episode {
        child_id: name(n),
        started_on: *start,
        ended_on: end,
        reason_new: Some(if place == 0 { "S" } else { "P" }.to_owned()),
        legal_status: Some("C2".to_owned()),
        need: Some("N1".to_owned()),
        place: Some("U6".to_owned()),
        provider: Some("PR1".to_owned()),
        reason_ceased: end.map(|end| if Some(end) == left { "E4A" } else { "X1" }.to_owned()),
        pl_distance: Some(3.5),
        pl_location: Some("IN".to_owned()),
        ..Episode::default()
    };
    starts.iter().zip(ends).enumerate().map(episode).collect()
}

fn reviews(n: usize) -> Vec<Review> {
    // Every sixth child has had no review since the first year ended.
    let held = ["2022-05-20", "2022-08-15", "2023-02-10", "2023-08-05"];
    let held = held.into_iter().filter(|held| !n.is_multiple_of(6) || *held < "2023-04-01").map(day);
    let held = held.filter(|held| !n.is_multiple_of(7) || *held < day("2023-06-01"));
    held.map(|held| Review {
        child_id: name(n),
        held_on: held,
        participation: Some("PN1".to_owned()),
        ..Review::default()
    })
    .collect()
}

fn missing(n: usize) -> MissingEpisode {
    MissingEpisode {
        child_id: name(n),
        started_on: day("2022-12-01"),
        ended_on: Some(day("2022-12-02")),
        kind: Some("M".to_owned()),
        ..MissingEpisode::default()
    }
}

fn areas(authority: &str) -> Rows {
    let la_code = Some(format!("3{}", authority.get(7..).unwrap_or_default()));
    let detail = AuthorityDetail {
        authority_id: authority.to_owned(),
        name: format!("Area {authority}"),
        la_code,
        region_id: Some("E12000007".to_owned()),
        ..AuthorityDetail::default()
    };
    let region = Region { region_id: "E12000007".to_owned(), name: "London".to_owned(), ..Region::default() };
    Rows { authority_detail: Some(vec![detail]), region: Some(vec![region]), ..Rows::default() }
}

fn population(authority: &str) -> Rows {
    let row = |dimension: &str, category: &str, count: f64| Population {
        authority_id: authority.to_owned(),
        mid_year: 2023,
        dimension: dimension.to_owned(),
        category: category.to_owned(),
        count,
        ..Population::default()
    };
    let groups = [("White", 4_000.0), ("Mixed", 1_000.0), ("Asian", 3_000.0), ("Black", 1_500.0), ("Other", 500.0)];
    let groups = groups.map(|(category, count)| row("ethnicity", category, count));
    let rows = [row("all", "all", 10_000.0), row("gender", "Male", 5_100.0), row("gender", "Female", 4_900.0)];
    Rows { population: Some(rows.into_iter().chain(groups).collect()), ..Rows::default() }
}

fn targets(authority: &str) -> Rows {
    let target = Target {
        authority_id: authority.to_owned(),
        indicator: "reviews_in_timescale_pct".to_owned(),
        period: "2023-24-Q2".to_owned(),
        value: 95.0,
        amber_fraction: Some(0.1),
        ..Target::default()
    };
    Rows { target: Some(vec![target]), ..Rows::default() }
}

fn published() -> Rows {
    let value = PublishedValue {
        authority_id: "E92000001".to_owned(),
        source: "dfe".to_owned(),
        document: "2022-23".to_owned(),
        area: "england".to_owned(),
        indicator: "placements_3plus_pct".to_owned(),
        period: "2022-23".to_owned(),
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        value: Some(10.0),
        status: Some("published".to_owned()),
        ..PublishedValue::default()
    };
    Rows { published_value: Some(vec![value]), ..Rows::default() }
}

fn carers() -> Rows {
    let household = |id: &str, ended_on: Option<&str>| CarerHousehold {
        household_id: id.to_owned(),
        approved_on: day("2020-01-01"),
        kind: Some("MAINSTREAM".to_owned()),
        ended_on: ended_on.map(day),
        approved_places: Some(3),
        ..CarerHousehold::default()
    };
    let carer = Carer { household_id: "H1".to_owned(), carer_id: "P1".to_owned(), ..Carer::default() };
    Rows {
        carer_household: Some(vec![household("H1", None), household("H2", None), household("H3", Some("2023-01-01"))]),
        carer: Some(vec![carer]),
        ..Rows::default()
    }
}

fn links(children: usize) -> Rows {
    let link = |n: usize| PlacementLink {
        child_id: name(n),
        started_on: day("2022-07-01"),
        household_id: if n.is_multiple_of(2) { "H1" } else { "H2" }.to_owned(),
        ..PlacementLink::default()
    };
    Rows { placement_link: Some((0..children).map(link).collect()), ..Rows::default() }
}
