//! What an import makes be read again: what it touches, and nothing else.

use chrono::{DateTime, Utc};
use lookedafter::comparators::{Choice, Comparator};
use lookedafter::figures::{AuthorityView, Figures, ReadLog};
use lookedafter::indicators::find;
use lookedafter::period::Period;
use lookedafter::store::rows::{
    AuthorityDetail, ComparatorMember, ComparatorSet, Leaver, Population, PublishedValue, Rows, Target,
};

use crate::helpers::{TestApp, policy, viewer_of};

/// One authority and another; no other test asks about them, so that their loads can be counted.
const ONE: &str = "E08000012";
const OTHER: &str = "E08000014";

/// An import by kind, authority and rows, and how many readings of records and of reference data of each it makes.
type Touching = (&'static str, Option<&'static str>, Rows, [(usize, usize); 2]);

struct Served {
    app: TestApp,
    figures: Figures,
}

impl Served {
    async fn new(authorities: &[&str]) -> Self {
        let app = TestApp::spawn().await;
        for authority in authorities {
            app.load(authority, 6).await;
        }
        let figures = Figures::new(app.store.clone(), policy());
        Self { app, figures }
    }

    async fn open(&self, authority: &str, known_on: Option<DateTime<Utc>>) -> AuthorityView {
        let viewer = viewer_of(&[authority]);
        self.figures.open(&viewer, authority, known_on, &ReadLog::default()).await.unwrap().unwrap()
    }

    /// Looks for new imports and opens both; how often the records and the reference data of each have been read, and
    /// when what is known of each was received.
    async fn both(&self) -> [(usize, usize, Option<DateTime<Utc>>); 2] {
        self.figures.refresh().await.unwrap();
        let mut told = [(0, 0, None); 2];
        for (told, authority) in told.iter_mut().zip([ONE, OTHER]) {
            let known = self.open(authority, None).await.known_at();
            let (records, reference) = self.loads(authority).await;
            *told = (records, reference, known);
        }
        told
    }

    /// How often the records and the reference data of an authority have been read.
    async fn loads(&self, authority: &str) -> (usize, usize) {
        let text = self.app.metrics().await;
        let read = |part: &str| {
            let line = format!("lookedafter_authority_loads_total{{authority=\"{authority}\",part=\"{part}\"}} ");
            text.lines().find_map(|found| found.strip_prefix(&line)).map_or(0, |count| count.parse().unwrap())
        };
        (read("records"), read("reference"))
    }
}

fn target(authority: &str, value: f64) -> Rows {
    let target = Target {
        authority_id: authority.to_owned(),
        indicator: "placements_3plus_pct".to_owned(),
        period: "2023-24-Q2".to_owned(),
        value,
        ..Target::default()
    };
    Rows { target: Some(vec![target]), ..Rows::default() }
}

fn published(authority: &str, area: &str, document: &str, value: f64) -> Rows {
    let value = PublishedValue {
        authority_id: authority.to_owned(),
        source: "council".to_owned(),
        document: document.to_owned(),
        area: area.to_owned(),
        indicator: "placements_3plus_pct".to_owned(),
        period: "2022-23".to_owned(),
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        value: Some(value),
        period_end: "2023-03-31".parse().ok(),
        ..PublishedValue::default()
    };
    Rows { published_value: Some(vec![value]), ..Rows::default() }
}

fn named(authority: &str, name: &str) -> Rows {
    let detail = AuthorityDetail {
        authority_id: authority.to_owned(),
        name: name.to_owned(),
        region_id: Some("E12000007".to_owned()),
        ..AuthorityDetail::default()
    };
    Rows { authority_detail: Some(vec![detail]), ..Rows::default() }
}

/// An edition in which one authority is the neighbour of the other.
fn neighbours() -> Rows {
    let set = ComparatorSet { edition: "2021".to_owned(), ..ComparatorSet::default() };
    let member = ComparatorMember {
        edition: "2021".to_owned(),
        authority_id: OTHER.to_owned(),
        neighbour_id: ONE.to_owned(),
        rank: 1,
        ..ComparatorMember::default()
    };
    Rows { comparator_set: Some(vec![set]), comparator_member: Some(vec![member]), ..Rows::default() }
}

fn population(authority: &str, count: f64) -> Rows {
    let row = Population {
        authority_id: authority.to_owned(),
        mid_year: 2023,
        dimension: "all".to_owned(),
        category: "all".to_owned(),
        count,
        ..Population::default()
    };
    Rows { population: Some(vec![row]), ..Rows::default() }
}

fn leaver(child: &str) -> Rows {
    let leaver = Leaver {
        child_id: child.to_owned(),
        eligibility: "FORMER_RELEVANT".to_owned(),
        started_on: "2023-05-01".parse().unwrap(),
        ..Leaver::default()
    };
    Rows { leaver: Some(vec![leaver]), ..Rows::default() }
}

