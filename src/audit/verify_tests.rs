//! Whatever is done to records before the last signed head is found.

use chrono::DateTime;
use ed25519_dalek::SigningKey;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

const RECORDS: u64 = 40;
const SIGNED: u64 = 36;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn body(number: u64) -> Body {
    let time = DateTime::from_timestamp_millis(1_700_000_000_000 + number.cast_signed()).unwrap();
    let about = About { children: vec![Bytes([u8::try_from(number % 5).unwrap(); 16])], ..About::default() };
    Body::new(time, "node", Read { about, ..Read::default() }.into()).unwrap()
}

fn chained(bodies: &[Body], mut seq: u64, mut prev: Digest) -> Vec<SealedRecord> {
    bodies
        .iter()
        .map(|body| {
            seq += 1;
            let record = body.seal(seq, prev);
            prev = record.hash;
            record
        })
        .collect()
}

fn whole() -> Vec<SealedRecord> {
    chained(&(0..RECORDS).map(body).collect::<Vec<_>>(), 0, GENESIS)
}

fn sign(record: &SealedRecord, mark: Mark) -> SignedHead {
    let time = DateTime::from_timestamp_millis(record.at).unwrap();
    Head { mark, seq: record.seq, hash: record.hash, time }.sign(&key())
}

fn heads(records: &[SealedRecord]) -> Vec<SignedHead> {
    [SIGNED, 12].iter().map(|seq| sign(&records[*seq as usize - 1], Mark::Head)).collect()
}

fn check(records: &[SealedRecord], heads: Vec<SignedHead>) -> Result<IntactLog, ChainFault> {
    verify(records, heads, &key().verifying_key())
}

fn fault(records: &[SealedRecord]) -> (u64, Fault) {
    let broken = check(records, heads(&whole())).unwrap_err();
    (broken.seq, broken.fault)
}

#[test]
fn records_that_nobody_touched_are_whole() {
    let records = whole();
    let found = check(&records, heads(&records)).unwrap();
    assert_eq!((found.records, found.first, found.last, found.signed), (RECORDS, 1, RECORDS, SIGNED));
    let mut sum = TraceSum::default();
    (1..=RECORDS).rev().for_each(|seq| sum.add(&Bytes([((seq - 1) % 5) as u8; 16]), seq));
    assert_eq!(found.traces, sum, "the order does not matter");
    assert_eq!(check(&[], Vec::new()).unwrap(), IntactLog::default());
}

#[test]
fn each_kind_of_damage_is_told_with_its_place() {
    let damaged = |damage: &dyn Fn(&mut Vec<SealedRecord>)| {
        let mut records = whole();
        damage(&mut records);
        fault(&records)
    };
    assert_eq!(damaged(&|all| all[4].text = all[4].text.replace("node", "edon")), (5, Fault::Changed));
    assert_eq!(damaged(&|all| all[4].at += 1), (5, Fault::Moved));
    assert_eq!(damaged(&|all| drop(all.remove(4))), (6, Fault::Removed));
    assert_eq!(damaged(&|all| drop(all.remove(0))), (2, Fault::Removed));
    assert_eq!(damaged(&|all| all.insert(4, all[3].clone())), (4, Fault::Inserted));
    assert_eq!(damaged(&|all| all.truncate(SIGNED as usize - 1)), (SIGNED, Fault::CutOff));
    assert_eq!(damaged(&|all| all.clear()), (12, Fault::CutOff));
    let alone = |all: &mut Vec<SealedRecord>| all[4] = body(99).seal(5, all[3].hash);
    assert_eq!(damaged(&alone), (6, Fault::Unlinked));
    let anew = |all: &mut Vec<SealedRecord>| {
        let bodies: Vec<Body> = (4..RECORDS).map(|number| body(number + 100)).collect();
        all.truncate(4);
        all.extend(chained(&bodies, 4, all[3].hash));
    };
    assert_eq!(damaged(&anew), (12, Fault::Rewritten));
}

#[test]
fn a_head_of_another_key_is_found() {
    let records = whole();
    let forged = Head { ..heads(&records)[0].head }.sign(&SigningKey::from_bytes(&[8; 32]));
    assert_eq!(check(&records, vec![forged]), Err(ChainFault { seq: SIGNED, fault: Fault::Forged }));
}

#[test]
fn a_chain_may_begin_after_a_signed_start_alone() {
    let records = whole();
    let start = sign(&records[11], Mark::Start);
    let mut with_start = heads(&records);
    with_start.push(start);
    let found = check(&records[12..], with_start.clone()).unwrap();
    assert_eq!((found.first, found.last, found.records), (13, RECORDS, RECORDS - 12));
    // A deletion that has not ended yet leaves some of the records before.
    assert_eq!(check(&records[7..], with_start.clone()), Ok(found));
    assert_eq!(check(&records[12..], heads(&records)), Err(ChainFault { seq: 13, fault: Fault::Removed }));
    assert_eq!(check(&records[13..], with_start), Err(ChainFault { seq: 14, fault: Fault::Removed }));
}

