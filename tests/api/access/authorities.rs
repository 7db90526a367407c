//! Ten thousand operations made at random: nothing of another authority is in any answer, because the answers are those
//! of a database in which it does not exist.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lookedafter::access::Role;
use serde_json::{Value, json};

use super::{
    OTHER, OWN,
    atlas::{Atlas, Field},
    oracle, person,
    random::Maker,
    two,
    two::Two,
};

/// How many operations are made.
const OPERATIONS: u64 = 10_000;
/// How many of them are sent over HTTP as well.
const SENT: u64 = 300;
/// In whose name.
const ROLES: [Role; 9] = [
    Role::Analyst,
    Role::ServiceManager,
    Role::HealthPartner,
    Role::VirtualSchool,
    Role::PoliceYot,
    Role::AdoptionAgency,
    Role::Inspector,
    Role::PanelMember,
    Role::Public,
];

/// Ids and cursors of both authorities as their own people are given them.
async fn words(two: &Two) -> Vec<String> {
    let mut words = vec!["made up".to_owned(), String::new()];
    for authority in [OWN, OTHER] {
        for role in [Role::Analyst, Role::ServiceManager, Role::HealthPartner] {
            let viewer = two::viewer(role, authority);
            let own = oracle::rows(role, "placement", 'P');
            let placements =
                if own { "placements(first: 1) { nodes { id carer { id } } edges { cursor } }" } else { "" };
            let document = format!(
                "{{ authority(by: {{onsCode: \"{authority}\"}}) {{ id
                    children(first: 25) {{ pageInfo {{ endCursor }} edges {{ cursor }} nodes {{ id {placements} }} }}
                    scorecard(period: {{code: \"2023-24-Q2\"}}) {{ id rows {{ current {{ id }} }} }} }} }}"
            );
            let told = two::answer(&two.both, &viewer, &document, json!({})).await;
            assert_eq!(told.get("errors"), None, "{told:#}");
            collect(&told["data"], &mut words);
        }
    }
    assert!(words.len() > 250, "{}", words.len());
    words
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(word) if matches!(name.as_str(), "id" | "cursor" | "endCursor") => into.push(word.clone()),
            value => collect(value, into),
        }),
        _ => {}
    }
}

fn operation(atlas: &Atlas, words: &[String], role: Role, seed: u64) -> String {
    let sees = |owner: &str, field: &Field| oracle::sees(atlas, role, owner, field);
    Maker::new(atlas, words, &sees, seed).operation()
}

#[actix_web::test]
async fn ten_thousand_operations_at_random_tell_nothing_of_another_authority() {
    let two = Two::load().await;
    let (atlas, words) = (Atlas::read(), words(&two).await);
    let (two, atlas, words) = (Arc::new(two), Arc::new(atlas), Arc::new(words));
    let told = Arc::new(AtomicUsize::new(0));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let workers: Vec<_> = (0..4)
        .map(|worker| {
            let (both, alone) = (two.both.clone(), two.alone.clone());
            let (atlas, words, told) = (Arc::clone(&atlas), Arc::clone(&words), Arc::clone(&told));
            runtime.spawn(async move {
                for seed in (0..OPERATIONS).filter(|seed| seed % 4 == worker) {
                    let role = ROLES[seed as usize % ROLES.len()];
                    let (viewer, document) = (two::viewer(role, OWN), operation(&atlas, &words, role, seed));
                    let from_both = two::answer(&both, &viewer, &document, json!({})).await;
                    let from_alone = two::answer(&alone, &viewer, &document, json!({})).await;
                    assert_eq!(from_both, from_alone, "{role:?} {seed} {document}");
                    assert!(!from_both.to_string().contains("Markshire 1"), "{document}");
                    told.fetch_add(usize::from(from_both.to_string().len() > 200), Ordering::Relaxed);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    runtime.shutdown_background();
    let told = told.load(Ordering::Relaxed);
    assert!(told > 3_500, "{told} answers say something");
    sent_over_http(&two, &atlas, &words).await;
    the_other_authority_is_there(&two).await;
}

/// The same over the wire.
async fn sent_over_http(two: &Two, atlas: &Atlas, words: &[String]) {
    for role in ROLES {
        let user = person(&two.app, role, OWN).await;
        for seed in (0..SENT).filter(|seed| ROLES[*seed as usize % ROLES.len()] == role) {
            let document = operation(atlas, words, role, seed);
            let answer = user.query(&document).await;
            let expected = two::answer(&two.alone, &two::viewer(role, OWN), &document, json!({})).await;
            // Written and read like the other one, so that the last digits of a number are the same.
            let expected: Value = serde_json::from_str(&expected.to_string()).unwrap();
            let limited = answer.code() == "COMPLEXITY_LIMIT";
            assert!(
                limited || answer.json["data"] == expected["data"],
                "{role:?} {document}\n{:#}\n{expected:#}",
                answer.json
            );
        }
    }
}

/// Its own people are told of it, so the comparison could fail.
async fn the_other_authority_is_there(two: &Two) {
    let document = format!(
        "{{ authority(by: {{onsCode: \"{OTHER}\"}}) {{ name children(first: 1) {{ totalCount nodes {{ reference }} }} }} }}"
    );
    let viewer = two::viewer(Role::Analyst, OTHER);
    let (both, alone) = (
        two::answer(&two.both, &viewer, &document, json!({})).await,
        two::answer(&two.alone, &viewer, &document, json!({})).await,
    );
    assert_eq!(both["data"]["authority"]["name"], "Markshire 1");
    assert_eq!(both["data"]["authority"]["children"]["nodes"][0]["reference"], super::marked::child(0));
    assert_eq!(alone["data"]["authority"], Value::Null);
}
