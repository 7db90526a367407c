//! Traces: what reaches a collector, what never does, and a collector that is not there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::helpers::User;
use crate::monitoring::free;
use crate::program::{Serving, Terminal, text};

/// What a collector was sent: the heads of the requests, and their bodies.
#[derive(Clone, Default)]
struct Collected(Arc<Mutex<(Vec<String>, Vec<u8>)>>);

impl Collected {
    /// Listens on a free port for as long as the test runs, and answers everything with this status.
    fn start(status: &'static str) -> (String, Collected) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let collected = Collected::default();
        let kept = collected.clone();
        std::thread::spawn(move || listener.incoming().for_each(|stream| kept.receive(stream.unwrap(), status)));
        (address, collected)
    }

    fn receive(&self, mut stream: TcpStream, status: &str) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0);
        }
        let length =
            head.to_lowercase().split("content-length:").nth(1).unwrap().lines().next().unwrap().trim().to_owned();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        let mut kept = self.0.lock().unwrap();
        kept.0.push(head);
        kept.1.extend(body);
        drop(kept);
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        self.0.lock().unwrap().1.windows(bytes.len()).any(|part| part == bytes)
    }
}

#[actix_web::test]
async fn a_collector_is_sent_a_span_for_each_request_and_nothing_of_what_was_asked_or_by_whom() {
    let terminal = Terminal::new();
    let (address, collected) = Collected::start("200 OK");
    let settings =
        [("LOOKEDAFTER_OTLP_ENDPOINT", address.as_str()), ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=council")];
    let serving = Serving::with(&terminal, &settings);
    let made = terminal.run(&["token", "--role", "analyst", "--authority", "E09000015", "--subject", "somebody"], &[]);
    let user = User::at(&serving.address, Some(text(&made.stdout).trim().to_owned()))
        .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .with("tracestate", "vendor=canary4711")
        .with("X-Case-Reference", "canary4711");
    let document = "query Weekly($code: String!) { indicator(code: $code) { code } other: indicator(code: \"canary4711\") { code } }";
    let answer = user.query_with(document, json!({"code": "canary4711"})).await;
    assert_eq!(answer.json["data"], json!({"indicator": null, "other": null}), "{}", answer.json);
    user.get("/canary4711").await;
    user.get("/health/live").await;
    let request_id = answer.header("x-request-id").to_owned();
    let (status, log) = serving.stop();
    assert_eq!(status, Some(0));
    let told = log.iter().find(|line| line.contains(&request_id)).unwrap();
    assert!(told.contains("\"operation\":\"Weekly\""), "{told}");
    let heads = collected.0.lock().unwrap().0.clone();
    assert!(!heads.is_empty(), "nothing has arrived: {log:#?}");
    for head in &heads {
        assert!(head.starts_with("POST /v1/traces ") && head.contains("application/x-protobuf"), "{head}");
        assert!(head.to_lowercase().contains("x-tenant: council"), "{head}");
    }
    let trace = [0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c];
    assert!(collected.holds(&trace), "the request belongs to the trace of its caller");
    for part in
        ["POST /graphql", "sign in", "execute and record", "Weekly", "query", "analyst", "GET unknown", &request_id]
    {
        assert!(collected.holds(part.as_bytes()), "{part}");
    }
    for part in ["canary4711", "somebody", "E09000015", "indicator", "Bearer", "/health/live"] {
        assert!(!collected.holds(part.as_bytes()), "{part}");
    }
}

#[actix_web::test]
async fn without_a_collector_that_works_the_server_answers_and_says_so_once_in_a_while() {
    let (refusing, _) = Collected::start("503 Service Unavailable");
    for address in [format!("http://{}", free()), refusing] {
        let terminal = Terminal::new();
        let settings = [("LOOKEDAFTER_OTLP_ENDPOINT", address.as_str()), ("OTEL_BSP_SCHEDULE_DELAY", "50")];
        let serving = Serving::with(&terminal, &settings);
        let user = User::at(&serving.address, None);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(2) {
            assert_eq!(user.query("{ viewer { role } }").await.status.as_u16(), 200);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let begun = Instant::now();
        let (status, log) = serving.stop();
        assert_eq!(status, Some(0));
        assert!(begun.elapsed() < Duration::from_secs(20), "it stops all the same");
        let told: Vec<&String> = log.iter().filter(|line| line.contains("LOOKEDAFTER_OTLP_ENDPOINT")).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains("\"WARN\""), "{}", told[0]);
    }
}
