//! Hostile documents and requests, sent to the program's own schema: each gets its answer, and none reaches the database.

use awc::http::Method;
use lookedafter::figures::Figures;
use lookedafter::graphql;
use lookedafter::store::Store;
use serde_json::Value;

use crate::attacks::{self, Attack};
use crate::figures::HARROW;
use crate::helpers::databases::{self, Database};
use crate::helpers::{Answer, TestApp, User, policy};

/// A server that can let people in but answers from a database without a single table.
struct Bare {
    analyst: User,
    _app: TestApp,
    _database: Database,
}

impl Bare {
    async fn spawn() -> Bare {
        let database = databases::sqlite();
        let store = Store::connect(&database.url).await.unwrap();
        let api = graphql::schema(Figures::new(store, policy()), None);
        let app = TestApp::serving(api, graphql::sdl(), &[]).await;
        Bare { analyst: app.analyst(HARROW).await, _app: app, _database: database }
    }

    /// What does ask the database.
    async fn asking(&self) -> Answer {
        self.analyst.query(&format!("{{ authority(by: {{onsCode: \"{HARROW}\"}}) {{ name }} }}")).await
    }
}

async fn answer(bare: &Bare, attack: &Attack) -> Answer {
    let mut user = bare.analyst.clone();
    for (name, value) in &attack.headers {
        user = user.with(name, value);
    }
    let method = Method::from_bytes(attack.method.as_bytes()).unwrap();
    user.send(method, &attack.path, attack.body.clone()).await
}

#[actix_web::test]
async fn every_attack_is_answered_as_it_must_be_without_the_database() {
    let bare = Bare::spawn().await;
    // What does ask the database fails here, so that a refusal shows that it was not asked.
    assert_eq!(bare.asking().await.code(), "INTERNAL");
    let mut wrong = Vec::new();
    for attack in attacks::all() {
        let answer = answer(&bare, &attack).await;
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
    let bare = Bare::spawn().await;
    let mut answers = vec![("a broken database".to_owned(), bare.asking().await)];
    for attack in attacks::all() {
        answers.push((attack.name.to_owned(), answer(&bare, &attack).await));
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
    let bare = Bare::spawn().await;
    let usual = include_str!("attacks/introspection.graphql");
    let answer = bare.analyst.query(usual).await;
    assert_eq!(answer.json["errors"], Value::Null, "{:#}", answer.json["errors"]);
    assert_eq!(answer.json["data"]["__schema"]["queryType"]["name"], "Query");
}
