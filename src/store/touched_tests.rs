//! Which import touches an authority, and how far its lists reach, on both databases.

use super::{
    Batch, Outcome, ReferenceChanges, Store,
    databases::databases,
    rows::{HealthEvent, Leaver, LeaverContact, Rows, Target},
};
use crate::{period::Date, snapshot::Fact};

const HARROW: &str = "E09000015";
const BRENT: &str = "E09000005";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn write(store: &Store, authority: Option<&str>, kind: &str, up_to: Option<&str>, rows: Rows) -> i64 {
    let (authority, up_to) = (authority.map(str::to_owned), up_to.map(day));
    let batch = Batch { authority, kind: kind.to_owned(), up_to, rows, ..Batch::default() };
    match store.write(batch, &|_| ()).await.unwrap() {
        Outcome::Written { number, .. } => number,
        Outcome::Unchanged { .. } => 0,
    }
}

fn target(authority: &str, value: f64) -> Rows {
    let (authority_id, indicator) = (authority.to_owned(), "cla_number".to_owned());
    let target = Target { authority_id, indicator, period: "2023-24".to_owned(), value, ..Target::default() };
    Rows { target: Some(vec![target]), ..Rows::default() }
}

fn duty(from: &str) -> Rows {
    let (child_id, eligibility) = ("L1".to_owned(), "FORMER_RELEVANT".to_owned());
    let duty = Leaver { child_id, eligibility, started_on: day(from), ..Leaver::default() };
    Rows { leaver: Some(vec![duty]), ..Rows::default() }
}

#[tokio::test]
async fn the_newest_import_that_touches_an_authority_is_found_for_every_earlier_moment() {
    for database in databases() {
        let store = database.store().await;
        let harrow = ReferenceChanges {
            authority: HARROW.to_owned(),
            areas: vec![HARROW.to_owned()],
            ..ReferenceChanges::default()
        };
        let touched = async |number| {
            let records = store.newest_of_records(HARROW, number).await.unwrap();
            (records, store.newest_of_reference(&harrow, number).await.unwrap())
        };
        assert_eq!(touched(0).await, (0, 0));
        write(&store, Some(BRENT), "leavers", None, duty("2023-04-01")).await;
        write(&store, Some(HARROW), "leavers", None, duty("2023-04-01")).await;
        write(&store, None, "targets", None, target(HARROW, 1.0)).await;
        write(&store, None, "targets", None, target(BRENT, 1.0)).await;
        let number = write(&store, None, "targets", None, target(HARROW, 2.0)).await;
        // Undoing retires a row and brings one back.
        store.undo(number).await.unwrap();
        store.erase(HARROW, "L1").await.unwrap();
        let mut found = Vec::new();
        for number in 1..=7 {
            found.push(touched(number).await);
        }
        assert_eq!(found, [(0, 0), (2, 0), (2, 3), (2, 3), (2, 5), (2, 6), (7, 6)], "{}", database.url);
    }
}

#[tokio::test]
async fn each_list_says_for_each_of_its_facts_how_far_it_reaches() {
    for database in databases() {
        let store = database.store().await;
        let contact = |on: &str| LeaverContact { child_id: "L1".into(), contacted_on: day(on), ..Default::default() };
        let check = |kind: &str, on: &str, status: &str| HealthEvent {
            child_id: "L1".into(),
            kind: kind.into(),
            dated_on: day(on),
            status: Some(status.into()),
            ..HealthEvent::default()
        };
        let of_ssd = Rows {
            leaver_contact: Some(vec![contact("2023-02-01"), contact("2199-01-01")]),
            health_event: Some(vec![
                check("DENTAL", "2023-05-01", "COMPLETED"),
                check("DENTAL", "2023-08-01", "PLANNED"),
                check("IMMUNISATION", "2023-09-01", "COMPLETED"),
            ]),
            ..Rows::default()
        };
        write(&store, Some(HARROW), "leavers", Some("2023-06-30"), duty("2023-04-01")).await;
        write(&store, Some(HARROW), "ssd", None, of_ssd).await;
        let lists = store.load(HARROW, None).await.unwrap().lists;
        let told: Vec<_> = lists.iter().map(|list| (list.fact, list.up_to, list.newest)).collect();
        let expected = [
            (Fact::LeavingCareDuties, Some(day("2023-06-30")), Some(day("2023-04-01"))),
            (Fact::LeaverContacts, None, Some(day("2023-02-01"))),
            (Fact::DentalChecks, None, Some(day("2023-05-01"))),
        ];
        assert_eq!(told, expected, "{}", database.url);
        assert_eq!(store.load(HARROW, Some(1)).await.unwrap().lists.len(), 1);
        // The same list with another last day is another import; undone, the first one stands again.
        let number = write(&store, Some(HARROW), "leavers", Some("2023-09-30"), duty("2023-04-01")).await;
        let up_to = async || store.load(HARROW, None).await.unwrap().lists[0].up_to;
        assert_eq!((number, up_to().await), (3, Some(day("2023-09-30"))));
        store.undo(number).await.unwrap();
        assert_eq!(up_to().await, Some(day("2023-06-30")), "{}", database.url);
    }
}
