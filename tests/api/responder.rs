//! GraphQL over HTTP: media types, methods, parameters, errors, limits, and a stop that lets requests end.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_graphql::{Context, EmptySubscription, Object, Schema};
use awc::http::Method;
use lookedafter::access::Viewer;
use serde_json::json;

use crate::helpers::TestApp;

/// How long the request takes that runs while its server is stopped, in milliseconds, and whether it has begun.
const STOPPED: u64 = 601;
static BEGUN: AtomicBool = AtomicBool::new(false);

/// A small schema: what the responder does is the same for every schema.
pub struct Query;

#[Object]
impl Query {
    async fn ping(&self) -> &'static str {
        "pong"
    }

    async fn echo(&self, text: String) -> String {
        text
    }

    async fn fail(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err("it failed".into()))
    }

    async fn slow(&self, milliseconds: u64) -> u64 {
        BEGUN.fetch_or(milliseconds == STOPPED, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        milliseconds
    }

    async fn breaks(&self) -> i32 {
        "a dropped cup".parse().expect("a number")
    }

    async fn role(&self, context: &Context<'_>) -> Option<&'static str> {
        context.data::<Viewer>().ok().map(|viewer| viewer.role.code())
    }

    async fn me(&self) -> Query {
        Query
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn set(&self) -> bool {
        true
    }
}

pub async fn small(settings: &[(&str, &str)]) -> TestApp {
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let sdl = schema.sdl();
    TestApp::serving(schema, sdl, settings).await
}

const GRAPHQL: &str = "application/graphql-response+json";

#[actix_web::test]
async fn a_query_is_answered_in_the_media_type_that_is_asked_for() {
    let app = small(&[]).await;
    let answer = app.anonymous().query("{ ping }").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json; charset=utf-8"));
    assert_eq!(answer.json["data"], json!({"ping": "pong"}));
    let answer = app.anonymous().with("Accept", GRAPHQL).query("{ ping }").await;
    assert_eq!(answer.header("content-type"), "application/graphql-response+json; charset=utf-8");
    let answer = app.anonymous().with("Accept", "text/html").query("{ ping }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (406, "NOT_ACCEPTABLE"));
}

#[actix_web::test]
async fn every_answer_carries_its_headers() {
    let app = small(&[]).await;
    for path in ["/graphql?query={ping}", "/health/live", "/health/ready", "/schema.graphql", "/graphiql", "/nowhere"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!(answer.header("vary"), "Authorization, Accept, X-Active-Role, X-Purpose", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[actix_web::test]
async fn an_error_has_a_code_and_the_id_of_its_request() {
    let app = small(&[]).await;
    let answer = app.anonymous().with("Accept", GRAPHQL).query("{ ping fail }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (200, "INTERNAL"));
    assert_eq!(answer.json["data"], json!({"ping": "pong", "fail": null}));
    let id = answer.json["errors"][0]["extensions"]["requestId"].as_str().unwrap().to_owned();
    assert_eq!(id, answer.header("x-request-id"));
}

#[actix_web::test]
async fn a_document_that_cannot_be_executed_has_no_data() {
    let app = small(&[]).await;
    for document in
        ["{", "{ nothing }", "query ($x: Int!) { slow(milliseconds: $x) }", "query A { ping } query B { ping }"]
    {
        let answer = app.anonymous().with("Accept", GRAPHQL).query(document).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "VALIDATION"), "{document}");
        assert_eq!(answer.json.get("data"), None, "{document}");
        let answer = app.anonymous().query(document).await;
        assert_eq!((answer.status.as_u16(), answer.json.get("data")), (200, None), "{document}");
    }
    let document = "query ($x: Int!) { slow(milliseconds: $x) }";
    for variables in [json!({}), json!({"x": null}), json!({"x": "1"}), json!({"x": [1]}), json!({"x": {}})] {
        let answer = app.anonymous().with("Accept", GRAPHQL).query_with(document, variables.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "VALIDATION"), "{variables}");
    }
}

#[actix_web::test]
async fn a_get_answers_queries_alone_and_heeds_the_operation_name() {
    let app = small(&[]).await;
    let user = app.anonymous();
    let answer =
        user.get("/graphql?query=query%20A%7Bping%7D%20query%20B%7Becho(text:%22b%22)%7D&operationName=B").await;
    assert_eq!(answer.json["data"], json!({"echo": "b"}));
    let variables = "%7B%22t%22:%22c%22%7D";
    let answer = user.get(&format!("/graphql?query=query($t:String!)%7Becho(text:$t)%7D&variables={variables}")).await;
    assert_eq!(answer.json["data"], json!({"echo": "c"}));
    for document in ["mutation%7Bset%7D", "query%20A%7Bping%7D%20mutation%20B%7Bset%7D&operationName=B"] {
        let answer = user.get(&format!("/graphql?query={document}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"), "{document}");
    }
    assert_eq!(user.query("mutation { set }").await.json["data"], json!({"set": true}));
    let answer = user.send(Method::PUT, "/graphql", Vec::new()).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, POST"));
}

#[actix_web::test]
async fn only_plain_json_is_read() {
    let app = small(&[]).await;
    let body = br#"{"query": "{ ping }"}"#.to_vec();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin1",
        "application/graphql",
    ] {
        let user = app.anonymous().with("Content-Type", content_type);
        let answer = user.send(Method::POST, "/graphql", body.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
    }
    let answer = app.anonymous().send(Method::POST, "/graphql", body.clone()).await;
    assert_eq!(answer.status.as_u16(), 415, "without a content type");
    let answer = app.anonymous().with("Content-Encoding", "gzip").post(body.clone()).await;
    assert_eq!(answer.status.as_u16(), 415, "compressed");
    let user = app.anonymous().with("Content-Type", "application/json; charset=UTF-8");
    assert_eq!(user.send(Method::POST, "/graphql", body).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn lists_of_requests_and_bodies_too_large_are_refused() {
    let app = small(&[]).await;
    for count in [1, 10, 1000] {
        let batch = format!("[{}]", vec![r#"{"query": "{ ping }"}"#; count].join(","));
        let answer = app.anonymous().post(batch).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "BAD_REQUEST"), "{count}");
    }
    let large = json!({"query": "{ ping }", "variables": {"x": "x".repeat(256 * 1024)}}).to_string();
    let answer = app.anonymous().post(large).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (413, "TOO_LARGE"));
}

#[actix_web::test]
async fn a_body_that_never_ends_is_given_up() {
    let app = small(&[("time_limit_seconds", "1")]).await;
    let address = app.address.strip_prefix("http://").unwrap().to_owned();
    let answer = actix_web::rt::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let head =
            "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}9\r\n{{\"query\":\r\n").as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line
    });
    assert_eq!(answer.await.unwrap(), "HTTP/1.1 408 Request Timeout\r\n");
}

#[actix_web::test]
async fn the_cost_is_told_with_every_answer() {
    let app = small(&[]).await;
    let answer = app.anonymous().query("{ me { ping } }").await;
    assert_eq!(answer.json["extensions"]["cost"], json!({"requested": 1, "actual": 2, "remaining": 99_999}));
}

#[actix_web::test]
async fn a_field_that_breaks_off_ends_its_request_alone() {
    let app = small(&[]).await;
    let answer = app.anonymous().query("{ ping breaks }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (500, "INTERNAL"));
    assert!(!String::from_utf8(answer.body).unwrap().contains("dropped"));
    assert_eq!(app.anonymous().query("{ ping }").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_refusal_tells_at_most_twenty_errors_and_repeats_little_of_the_request() {
    let app = small(&[]).await;
    let fields: String = (0..3_000).map(|number| format!("f{number} ")).collect();
    let answer = app.anonymous().query(&format!("{{ me {{ {fields} }} }}")).await;
    assert_eq!(answer.json["errors"].as_array().unwrap().len(), 20);
    let answer = app.anonymous().query(&format!("{{ {} }}", "x".repeat(100_000))).await;
    assert!(answer.message().starts_with("Unknown field") && answer.message().chars().count() == 501);
}

#[actix_web::test]
async fn a_refusal_by_a_limit_says_what_and_how_much() {
    let app = small(&[("max_depth", "3")]).await;
    let answer = app.anonymous().query("{ me { me { me { ping } } } }").await;
    assert_eq!(answer.code(), "COMPLEXITY_LIMIT");
    let extensions = &answer.json["errors"][0]["extensions"];
    assert_eq!((&extensions["limit"], &extensions["actual"]), (&json!(3), &json!(4)));
    assert!(answer.message().contains("too deep"), "{}", answer.message());
}

#[actix_web::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let app = small(&[("time_limit_seconds", "1")]).await;
    let answer = app.anonymous().query("{ slow(milliseconds: 20000) }").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (503, "TIMEOUT"));
}

#[actix_web::test]
async fn a_running_request_ends_before_the_server_does() {
    let mut app = small(&[]).await;
    let user = app.anonymous();
    let running =
        actix_web::rt::spawn(async move { user.query(&format!("{{ slow(milliseconds: {STOPPED}) }}")).await });
    while !BEGUN.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    app.stop();
    assert_eq!(running.await.unwrap().json["data"], json!({"slow": STOPPED}));
    let address = app.address.strip_prefix("http://").unwrap();
    let mut tries = 0;
    // Not on this thread alone, which the server needs to end.
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tries += 1;
        assert!(tries < 600, "the server still listens");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[actix_web::test]
async fn the_pages_beside_graphql_answer() {
    let app = small(&[]).await;
    let user = app.anonymous();
    assert_eq!(user.get("/health/live").await.json, json!({"status": "live"}));
    assert_eq!(user.get("/health/ready").await.json, json!({"status": "ready"}));
    let schema = user.get("/schema.graphql").await;
    assert!(String::from_utf8(schema.body).unwrap().contains("type Query"));
    user.query("{ ping }").await;
    let metrics = app.metrics().await;
    let line = r#"lookedafter_requests_total{route="/graphql",method="POST",status="200"}"#;
    assert!(metrics.contains(line) && metrics.contains("lookedafter_request_seconds_bucket"), "{metrics}");
    assert!(metrics.contains("lookedafter_latest_import 0"), "{metrics}");
    assert_eq!(user.get("/metrics").await.status.as_u16(), 404, "metrics are on a listener of their own");
    let answer = user.get("/nowhere").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (404, "application/problem+json"));
    assert_eq!(answer.json["code"], "NOT_FOUND");
    let answer = user.send(Method::POST, "/health/live", Vec::new()).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD"));
}

#[actix_web::test]
async fn answers_are_compressed_for_those_who_can_read_that() {
    let app = small(&[]).await;
    let answer = app.anonymous().with("Accept-Encoding", "gzip").query("{ ping }").await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.header("vary").contains("Authorization"), "{}", answer.header("vary"));
}