#[test]
fn what_is_left_of_records_that_were_rolled_away_leads_up_to_the_start() {
    let records = whole();
    let mut with_start = heads(&records);
    with_start.push(sign(&records[11], Mark::Start));
    let left = |damage: &dyn Fn(&mut Vec<SealedRecord>)| {
        let mut left = records[7..].to_vec();
        damage(&mut left);
        check(&left, with_start.clone()).map(|whole| whole.first).map_err(|broken| (broken.seq, broken.fault))
    };
    assert_eq!(left(&|_| {}), Ok(13));
    assert_eq!(left(&|all| drop(all.remove(2))), Err((11, Fault::Removed)));
    assert_eq!(left(&|all| drop(all.remove(4))), Err((13, Fault::Removed)));
    assert_eq!(left(&|all| all[1].text = all[1].text.replace("node", "edon")), Err((9, Fault::Changed)));
    assert_eq!(left(&|all| all[1].at += 1), Err((9, Fault::Moved)));
    assert_eq!(left(&|all| all[1] = body(99).seal(9, GENESIS)), Err((9, Fault::Unlinked)));
    assert_eq!(
        left(&|all| *all = [vec![body(99).seal(12, GENESIS)], all[5..].to_vec()].concat()),
        Err((12, Fault::Rewritten))
    );
}

#[test]
fn records_without_a_signed_head_are_proved_only_while_none_need_have_been_signed() {
    let found = check(&whole(), Vec::new()).unwrap();
    assert_eq!((found.records, found.signed), (RECORDS, 0));
    let unsigned = |records: &[SealedRecord]| check(records, Vec::new()).map_err(|broken| broken.fault);
    let many: Vec<Body> = (0..101).map(body).collect();
    assert_eq!(unsigned(&chained(&many, 0, GENESIS)), Err(Fault::Unsigned));
    let over_an_hour = [body(0), body(60 * 60 * 1_000)];
    assert_eq!(unsigned(&chained(&over_an_hour, 0, GENESIS)), Err(Fault::Unsigned));
    let records = whole();
    assert_eq!(unsigned(&chained(&[body(0)], 12, records[11].hash)), Err(Fault::Removed));
}

/// One edit before the last signed head: changed (perhaps with its digest and all that follow made to fit), deleted,
/// inserted or swapped.
fn edit(records: &mut Vec<SealedRecord>, dice: &mut ChaCha8Rng) {
    let place = dice.random_range(0..SIGNED as usize);
    match dice.random_range(0..6) {
        0 => {
            let at = dice.random_range(0..records[place].text.len());
            let other = if records[place].text.as_bytes()[at] == b'x' { "y" } else { "x" };
            records[place].text.replace_range(at..=at, other);
        }
        1 => {
            let fact = Read { case_reference: Some(dice.random::<u32>().to_string()), ..Read::default() };
            let time = DateTime::from_timestamp_millis(records[place].at).unwrap();
            let changed = Body::new(time, "node", fact.into()).unwrap();
            records[place] = changed.seal(records[place].seq, records[place].prev);
            if dice.random() {
                for next in place + 1..records.len() {
                    records[next].prev = records[next - 1].hash;
                    records[next].hash = seal(&records[next].prev, &records[next].text);
                }
            }
        }
        2 => records[place].hash.0[dice.random_range(0..32)] ^= 1,
        3 => drop(records.remove(place)),
        4 => {
            let copy = records[dice.random_range(0..records.len())].clone();
            records.insert(place, copy);
        }
        _ => {
            let other = (place + dice.random_range(1..SIGNED as usize)) % SIGNED as usize;
            let (one, two) = (records[place].clone(), records[other].clone());
            // The contents change places, the places stay.
            records[place] = SealedRecord { seq: one.seq, ..two.clone() };
            records[other] = SealedRecord { seq: two.seq, ..one };
        }
    }
}

#[test]
fn of_a_thousand_edits_a_thousand_are_found() {
    let records = whole();
    let fresh = Verifier::new(heads(&records), &key().verifying_key()).unwrap();
    let mut dice = ChaCha8Rng::seed_from_u64(3);
    let found = (0..1_000).filter(|_| {
        let mut edited = records.clone();
        edit(&mut edited, &mut dice);
        assert_ne!(edited, records);
        let mut verifier = fresh.clone();
        edited.iter().try_for_each(|record| verifier.take(record)).and_then(|()| verifier.end()).is_err()
    });
    assert_eq!(found.count(), 1_000);
}

#[test]
fn the_sum_of_traces_tells_pairs_apart_and_forgets_their_order() {
    let sum_of = |pairs: &[(u8, u64)]| {
        let mut sum = TraceSum::default();
        pairs.iter().for_each(|(child, seq)| sum.add(&Bytes([*child; 16]), *seq));
        sum
    };
    let both = sum_of(&[(1, 4), (2, 5)]);
    assert_eq!(both, sum_of(&[(2, 5), (1, 4)]));
    for other in [&[][..], &[(1, 4)], &[(1, 5), (2, 4)], &[(1, 4), (2, 6)], &[(1, 4), (2, 5), (2, 5)]] {
        assert_ne!(both, sum_of(other), "{other:?}");
    }
}

#[test]
fn a_record_is_about_the_authorities_that_it_names() {
    let about = About { authorities: vec!["E09000015".to_owned()], ..About::default() };
    let read = Fact::from(Read { about, ..Read::default() });
    assert!(read.is_about("E09000015") && !read.is_about("E09000005"));
    let act = Administration::new(Act::GrantAdded, "admin", "asked for").at("E09000015").to("G1").with("analyst");
    assert_eq!((act.object.as_deref(), act.detail.as_deref()), (Some("G1"), Some("analyst")));
    let given = Fact::from(act);
    assert!(given.is_about("E09000015") && !given.is_about("E09000005"));
}
