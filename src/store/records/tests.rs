//! Pages and batches of records, on both databases.

use crate::{
    access::{Ask, Domain, Grant, Level, Limits, Policy, Purpose, Role, Scope, Viewer, decide},
    period::Date,
    store::{
        Batch, HouseholdPlacements, More, Outcome, Store,
        databases::databases,
        rows::{
            AuthorityDetail, Carer, CarerHousehold, ChildDetail, Episode, MissingEpisode, PlacementLink, Review, Rows,
        },
    },
};

const HARROW: &str = "E09000015";
const BRENT: &str = "E09000005";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The scope of an analyst of an authority.
fn scope(authority: &str) -> Scope {
    scope_of(Role::Analyst, Level::Exact, authority)
}

/// The scope of someone in a role, as a member of an agency.
pub(in crate::store) fn scope_of(role: Role, level: Level, authority: &str) -> Scope {
    let grant = Grant {
        organisation: Some("agency".to_owned()),
        ..Grant::of(role, authority, (day("2024-01-01"), day("2024-12-31")))
    };
    let viewer = Viewer { role, ..Viewer::anonymous(Limits::default(), vec![grant]) };
    let policy = Policy::parse("access.toml", include_str!("../../../policy/access.toml")).unwrap();
    let at = "2024-06-01T12:00:00Z".parse().unwrap();
    let purpose = Some(Purpose::PerformanceMonitoring);
    let ask = Ask { authority, domain: Domain::Core, level, purpose, at };
    decide(&policy, &viewer, &ask).permit().unwrap()
}

fn episode(child: &str, from: &str, to: Option<&str>) -> Episode {
    Episode {
        child_id: child.into(),
        started_on: day(from),
        ended_on: to.map(day),
        reason_new: Some("S".into()),
        legal_status: Some("C2".into()),
        place: Some("U6".into()),
        reason_ceased: to.map(|_| "E8".into()),
        ..Episode::default()
    }
}

fn detail(child: &str, ethnicity: Option<&str>, upn: Option<&str>) -> ChildDetail {
    ChildDetail {
        child_id: child.into(),
        sex: Some("2".into()),
        birth_date: Some(day("2012-02-29")),
        ethnicity: ethnicity.map(str::to_owned),
        upn: upn.map(str::to_owned),
        ..ChildDetail::default()
    }
}

fn batch(authority: &str, kind: &str, return_year: Option<i32>, rows: Rows) -> Batch {
    Batch { authority: Some(authority.into()), kind: kind.into(), return_year, rows, ..Batch::default() }
}

async fn write(store: &Store, batch: Batch) {
    let outcome = store.write(batch, &|_| ()).await.unwrap();
    assert!(matches!(outcome, Outcome::Written { .. }), "{outcome:?}");
}

/// Two years of Harrow's returns and its carers, and one child of Brent's with an identifier that Harrow uses too.
async fn filled() -> Vec<(crate::store::databases::Database, Store)> {
    let mut stores = Vec::new();
    for database in databases() {
        let store = database.store().await;
        for (authority, year, episodes) in [
            (HARROW, 2023, vec![episode("1", "2022-05-01", None), episode("2", "2022-06-01", None)]),
            (
                HARROW,
                2024,
                vec![
                    episode("1", "2022-05-01", Some("2023-08-01")),
                    episode("2", "2022-06-01", None),
                    episode("3", "2023-10-01", None),
                ],
            ),
            (BRENT, 2024, vec![episode("1", "2023-05-01", None)]),
        ] {
            let mut rows = Rows::of_a_return();
            let ethnicity = (year == 2023).then_some("WBRI");
            let upn = (year == 2024).then_some("UN1");
            rows.child_detail = Some(episodes.iter().map(|row| detail(&row.child_id, ethnicity, upn)).collect());
            let review = |held_on| Review { child_id: "1".into(), held_on: day(held_on), ..Review::default() };
            rows.review = Some(vec![review("2022-07-01"), review("2022-06-01")]);
            let missing = |kind: &str| MissingEpisode {
                child_id: "2".into(),
                started_on: day("2023-01-05"),
                kind: Some(kind.into()),
                ..MissingEpisode::default()
            };
            let missing = missing(if year == 2023 { "M" } else { "A" });
            rows.missing_episode = (authority == HARROW).then(|| vec![missing]);
            rows.episode = Some(episodes);
            write(&store, batch(authority, "ssda903", Some(year), rows)).await;
        }
        write(&store, batch(HARROW, "carers", None, carers())).await;
        let link = PlacementLink {
            child_id: "2".into(),
            started_on: day("2022-06-01"),
            household_id: "H1".into(),
            ..PlacementLink::default()
        };
        let rows = Rows { placement_link: Some(vec![link]), ..Rows::default() };
        write(&store, batch(HARROW, "placement_links", None, rows)).await;
        stores.push((database, store));
    }
    stores
}

