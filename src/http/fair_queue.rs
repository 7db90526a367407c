//! A fair queue: whose turn it is, where more is asked than can be worked on at once.
//!
//! Work is shared out between those who ask and not between their requests (self-clocked fair queueing). A clock counts
//! the points that have been worked on. A request is stamped with the clock, or with the stamp of the last one that
//! the same asker has waiting, plus its own points; the lowest stamp comes first. So whoever asks little comes next,
//! and those who ask much wait for themselves.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::time::Duration;

/// How much a request that has ended changes what is known of the pace.
const NEWS: f64 = 1.0 / 16.0;

/// A place in the queue: its stamp, and a number that no other has.
pub(super) type Ticket = (u64, u64);

/// Work under way in so many slots, and what waits for one.
pub(super) struct FairQueue<K, T> {
    slots: usize,
    running: usize,
    clock: u64,
    numbers: u64,
    waiting: BTreeMap<Ticket, (K, T)>,
    askers: HashMap<K, Principal>,
    /// Seconds that a point takes, by what has ended of late.
    pace: f64,
}

/// Someone who has something waiting.
#[derive(Default)]
struct Principal {
    /// The stamp of the last that came.
    stamp: u64,
    waiting: usize,
}

/// What became of a request for a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// It has one.
    Runs,
    /// It waits under this ticket.
    Waits(Ticket),
}

impl<K: Clone + Eq + Hash, T> FairQueue<K, T> {
    /// A queue before so many slots.
    pub(super) fn new(slots: usize) -> Self {
        let (waiting, askers) = (BTreeMap::new(), HashMap::new());
        Self { slots, running: 0, clock: 0, numbers: 0, waiting, askers, pace: 0.0 }
    }

    /// Takes a slot for work of so many points, or a place in the queue, where `work` makes what will be given a slot.
    pub(super) fn ask(&mut self, who: &K, points: u64, work: impl FnOnce() -> T) -> Admission {
        if self.running < self.slots {
            self.running += 1;
            self.clock += points;
            return Admission::Runs;
        }
        let ticket = (self.stamp(who, points), self.numbers);
        self.numbers += 1;
        let asker = self.askers.entry(who.clone()).or_default();
        asker.stamp = ticket.0;
        asker.waiting += 1;
        self.waiting.insert(ticket, (who.clone(), work()));
        Admission::Waits(ticket)
    }

    /// How long work of so many points would take with its waiting, by the pace of late; no time where it need not wait.
    pub(super) fn expected(&self, who: &K, points: u64) -> Duration {
        if self.running < self.slots {
            return Duration::ZERO;
        }
        // Until it is done, everyone else who waits is served as much as this one.
        let others = self.askers.len() - usize::from(self.askers.contains_key(who));
        let points = (self.stamp(who, points) - self.clock) as f64 * (others + 1) as f64;
        Duration::try_from_secs_f64(points * self.pace).unwrap_or(Duration::MAX)
    }

    /// Notes how long work of so many points took.
    pub(super) fn note(&mut self, points: u64, took: Duration) {
        let pace = took.as_secs_f64() / (points.max(1) as f64 * self.slots as f64);
        self.pace += if self.pace > 0.0 { (pace - self.pace) * NEWS } else { pace };
    }

    /// Work has ended: its slot goes to what comes next.
    pub(super) fn done(&mut self) -> Option<T> {
        let Some((ticket, (who, work))) = self.waiting.pop_first() else {
            self.running -= 1;
            return None;
        };
        self.clock = self.clock.max(ticket.0);
        self.left(&who);
        Some(work)
    }

    /// Leaves the queue; false if the work has been given a slot already.
    pub(super) fn leave(&mut self, ticket: Ticket) -> bool {
        let Some((who, _)) = self.waiting.remove(&ticket) else { return false };
        self.left(&who);
        true
    }

    fn stamp(&self, who: &K, points: u64) -> u64 {
        self.askers.get(who).map_or(0, |asker| asker.stamp).max(self.clock) + points
    }

