//! How fast one may ask: a budget of points that comes back every second, and patience with wrong tokens that ends.
//!
//! Every request costs something, also one that is refused, and an operation as much more as it may fetch. Someone
//! who has signed in has a budget of their own, wherever they ask from; those who have not share that of their address.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use moka::sync::Cache;

use super::fault::Fault;
use crate::config::Rates;

/// Points that every request costs, whatever comes of it.
pub(super) const REQUEST: usize = 50;
/// Bytes of a request that cost another point. A point stands for a hundred-thousandth of a second: reading and checking
/// the largest body takes some ten thousandths.
const BYTES: usize = 256;
/// How many addresses are remembered that have to wait after wrong tokens.
const WAITING: u64 = 10_000;

/// Whose budget a request is taken from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Payer {
    /// The subject of a token.
    Subject {
        /// Who signed the token.
        issuer: String,
        /// Whom it names.
        subject: String,
    },
    /// The address of someone who has not signed in.
    Address(IpAddr),
}

type Limiter<K, C> = RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The budgets of all who ask.
pub struct Rate<C: Clock = MonotonicClock> {
    clock: C,
    burst: NonZeroU32,
    points: Limiter<Payer, C>,
    failures: Limiter<IpAddr, C>,
    /// Until when an address has to wait.
    waiting: Cache<IpAddr, C::Instant>,
}

impl Rate<MonotonicClock> {
    /// Budgets as the settings say.
    pub fn new(rates: Rates) -> Self {
        Rate::with_clock(rates, MonotonicClock)
    }
}

impl<C: Clock + Clone> Rate<C>
where
    C::Instant: 'static,
{
    fn with_clock(rates: Rates, clock: C) -> Self {
        let points = Quota::per_second(rates.per_second).allow_burst(rates.burst);
        let failures = Quota::per_minute(rates.failed_sign_ins_per_minute);
        Rate {
            burst: rates.burst,
            points: RateLimiter::dashmap_with_clock(points, clock.clone()),
            failures: RateLimiter::dashmap_with_clock(failures, clock.clone()),
            waiting: Cache::new(WAITING),
            clock,
        }
    }

    /// Takes what every request costs, with so many bytes.
    ///
    /// # Errors
    /// [`Fault::TooOften`]: the budget does not hold so much at the moment.
    pub fn request(&self, payer: &Payer, bytes: usize) -> Result<(), Fault> {
        self.take(payer, REQUEST + bytes / BYTES)
    }

    /// Takes what so many bytes cost that were not known when the request came.
    ///
    /// # Errors
    /// [`Fault::TooOften`]: the budget does not hold so much at the moment.
    pub fn bytes(&self, payer: &Payer, bytes: usize) -> Result<(), Fault> {
        self.take(payer, bytes / BYTES)
    }

    /// Takes what an operation costs.
    ///
    /// # Errors
    /// [`Fault::TooOften`]: the budget does not hold so much at the moment.
    pub fn operation(&self, payer: &Payer, cost: usize) -> Result<(), Fault> {
        self.take(payer, cost)
    }

    /// What costs more than a full budget takes all of it.
    fn take(&self, payer: &Payer, points: usize) -> Result<(), Fault> {
        let points = u32::try_from(points).unwrap_or(u32::MAX);
        let Some(points) = NonZeroU32::new(points).map(|points| points.min(self.burst)) else { return Ok(()) };
        match self.points.check_key_n(payer, points) {
            Ok(Err(later)) => Err(self.later(&later)),
            _ => Ok(()),
        }
    }

    /// Whether a token from this address is looked at.
    ///
    /// # Errors
    /// [`Fault::TooOften`]: too many were wrong.
    pub fn sign_in(&self, address: IpAddr) -> Result<(), Fault> {
        let Some(until) = self.waiting.get(&address) else { return Ok(()) };
        let now = self.clock.now();
        if until <= now {
            self.waiting.invalidate(&address);
            return Ok(());
        }
        Err(too_often(until.duration_since(now).into()))
    }

    /// Notes that a token from this address was wrong.
    pub fn failed(&self, address: IpAddr) {
        if let Err(later) = self.failures.check_key(&address) {
            self.waiting.insert(address, later.earliest_possible());
        }
    }

    /// Forgets budgets that are full again.
    pub fn forget(&self) {
        self.points.retain_recent();
        self.failures.retain_recent();
        self.points.shrink_to_fit();
        self.failures.shrink_to_fit();
    }

    fn later(&self, later: &NotUntil<C::Instant>) -> Fault {
        too_often(later.wait_time_from(self.clock.now()))
    }
}

