//! Who asks too much at once is refused at once, and the others are answered as if nothing were.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use actix_web::rt::{spawn, time::sleep};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, SimpleObject};
use tokio::sync::Semaphore;

use crate::figures::HARROW;
use crate::helpers::{Answer, TestApp, User};

/// Eight of one and sixteen of all.
const FEW: &[(&str, &str)] = &[("max_in_flight_per_principal", "8"), ("max_in_flight", "16")];

/// What holds operations until the test has looked.
#[derive(Clone)]
struct Held {
    begun: Arc<AtomicUsize>,
    gate: Arc<(Mutex<bool>, Condvar)>,
    turnstile: Arc<Semaphore>,
}

impl Held {
    fn new() -> Held {
        Held { begun: Arc::default(), gate: Arc::default(), turnstile: Arc::new(Semaphore::new(0)) }
    }

    async fn begun(&self, operations: usize) {
        while self.begun.load(Ordering::SeqCst) < operations {
            sleep(Duration::from_millis(5)).await;
        }
    }

    fn release(&self) {
        *self.gate.0.lock().unwrap() = true;
        self.gate.1.notify_all();
        self.turnstile.add_permits(1_000);
    }
}

/// A schema with operations that are held: one that waits, as for a database, and one that keeps its thread.
struct Query(Held);

#[derive(SimpleObject)]
struct Item {
    number: i32,
}

#[Object]
impl Query {
    async fn ping(&self) -> &'static str {
        "pong"
    }

    async fn waits(&self) -> &'static str {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        let _ = self.0.turnstile.acquire().await;
        "done"
    }

    async fn works(&self, first: i32) -> Vec<Item> {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        let (open, opened) = &*self.0.gate;
        let _open = opened.wait_while(open.lock().unwrap(), |open| !*open).unwrap();
        vec![Item { number: first }]
    }
}

async fn serving(held: &Held, settings: &[(&str, &str)]) -> TestApp {
    let schema = Schema::build(Query(held.clone()), EmptyMutation, EmptySubscription).finish();
    let sdl = schema.sdl();
    TestApp::serving(schema, sdl, settings).await
}

/// Asks so often at once, without waiting for the answers.
fn ask(user: &User, document: &'static str, times: usize) -> Vec<actix_web::rt::task::JoinHandle<Answer>> {
    let one = |_| {
        let user = user.clone();
        spawn(async move { user.query(document).await })
    };
    (0..times).map(one).collect()
}

fn must_wait(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.code()), (status, code), "{}", answer.json);
    let seconds = answer.json["errors"][0]["extensions"]["retryAfterSeconds"].as_u64().unwrap();
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert!(seconds >= 1);
}

async fn is_answered(user: &User) -> bool {
    user.query("{ ping }").await.json["data"]["ping"] == "pong"
}

#[actix_web::test]
async fn one_with_too_many_in_flight_is_refused_while_they_run_and_others_are_answered() {
    let held = Held::new();
    let app = serving(&held, FEW).await;
    let (one, other) = (app.analyst(HARROW).await, app.data_steward(HARROW).await);
    let running = ask(&one, "{ waits }", 8);
    held.begun(8).await;
    for media in ["application/json", "application/graphql-response+json"] {
        let answer = one.clone().with("Accept", media).query("{ ping }").await;
        must_wait(&answer, 429, "RATE_LIMITED");
        assert_eq!(answer.header("content-type"), format!("{media}; charset=utf-8"));
    }
    // Another token of the same person has no places of its own; another person does, and so has one without a token.
    must_wait(&app.analyst(HARROW).await.query("{ ping }").await, 429, "RATE_LIMITED");
    assert!(is_answered(&other).await && is_answered(&app.anonymous()).await);
    held.release();
    for answer in running {
        assert_eq!(answer.await.unwrap().json["data"]["waits"], "done");
    }
    assert!(is_answered(&one).await);
}

#[actix_web::test]
async fn all_together_leave_room_for_one_who_asks_little() {
    let held = Held::new();
    let app = serving(&held, FEW).await;
    let (one, other) = (app.analyst(HARROW).await, app.data_steward(HARROW).await);
    let mut running = ask(&one, "{ waits }", 8);
    held.begun(8).await;
    running.extend(ask(&other, "{ waits }", 4));
    held.begun(12).await;
    for media in ["application/json", "application/graphql-response+json"] {
        must_wait(&other.clone().with("Accept", media).query("{ ping }").await, 503, "UNAVAILABLE");
    }
    assert!(is_answered(&app.anonymous()).await);
    assert_eq!(app.anonymous().get("/health/ready").await.status.as_u16(), 200);
    held.release();
    for answer in running {
        assert_eq!(answer.await.unwrap().json["data"]["waits"], "done");
    }
    assert!(is_answered(&other).await);
}

#[actix_web::test]
async fn long_operations_do_not_keep_the_threads_that_talk_to_clients() {
    let held = Held::new();
    let app = serving(&held, &[]).await;
    let one = app.analyst(HARROW).await;
    let running = ask(&one, "{ works(first: 1000) { number } }", 16);
    held.begun(2).await;
    // Every thread has some of these connections: one that was kept would answer none of them.
    let threads = std::thread::available_parallelism().unwrap().get();
    for answer in ask(&app.anonymous(), "{ ping }", 4 * threads) {
        assert_eq!(answer.await.unwrap().json["data"]["ping"], "pong");
    }
    held.release();
    for answer in running {
        assert_eq!(answer.await.unwrap().json["data"]["works"][0]["number"], 1000);
    }
}

#[actix_web::test]
async fn whoever_hangs_up_gives_up_their_places() {
    let held = Held::new();
    let app = serving(&held, FEW).await;
    let one = app.analyst(HARROW).await;
    let running = ask(&one, "{ waits }", 8);
    held.begun(8).await;
    must_wait(&one.query("{ ping }").await, 429, "RATE_LIMITED");
    for asked in &running {
        asked.abort();
    }
    while !is_answered(&one).await {
        sleep(Duration::from_millis(20)).await;
    }
}
