//! Answers that nobody takes: how long a connection may take nothing before it is closed, and how many bytes may wait
//! for one who asks.
//!
//! The system closes the connection, because it alone knows what has arrived: what is sent may stay unanswered, or the
//! other side may say that it has no room, for so long and no longer. A body is handed over in pieces, so that it is
//! in memory once, and counted until its last piece has gone.

use std::any::Any;
use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::rt::net::TcpStream;
use actix_web::web::Bytes;

use super::fault::Fault;
use super::rate::Payer;

/// Bytes that may wait for one who asks before they have to take some.
const WAITING: usize = 64 * 1024 * 1024;
/// Bytes that may wait for all together. Nobody may have more than is left of them, so that there is room for others.
const WAITING_FOR_ALL: usize = 128 * 1024 * 1024;
/// Bytes that are handed over at once.
const PIECE: usize = 64 * 1024;

/// Tells the system how long a new connection may take nothing of what is sent to it.
pub(super) fn limit(connection: &dyn Any, longest: Duration) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    #[cfg(target_os = "linux")]
    {
        let milliseconds = u32::try_from(longest.as_millis()).unwrap_or(u32::MAX);
        if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, milliseconds) {
            tracing::warn!(%error, "a connection has no limit on how long it may take nothing");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (stream, longest);
}

/// How many bytes of answers wait for each who asks.
#[derive(Clone, Default)]
pub(super) struct Unread(Arc<Mutex<UnreadBytes>>);

#[derive(Default)]
struct UnreadBytes {
    all: usize,
    of_each: HashMap<Payer, usize>,
}

impl Unread {
    /// Whether another question of this one is answered.
    ///
    /// # Errors
    /// [`Fault::TooOften`]: too much of earlier answers has not been taken yet.
    pub(super) fn check(&self, payer: &Payer) -> Result<(), Fault> {
        self.with(|waiting| {
            let own = waiting.of_each.get(payer).copied().unwrap_or_default();
            let left = WAITING_FOR_ALL.saturating_sub(waiting.all);
            if own > WAITING.min(left) { Err(Fault::TooOften(1)) } else { Ok(()) }
        })
    }

    /// Counts the body of an answer until it has gone.
    pub(super) fn counted(&self, payer: Payer, answer: HttpResponse) -> HttpResponse {
        answer.map_body(|_, body| match body.try_into_bytes() {
            Ok(rest) => {
                let size = rest.len();
                self.with(|waiting| {
                    waiting.all += size;
                    *waiting.of_each.entry(payer.clone()).or_default() += size;
                });
                BoxBody::new(PiecewiseBody { rest, size, payer, unread: self.clone() })
            }
            Err(body) => body,
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut UnreadBytes) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A body that is handed over in pieces.
struct PiecewiseBody {
    rest: Bytes,
    size: usize,
    payer: Payer,
    unread: Unread,
}

impl MessageBody for PiecewiseBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.rest.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let piece = self.rest.len().min(PIECE);
        Poll::Ready((piece > 0).then(|| Ok(self.rest.split_to(piece))))
    }
}

impl Drop for PiecewiseBody {
    fn drop(&mut self) {
        self.unread.with(|waiting| {
            waiting.all = waiting.all.saturating_sub(self.size);
            if let Some(own) = waiting.of_each.get_mut(&self.payer) {
                *own = own.saturating_sub(self.size);
                if *own == 0 {
                    waiting.of_each.remove(&self.payer);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(unread: &Unread, payer: &Payer, bytes: usize) -> HttpResponse {
        unread.counted(payer.clone(), HttpResponse::Ok().body(vec![b'x'; bytes]))
    }

    #[actix_web::test]
    async fn a_body_counts_until_it_has_gone_and_arrives_whole() {
        let (unread, one) = (Unread::default(), Payer::Address("127.0.0.1".parse().unwrap()));
        let other = Payer::Address("127.0.0.2".parse().unwrap());
        let first = waiting(&unread, &one, WAITING);
        assert_eq!(unread.check(&one), Ok(()));
        let second = waiting(&unread, &one, 200_000);
        assert_eq!((unread.check(&one), unread.check(&other)), (Err(Fault::TooOften(1)), Ok(())));
        let read = actix_web::body::to_bytes(second.into_body()).await.unwrap();
        assert_eq!((read.len(), unread.check(&one)), (200_000, Ok(())));
        drop(first);
        assert!(unread.with(|waiting| waiting.of_each.is_empty() && waiting.all == 0));
    }

    #[test]
    fn however_much_waits_for_some_there_is_room_for_another() {
        let unread = Unread::default();
        let [one, other, third] = [1, 2, 3].map(|last| Payer::Address([127, 0, 0, last].into()));
        let _first = waiting(&unread, &one, WAITING);
        let _second = waiting(&unread, &other, WAITING / 2 + 200_000);
        assert_eq!([&one, &other, &third].map(|payer| unread.check(payer).is_ok()), [false, false, true]);
    }
}
