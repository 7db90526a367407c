//! Sets of keys are read from files and from answers of 200, and from nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::*;

/// Answers one request with these bytes, and tells its first line.
fn answering(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/keys", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines: Vec<String> =
            BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        let _ = stream.write_all(&answer);
        lines[0].clone()
    });
    (url, served)
}

fn with_status(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}Connection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn read(url: &str) -> Result<Vec<u8>, SourceError> {
    source(&KeySource::Address(url.to_owned())).read()
}

#[test]
fn an_address_answers_with_a_set_of_keys() {
    let (url, served) = answering(with_status("200 OK", "", b"{\"keys\": []}"));
    assert_eq!(read(&url).unwrap(), b"{\"keys\": []}");
    assert_eq!(served.join().unwrap(), "GET /keys HTTP/1.1");
}

#[test]
fn another_status_is_no_set_of_keys_and_nobody_is_followed_elsewhere() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let location = format!("Location: http://{}/keys\r\n", elsewhere.local_addr().unwrap());
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent", "204 None", "404 Not Found", "503 Away"]
    {
        let (url, served) = answering(with_status(status, &location, b""));
        let expected: u16 = status[..3].parse().unwrap();
        assert!(matches!(read(&url), Err(SourceError::Status(told)) if told == expected), "{status}");
        served.join().unwrap();
    }
    assert!(elsewhere.accept().is_err(), "nobody came");
}

#[test]
fn more_than_64_kib_is_refused_from_an_address_and_from_a_file() {
    let most = 65_536;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    for (length, fits) in [(most, true), (most + 1, false), (most * 4, false)] {
        let body = vec![b' '; length];
        let (url, served) = answering(with_status("200 OK", "", &body));
        std::fs::write(&path, &body).unwrap();
        for answer in [read(&url), source(&KeySource::File(path.clone())).read()] {
            match answer {
                Ok(text) => assert!(fits && text.len() == length),
                Err(error) => assert!(!fits && matches!(error, SourceError::TooLarge), "{error}"),
            }
        }
        served.join().unwrap();
    }
}

#[test]
fn an_answer_that_breaks_off_or_never_comes_is_an_error() {
    let (url, served) = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"keys\":".to_vec());
    assert!(matches!(read(&url), Err(SourceError::Address(_) | SourceError::File(_))));
    served.join().unwrap();
    // Connections are taken, and nothing is ever said.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/keys", silent.local_addr().unwrap());
    let impatient = Address::new(&url, Duration::from_millis(50));
    assert!(matches!(impatient.read(), Err(SourceError::Address(ureq::Error::Timeout(_)))));
}

#[test]
fn a_file_that_is_missing_is_an_error() {
    assert!(matches!(source(&KeySource::File("/nowhere/keys.json".into())).read(), Err(SourceError::File(_))));
}