#[actix_web::test]
async fn an_import_makes_only_what_it_touches_be_read_again() {
    let served = Served::new(&[ONE, OTHER]).await;
    let mut before = served.both().await;
    assert_eq!(before.map(|(records, reference, _)| (records, reference)), [(1, 1), (1, 1)]);
    let imports: [Touching; 9] = [
        ("targets", None, target(OTHER, 12.0), [(0, 0), (0, 1)]),
        ("leavers", Some(ONE), leaver("C0001"), [(1, 0), (0, 0)]),
        ("published", None, published("E92000001", "england", "newer", 11.0), [(0, 1), (0, 1)]),
        ("published", None, published(ONE, "local", "scorecard", 7.0), [(0, 1), (0, 0)]),
        ("neighbours", None, neighbours(), [(0, 0), (0, 1)]),
        ("areas", None, named(ONE, "One"), [(0, 1), (0, 1)]),
        ("areas", None, named(OTHER, "Other"), [(0, 0), (0, 1)]),
        ("population", None, population(ONE, 9_000.0), [(0, 1), (0, 0)]),
        ("published", None, published(ONE, "local", "newest", 8.0), [(0, 1), (0, 1)]),
    ];
    for (kind, authority, rows, touched) in imports {
        served.app.import(authority, kind, None, rows).await;
        let after = served.both().await;
        for (at, (records, reference)) in touched.into_iter().enumerate() {
            let (was, is) = (before[at], after[at]);
            assert_eq!((is.0 - was.0, is.1 - was.1), (records, reference), "{kind} of {authority:?}, {at}");
            assert_eq!(is.2 == was.2, records + reference == 0, "{kind} of {authority:?}, {at}: known at");
        }
        before = after;
    }
    let other = served.open(OTHER, None).await;
    let answer = other.answer(find("placements_3plus_pct").unwrap(), Period::parse("2023-24-Q2").unwrap(), None);
    assert_eq!(other.target(&answer).map(|standing| standing.target.value), Some(12.0));
    assert_eq!(other.comparison(&answer, Comparator::England, &Choice::default()).value, Some(11.0));
    assert_eq!((other.place().name.as_str(), other.editions()[0].members[0].place.name.as_str()), ("Other", "One"));
}

const THIRD: &str = "E08000015";

#[actix_web::test]
async fn earlier_states_and_what_was_undone_or_erased_are_as_they_were() {
    let served = Served::new(&[THIRD]).await;
    let target_of = |opened: &AuthorityView| {
        let answer = opened.answer(find("placements_3plus_pct").unwrap(), Period::parse("2023-24-Q2").unwrap(), None);
        opened.target(&answer).map(|standing| standing.target.value)
    };
    let first = served.open(THIRD, None).await;
    let at_first = Utc::now();
    // Several imports between two looks.
    served.app.import(None, "targets", None, target(THIRD, 10.0)).await;
    let number = served.app.import(None, "targets", None, target(THIRD, 20.0)).await;
    served.app.import(Some(ONE), "leavers", None, leaver("X1")).await;
    served.figures.refresh().await.unwrap();
    let second = served.open(THIRD, None).await;
    let at_second = Utc::now();
    assert_eq!([target_of(&first), target_of(&second)], [None, Some(20.0)]);
    served.app.store.undo(number).await.unwrap();
    served.figures.refresh().await.unwrap();
    let third = served.open(THIRD, None).await;
    assert_eq!(target_of(&third), Some(10.0));
    assert!(first.known_at() < second.known_at() && second.known_at() < third.known_at());
    for (at, then) in [(at_first, &first), (at_second, &second)] {
        let found = served.open(THIRD, Some(at)).await;
        assert_eq!((target_of(&found), found.known_at()), (target_of(then), then.known_at()));
    }
    // What others import leaves earlier states in memory, too.
    let before = served.loads(THIRD).await;
    served.app.import(None, "targets", None, target(ONE, 1.0)).await;
    served.figures.refresh().await.unwrap();
    for known_on in [None, Some(at_first), Some(at_second)] {
        served.open(THIRD, known_on).await;
    }
    assert_eq!(served.loads(THIRD).await, before);
    served.app.store.erase(THIRD, "C0002").await.unwrap();
    served.figures.refresh().await.unwrap();
    for known_on in [None, Some(at_first), Some(at_second)] {
        let found = served.open(THIRD, known_on).await;
        assert_eq!((found.place_of("C0001").is_some(), found.place_of("C0002")), (true, None), "{known_on:?}");
    }
}

#[actix_web::test]
async fn many_who_ask_at_once_wait_for_one_load() {
    let authorities = ["E08000016", "E08000017", "E08000018"];
    let served = Served::new(&authorities).await;
    let asked = (0..30).map(|n| served.open(authorities[n % 3], None));
    futures_util::future::join_all(asked).await;
    for authority in authorities {
        assert_eq!(served.loads(authority).await, (1, 1), "{authority}");
    }
}
