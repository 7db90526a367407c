//! A wire to a database that can lose an answer on its way back.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Listens on a port of its own and hands everything on, there and back.
pub(super) struct Wire {
    /// The address of the database by way of the wire.
    pub(super) url: String,
    loses: Arc<AtomicBool>,
}

impl Wire {
    /// A wire to `host:port` in the address of a database.
    pub(super) fn to(url: &str) -> Self {
        let target = url.rsplit('@').next().and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let loses = Arc::new(AtomicBool::new(false));
        let (url, lost) = (url.replace(&target, &here), Arc::clone(&loses));
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(&target).unwrap();
                let (there, back) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || hand_on(there, back, &AtomicBool::new(false)));
                let lost = Arc::clone(&lost);
                thread::spawn(move || hand_on(server, client, &lost));
            }
        });
        Self { url, loses }
    }

    /// Loses the next answer, and hangs up.
    pub(super) fn lose_an_answer(&self) {
        self.loses.store(true, Ordering::SeqCst);
    }

    /// Whether it was lost.
    pub(super) fn has_lost(&self) -> bool {
        !self.loses.load(Ordering::SeqCst)
    }
}

fn hand_on(mut from: TcpStream, mut to: TcpStream, loses: &AtomicBool) {
    let mut bytes = [0; 65_536];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if loses.swap(false, Ordering::SeqCst) || to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
