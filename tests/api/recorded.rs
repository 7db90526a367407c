//! Every request that reaches the policy is recorded before its answer leaves, and who governs information reads it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lookedafter::access::Role;
use lookedafter::audit::{Fact, Read, digest_of};
use lookedafter::store::Search;
use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::TestApp;

const BRENT: &str = "E09000005";
const CHILDREN: &str = "query ($authority: String!, $on: Date!, $first: Int) {
    authority(by: {onsCode: $authority}) { children(filter: {lookedAfterOn: $on}, first: $first) { nodes { id gender } } } }";

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
async fn whatever_is_given_as_an_authority_or_a_name_leaves_no_text_in_a_record() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    let analyst = app.analyst(HARROW).await;
    let governs = app.user(Role::InformationGovernance, HARROW).await;
    let id = |parts: &[&str]| URL_SAFE_NO_PAD.encode(parts.join("\u{1f}"));
    governs.query_with("query ($a: String!) { audit(authority: $a) { totalCount } }", json!({"a": "C0001 Jo"})).await;
    analyst.query("{ authority(by: {onsCode: \"C0001 Jo\"}) { name } }").await;
    for id in [id(&["Authority", "C0001 Jo"]), id(&["Child", "C0001 Jo", "1"]), "C0001 Jo.sealed".to_owned()] {
        analyst.query(&format!("{{ node(id: \"{id}\") {{ id }} }}")).await;
    }
    let named = "query ($C0001: String!) { authority(by: {onsCode: $C0001}) { name } }";
    analyst.query_with(named, json!({"C0001": HARROW})).await;
    let filter = "query ($f: ChildFilter, $authority: String!) { authority(by: {onsCode: $authority}) { children(filter: $f) { totalCount } } }";
    analyst.query_with(filter, json!({"authority": HARROW, "f": {"C0001": "C0001"}})).await;
    let recorded = reads(&app).await;
    assert_eq!(recorded.len(), 7);
    for read in &recorded {
        let text = serde_json::to_string(read).unwrap();
        assert!(!text.contains("C0001") && !text.contains("Jo"), "{text}");
    }
    assert_eq!(recorded[1].operation.variables.as_deref(), Some("{\"#1\":\"E09000015\"}"));
}

#[actix_web::test]
async fn a_change_or_a_question_that_is_not_permitted_is_recorded_as_denied() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 2).await;
    let admin = app.user(Role::Admin, HARROW).await;
    let own = "mutation ($input: AddGrantInput!) { addGrant(input: $input) { errors { code } } }";
    let input = json!({"subject": "admin@E09000015", "role": "analyst", "authority": HARROW, "organisation": "Harrow",
                       "agreement": "A", "from": "2024-01-01", "to": "2099-12-31"});
    let answer = admin.query_with(own, json!({"input": input})).await;
    assert_eq!(answer.json["data"]["addGrant"]["errors"][0]["code"], "FORBIDDEN");
    let read = reads(&app).await.remove(0);
    assert_eq!((read.outcome.permitted, read.outcome.reason.as_deref()), (false, Some("OWN_GRANT")));
    admin.query("{ grants { totalCount nodes { id } } }").await;
    let read = reads(&app).await.remove(0);
    assert_eq!((read.principal.grants.len(), read.principal.agreements), (1, vec!["TEST".to_owned()]));
    let governs = app.user(Role::InformationGovernance, HARROW).await;
    governs.query(&format!("{{ audit(authority: \"{HARROW}\", child: \"C0001\") {{ totalCount }} }}")).await;
    let read = reads(&app).await.remove(0);
    assert_eq!((read.outcome.permitted, read.outcome.reason.as_deref()), (false, Some("PURPOSE_NOT_PERMITTED")));
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
async fn of_variables_only_what_names_no_child_is_kept_and_a_child_that_was_found_as_its_trace() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    let analyst = app.analyst(HARROW).await;
    let asked = json!({"authority": HARROW, "on": "2023-09-30", "first": 1});
    let page = analyst.query_with(&operation("children"), asked).await.json;
    let id = page["data"]["authority"]["children"]["nodes"][0]["id"].clone();
    let document = "query One($id: ID!, $name: String, $of: PeriodKind!, $last: Int) {
        node(id: $id) { id } indicators(search: $name) { totalCount } periods(kind: $of, last: $last) { code } }";
    let written = async |id: Value, name: &str| {
        let given = json!({"id": id, "name": name, "of": "QUARTER", "last": 2, "undeclared": "C0002"});
        analyst.query_with(document, given).await;
        let written = reads(&app).await.remove(0).operation.variables.unwrap();
        serde_json::from_str::<Value>(&written).unwrap()
    };
    let trace = app.store.traces(HARROW).await.unwrap().of("C0001").unwrap();
    let found = json!({"id": format!("#{trace}"), "#2": "#", "of": "QUARTER", "last": 2});
    assert_eq!(written(id, "SMITH").await, found);
    let nobody = json!({"id": "#", "#2": "cla_number", "of": "QUARTER", "last": 2});
    assert_eq!(written(json!(7), "cla_number").await, nobody);
}

