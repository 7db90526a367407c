//! What hostile requests cost: processor time and memory of the serving process, and the time until the answer, for
//! each of the corpus in `tests/api/attacks/`.
//!
//! `cargo bench --bench attacks` prints a row for each of the dearest and the most of `docs/performance.md`. Each is sent
//! to a process of its own, so that its memory is its own. Linux only: it reads `/proc`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may fail loudly")]

#[path = "../tests/api/attacks/mod.rs"]
#[allow(dead_code, reason = "the tests look at the codes")]
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

/// Sends one request and reads its answer to the end.
fn send(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(ADDRESS).expect("it listens");
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut reading = stream.try_clone().expect("a connection has two ends");
    let started = Instant::now();
    let reader = std::thread::spawn(move || {
        let (mut answer, mut first) = (vec![0; 64], None);
        let count = reading.read(&mut answer).unwrap_or(0);
        answer.truncate(count);
        first.get_or_insert_with(|| started.elapsed());
        let _ = reading.read_to_end(&mut answer);
        (answer, first.unwrap_or_default())
    });
    stream.write_all(head.as_bytes()).expect("it reads");
    // A server that has seen enough hangs up before it has read everything.
    let _ = stream.write_all(body);
    let (answer, wall) = reader.join().expect("a reader does not fail");
    let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok()).unwrap_or(0);
    Answer { status, wall, bytes: answer.len() }
}

/// An answer: its status, the time until it began, and its length.
struct Answer {
    status: u16,
    wall: Duration,
    bytes: usize,
}

struct Measured {
    name: &'static str,
    cpu: Duration,
    kibibytes: u64,
    answer: Answer,
}

fn measure(attack: &Attack) -> Measured {
    let server = Server::start();
    let id = server.process.id();
    let (kibibytes, cpu) = (process::peak_kibibytes(id), process::processor_time_exactly(id));
    let answer = send(attack.method, &attack.path, &attack.headers, &attack.body);
    let cpu = process::processor_time_exactly(id) - cpu;
    let kibibytes = process::peak_kibibytes(id) - kibibytes;
    // One who sends more than is read may see the connection end before the answer.
    let status = answer.status;
    assert!(status == attack.status || (status == 0 && attack.status == 413), "{}: {status}", attack.name);
    Measured { name: attack.name, cpu, kibibytes, answer }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() {
    let mut all: Vec<Measured> = attacks::all().iter().map(measure).collect();
    let cpu = milliseconds(all.iter().map(|measured| measured.cpu).max().unwrap());
    let wall = milliseconds(all.iter().map(|measured| measured.answer.wall).max().unwrap());
    let memory = all.iter().map(|measured| measured.kibibytes).max().unwrap();
    all.sort_by_key(|measured| std::cmp::Reverse(measured.cpu));
    println!("| attack | CPU, ms | until the answer, ms | more memory, KiB | bytes of the answer |");
    println!("|---|---|---|---|---|");
    for Measured { name, cpu, kibibytes, answer } in all.iter().take(SHOWN) {
        let (cpu, wall) = (milliseconds(*cpu), milliseconds(answer.wall));
        println!("| {name} | {cpu:.1} | {wall:.1} | {kibibytes} | {} |", answer.bytes);
    }
    println!("of {}, the most: {cpu:.1} ms CPU, {wall:.1} ms until the answer, {memory} KiB", all.len());
}
