//! What hostile requests cost: time until the answer, and memory of the serving process, for each of the corpus in
//! `tests/api/attacks/`.
//!
//! `cargo bench --bench attacks` prints a row for each of the dearest and the sums of `docs/performance.md`. Each is sent
//! to a process of its own, so that its memory is its own. Linux only: it reads `/proc`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may fail loudly")]

#[path = "../tests/api/attacks/mod.rs"]
mod attacks;
#[path = "http/process.rs"]
#[allow(dead_code, reason = "the other measurements use all of it")]
mod process;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use attacks::Attack;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lookedafter");
const ADDRESS: &str = "127.0.0.1:18082";

/// How many of the dearest are printed.
const SHOWN: usize = 12;

/// A server with an empty database that has answered one ordinary question.
struct Server {
    process: Child,
    _data: tempfile::TempDir,
}

impl Server {
    fn start() -> Self {
        let data = tempfile::tempdir().expect("a folder for the data");
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--listen", ADDRESS]).env("LOOKEDAFTER_DATA", data.path()).env_remove("DATABASE_URL");
        command.env("LOOKEDAFTER_LOG", "error").stdout(Stdio::null()).stderr(Stdio::null());
        let server = Server { process: command.spawn().expect("it starts"), _data: data };
        while TcpStream::connect(ADDRESS).is_err() {
            std::thread::sleep(Duration::from_millis(2));
        }
        send("POST", "/graphql", &[("Content-Type", "application/json")], br#"{"query": "{ viewer { role } }"}"#);
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends one request and reads its answer to the end; gives its status and its length.
fn send(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, usize) {
    let mut stream = TcpStream::connect(ADDRESS).expect("it listens");
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes()).expect("it reads");
    // A server that has seen enough hangs up before it has read everything.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok()).unwrap_or(0);
    (status, answer.len())
}

struct Measured {
    name: &'static str,
    wall: Duration,
    kibibytes: u64,
    bytes: usize,
}

fn measure(attack: &Attack) -> Measured {
    let server = Server::start();
    let before = process::peak_kibibytes(server.process.id());
    let started = Instant::now();
    let (status, bytes) = send(attack.method, &attack.path, &attack.headers, &attack.body);
    let wall = started.elapsed();
    let kibibytes = process::peak_kibibytes(server.process.id()) - before;
    // One who sends more than is read may see the connection end before the answer.
    assert!(status == attack.status || (status == 0 && attack.status == 413), "{}: {status}", attack.name);
    Measured { name: attack.name, wall, kibibytes, bytes }
}

fn main() {
    let mut all: Vec<Measured> = attacks::all().iter().map(measure).collect();
    let slowest = all.iter().map(|measured| measured.wall).max().unwrap();
    let largest = all.iter().map(|measured| measured.kibibytes).max().unwrap();
    all.sort_by_key(|measured| std::cmp::Reverse(measured.wall));
    println!("| attack | ms until the answer | KiB more memory | bytes of the answer |");
    println!("|---|---|---|---|");
    for Measured { name, wall, kibibytes, bytes } in all.iter().take(SHOWN) {
        println!("| {name} | {:.1} | {kibibytes} | {bytes} |", wall.as_secs_f64() * 1000.0);
    }
    println!("{} attacks: slowest {:.1} ms, most memory {largest} KiB", all.len(), slowest.as_secs_f64() * 1000.0);
}
