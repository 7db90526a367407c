//! Who is let in beside whom, and whose turn it is, without a server.

use std::collections::VecDeque;

use futures_util::FutureExt;

use super::*;

const LIMITS: InFlightLimits = InFlightLimits { of_one: 8, of_all: 16 };
/// Points of a page of records.
const PAGE: usize = 2_600;

fn payer(number: u8) -> Payer {
    Payer::Address([127, 0, 0, number].into())
}

/// As many places as one gets.
fn greedy(in_flight: &InFlight, number: u8) -> (Vec<Place>, Fault) {
    let mut places = Vec::new();
    loop {
        match in_flight.enter(payer(number)) {
            Ok(place) => places.push(place),
            Err(fault) => return (places, fault),
        }
    }
}

/// A turn, if it has come already.
fn at_once(place: &Place, points: usize) -> Option<Turn> {
    place.turn(points).now_or_never().map(Result::unwrap)
}

/// Takes every slot for operations of so many points.
fn all_turns(place: &Place, points: usize) -> Vec<Turn> {
    std::iter::from_fn(|| at_once(place, points)).collect()
}

#[test]
fn one_has_as_many_as_one_may_have_and_all_together_leave_room_for_another() {
    let in_flight = InFlight::new(LIMITS, 1);
    let (first, fault) = greedy(&in_flight, 1);
    assert_eq!((first.len(), fault), (8, Fault::TooMany(1)));
    let (second, fault) = greedy(&in_flight, 2);
    assert_eq!((second.len(), fault), (4, Fault::Busy(1)));
    assert!(in_flight.enter(payer(3)).is_ok());
    drop((first, second));
    let state = in_flight.0.state();
    assert!(state.all == 0 && state.of_each.is_empty());
}

#[test]
fn those_who_ask_much_share_alike_and_none_keeps_a_newcomer_out() {
    let in_flight = InFlight::new(InFlightLimits { of_one: 32, of_all: 256 }, 1);
    let mut under_way = VecDeque::new();
    let mut most = [0; 21];
    for turn in 0..4_000 {
        let own = |number: u8| in_flight.0.state().of_each.get(&payer(number)).copied().unwrap_or_default();
        for number in 1..=20 {
            under_way.extend(in_flight.enter(payer(number)).ok());
            if turn > 2_000 {
                most[usize::from(number)] = own(number).max(most[usize::from(number)]);
            }
        }
        under_way.pop_front();
        assert!(turn < 2_000 || in_flight.enter(payer(99)).is_ok(), "a newcomer at turn {turn}");
    }
    assert!(most.iter().skip(1).all(|most| (10..=14).contains(most)), "{most:?}");
}

#[test]
fn figures_do_not_wait_for_pages() {
    let in_flight = InFlight::new(LIMITS, 1);
    let one = in_flight.enter(payer(1)).unwrap();
    let pages = all_turns(&one, PAGE);
    assert!(pages.len() >= 2 && pages.iter().all(Turn::is_long));
    assert!(at_once(&one, PAGE).is_none());
    assert!(at_once(&one, 300).is_some_and(|turn| !turn.is_long()));
}

#[test]
fn the_next_turn_is_of_whoever_has_had_least() {
    let in_flight = InFlight::new(LIMITS, 1);
    let (one, other) = (in_flight.enter(payer(1)).unwrap(), in_flight.enter(payer(2)).unwrap());
    let mut pages = all_turns(&one, PAGE);
    let mut second = Box::pin(one.turn(PAGE));
    let mut third = Box::pin(one.turn(PAGE));
    let mut others = Box::pin(other.turn(PAGE));
    assert!([&mut second, &mut third, &mut others].into_iter().all(|turn| turn.now_or_never().is_none()));
    pages.pop();
    let second = second.now_or_never().expect("it was there first");
    assert!((&mut third).now_or_never().is_none() && (&mut others).now_or_never().is_none());
    drop(second);
    assert!((&mut third).now_or_never().is_none());
    assert!(others.now_or_never().is_some(), "one page of each, and then the second of one");
}

#[test]
fn whoever_does_not_wait_any_more_keeps_nobody_from_a_turn() {
    let in_flight = InFlight::new(LIMITS, 1);
    let one = in_flight.enter(payer(1)).unwrap();
    let mut pages = all_turns(&one, PAGE);
    let mut gone = Box::pin(one.turn(PAGE));
    let mut late = Box::pin(one.turn(PAGE));
    let mut last = Box::pin(one.turn(PAGE));
    assert!([&mut gone, &mut late, &mut last].into_iter().all(|turn| turn.now_or_never().is_none()));
    drop(gone);
    pages.pop();
    // Its turn has come, and nobody takes it.
    drop(late);
    assert!((&mut last).now_or_never().is_some());
    drop((last, pages));
    assert!(!all_turns(&one, PAGE).is_empty(), "every slot is free again");
}

#[tokio::test]
async fn an_operation_that_hangs_does_not_keep_its_slot() {
    let in_flight = InFlight::new(LIMITS, 1);
    let one = in_flight.enter(payer(1)).unwrap();
    let turns = all_turns(&one, 1);
    let hang = turns.iter().map(|turn| turn.keep_while(std::future::pending::<()>()));
    let hang = futures_util::future::select_all(hang.map(Box::pin));
    let other = in_flight.enter(payer(2)).unwrap();
    tokio::select! {
        _ = hang => panic!("they never end"),
        turn = other.turn(1) => assert!(turn.is_ok()),
    }
}

#[test]
fn who_would_wait_too_long_is_told_so_at_once() {
    let in_flight = InFlight::new(InFlightLimits { of_one: 32, of_all: 256 }, 1);
    let (one, other) = (in_flight.enter(payer(1)).unwrap(), in_flight.enter(payer(2)).unwrap());
    let pages = all_turns(&one, PAGE);
    in_flight.0.state().long.note(2_650, Duration::from_secs(10) * u32::try_from(pages.len()).unwrap());
    assert_eq!(one.turn(PAGE).now_or_never().unwrap().err(), Some(Fault::Busy(10)));
    assert!(other.turn(450).now_or_never().is_none(), "a small one waits");
    let _more: Vec<Place> = (0..8).map(|_| in_flight.enter(payer(1)).unwrap()).collect();
    assert_eq!(one.turn(PAGE).now_or_never().unwrap().err(), Some(Fault::TooMany(10)));
}
