//! Records: children, care leavers and carers in pages, with what hangs from them, for those who may read them.

use serde_json::{Value, json};

use crate::figures::{HARROW, operation};
use crate::helpers::{TestApp, User};

async fn analyst(app: &TestApp, children: usize) -> User {
    app.load(HARROW, children).await;
    app.analyst(HARROW).await
}

/// Asks an operation that must succeed, and gives what it says about the authority.
async fn ask(user: &User, document: &str, variables: Value) -> Value {
    let answer = user.query_with(document, variables).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json);
    answer.json["data"]["authority"].clone()
}

#[actix_web::test]
async fn a_page_of_children_comes_with_all_that_hangs_from_them() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let variables = json!({"authority": HARROW, "on": "2023-09-30", "first": 50});
    let children = ask(&user, &operation("children"), variables).await["children"].clone();
    assert_eq!((&children["totalCount"], &children["pageInfo"]["hasNextPage"]), (&json!(36), &json!(false)));
    let nodes = children["nodes"].as_array().unwrap();
    let references: Vec<&str> = nodes.iter().map(|child| child["reference"].as_str().unwrap()).collect();
    assert_eq!((references.len(), references[0], references[35]), (36, "C0001", "C0041"));
    // C0012: a girl of mixed ethnicity, missing once, without a review since the year ended.
    let child = nodes.iter().find(|child| child["reference"] == "C0012").unwrap();
    assert_eq!(
        (&child["age"], &child["ageBand"], &child["gender"]),
        (&json!(13), &json!("10 to 15"), &json!("Female"))
    );
    assert_eq!(
        (&child["ethnicity"], &child["uasc"], &child["legalStatus"]),
        (&json!("MWBC"), &json!(false), &json!("C2"))
    );
    let first = json!({"start": "2022-05-01", "end": "2022-07-01", "reasonNew": "S", "reasonCeased": "X1", "legalStatus": "C2"});
    assert_eq!((child["episodes"]["nodes"].as_array().unwrap().len(), &child["episodes"]["nodes"][0]), (2, &first));
    let placement = &child["placements"]["nodes"][1];
    assert_eq!(
        (&placement["kind"], &placement["distanceMiles"], &placement["carer"]["kind"]),
        (&json!("U6"), &json!(3.5), &json!("MAINSTREAM"))
    );
    let reviews = child["reviews"]["nodes"].as_array().unwrap();
    assert_eq!(reviews[0], json!({"held": "2022-05-20", "due": "2022-05-30", "onTime": true, "participation": "PN1"}));
    assert_eq!(reviews[3], json!({"held": null, "due": "2023-08-10", "onTime": false, "participation": null}));
    assert_eq!(child["missingEpisodes"]["nodes"], json!([{"kind": "M", "start": "2022-12-01", "end": "2022-12-02"}]));
}

#[actix_web::test]
async fn small_pages_one_after_the_other_are_the_whole_list() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let document = "query ($after: String) { authority(by: {onsCode: \"E09000015\"}) {
        children(filter: {lookedAfterOn: \"2023-09-30\"}, first: 5, after: $after) {
            totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { reference } }
        } } }";
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = ask(&user, document, json!({"after": after})).await["children"].clone();
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasPreviousPage"]), (&json!(36), &json!(!after.is_null())));
        seen.extend(
            page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["reference"].as_str().unwrap().to_owned()),
        );
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let expected: Vec<String> = (0..42).filter(|n| n % 7 != 0).map(|n| format!("C{n:04}")).collect();
    assert_eq!(seen, expected);
}

