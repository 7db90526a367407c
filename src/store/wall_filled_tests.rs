//! What the tests of PostgreSQL's own wall read: the records of two authorities whose children bear the same numbers.

use super::{
    Batch, Store,
    databases::Database,
    rows::{
        CarerHousehold, Episode, Grant, ImportFile, ImportIssue, MissingEpisode, PlacementLink, Population,
        RecordShare, Review, Rows, Target,
    },
};
use crate::period::Date;

pub(super) const HARROW: &str = "E09000015";
pub(super) const BRENT: &str = "E09000005";

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The return of an authority: three children, whose identifiers the other authority uses too.
fn a_return(authority: &str, year: i32, start: &str) -> Batch {
    let mut rows = Rows::of_a_return();
    for child in ["1", "2", "3"] {
        rows.episode.get_or_insert_default().push(Episode {
            child_id: child.into(),
            started_on: day(start),
            reason_new: Some("S".into()),
            legal_status: Some("C2".into()),
            place: Some("U6".into()),
            ..Episode::default()
        });
        let review = Review { child_id: child.into(), held_on: day(start), ..Review::default() };
        rows.review.get_or_insert_default().push(review);
        let missing = MissingEpisode { child_id: child.into(), started_on: day(start), ..MissingEpisode::default() };
        rows.missing_episode.get_or_insert_default().push(missing);
    }
    let file = |name: &str| ImportFile { name: name.into(), ..ImportFile::default() };
    Batch {
        authority: Some(authority.into()),
        kind: "ssda903".into(),
        return_year: Some(year),
        files: vec![file("header"), file("episodes")],
        issues: vec![ImportIssue { rule: "142".into(), ..ImportIssue::default() }],
        rows,
        ..Batch::default()
    }
}

/// A household with which all three children are placed.
fn carers(authority: &str, start: &str) -> [Batch; 2] {
    let household_id = format!("H-{authority}");
    let approved_on = day("2020-01-01");
    let household = CarerHousehold { household_id: household_id.clone(), approved_on, ..CarerHousehold::default() };
    let links = ["1", "2", "3"].map(|child| PlacementLink {
        child_id: child.into(),
        started_on: day(start),
        household_id: household_id.clone(),
        ..PlacementLink::default()
    });
    [
        ("carers", Rows { carer_household: Some(vec![household]), ..Rows::default() }),
        ("placement_links", Rows { placement_link: Some(links.into()), ..Rows::default() }),
    ]
    .map(|(kind, rows)| Batch { authority: Some(authority.into()), kind: kind.into(), rows, ..Batch::default() })
}

/// Reference data of the second authority.
fn reference() -> Batch {
    let population = Population { authority_id: BRENT.into(), mid_year: 2023, ..Population::default() };
    let target = Target { authority_id: BRENT.into(), indicator: "cla_number".into(), ..Target::default() };
    let rows = Rows { population: Some(vec![population]), target: Some(vec![target]), ..Rows::default() };
    Batch { kind: "targets".into(), rows, ..Batch::default() }
}

/// A store with the records of two authorities.
pub(super) async fn filled(database: &Database) -> Store {
    let store = database.store().await;
    for (authority, year, start, shared) in [(HARROW, 2024, "2022-05-01", "1"), (BRENT, 2023, "2022-05-02", "2")] {
        store.write(a_return(authority, year, start), &|_| ()).await.unwrap();
        for batch in carers(authority, start) {
            store.write(batch, &|_| ()).await.unwrap();
        }
        let share = RecordShare {
            authority_id: authority.into(),
            child_id: shared.into(),
            organisation: "agency".into(),
            starts_on: day("2023-01-01"),
            ends_on: day("2024-12-31"),
        };
        store.share(share).await.unwrap();
    }
    store.write(reference(), &|_| ()).await.unwrap();
    let grant = Grant { authority_id: HARROW.into(), grant_id: "G1".into(), subject: "one".into(), ..Grant::default() };
    store.put_grant(grant).await.unwrap();
    store
}
