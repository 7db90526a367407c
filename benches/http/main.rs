//! What a request costs: processor time of the whole serving process for each request over HTTP, with the token checked,
//! beside a plain JSON route measured in the same run; memory, and the time until the first answer; and whether a denial takes as long as
//! an answer about what does not exist.
//!
//! `cargo bench --bench http` prints the table of `docs/performance.md`. Linux only: it reads `/proc`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may fail loudly")]

mod denial;
mod load;
mod plain;
#[allow(dead_code, reason = "other measurements use the rest of it")]
mod process;
mod served;

use served::Served;

/// How many requests each operation is measured with, after a tenth as many to warm up.
const REQUESTS: usize = 2_000;

/// How many are under way at once.
const AT_ONCE: usize = 4;

#[actix_web::main]
async fn main() {
    if std::env::args().any(|argument| argument == plain::ARGUMENT) {
        return plain::serve().await;
    }
    let served = Served::start().await;
    let plain = plain::Plain::start().await;
    println!("ready after {} ms", served.ready_after.as_millis());
    println!("| operation | CPU a request, ms | times the plain route | answers a second | bytes |");
    println!("|---|---|---|---|---|");
    let reference = load::measure(plain.id(), REQUESTS * 4, AT_ONCE, &plain.request()).await;
    reference.print("plain JSON route", &reference);
    for (name, body) in served.operations() {
        let measured = load::measure(served.id(), REQUESTS, AT_ONCE, &served.request(&body)).await;
        measured.print(&name, &reference);
    }
    println!();
    denial::print_header();
    for pair in served.denials() {
        pair.measure().await;
    }
    println!("peak memory of the serving process: {} MiB", process::peak_mebibytes(served.id()));
}
