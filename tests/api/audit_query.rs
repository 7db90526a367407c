//! Who governs information reads the record of an authority through the API.

use lookedafter::access::Role;
use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::TestApp;

const BRENT: &str = "E09000005";

#[actix_web::test]
async fn information_governance_reads_the_record_of_its_authority_and_for_subject_access_that_of_a_child() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    app.load(BRENT, 2).await;
    let analyst = app.analyst(HARROW).await;
    let page = |first: usize| json!({"authority": HARROW, "on": "2023-09-30", "first": first});
    analyst.query_with(&operation("children"), page(1)).await;
    analyst.query_with(&operation("children"), page(2)).await;
    app.analyst(BRENT)
        .await
        .query_with(&operation("children"), json!({"authority": BRENT, "on": "2023-09-30", "first": 2}))
        .await;
    let governance = app.user(Role::InformationGovernance, HARROW).await;
    let document = "query ($child: String, $authority: String!, $after: String) { audit(authority: $authority, child: $child, first: 1, after: $after) {
        nodes { actor role action purpose children childrenClass permitted at } pageInfo { hasNextPage endCursor } } }";
    let ask = async |user: &crate::helpers::User, variables: Value| user.query_with(document, variables).await.json;
    let first = ask(&governance, json!({"authority": HARROW})).await["data"]["audit"].clone();
    let newest = &first["nodes"][0];
    assert_eq!(
        (&newest["actor"], &newest["childrenClass"], &newest["action"]),
        (&json!("analyst@E09000015"), &json!("ONE_TO_FIVE"), &json!("read"))
    );
    let next = ask(&governance, json!({"authority": HARROW, "after": first["pageInfo"]["endCursor"]})).await;
    assert_eq!(next["data"]["audit"]["nodes"][0]["childrenClass"], "ONE_TO_FIVE");
    assert_eq!(ask(&governance, json!({"authority": BRENT})).await["data"]["audit"], Value::Null);
    // Of one child only for subject access.
    let refused = ask(&governance, json!({"authority": HARROW, "child": "C0002"})).await;
    assert_eq!(refused["data"]["audit"], Value::Null);
    let access = governance.with("X-Purpose", "subject-access");
    let of_child = ask(&access, json!({"authority": HARROW, "child": "C0002"})).await["data"]["audit"].clone();
    assert_eq!(
        (&of_child["nodes"][0]["childrenClass"], &of_child["pageInfo"]["hasNextPage"]),
        (&json!("ONE_TO_FIVE"), &json!(false))
    );
    assert_eq!(ask(&access, json!({"authority": HARROW, "child": "C9999"})).await["data"]["audit"]["nodes"], json!([]));
    assert_eq!(analyst.query("{ audit(authority: \"E09000015\") { totalCount } }").await.json["data"], Value::Null);
    assert!(app.log.verify().await.unwrap().is_ok());
}

#[actix_web::test]
async fn how_many_children_were_read_about_is_told_in_classes() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 40).await;
    let analyst = app.analyst(HARROW).await;
    for first in [1, 5, 6, 12] {
        let page = json!({"authority": HARROW, "on": "2023-09-30", "first": first});
        let read = analyst.query_with(&operation("children"), page).await;
        assert_eq!(read.json["data"]["authority"]["children"]["nodes"].as_array().unwrap().len(), first);
    }
    analyst.query(&format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}")).await;
    let governance = app.user(Role::InformationGovernance, HARROW).await;
    let told = governance.query("{ audit(authority: \"E09000015\") { nodes { children childrenClass } } }").await.json;
    let told = told["data"]["audit"]["nodes"].as_array().unwrap().clone();
    let classes: Vec<&str> = told.iter().rev().map(|event| event["childrenClass"].as_str().unwrap()).collect();
    assert_eq!(classes, ["ONE_TO_FIVE", "ONE_TO_FIVE", "SIX_OR_MORE", "SIX_OR_MORE", "NONE"]);
    assert!(told.iter().all(|event| event["children"].is_null()), "{told:?}");
}

#[actix_web::test]
async fn no_name_that_someone_gives_to_an_operation_hides_a_record_or_cuts_the_list_short() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    app.load(BRENT, 3).await;
    let (analyst, other) = (app.analyst(HARROW).await, app.analyst(BRENT).await);
    let question = format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}");
    for _ in 0..3 {
        analyst.query(&question).await;
        for _ in 0..3 {
            app.anonymous().query("query E09000015 { viewer { role } }").await;
            other.query("query E09000015 { viewer { role } }").await;
        }
    }
    let governance = app.user(Role::InformationGovernance, HARROW).await;
    let document = "query ($after: String) { audit(authority: \"E09000015\", first: 2, after: $after) {
        totalCount nodes { actor } pageInfo { hasNextPage endCursor } } }";
    let (mut actors, mut after, mut totals) = (Vec::new(), Value::Null, Vec::new());
    loop {
        let page = governance.query_with(document, json!({"after": after})).await.json["data"]["audit"].clone();
        totals.push(page["totalCount"].as_u64().unwrap());
        actors.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["actor"].clone()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    // Each page is a reading of its own, and stands before those that follow.
    assert_eq!(actors, [json!("analyst@E09000015"), json!("analyst@E09000015"), json!("analyst@E09000015")]);
    assert_eq!(totals, [3, 4]);
}

#[actix_web::test]
async fn a_search_for_a_child_is_itself_found_by_the_next() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    let governance = app.user(Role::InformationGovernance, HARROW).await.with("X-Purpose", "subject-access");
    let ask = "{ audit(authority: \"E09000015\", child: \"C0002\") { totalCount nodes { actor purpose } } }";
    let first = governance.query(ask).await.json["data"]["audit"].clone();
    let second = governance.query(ask).await.json["data"]["audit"].clone();
    assert_eq!((&first["totalCount"], &second["totalCount"]), (&json!(0), &json!(1)));
    let expected = json!({"actor": "information_governance@E09000015", "purpose": "subject-access"});
    assert_eq!(second["nodes"][0], expected);
}