#[actix_web::test]
async fn a_cursor_of_another_list_and_a_page_that_is_too_large_are_refused() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 3).await;
    let document = "query ($after: String) { authority(by: {onsCode: \"E09000015\"}) {
        children(after: $after) { nodes { reference } } leavers(filter: {on: \"2023-09-30\"}) { pageInfo { endCursor } } } }";
    let first = ask(&user, document, json!({})).await;
    for cursor in [first["leavers"]["pageInfo"]["endCursor"].clone(), json!("nonsense"), json!("")] {
        let answer = user.query_with(document, json!({"after": cursor})).await;
        assert_eq!(
            (answer.code(), &answer.json["data"]["authority"]["children"]),
            ("VALIDATION", &Value::Null),
            "{cursor}"
        );
    }
    let many =
        user.query("{ authority(by: {onsCode: \"E09000015\"}) { children(first: 1001) { nodes { id } } } }").await;
    assert!(many.code() == "COMPLEXITY_LIMIT" || many.code() == "VALIDATION");
}

#[actix_web::test]
async fn children_are_filtered_by_the_groups_of_a_breakdown() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let document = "query ($filter: ChildFilter) { authority(by: {onsCode: \"E09000015\"}) {
        children(filter: $filter) { totalCount nodes { ethnicGroup gender } } } }";
    let mixed = ask(&user, document, json!({"filter": {"ethnicGroup": ["MIXED"], "gender": ["Female"]}})).await;
    assert_eq!(mixed["children"]["totalCount"], 7);
    assert_eq!(mixed["children"]["nodes"][0], json!({"ethnicGroup": "Mixed", "gender": "Female"}));
    let unknown = user.query_with(document, json!({"filter": {"ageBand": ["TEENAGER"]}})).await;
    assert_eq!(unknown.code(), "VALIDATION");
}

#[actix_web::test]
async fn behind_a_number_stand_the_files_the_conditions_and_the_children() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let variables = json!({"authority": HARROW, "period": "2023-24-Q2", "indicator": "reviews_in_timescale_pct"});
    let value = ask(&user, &operation("why"), variables).await["value"].clone();
    let lineage = &value["lineage"];
    assert_eq!(
        lineage["disclosure"],
        json!({"policy": "none", "rule": lineage["disclosure"]["rule"], "applied": false})
    );
    assert_eq!((&lineage["steps"][0]["order"], &lineage["steps"][0]["countOut"]), (&json!(1), &json!(36)));
    assert_eq!(lineage["digest"].as_str().unwrap().len(), 64);
    // Those whose number is divisible by six, and not by seven, had none of the reviews that fell due.
    let missed: Vec<&str> =
        value["cohort"]["nodes"].as_array().unwrap().iter().map(|c| c["reference"].as_str().unwrap()).collect();
    assert_eq!(missed, ["C0006", "C0012", "C0018", "C0024", "C0030", "C0036"]);
    assert_eq!(
        (&value["numerator"], &value["denominator"], &value["cohort"]["totalCount"]),
        (&json!(30), &json!(36), &json!(6))
    );
}

#[actix_web::test]
async fn the_children_behind_a_group_are_those_of_the_group() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let document = "{ authority(by: {onsCode: \"E09000015\"}) {
        breakdown(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}, by: GENDER) {
            rows { value { value cohort(part: NUMERATOR) { totalCount nodes { gender } } } } } } }";
    let rows = ask(&user, document, json!({})).await["breakdown"]["rows"].clone();
    let boys = &rows[0]["value"];
    assert_eq!((&boys["value"], &boys["cohort"]["totalCount"]), (&json!(18.0), &json!(18)));
    assert!(boys["cohort"]["nodes"].as_array().unwrap().iter().all(|child| child["gender"] == "Male"));
}

#[actix_web::test]
async fn care_leavers_and_carers_are_those_of_the_day() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 42).await;
    let variables = json!({"authority": HARROW, "on": "2023-09-30"});
    let authority = ask(&user, &operation("leavers-and-carers"), variables).await;
    assert_eq!(authority["leavers"]["totalCount"], 1);
    let leaver = &authority["leavers"]["nodes"][0];
    assert_eq!((&leaver["age"], &leaver["inTouch"], &leaver["activity"]), (&json!(19), &json!("YES"), &json!("F2")));
    assert_eq!(
        (&leaver["accommodation"], &leaver["suitable"], &leaver["eet"]),
        (&json!("U1"), &json!(true), &json!(true))
    );
    assert_eq!(authority["carers"]["totalCount"], 2);
    let carers = authority["carers"]["nodes"].as_array().unwrap();
    // Of the 36 who are still looked after, those who have not moved since are with the household of July 2022.
    let filled: Vec<i64> = carers.iter().map(|carer| carer["filledPlaces"].as_i64().unwrap()).collect();
    let with = |rest: usize| (0..42).filter(|n| n % 7 != 0 && n % 5 != 0 && n % 2 == rest).count() as i64;
    assert_eq!(filled, [with(0), with(1)]);
    assert_eq!((&carers[0]["approvedPlaces"], &carers[0]["approvedOn"]), (&json!(3), &json!("2020-01-01")));
}

