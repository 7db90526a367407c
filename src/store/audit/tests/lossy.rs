//! A wire to a database that can lose an answer on its way back.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Listens on a socket of its own and hands everything on, there and back.
pub(super) struct Wire {
    /// The address of the database by way of the wire.
    pub(super) url: String,
    loses: Arc<AtomicBool>,
    _folder: tempfile::TempDir,
}

/// The name of a socket of PostgreSQL within its folder.
const SOCKET: &str = ".s.PGSQL.5432";

impl Wire {
    /// A wire to the folder of the socket in the address of a database.
    pub(super) fn to(url: &str) -> Self {
        let (_, target) = url.split_once("host=").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let loses = Arc::new(AtomicBool::new(false));
        let (here, lost) = (url.replace(target, folder.path().to_str().unwrap()), Arc::clone(&loses));
        let target = std::path::Path::new(target).join(SOCKET);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = UnixStream::connect(&target).unwrap();
                let (there, back) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || hand_on(there, back, &AtomicBool::new(false)));
                let lost = Arc::clone(&lost);
                thread::spawn(move || hand_on(server, client, &lost));
            }
        });
        Self { url: here, loses, _folder: folder }
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

fn hand_on(mut from: UnixStream, mut to: UnixStream, loses: &AtomicBool) {
    let mut bytes = [0; 65_536];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        if loses.swap(false, Ordering::SeqCst) || to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