#[actix_web::test]
async fn an_inspector_s_reading_carries_the_number_of_the_inspection() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    let asked = json!({"authority": HARROW, "on": "2023-09-30", "first": 1});
    app.user(Role::Inspector, HARROW).await.query_with(CHILDREN, asked.clone()).await;
    app.analyst(HARROW).await.query_with(CHILDREN, asked).await;
    let numbers: Vec<_> = reads(&app).await.into_iter().map(|read| read.principal.inspection).collect();
    assert_eq!(numbers, [None, Some("10273".to_owned())]);
}

#[actix_web::test]
async fn a_list_of_grants_is_recorded_with_the_authorities_that_they_open() {
    let app = TestApp::spawn().await;
    let admin = app.user(Role::Admin, HARROW).await;
    let page = admin.query("{ grants(first: 5) { nodes { id } } }").await.json;
    assert_eq!(page["data"]["grants"]["nodes"].as_array().unwrap().len(), 1);
    let read = reads(&app).await.remove(0);
    assert_eq!((read.about.domains, read.about.authorities), (vec!["admin".to_owned()], vec![HARROW.to_owned()]));
    assert_eq!(read.outcome.rows, 1);
}

#[actix_web::test]
async fn alarms_can_be_set_on_refusals_and_identifiers_in_sequence_and_metrics_name_nobody() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 3).await;
    let subject = "watched-analyst";
    app.grant(subject, Role::Analyst, HARROW).await;
    let token = Some(app.token(subject, Role::Analyst));
    let analyst = crate::helpers::User::at(&app.address, token).with("X-Purpose", "performance-monitoring");
    let asked = json!({"authority": HARROW, "on": "2023-09-30", "first": 3});
    let page = analyst.query_with(CHILDREN, asked).await.json;
    let shown = page["data"]["authority"]["children"]["nodes"].as_array().unwrap().len();
    analyst.query(&format!("{{ authority(by: {{onsCode: \"{BRENT}\"}}) {{ name }} }}")).await;
    for child in ["C0801", "C0802", "C0803"] {
        use base64::Engine;
        let id = base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(format!("Child\u{1f}{HARROW}\u{1f}{child}"));
        let answer = analyst.query(&format!("{{ node(id: \"{id}\") {{ id }} }}")).await.json;
        assert_eq!(answer["data"]["node"], Value::Null);
    }
    let metrics = app.metrics().await;
    // Other tests count in the same register.
    for (name, least) in [("denials", 1), ("children_read", shown), ("ids_in_sequence", 2)] {
        let line = format!("lookedafter_{name}_total{{role=\"analyst\"}} ");
        let counted =
            metrics.lines().find_map(|found| found.strip_prefix(&line)).unwrap_or_else(|| panic!("{line}: {metrics}"));
        assert!(counted.parse::<usize>().unwrap() >= least, "{line}{counted}");
    }
    let principal = digest_of(&[&app.config.issuer, subject]).to_string();
    assert!(!metrics.contains("principal=\"") && !metrics.contains(&principal[..12]));
    assert!(!metrics.contains("C080") && !metrics.contains(subject));
}

