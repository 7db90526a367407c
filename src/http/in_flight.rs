//! How many requests are in flight: a limit for each who asks and one for all, and turns between those who ask.
//!
//! A request is in flight from when it was let in until its answer is made. Whoever has too many is refused at once (429),
//! and so is whoever has as many as the server has places left (503): so however many ask much, there is room for one who
//! asks little. What is let in waits for its turn in one of two queues: that of operations which may fetch many records, and
//! that of all others, so that figures do not wait for pages.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use metrics::Gauge;
use tokio::sync::oneshot;

use super::fair_queue::{Admission, FairQueue, Ticket};
use super::fault::Fault;
use super::metrics::{IN_FLIGHT, QUEUED};
use super::rate::{Payer, REQUEST};
use crate::config::InFlightLimits;

/// From so many points on an operation is a long one: fewer than a page of ten children with all their records costs,
/// and more than the scorecard with all its comparators.
const LONG: u64 = 500;
/// Short operations that are worked on at once for each processor: each does most of its work in one go, and waits for
/// others to have their records written together.
const SHORT_SLOTS: usize = 4;
/// How long a short operation keeps its slot at most.
const SHORT_TURN: Duration = Duration::from_millis(100);
/// How long a long operation keeps its slot at most.
const LONG_TURN: Duration = Duration::from_secs(2);
/// Who would have to wait longer is refused at once.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The requests in flight. Cheap to clone: clones share them.
#[derive(Clone)]
pub(super) struct InFlight(Arc<Shared>);

struct Shared {
    limits: InFlightLimits,
    state: Mutex<State>,
    in_flight: Gauge,
    queued: Gauge,
}

struct State {
    all: usize,
    of_each: HashMap<Arc<Payer>, usize>,
    short: Queue,
    long: Queue,
}

type Queue = FairQueue<Arc<Payer>, oneshot::Sender<()>>;

impl InFlight {
    /// Nothing is in flight yet. Of long operations so many are worked on at once for each processor.
    pub(super) fn new(limits: InFlightLimits, long_slots: usize) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let (short, long) = (Queue::new(processors * SHORT_SLOTS), Queue::new((processors * long_slots).max(2)));
        let state = Mutex::new(State { all: 0, of_each: HashMap::new(), short, long });
        let (in_flight, queued) = (metrics::gauge!(IN_FLIGHT), metrics::gauge!(QUEUED));
        Self(Arc::new(Shared { limits, state, in_flight, queued }))
    }

    /// A place for another request of this one.
    ///
    /// # Errors
    /// [`Fault::TooMany`]: they have as many as one may have. [`Fault::Busy`]: they have as many as there are places left.
    pub(super) fn enter(&self, payer: Payer) -> Result<Place, Fault> {
        let InFlightLimits { of_one, of_all } = self.0.limits;
        let payer = Arc::new(payer);
        let mut state = self.0.state();
        let own = state.of_each.get(&payer).copied().unwrap_or_default();
        if own >= of_one {
            return Err(Fault::TooMany(1));
        }
        if own >= of_all.saturating_sub(state.all) {
            return Err(Fault::Busy(1));
        }
        state.all += 1;
        match state.of_each.get_mut(&payer) {
            Some(own) => *own += 1,
            None => drop(state.of_each.insert(Arc::clone(&payer), 1)),
        }
        self.0.in_flight.increment(1);
        Ok(Place { shared: Arc::clone(&self.0), payer })
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn queue(&mut self, points: u64) -> &mut Queue {
        if points < LONG { &mut self.short } else { &mut self.long }
    }
}

/// The place of one request; free again when this is dropped.
pub(super) struct Place {
    shared: Arc<Shared>,
    payer: Arc<Payer>,
}

impl Place {
    /// Whose request it is.
    pub(super) fn payer(&self) -> &Payer {
        &self.payer
    }

    /// Waits for the turn of an operation that costs so many points.
    ///
    /// # Errors
    /// The turn would not come soon: [`Fault::TooMany`] for one who has many in flight, or else [`Fault::Busy`].
    pub(super) async fn turn(&self, points: usize) -> Result<Turn, Fault> {
        let points = u64::try_from(REQUEST.saturating_add(points)).unwrap_or(u64::MAX);
        let (give, given) = oneshot::channel();
        let asked = {
            let mut state = self.shared.state();
            let queue = state.queue(points);
            let expected = queue.expected(&self.payer, points);
            if expected > LONGEST_WAIT {
                let own = state.of_each.get(&self.payer).copied().unwrap_or_default();
                let fault = if own > InFlightLimits::FEWEST { Fault::TooMany } else { Fault::Busy };
                return Err(fault(expected.as_secs().clamp(1, 60)));
            }
            queue.ask(&self.payer, points, || give)
        };
        let shared = Arc::clone(&self.shared);
        let mut turn = Turn { shared, points, ticket: None, began: None, has_ended: AtomicBool::new(false) };
        if let Admission::Waits(ticket) = asked {
            turn.ticket = Some(ticket);
            turn.shared.queued.increment(1);
            let _ = given.await;
        }
        turn.began = Some(Instant::now());
        Ok(turn)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.all -= 1;
        if let Some(own) = state.of_each.get_mut(&self.payer) {
            *own -= 1;
            if *own == 0 {
                state.of_each.remove(&self.payer);
            }
        }
        self.shared.in_flight.decrement(1);
    }
}

/// The turn of an operation. When it ends, the next has its turn; one that has not come yet is given up.
pub(super) struct Turn {
    shared: Arc<Shared>,
    points: u64,
    ticket: Option<Ticket>,
    began: Option<Instant>,
    has_ended: AtomicBool,
}

impl Turn {
    /// Whether the operation may fetch many records, so that it should keep no other waiting.
    pub(super) fn is_long(&self) -> bool {
        self.points >= LONG
    }

    /// Works until the end, and keeps the turn for a while of it: what takes longer waits for something, such as a lock of
    /// the database, and does not keep others waiting with it.
    pub(super) async fn keep_while<T>(&self, work: impl Future<Output = T>) -> T {
        let longest = if self.is_long() { LONG_TURN } else { SHORT_TURN };
        let mut work = std::pin::pin!(work);
        match tokio::time::timeout(longest, work.as_mut()).await {
            Ok(done) => done,
            Err(_) => {
                self.end();
                work.await
            }
        }
    }

    fn end(&self) {
        if self.has_ended.swap(true, Ordering::Relaxed) {
            return;
        }
        let mut state = self.shared.state();
        let queue = state.queue(self.points);
        if self.ticket.is_some_and(|ticket| queue.leave(ticket)) {
            self.shared.queued.decrement(1);
            return;
        }
        if let Some(began) = self.began {
            queue.note(self.points, began.elapsed());
        }
        // Whoever does not wait any more ends a turn of its own, and gives this slot on.
        if let Some(next) = queue.done() {
            self.shared.queued.decrement(1);
            let _ = next.send(());
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
#[path = "in_flight_tests.rs"]
mod tests;