#[actix_web::test]
async fn two_authorities_with_children_of_the_same_names_never_mix() {
    let app = TestApp::spawn().await;
    app.load(HARROW, 12).await;
    app.load("E09000005", 2).await;
    app.grant("analyst@E09000015", lookedafter::access::Role::Analyst, "E09000005").await;
    let user = app.analyst(HARROW).await;
    let children = "children(first: 2) { totalCount nodes { id reference placements { nodes { carer { id } } } } }";
    let document = format!(
        "{{ a: authority(by: {{onsCode: \"E09000015\"}}) {{ {children} }} b: authority(by: {{onsCode: \"E09000005\"}}) {{ {children} }} }}"
    );
    let answer = user.query(&document).await;
    assert_eq!(answer.json["errors"], Value::Null);
    let (a, b) = (&answer.json["data"]["a"]["children"], &answer.json["data"]["b"]["children"]);
    assert_eq!((&a["nodes"][1]["reference"], &b["nodes"][1]["reference"]), (&json!("C0001"), &json!("C0001")));
    assert_ne!(a["nodes"][1]["id"], b["nodes"][1]["id"]);
    let carer = |page: &Value| page["nodes"][1]["placements"]["nodes"][1]["carer"]["id"].clone();
    assert!(carer(a).is_string() && carer(a) != carer(b));
}

#[actix_web::test]
async fn whatever_has_an_id_is_found_by_it_again() {
    let app = TestApp::spawn().await;
    let user = analyst(&app, 12).await;
    let document = "{ authority(by: {onsCode: \"E09000015\"}) { id
        value(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}) { id period { id } indicator { id } }
        scorecard(period: {code: \"2023-24-Q2\"}) { id }
        breakdown(indicator: \"cla_number\", period: {code: \"2023-24-Q2\"}, by: GENDER) { rows { value { id } } }
        carers(filter: {approvedOn: \"2023-09-30\"}) { nodes { id } }
        leavers(filter: {on: \"2023-09-30\"}) { nodes { id } }
        children(first: 5) { nodes { id episodes { nodes { id } } placements { nodes { id } } reviews { nodes { id } }
            missingEpisodes { nodes { id } } } } } }";
    let authority = ask(&user, document, json!({})).await;
    let mut ids = Vec::new();
    collect_ids(&authority, &mut ids);
    assert!(ids.len() > 40);
    let kinds = "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
    let answer = user.query_with(kinds, json!({"ids": ids})).await;
    let found: Vec<&str> =
        answer.json["data"]["nodes"].as_array().unwrap().iter().filter_map(|node| node["id"].as_str()).collect();
    assert_eq!(found, ids);
    // The same ids are nothing to someone else.
    app.load("E09000005", 1).await;
    let foreign = app.analyst("E09000005").await.query_with(kinds, json!({"ids": ids})).await;
    let seen: Vec<&Value> =
        foreign.json["data"]["nodes"].as_array().unwrap().iter().filter(|node| !node.is_null()).collect();
    assert!(seen.iter().all(|node| node["__typename"] == "Indicator" || node["__typename"] == "Period"), "{seen:?}");
    let nonsense = user.query("{ node(id: \"nonsense\") { id } }").await;
    assert_eq!(nonsense.json["data"], json!({"node": null}));
}

fn collect_ids(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(id) if name == "id" => ids.push(id.clone()),
            value => collect_ids(value, ids),
        }),
        Value::Array(items) => items.iter().for_each(|item| collect_ids(item, ids)),
        _ => {}
    }
}