fn too_often(wait: Duration) -> Fault {
    Fault::TooOften(wait.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn rate(per_second: u32, burst: u32) -> (Rate<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let count = |count| NonZeroU32::new(count).unwrap();
        let rates = Rates { per_second: count(per_second), burst: count(burst), failed_sign_ins_per_minute: count(60) };
        (Rate::with_clock(rates, clock.clone()), clock)
    }

    fn subject(name: &str) -> Payer {
        Payer::Subject { issuer: "issuer".to_owned(), subject: name.to_owned() }
    }

    #[test]
    fn a_budget_is_spent_and_comes_back_by_the_second() {
        let (rate, clock) = rate(100, 1_000);
        assert_eq!(rate.operation(&subject("a"), 900), Ok(()));
        assert_eq!(rate.request(&subject("a"), 0), Ok(()));
        assert_eq!(rate.operation(&subject("a"), 250), Err(Fault::TooOften(2)));
        clock.advance(Duration::from_secs(2));
        assert_eq!(rate.operation(&subject("a"), 250), Ok(()));
        assert_eq!(rate.request(&subject("a"), 0), Err(Fault::TooOften(1)));
    }

    #[test]
    fn each_who_asks_has_a_budget_of_their_own() {
        let (rate, _) = rate(1, 100);
        let here = Payer::Address("127.0.0.1".parse().unwrap());
        assert_eq!(rate.operation(&subject("a"), 100), Ok(()));
        assert!(rate.request(&subject("a"), 0).is_err());
        assert_eq!(rate.request(&subject("b"), 0), Ok(()));
        assert_eq!(rate.request(&here, 0), Ok(()));
    }

    #[test]
    fn what_costs_more_than_a_full_budget_takes_all_of_it() {
        let (rate, clock) = rate(10, 100);
        assert_eq!(rate.operation(&subject("a"), 1_000_000), Ok(()));
        assert!(rate.request(&subject("a"), 0).is_err());
        clock.advance(Duration::from_secs(10));
        assert_eq!(rate.operation(&subject("a"), 1_000_000), Ok(()));
        assert_eq!(rate.operation(&subject("b"), 0), Ok(()));
    }

    #[test]
    fn after_too_many_wrong_tokens_none_from_the_address_is_looked_at_for_a_while() {
        let (rate, clock) = rate(1, 1);
        let (here, there) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        for _ in 0..60 {
            assert_eq!(rate.sign_in(here), Ok(()));
            rate.failed(here);
        }
        rate.failed(here);
        assert_eq!((rate.sign_in(here), rate.sign_in(there)), (Err(Fault::TooOften(1)), Ok(())));
        clock.advance(Duration::from_secs(1));
        assert_eq!(rate.sign_in(here), Ok(()));
    }

    #[test]
    fn every_256_bytes_of_a_body_cost_a_point() {
        let (rate, _) = rate(1, 2_000);
        assert_eq!(rate.request(&subject("a"), 256 * 1024), Ok(()));
        assert_eq!(rate.bytes(&subject("a"), 256 * 900), Ok(()));
        assert_eq!(rate.request(&subject("a"), 255), Err(Fault::TooOften(24)));
    }

    #[test]
    fn full_budgets_are_forgotten() {
        let (rate, clock) = rate(100, 1_000);
        for number in 0..1_000 {
            rate.request(&subject(&number.to_string()), 0).unwrap();
            rate.failed(IpAddr::from([10, 0, 0, u8::try_from(number % 250).unwrap()]));
        }
        rate.forget();
        assert_eq!(rate.points.len(), 1_000);
        clock.advance(Duration::from_secs(120));
        rate.forget();
        assert!(rate.points.is_empty() && rate.failures.is_empty());
    }

    #[test]
    fn two_hundred_scorecards_a_second_fit_the_defaults() {
        use crate::{access::Limits, graphql::document::Documents};
        let rates = crate::config::Config::load(&[]).unwrap().rates();
        let scorecard = include_str!("../../tests/api/operations/scorecard.graphql").to_owned();
        let given = serde_json::json!({"authority": "E09000015", "period": "2023-24-Q2"});
        let given = async_graphql::Variables::from_json(given);
        let documents = Documents::new(Limits::default());
        let cost = documents.prepare(scorecard, None, given, &Default::default).ok().unwrap().cost;
        assert!((REQUEST + 1_500 / BYTES + cost) * 200 <= usize::try_from(rates.per_second.get()).unwrap(), "{cost}");
    }
}