/// What can be sent without a token must not fill a record that is kept for seven years.
#[actix_web::test]
async fn whoever_asks_cannot_make_a_record_long() {
    let app = TestApp::spawn().await;
    let public = app.anonymous();
    let long = "x".repeat(200_000);
    public.query(&format!("query {long} {{ viewer {{ role }} }}")).await;
    let dates = vec!["2023-09-30"; 15_000];
    let given = "query ($a: [String!], $b: String, $c: Int) { viewer { role } }";
    public.query_with(given, json!({"a": dates, "b": &long[..10_000], "c": &long[..10_000]})).await;
    let nested: Vec<Vec<Vec<&str>>> = vec![vec![vec!["E09000015"; 25]; 25]; 25];
    let fields: serde_json::Map<String, Value> = (0..5_000).map(|n| (format!("f{n}"), json!(n))).collect();
    public.query_with(given, json!({"a": fields, "b": nested})).await;
    let declared: String = (0..900).map(|number| format!("$v{number}: String ")).collect();
    let values: serde_json::Map<String, Value> = (0..900).map(|n| (format!("v{n}"), json!("2023-09-30"))).collect();
    public.query_with(&format!("query ({declared}) {{ viewer {{ role }} }}"), values.into()).await;
    let ids: Vec<String> = (10..410).map(|number| format!("Authority\u{1f}E09000{number:03}")).collect();
    let ids: Vec<String> = ids.iter().map(|id| URL_SAFE_NO_PAD.encode(id)).collect();
    public.query_with("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": ids})).await;
    let recorded = reads(&app).await;
    assert_eq!(recorded.len(), 5);
    for read in &recorded {
        let length = serde_json::to_string(read).unwrap().len();
        assert!(length < 4_096, "{length} bytes: {:.400}", serde_json::to_string(read).unwrap());
    }
    let variables = |place: usize| -> Value { recorded[place].operation.variables.as_ref().unwrap().parse().unwrap() };
    assert_eq!((recorded[0].about.authorities.len(), recorded[0].about.authority_count), (20, Some(400)));
    assert_eq!(variables(0)["ids"][20], "#20 of 400");
    assert_eq!((variables(1)["#"].as_str(), variables(1).as_object().unwrap().len()), (Some("#20 of 900"), 21));
    assert_eq!(variables(2)["#1"]["#"], "#20 of 5000");
    let kept = variables(3);
    assert_eq!((&kept["#1"][19], &kept["#1"][20]), (&json!("2023-09-30"), &json!("#20 of 15000")));
    assert_eq!((&kept["#2"], &kept["#3"]), (&json!("#"), &json!("#")), "also where a number was declared");
    assert_eq!(recorded[4].operation.name, Some("x".repeat(64)));
}

#[actix_web::test]
async fn every_child_that_was_read_stays_in_the_record_and_long_lists_of_figures_say_how_many_there_were() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 60).await;
    let analyst = app.analyst(HARROW).await;
    let asked = json!({"authority": HARROW, "on": "2023-09-30", "first": 60});
    let page = analyst.query_with(CHILDREN, asked).await.json;
    let shown = page["data"]["authority"]["children"]["nodes"].as_array().unwrap().len();
    let read = reads(&app).await.remove(0);
    assert!(shown > 20, "{shown}");
    assert_eq!((read.about.children.len(), read.about.child_count), (shown, shown as u64));
    let panel = app.user(Role::PanelMember, HARROW).await;
    let range = json!({"authority": HARROW, "indicators": ["cla_number", "cla_ceased_number", "dental_checks_pct"],
                       "from": "2021-22-Q1", "to": "2023-24-Q4"});
    let told = panel.query_with(&operation("values"), range).await;
    assert_eq!(told.code(), "", "{}", told.message());
    let read = reads(&app).await.remove(0);
    assert_eq!(read.about.tables.len(), 20, "{:?}", read.about);
    assert!(read.about.table_count.is_some_and(|count| count > 20), "{:?}", read.about.table_count);
    assert_eq!((read.about.authorities, read.about.authority_count), (vec![HARROW.to_owned()], None));
}
