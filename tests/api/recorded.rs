//! Every request that reaches the policy is recorded before its answer leaves, and who governs information reads it.

use lookedafter::access::Role;
use lookedafter::audit::{Fact, Read};
use lookedafter::store::Search;
use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::TestApp;

const BRENT: &str = "E09000005";

/// The reads that were recorded, the newest first.
async fn reads(app: &TestApp) -> Vec<Read> {
    let entries = app.log.page(&Search::default(), 100).await.unwrap();
    let reads = entries.into_iter().filter_map(|entry| match entry.fact {
        Fact::Read(read) => Some(*read),
        Fact::Administration(_) => None,
    });
    reads.collect()
}

#[actix_web::test]
async fn a_page_of_children_is_recorded_with_who_why_under_which_agreement_and_about_whom() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let analyst = app.analyst(HARROW).await.with("X-Case-Reference", "CR-7");
    let variables = json!({"authority": HARROW, "on": "2023-09-30", "first": 2});
    analyst.query_with(&operation("children"), variables).await;
    let read = reads(&app).await.remove(0);
    assert_eq!((read.principal.display.as_str(), read.principal.role.as_str()), ("analyst@E09000015", "analyst"));
    assert_eq!((read.principal.agreements, read.principal.grants.len()), (vec!["TEST".to_owned()], 1));
    assert_eq!(read.purpose.as_deref(), Some("performance-monitoring"));
    assert_eq!(read.case_reference.as_deref(), Some("CR-7"));
    assert_eq!((read.about.levels, read.about.authorities), (vec!["I".to_owned()], vec![HARROW.to_owned()]));
    let traces = app.store.traces(HARROW).await.unwrap();
    let mut expected = [traces.of("C0001").unwrap(), traces.of("C0002").unwrap()];
    expected.sort_unstable();
    let mut children = read.about.children;
    children.sort_unstable();
    assert_eq!((children, read.about.child_count), (expected.to_vec(), 2));
    assert!(read.outcome.permitted && read.outcome.bytes > 100 && read.outcome.rows >= 2);
    assert_eq!(read.operation.name.as_deref(), Some("Children"));
}

#[actix_web::test]
async fn what_is_denied_is_recorded_with_its_reason_and_no_identifier_stands_in_a_record() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let analyst = app.analyst(HARROW).await;
    analyst.query(&format!("{{ authority(by: {{onsCode: \"{BRENT}\"}}) {{ name }} }}")).await;
    let read = reads(&app).await.remove(0);
    assert_eq!((read.outcome.permitted, read.outcome.reason.as_deref()), (false, Some("NO_GRANT")));
    assert_eq!(read.about.authorities, [BRENT]);
    let page =
        analyst.query_with(&operation("children"), json!({"authority": HARROW, "on": "2023-09-30", "first": 1})).await;
    let id = page.json["data"]["authority"]["children"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    analyst
        .query_with(
            "query One($id: ID!, $of: String) { node(id: $id) { id } indicators(search: $of) { totalCount } }",
            json!({"id": id, "of": "C0001"}),
        )
        .await;
    analyst.query(&format!("{{ node(id: \"{id}\") {{ id }} }}")).await;
    app.anonymous().query("{ viewer { role } }").await;
    analyst.query("{ nothing }").await;
    let recorded = reads(&app).await;
    assert_eq!((recorded.len(), recorded[0].outcome.reason.as_deref()), (6, Some("INVALID")));
    assert_eq!((recorded[1].principal.display.as_str(), recorded[1].principal.subject), ("public", None));
    assert_eq!((recorded[2].about.child_count, recorded[3].about.child_count), (1, 1));
    for read in &recorded {
        let text = serde_json::to_string(read).unwrap();
        assert!(!text.contains("C0001") && !text.contains(&id), "{text}");
    }
}

#[actix_web::test]
async fn released_figures_are_recorded_by_table_with_what_was_withheld() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let member = app.user(Role::PanelMember, HARROW).await;
    member
        .query_with(
            &operation("values"),
            json!({"authority": HARROW, "from": "2023-24-Q1", "to": "2023-24-Q2",
        "indicators": ["cla_number", "placements_3plus_pct"]}),
        )
        .await;
    let read = reads(&app).await.remove(0);
    assert_eq!((read.about.levels, read.about.child_count), (vec!["S".to_owned()], 0));
    assert!(read.about.tables.contains(&"E09000015 cla_number 2023-24-Q2".to_owned()), "{:?}", read.about.tables);
    assert!(read.outcome.cells > 0 && read.outcome.suppressed > 0, "{:?}", read.outcome);
}

#[actix_web::test]
async fn a_request_that_cannot_be_recorded_is_not_answered() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let analyst = app.analyst(HARROW).await;
    let question = format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}");
    assert_eq!(analyst.query(&question).await.status.as_u16(), 200);
    app.log.close().await;
    let answer = analyst.query(&question).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (503, "UNAVAILABLE"));
    assert!(!String::from_utf8_lossy(&answer.body).contains("Area"));
    let admin = app.user(Role::Admin, HARROW).await;
    let change = "mutation { endGrant(input: {id: \"test:analyst@E09000015:analyst:E09000015\", reason: \"x\"}) { errors { code } } }";
    assert_eq!(admin.query(change).await.status.as_u16(), 503);
    let grant = app.store.grant("test:analyst@E09000015:analyst:E09000015").await.unwrap();
    assert!(grant.ends_on > chrono::Utc::now().date_naive(), "what cannot be recorded is not changed");
}

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
        nodes { actor role action purpose children permitted at } pageInfo { hasNextPage endCursor } } }";
    let ask = async |user: &crate::helpers::User, variables: Value| user.query_with(document, variables).await.json;
    let first = ask(&governance, json!({"authority": HARROW})).await["data"]["audit"].clone();
    let newest = &first["nodes"][0];
    assert_eq!(
        (&newest["actor"], &newest["children"], &newest["action"]),
        (&json!("analyst@E09000015"), &json!(2), &json!("read"))
    );
    let next = ask(&governance, json!({"authority": HARROW, "after": first["pageInfo"]["endCursor"]})).await;
    assert_eq!(next["data"]["audit"]["nodes"][0]["children"], 1);
    assert_eq!(ask(&governance, json!({"authority": BRENT})).await["data"]["audit"], Value::Null);
    // Of one child only for subject access.
    let refused = ask(&governance, json!({"authority": HARROW, "child": "C0002"})).await;
    assert_eq!(refused["data"]["audit"], Value::Null);
    let access = governance.with("X-Purpose", "subject-access");
    let of_child = ask(&access, json!({"authority": HARROW, "child": "C0002"})).await["data"]["audit"].clone();
    assert_eq!((&of_child["nodes"][0]["children"], &of_child["pageInfo"]["hasNextPage"]), (&json!(2), &json!(false)));
    assert_eq!(ask(&access, json!({"authority": HARROW, "child": "C9999"})).await["data"]["audit"]["nodes"], json!([]));
    assert_eq!(analyst.query("{ audit(authority: \"E09000015\") { totalCount } }").await.json["data"], Value::Null);
    assert!(app.log.verify().await.unwrap().is_ok());
}
