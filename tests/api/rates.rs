//! Who asks too much has to wait, in words and headers that a program can heed; others do not.

use awc::http::Method;

use crate::figures::HARROW;
use crate::helpers::{Answer, User};
use crate::responder::small;

/// A budget of three requests, of which none comes back while the test runs.
const THREE: &[(&str, &str)] = &[("max_complexity", "100"), ("rate_burst", "170"), ("rate_per_second", "1")];

async fn last_of(user: &User, requests: usize) -> Answer {
    for _ in 1..requests {
        assert_eq!(user.query("{ ping }").await.status.as_u16(), 200);
    }
    user.query("{ ping }").await
}

fn must_wait(answer: &Answer) -> u64 {
    assert_eq!((answer.status.as_u16(), answer.code()), (429, "RATE_LIMITED"), "{}", answer.json);
    let seconds = answer.json["errors"][0]["extensions"]["retryAfterSeconds"].as_u64().unwrap();
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    seconds
}

#[actix_web::test]
async fn a_spent_budget_has_to_be_waited_for_and_is_ones_own() {
    let app = small(THREE).await;
    let seconds = must_wait(&last_of(&app.anonymous(), 4).await);
    assert!((20..=30).contains(&seconds), "{seconds}");
    let answer = app.anonymous().with("Accept", "application/graphql-response+json").query("{ ping }").await;
    must_wait(&answer);
    assert_eq!(answer.header("content-type"), "application/graphql-response+json; charset=utf-8");
    let analyst = app.analyst(HARROW).await;
    must_wait(&last_of(&analyst, 4).await);
    // A second token of the same person has no budget of its own.
    must_wait(&app.analyst(HARROW).await.query("{ ping }").await);
    assert_eq!(app.data_steward(HARROW).await.query("{ ping }").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn what_is_refused_costs_too_and_what_costs_more_is_dearer() {
    let app = small(THREE).await;
    for body in ["{", r#"{"query": "{"}"#, "[]"] {
        assert_ne!(app.anonymous().post(body).await.status.as_u16(), 429);
    }
    must_wait(&app.anonymous().query("{ ping }").await);
    let app = small(THREE).await;
    let dear = format!("{{ {} }}", (0..60).map(|n| format!("... {{ me {{ a{n}: ping }} }} ")).collect::<String>());
    let app_with_width = small(&[THREE, &[("max_root_fields", "100"), ("max_aliases", "100")]].concat()).await;
    assert_eq!(app_with_width.anonymous().query(&dear).await.status.as_u16(), 200);
    must_wait(&last_of(&app_with_width.anonymous(), 2).await);
    assert_eq!(last_of(&app.anonymous(), 3).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn after_too_many_wrong_tokens_only_those_known_to_be_good_are_let_in() {
    let app = small(&[("failed_sign_ins_per_minute", "5")]).await;
    let known = app.analyst(HARROW).await;
    assert_eq!(known.query("{ ping }").await.status.as_u16(), 200);
    let wrong = app.anonymous().with("Authorization", "Bearer wrong");
    let mut statuses = Vec::new();
    for _ in 0..7 {
        statuses.push(wrong.query("{ ping }").await.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 401, 429]);
    must_wait(&app.data_steward(HARROW).await.query("{ ping }").await);
    assert_eq!(known.query("{ ping }").await.status.as_u16(), 200);
    assert_eq!(app.anonymous().query("{ ping }").await.status.as_u16(), 200);
}

#[actix_web::test]
async fn whom_a_trusted_proxy_asks_for_pays_and_nobody_else_can_pretend() {
    let app = small(&[THREE, &[("trusted_proxies", "127.0.0.1")]].concat()).await;
    let from = |address: &str| app.anonymous().with("X-Forwarded-For", address);
    must_wait(&last_of(&from("198.51.100.1, 203.0.113.9"), 4).await);
    must_wait(&from("198.51.100.2, 203.0.113.9").query("{ ping }").await);
    assert_eq!(from("203.0.113.10").query("{ ping }").await.status.as_u16(), 200);
    let app = small(THREE).await;
    for last in 1..=3 {
        let user = app.anonymous().with("X-Forwarded-For", &format!("203.0.113.{last}"));
        assert_eq!(user.query("{ ping }").await.status.as_u16(), 200);
    }
    must_wait(&app.anonymous().with("X-Forwarded-For", "203.0.113.4").query("{ ping }").await);
}

#[actix_web::test]
async fn the_page_to_try_queries_on_can_be_left_out() {
    let app = small(&[("graphiql", "off")]).await;
    let answer = app.anonymous().get("/graphiql").await;
    assert_eq!((answer.status.as_u16(), answer.json["code"].as_str()), (404, Some("NOT_FOUND")));
    let elsewhere = small(&[("listen", "0.0.0.0:8080")]).await;
    assert_eq!(elsewhere.anonymous().get("/graphiql").await.status.as_u16(), 404);
}

#[actix_web::test]
async fn other_methods_are_told_which_to_use() {
    let app = small(&[]).await;
    for (method, path, status, allow) in [
        ("HEAD", "/health/live", 200, ""),
        ("HEAD", "/schema.graphql", 200, ""),
        ("HEAD", "/graphql", 405, "GET, POST"),
        ("OPTIONS", "/graphql", 405, "GET, POST"),
        ("DELETE", "/graphql", 405, "GET, POST"),
        ("OPTIONS", "/schema.graphql", 405, "GET, HEAD"),
        ("POST", "/graphiql", 405, "GET, HEAD"),
    ] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = app.anonymous().send(method.clone(), path, Vec::new()).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (status, allow), "{method} {path}");
    }
}
