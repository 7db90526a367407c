//! A server that was asked to stop: it says so, and answers whoever is connected before it ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::program::{Serving, Terminal};

/// What comes back on a connection until the server closes it, or for one answer.
fn asked(stream: &mut TcpStream, path: &str) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let (mut answer, mut piece) = (String::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut piece).unwrap();
        answer += std::str::from_utf8(&piece[..read]).unwrap();
        if read == 0 || answer.contains("\r\n\r\n") && answer.ends_with('}') {
            return answer;
        }
    }
}

/// Whether the server has closed a connection in order: nothing more comes, and it is not broken off.
fn is_closed(stream: &mut TcpStream) -> bool {
    stream.read(&mut [0; 16]).is_ok_and(|read| read == 0)
}

#[test]
fn whoever_is_connected_when_the_server_is_asked_to_stop_is_answered_and_told_to_close() {
    let terminal = Terminal::new();
    let serving = Serving::with(&terminal, &[("LOOKEDAFTER_STOP_DELAY_SECONDS", "3")]);
    let address = serving.address.strip_prefix("http://").unwrap().to_owned();
    let mut kept: Vec<TcpStream> = (0..3).map(|_| TcpStream::connect(&address).unwrap()).collect();
    for stream in &mut kept {
        let before = asked(stream, "/health/ready");
        assert!(before.starts_with("HTTP/1.1 200") && !before.contains("connection: close"), "{before}");
    }
    let stopped = std::thread::spawn(move || serving.stop());
    let [ready, query, late] = &mut kept[..] else { panic!("three connections") };
    // The signal is on its way; each answer before it leaves the connection open.
    let told = loop {
        let told = asked(ready, "/health/ready");
        if !told.starts_with("HTTP/1.1 200") {
            break told;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(told.starts_with("HTTP/1.1 503") && told.contains("connection: close"), "{told}");
    assert!(told.contains("UNAVAILABLE") && told.contains("retry-after: 1"), "{told}");
    assert!(is_closed(ready));
    let answer = asked(query, "/graphql?query=%7B__typename%7D");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("connection: close"), "{answer}");
    assert!(answer.contains("\"__typename\":\"Query\"") && is_closed(query), "{answer}");
    // Nobody new is let in any more, and who still is connected is answered all the same.
    while TcpStream::connect_timeout(&address.parse().unwrap(), Duration::from_millis(500)).is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let answer = asked(late, "/graphql?query=%7B__typename%7D");
    assert!(answer.starts_with("HTTP/1.1 200") && is_closed(late), "{answer}");
    let (status, log) = stopped.join().unwrap();
    assert_eq!(status, Some(0), "{log:#?}");
}
