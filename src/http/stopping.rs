//! Stopping without losing a request: others are sent elsewhere first, then nobody is let in any more, and whoever is in is
//! answered.
//!
//! From the signal on the server says that it is not ready, and each answer closes its connection. Connections are taken
//! for a while longer, for those who have not looked yet. The last ones are waited for before the listener is closed, and a
//! kept connection ends by itself: one that was closed from here could carry a request that is already on its way.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::{Extensions, ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::{Error, body::MessageBody, web};
use socket2::SockRef;
use tokio::time::{Instant, sleep};

/// How often it is looked whether all are gone.
const LOOK: Duration = Duration::from_millis(10);
/// How often in a row nobody may wait to be let in before the door is closed.
const LOOKS: usize = 3;
/// How long that may take at most.
const CLOSING: Duration = Duration::from_secs(1);

/// Whether the server is stopping, and who is still connected. Cheap to clone: clones share it.
#[derive(Clone, Default)]
pub(super) struct Stopping(Arc<Shared>);

#[derive(Default)]
struct Shared {
    has_begun: AtomicBool,
    connections: AtomicUsize,
}

/// Counts a connection for as long as it is open.
struct OpenConnection(Stopping);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.0.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Stopping {
    /// Whether the server was asked to stop.
    pub(super) fn has_begun(&self) -> bool {
        self.0.has_begun.load(Ordering::SeqCst)
    }

    /// Counts a new connection until it ends.
    pub(super) fn count(&self, connection: &mut Extensions) {
        self.0.connections.fetch_add(1, Ordering::SeqCst);
        connection.insert(OpenConnection(self.clone()));
    }

    /// Stops the server, and returns when everyone who was let in is gone, or the time for that is up.
    pub(super) async fn stop(&self, server: ServerHandle, listener: TcpListener, delay: Duration, longest: Duration) {
        let end = Instant::now() + longest;
        self.0.has_begun.store(true, Ordering::SeqCst);
        tracing::info!(delay = delay.as_secs(), "stopping");
        sleep(delay.min(longest)).await;
        close(&server, &listener).await;
        while self.0.connections.load(Ordering::SeqCst) > 0 && Instant::now() < end {
            sleep(LOOK).await;
        }
        server.stop(true).await;
    }
}

/// Tells whoever is answered while the server stops that the connection ends with the answer.
pub(super) async fn tell<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let stopping = request.app_data::<web::Data<Stopping>>().cloned();
    let mut response = next.call(request).await?;
    if stopping.is_some_and(|stopping| stopping.has_begun()) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

/// Closes the listener once nobody waits to be let in.
async fn close(server: &ServerHandle, listener: &TcpListener) {
    shut_out(listener);
    let begun = Instant::now();
    let mut looks = 0;
    while looks < LOOKS && begun.elapsed() < CLOSING {
        sleep(LOOK).await;
        looks = if somebody_waits(listener) { 0 } else { looks + 1 };
    }
    server.pause().await;
    // From here on who comes is refused by the system, and looks elsewhere at once.
    let _ = SockRef::from(listener).shutdown(std::net::Shutdown::Both);
}

/// Lets nobody begin a connection any more: what is asked of a listener that is closed meanwhile would be lost.
#[cfg(target_os = "linux")]
fn shut_out(listener: &TcpListener) {
    use socket2::SockFilter;
    // In words of the kernel's filter: load the byte of TCP's flags; where SYN is set take 0 bytes of the packet, else all.
    const LOAD_BYTE: u16 = 0x30;
    const JUMP_IF_SET: u16 = 0x45;
    const RETURN: u16 = 0x06;
    const FLAGS: u32 = 13;
    const SYN: u32 = 0x02;
    let no_syn = [
        SockFilter::new(LOAD_BYTE, 0, 0, FLAGS),
        SockFilter::new(JUMP_IF_SET, 0, 1, SYN),
        SockFilter::new(RETURN, 0, 0, 0),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
    ];
    if let Err(error) = SockRef::from(listener).attach_filter(&no_syn) {
        tracing::debug!(%error, "connections that begin in the very moment of stopping may be broken off");
    }
}

#[cfg(not(target_os = "linux"))]
fn shut_out(_: &TcpListener) {}

/// Whether a connection stands that has not been taken yet.
#[cfg(unix)]
fn somebody_waits(listener: &TcpListener) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut listeners = [PollFd::new(listener, PollFlags::IN)];
    poll(&mut listeners, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

#[cfg(not(unix))]
fn somebody_waits(_: &TcpListener) -> bool {
    false
}
