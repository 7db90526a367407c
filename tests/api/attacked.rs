//! Hostile documents and requests, sent to the program's own schema: each gets its answer, and none reaches the database.

use std::any::TypeId;
use std::sync::{Arc, OnceLock};

use async_graphql::{Data, Executor, Request, Response};
use awc::http::Method;
use futures_util::stream::BoxStream;
use lookedafter::access::Viewer;
use lookedafter::figures::Figures;
use lookedafter::graphql::{self, Api};
use serde_json::Value;

use crate::attacks::{self, Attack};
use crate::figures::HARROW;
use crate::helpers::{Answer, TestApp, policy};

/// Answers everyone as it answers the one who asked first, so that someone who is let into everything can go on
/// asking when grants can no longer be read.
#[derive(Clone)]
struct AsTheFirst {
    api: Api,
    first: Arc<OnceLock<Viewer>>,
}

impl AsTheFirst {
    fn disguised(&self, request: Request) -> Request {
        let viewer = request.data.get(&TypeId::of::<Viewer>()).and_then(|given| given.downcast_ref::<Viewer>());
        let first = self.first.get_or_init(|| viewer.unwrap().clone()).clone();
        request.data(first)
    }
}

impl Executor for AsTheFirst {
    async fn execute(&self, request: Request) -> Response {
        self.api.execute(self.disguised(request)).await
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        self.api.execute_stream(self.disguised(request), session)
    }
}

/// A server whose database has lost all its tables, on which everyone is an analyst.
async fn without_tables() -> TestApp {
    let api = |store: &_| graphql::schema(Figures::new(Clone::clone(store), policy()));
    let app = TestApp::made(|store| (AsTheFirst { api: api(store), first: Arc::default() }, graphql::sdl()), &[]).await;
    app.load(HARROW, 5).await;
    let first = app.analyst(HARROW).await.query("{ viewer { role } }").await;
    assert_eq!(first.json["data"]["viewer"]["role"], "analyst");
    for _ in app.store.changes().await.unwrap() {
        app.store.migrate_down().await.unwrap();
    }
    app
}

async fn answer(app: &TestApp, attack: &Attack) -> Answer {
    let mut user = app.anonymous();
    for (name, value) in &attack.headers {
        user = user.with(name, value);
    }
    let method = Method::from_bytes(attack.method.as_bytes()).unwrap();
    user.send(method, &attack.path, attack.body.clone()).await
}

#[actix_web::test]
async fn every_attack_is_answered_as_it_must_be_without_the_database() {
    let app = without_tables().await;
    // What does ask the database fails here, so that a refusal shows that it was not asked.
    let asking = format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}");
    assert_eq!(app.anonymous().query(&asking).await.code(), "INTERNAL");
    let mut wrong = Vec::new();
    for attack in attacks::all() {
        let answer = answer(&app, &attack).await;
        let executed = answer.json.get("data").is_some();
        let as_expected = (answer.status.as_u16(), answer.code()) == (attack.status, attack.code);
        if !as_expected || executed != (attack.status == 200) {
            let told: String = answer.json.to_string().chars().take(300).collect();
            wrong.push(format!("{}: {} {told}", attack.name, answer.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn no_refusal_says_more_than_it_must() {
    let app = without_tables().await;
    let asking = format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}");
    let mut answers = vec![("a broken database".to_owned(), app.anonymous().query(&asking).await)];
    for attack in attacks::all() {
        answers.push((attack.name.to_owned(), answer(&app, &attack).await));
    }
    for (name, answer) in answers {
        let text = String::from_utf8(answer.body.clone()).unwrap();
        for word in
            ["Did you mean", "SELECT ", "sqlite", "no such table", "src/", ".rs:", "panicked", "tracing", "stack"]
        {
            assert!(!text.contains(word), "{name}: {word} in {text}");
        }
        assert!(text.len() < 16 * 1024, "{name}: {} bytes", text.len());
        for error in answer.json["errors"].as_array().into_iter().flatten() {
            let known = ["code", "classification", "requestId", "limit", "actual", "nearMatches"];
            let extensions = error["extensions"].as_object().unwrap();
            assert!(extensions.keys().all(|key| known.contains(&key.as_str())), "{name}: {error}");
        }
        assert_eq!(answer.header("server"), "", "{name}");
    }
}

#[actix_web::test]
async fn the_usual_introspection_is_answered() {
    let app = without_tables().await;
    let usual = include_str!("attacks/introspection.graphql");
    let answer = app.anonymous().query(usual).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json["errors"]);
    assert_eq!(answer.json["data"]["__schema"]["queryType"]["name"], "Query");
}