fn carers() -> Rows {
    let household = |id: &str, from: &str, to: Option<&str>| CarerHousehold {
        household_id: id.into(),
        approved_on: day(from),
        ended_on: to.map(day),
        approved_places: Some(2),
        ..CarerHousehold::default()
    };
    let households = vec![
        household("H1", "2015-01-01", Some("2018-01-01")),
        household("H1", "2020-01-01", None),
        household("H2", "2021-01-01", None),
        household("H3", "2021-01-01", Some("2024-03-31")),
    ];
    let carer = Carer { household_id: "H1".into(), carer_id: "C1".into(), birth_year: Some(1970), ..Carer::default() };
    Rows { carer_household: Some(households), carer: Some(vec![carer]), ..Rows::default() }
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

#[tokio::test]
async fn of_several_returns_the_newest_row_stands() {
    for (database, store) in filled().await {
        let harrow = scope(HARROW);
        let both = ids(&["1", "2"]);
        let ends: Vec<_> = store.episodes(&harrow, &both).await.unwrap().iter().map(|row| row.ended_on).collect();
        assert_eq!(ends, [Some(day("2023-08-01")), None], "{}", database.url);
        let kinds: Vec<_> = store.missing_episodes(&harrow, &both).await.unwrap().into_iter().map(|r| r.kind).collect();
        assert_eq!(kinds, [Some("A".to_owned())]);
        let held: Vec<_> = store.reviews(&harrow, &both).await.unwrap().iter().map(|row| row.held_on).collect();
        assert_eq!(held, [day("2022-06-01"), day("2022-07-01")]);
    }
}

#[tokio::test]
async fn no_query_reaches_beyond_its_scope() {
    for (database, store) in filled().await {
        let brent = scope(BRENT);
        let all = ids(&["1", "2", "3"]);
        assert_eq!(store.episodes(&brent, &all).await.unwrap().len(), 1, "{}", database.url);
        assert_eq!(store.placements(&brent, &all).await.unwrap().len(), 1);
        assert_eq!(store.households(&brent, &ids(&["H1"])).await.unwrap(), []);
        assert_eq!(store.filled_places(&brent, &ids(&["H1"]), day("2024-03-31")).await.unwrap(), []);
    }
}

#[tokio::test]
async fn carers_approved_on_a_day_come_with_their_filled_places() {
    for (database, store) in filled().await {
        let harrow = scope(HARROW);
        let on = day("2024-03-31");
        let page = store.carers(&harrow, on, None, 1).await.unwrap();
        let found: Vec<_> = page.rows.iter().map(|row| (row.household_id.as_str(), row.approved_on)).collect();
        assert_eq!((found, page.more), (vec![("H1", day("2020-01-01"))], More::Yes), "{}", database.url);
        let page = store.carers(&harrow, on, Some("H1"), 9).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.household_id.as_str()).collect::<Vec<_>>(), ["H2"]);
        assert_eq!(store.count_carers(&harrow, on).await.unwrap(), 2);
        let households = store.households(&harrow, &ids(&["H1"])).await.unwrap();
        assert_eq!(households.iter().map(|row| row.approved_on).collect::<Vec<_>>(), [day("2020-01-01")]);
        let filled = store.filled_places(&harrow, &ids(&["H1", "H2"]), on).await.unwrap();
        assert_eq!(filled, [HouseholdPlacements { household_id: "H1".into(), children: 1 }]);
    }
}

#[tokio::test]
async fn an_authority_has_the_name_that_is_built_in_or_its_code_until_a_list_of_areas_gives_another() {
    const INVENTED: &str = "E06000999";
    for (database, store) in filled().await {
        let known = async |known_on| -> Vec<(String, Option<String>)> {
            let all = store.authorities(known_on).await.unwrap();
            all.into_iter().map(|row| (row.name, row.la_code)).collect()
        };
        let named = |name: &str, number: Option<&str>| (name.to_owned(), number.map(str::to_owned));
        write(&store, batch(INVENTED, "carers", None, carers())).await;
        let [brent, harrow] = [named("Brent", Some("304")), named("Harrow", Some("310"))];
        assert_eq!(known(None).await, [named(INVENTED, None), brent.clone(), harrow.clone()], "{}", database.url);
        let before = store.latest_import().await.unwrap();
        let detail = |id: &str, name: &str, number: &str| AuthorityDetail {
            authority_id: id.into(),
            name: name.into(),
            la_code: Some(number.into()),
            ..AuthorityDetail::default()
        };
        // A number is one authority's, and the list decides whose.
        let listed = vec![detail(HARROW, "Harrow on the Hill", "310"), detail(INVENTED, "Camford", "304")];
        let rows = Rows { authority_detail: Some(listed), ..Rows::default() };
        write(&store, Batch { kind: "areas".into(), rows, ..Batch::default() }).await;
        let hill = named("Harrow on the Hill", Some("310"));
        assert_eq!(known(None).await, [named("Camford", Some("304")), named("Brent", None), hill]);
        assert_eq!(known(Some(before)).await, [named(INVENTED, None), brent, harrow]);
        let regions = store.regions(None).await.unwrap();
        assert!(regions.iter().any(|region| (&*region.region_id, &*region.name) == ("E13000002", "Outer London")));
    }
}
