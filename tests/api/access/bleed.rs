//! Sixty-four callers at once, of several roles and of two authorities whose children have the same identifiers: each
//! is answered what they are answered alone, every time.

use std::collections::BTreeSet;
use std::sync::Arc;

use lookedafter::access::{Role, Viewer};
use serde_json::{Value, json};

use super::{OTHER, OWN, oracle, two, two::Two};

/// How many callers there are.
const CALLERS: usize = 64;
/// How often each asks, unless `LOOKEDAFTER_ROUNDS` says otherwise.
const ROUNDS: usize = 6;

/// What everyone asks: the same children, as far as the role may ask.
fn document(role: Role, authority: &str, first: usize) -> String {
    let mut of_child = String::from("id age gender ");
    let mut lists = String::new();
    for (domain, text) in [
        ("placement", "placements(first: 3) { nodes { id start distanceMiles CARER } } "),
        ("review", "reviews(first: 3) { nodes { due held } } "),
        ("missing", "missingEpisodes(first: 3) { nodes { start end } } "),
    ] {
        if oracle::rows(role, domain, 'P') {
            of_child.push_str(text);
        }
    }
    let carers = oracle::rows(role, "carer", 'P');
    if carers {
        lists.push_str("carers(filter: {approvedOn: \"2023-09-30\"}, first: 8) { nodes { id kind filledPlaces(on: \"2023-06-01\") } } ");
    }
    if oracle::rows(role, "core", 'P') {
        lists.push_str(&format!("children(first: {first}) {{ totalCount nodes {{ {of_child} }} }} "));
    }
    let lists = lists.replace("CARER", if carers { "carer { id kind filledPlaces(on: \"2023-06-01\") }" } else { "" });
    format!(
        "{{ authority(by: {{onsCode: \"{authority}\"}}) {{ name {lists}
            value(indicator: \"cla_number\", period: {{code: \"2023-24-Q2\"}}) {{ value numerator display }} }} }}"
    )
}

/// The callers, with what they ask.
fn callers() -> Vec<(Viewer, String)> {
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Admin).collect();
    let caller = |n: usize| {
        let (role, authority) = (roles[n % roles.len()], if (n / roles.len()).is_multiple_of(2) { OWN } else { OTHER });
        // A few ask about the authority that they have no grant for.
        let about = if n % 16 == 15 { [OWN, OTHER][usize::from(authority == OWN)] } else { authority };
        (two::viewer(role, authority), document(role, about, 5 + n % 7))
    };
    (0..CALLERS).map(caller).collect()
}

#[actix_web::test]
async fn sixty_four_callers_at_once_are_each_answered_their_own() {
    let two = Two::load().await;
    let mut alone: Vec<(Viewer, String, Value)> = Vec::new();
    for (viewer, document) in callers() {
        let answer = two::answer(&two.both, &viewer, &document, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{:?} {answer:#}", viewer.role);
        alone.push((viewer, document, answer));
    }
    let distinct: BTreeSet<String> = alone.iter().map(|(_, _, answer)| answer["data"].to_string()).collect();
    assert!(distinct.len() > CALLERS / 2, "{} answers differ", distinct.len());
    let rounds = std::env::var("LOOKEDAFTER_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let alone = Arc::new(alone);
    let asking: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (api, alone) = (two.both.clone(), Arc::clone(&alone));
            runtime.spawn(async move {
                let (viewer, document, expected) = &alone[caller];
                for round in 0..rounds {
                    let answer = two::answer(&api, viewer, document, json!({})).await;
                    assert_eq!(answer, *expected, "caller {caller} in round {round}");
                }
            })
        })
        .collect();
    for caller in asking {
        caller.await.unwrap();
    }
    runtime.shutdown_background();
}
