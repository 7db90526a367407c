//! Clients that take nothing of their answer, or say nothing, are let go of; those that are merely slow are not.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use serde_json::json;

use crate::helpers::TestApp;

/// More than the system keeps for a connection on both sides.
const LARGE: usize = 24 * 1024 * 1024;

struct Query;

#[Object]
impl Query {
    async fn large(&self) -> String {
        "x".repeat(LARGE)
    }
}

async fn serving(seconds: &str) -> TestApp {
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).finish();
    let sdl = schema.sdl();
    TestApp::serving(schema, sdl, &[("send_timeout_seconds", seconds)]).await
}

/// Asks for the large answer and takes nothing of it yet.
fn asked(app: &TestApp) -> TcpStream {
    let mut stream = TcpStream::connect(app.address.strip_prefix("http://").unwrap()).unwrap();
    let body = json!({"query": "{ large }"}).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
    stream
}

/// How much still arrives until the connection ends; an error for one that was broken off.
fn rest(mut stream: TcpStream) -> (usize, Option<std::io::ErrorKind>) {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let (mut taken, mut piece) = (0, vec![0; 1024 * 1024]);
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return (taken, None),
            Ok(bytes) => taken += bytes,
            Err(error) => return (taken, Some(error.kind())),
        }
    }
}

#[cfg(target_os = "linux")]
#[actix_web::test]
async fn a_connection_that_takes_nothing_of_its_answer_is_closed() {
    let app = serving("2").await;
    let stream = asked(&app);
    let ended = actix_web::rt::task::spawn_blocking(move || {
        std::thread::sleep(Duration::from_secs(10));
        rest(stream)
    });
    let (taken, error) = ended.await.unwrap();
    assert!(taken < LARGE, "only what the system had taken over arrives: {taken}");
    assert_ne!(error, Some(std::io::ErrorKind::WouldBlock), "the connection is still open");
}

#[actix_web::test]
async fn a_connection_that_takes_its_answer_slowly_is_not() {
    let app = serving("2").await;
    let mut stream = asked(&app);
    let taken = actix_web::rt::task::spawn_blocking(move || {
        let (began, mut taken, mut piece) = (Instant::now(), 0, vec![0; 512 * 1024]);
        // A megabyte a second, for twice as long as one may take nothing.
        while began.elapsed() < Duration::from_secs(5) {
            taken += stream.read(&mut piece).unwrap();
            std::thread::sleep(Duration::from_millis(500));
        }
        taken + rest(stream).0
    });
    assert!(taken.await.unwrap() > LARGE);
}

#[actix_web::test]
async fn a_connection_that_says_nothing_or_half_a_head_is_closed() {
    let app = serving("10").await;
    for said in ["", "POST /graphql HTTP/1.1\r\nHost: x\r\n"] {
        let mut stream = TcpStream::connect(app.address.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(said.as_bytes()).unwrap();
        let ended = actix_web::rt::task::spawn_blocking(move || {
            let began = Instant::now();
            (rest(stream), began.elapsed())
        });
        let ((_, error), elapsed) = ended.await.unwrap();
        assert!(error.is_none() && elapsed < Duration::from_secs(10), "{said:?}: {error:?} after {elapsed:?}");
    }
}
