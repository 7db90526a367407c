//! Sends many requests and counts what they cost the process that answers.

use std::time::{Duration, Instant};

use awc::Client;

use super::process::processor_time;

/// One request, to be sent again and again.
#[derive(Clone)]
pub struct Request {
    /// Address.
    pub address: String,
    /// Token, if any.
    pub token: Option<String>,
    /// Body; without one the request is a GET.
    pub body: Option<String>,
}

/// What was measured.
pub struct Measured {
    cpu: Duration,
    wall: Duration,
    requests: usize,
    bytes: usize,
}

impl Measured {
    fn milliseconds(&self) -> f64 {
        self.cpu.as_secs_f64() * 1000.0 / self.requests as f64
    }

    /// Prints a row of the table.
    pub fn print(&self, name: &str, plain: &Measured) {
        let each = self.milliseconds();
        let times = each / plain.milliseconds();
        let rate = self.requests as f64 / self.wall.as_secs_f64();
        println!("| {name} | {each:.3} | {times:.1} | {rate:.0} | {} |", self.bytes);
    }
}

/// Measures a request against the process that answers it.
pub async fn measure(process: u32, requests: usize, at_once: usize, request: &Request) -> Measured {
    send(requests / 10, at_once, request).await;
    let (cpu, wall) = (processor_time(process), Instant::now());
    let bytes = send(requests, at_once, request).await;
    Measured { cpu: processor_time(process) - cpu, wall: wall.elapsed(), requests, bytes }
}

/// Sends the request so often, some at once over connections that are kept, and returns the length of an answer.
pub async fn send(requests: usize, at_once: usize, request: &Request) -> usize {
    let client = Client::builder().timeout(Duration::from_secs(30)).finish();
    let senders = (0..at_once).map(|_| {
        let (client, request) = (client.clone(), request.clone());
        actix_web::rt::spawn(async move {
            let mut bytes = 0;
            for _ in 0..requests / at_once {
                bytes = once(&client, &request).await;
            }
            bytes
        })
    });
    let senders: Vec<_> = senders.collect();
    let mut bytes = 0;
    for sender in senders {
        bytes = sender.await.expect("a sender does not fail");
    }
    bytes
}

async fn once(client: &Client, request: &Request) -> usize {
    let mut answer = match &request.body {
        Some(body) => {
            let mut post = client.post(&request.address).insert_header(("content-type", "application/json"));
            if let Some(token) = &request.token {
                post = post.bearer_auth(token).insert_header(("x-purpose", "performance-monitoring"));
            }
            post.send_body(body.clone()).await
        }
        None => client.get(&request.address).send().await,
    }
    .expect("an answer");
    let body = answer.body().limit(16 << 20).await.expect("a body");
    assert!(answer.status().is_success(), "{}", String::from_utf8_lossy(&body));
    assert!(!body.windows(9).any(|part| part == b"\"errors\":"), "{}", String::from_utf8_lossy(&body));
    body.len()
}
