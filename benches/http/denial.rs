//! Whether the time of an answer tells what exists: something denied and something that does not exist, asked in turn.

use std::time::{Duration, Instant};

use awc::Client;

use super::load::Request;

/// How often each is asked.
const TRIES: usize = 2_000;

/// Two requests that must be answered alike, and in the same time.
pub struct Pair {
    /// What they are about.
    pub name: &'static str,
    /// Asks for something that exists and is denied.
    pub denied: Request,
    /// Asks for something that does not exist.
    pub unknown: Request,
}

/// Prints the header of the table.
pub fn print_header() {
    println!("| denied | median, µs | median of what does not exist, µs | ratio |");
    println!("|---|---|---|---|");
}

impl Pair {
    /// Asks both in turn, over one connection, and prints the medians and their ratio.
    pub async fn measure(&self) {
        let client = Client::builder().timeout(Duration::from_secs(30)).finish();
        let (mut denied, mut unknown) = (Vec::with_capacity(TRIES), Vec::with_capacity(TRIES));
        for turn in 0..TRIES + TRIES / 10 {
            // Whoever goes second might find things warmer, so they take turns.
            let both = [(&self.denied, &mut denied), (&self.unknown, &mut unknown)];
            let order = if turn % 2 == 0 { [0, 1] } else { [1, 0] };
            let mut both = both.map(Some);
            for (request, times) in order.into_iter().filter_map(|at| both[at].take()) {
                let time = once(&client, request).await;
                if turn >= TRIES / 10 {
                    times.push(time);
                }
            }
        }
        let (denied, unknown) = (median(denied), median(unknown));
        println!("| {} | {denied:.1} | {unknown:.1} | {:.3} |", self.name, denied / unknown);
    }
}

async fn once(client: &Client, request: &Request) -> Duration {
    let started = Instant::now();
    let mut post = client.post(&request.address).insert_header(("content-type", "application/json"));
    if let Some(token) = &request.token {
        post = post.bearer_auth(token).insert_header(("x-purpose", "performance-monitoring"));
    }
    let mut answer = post.send_body(request.body.clone().unwrap_or_default()).await.expect("an answer");
    let body = answer.body().await.expect("a body");
    let time = started.elapsed();
    assert!(answer.status().is_success(), "{}", String::from_utf8_lossy(&body));
    time
}

/// In microseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}