    /// One of someone's requests waits no longer; nothing is kept of those who have none.
    fn left(&mut self, who: &K) {
        if let Some(asker) = self.askers.get_mut(who) {
            asker.waiting -= 1;
            if asker.waiting == 0 {
                self.askers.remove(who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A queue with one slot, which is taken.
    fn busy() -> FairQueue<char, &'static str> {
        let mut queue = FairQueue::new(1);
        assert_eq!(queue.ask(&'x', 100, || "running"), Admission::Runs);
        queue
    }

    fn waits(queue: &mut FairQueue<char, &'static str>, who: char, points: u64, work: &'static str) -> Ticket {
        match queue.ask(&who, points, || work) {
            Admission::Waits(ticket) => ticket,
            Admission::Runs => panic!("{work} has to wait"),
        }
    }

    /// What is served one after the other until nothing waits.
    fn served(queue: &mut FairQueue<char, &'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| queue.done()).collect()
    }

    #[test]
    fn those_who_ask_are_served_in_turns_however_much_one_asks() {
        let mut queue = busy();
        for work in ["a1", "a2", "a3"] {
            waits(&mut queue, 'a', 100, work);
        }
        waits(&mut queue, 'b', 100, "b1");
        waits(&mut queue, 'c', 100, "c1");
        waits(&mut queue, 'b', 100, "b2");
        assert_eq!(served(&mut queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
    }

    #[test]
    fn a_small_request_of_another_comes_before_large_ones_that_were_there_first() {
        let mut queue = busy();
        waits(&mut queue, 'a', 2_600, "a1");
        waits(&mut queue, 'b', 2_600, "b1");
        waits(&mut queue, 'c', 10, "c1");
        waits(&mut queue, 'c', 10, "c2");
        assert_eq!(served(&mut queue), ["c1", "c2", "a1", "b1"]);
    }

    #[test]
    fn the_share_is_one_of_points_and_not_of_requests() {
        let mut queue = busy();
        for work in ["a1", "a2"] {
            waits(&mut queue, 'a', 400, work);
        }
        for work in ["b1", "b2", "b3", "b4", "b5"] {
            waits(&mut queue, 'b', 100, work);
        }
        assert_eq!(served(&mut queue), ["b1", "b2", "b3", "a1", "b4", "b5", "a2"]);
    }

    #[test]
    fn waiting_earns_nothing_for_later_and_a_newcomer_does_not_displace_for_long() {
        let mut queue = busy();
        for work in ["a1", "a2", "a3"] {
            waits(&mut queue, 'a', 100, work);
        }
        assert_eq!(queue.done(), Some("a1"));
        for work in ["b1", "b2", "b3"] {
            waits(&mut queue, 'b', 100, work);
        }
        assert_eq!(served(&mut queue), ["a2", "b1", "a3", "b2", "b3"]);
    }

    #[test]
    fn whoever_leaves_is_not_served_and_gains_nothing_by_it() {
        let mut queue = busy();
        waits(&mut queue, 'a', 100, "a1");
        waits(&mut queue, 'a', 100, "a2");
        let last = waits(&mut queue, 'a', 100, "a3");
        waits(&mut queue, 'b', 250, "b1");
        assert!(queue.leave(last));
        assert!(!queue.leave(last));
        waits(&mut queue, 'a', 100, "a4");
        assert_eq!(served(&mut queue), ["a1", "a2", "b1", "a4"]);
        assert!(queue.askers.is_empty() && queue.waiting.is_empty());
    }

    #[test]
    fn slots_are_free_again_when_nothing_waits() {
        let mut queue: FairQueue<char, &str> = FairQueue::new(2);
        assert_eq!([queue.ask(&'a', 1, || "a1"), queue.ask(&'a', 1, || "a2")], [Admission::Runs; 2]);
        let ticket = waits(&mut queue, 'a', 1, "a3");
        assert_eq!(queue.done(), Some("a3"));
        assert!(!queue.leave(ticket), "it has a slot");
        assert_eq!([queue.done(), queue.done()], [None; 2]);
        assert_eq!(queue.running, 0);
    }

    #[test]
    fn the_wait_is_foretold_by_the_pace_and_by_what_one_has_waiting() {
        let mut queue: FairQueue<char, &str> = FairQueue::new(2);
        assert_eq!(queue.expected(&'a', 1_000), Duration::ZERO);
        for work in ["1", "2"] {
            queue.ask(&'x', 100, || work);
        }
        assert_eq!(queue.expected(&'a', 1_000), Duration::ZERO, "nothing is known of the pace");
        queue.note(100, SECOND);
        // 100 points take a second in each of two slots.
        assert_eq!(queue.expected(&'a', 1_000), 5 * SECOND);
        waits(&mut queue, 'a', 1_000, "4");
        assert_eq!((queue.expected(&'a', 1_000), queue.expected(&'b', 10)), (10 * SECOND, SECOND / 10));
        waits(&mut queue, 'b', 1_000, "5");
        assert_eq!((queue.expected(&'a', 1_000), queue.expected(&'c', 1_000)), (20 * SECOND, 15 * SECOND));
    }
}
