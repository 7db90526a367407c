//! Rolling records away that are older than they have to be kept: whole segments, each up to a signed head.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Value;

use super::{
    AuditError, AuditLog,
    statements::{self, ask, bytes, number, run},
};
use crate::audit::{Bytes, Head, Mark};
use crate::store::session::Connections;

/// How many records are deleted at once, so that those who write wait only shortly.
const AT_ONCE: u64 = 10_000;

/// What was rolled away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollResult {
    /// How many records.
    pub records: u64,
    /// The last of them.
    pub to: u64,
}

/// Whether the clock may be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Only as far as the records bear it out: they were written up to now without a long pause.
    Doubted,
    /// It was looked at, and is right.
    Confirmed,
}

/// A pause in the records of more days is as likely a clock that is wrong.
const PAUSE: TimeDelta = TimeDelta::days(90);

impl AuditLog {
    /// Rolls away the records up to the last head that was signed before a moment, as were all heads before it; none if
    /// there is no such head. The chain goes on from the last of them, whose digest is signed as the new start before
    /// anything is deleted.
    ///
    /// # Errors
    /// [`AuditError::Clock`] if the clock may be wrong; the records or their heads cannot be read or written.
    pub async fn roll(
        &self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        clock: Clock,
    ) -> Result<Option<RollResult>, AuditError> {
        let (last, _) = statements::head(&self.session().await?).await?;
        let start = self.heads.start()?;
        let heads = self.heads.read()?.into_iter().filter(|signed| signed.is_signed_by(&self.heads.public()));
        let heads: Vec<Head> = heads.map(|signed| signed.head).collect();
        let Some(end) = end_of_older(&heads, before, (start, last)) else {
            // An earlier time may have been broken off after its start was signed.
            self.delete(start).await?;
            return Ok(None);
        };
        let jump = jump(&heads, now).filter(|_| clock == Clock::Doubted);
        if let Some((before, now)) = jump {
            return Err(AuditError::Clock { now: now.date_naive(), before: before.date_naive() });
        }
        self.heads.add(Head { mark: Mark::Start, time: Utc::now(), ..end })?;
        self.delete(end.seq).await?;
        Ok(Some(RollResult { records: end.seq - start, to: end.seq }))
    }

    async fn delete(&self, to: u64) -> Result<(), AuditError> {
        let sql = "SELECT seq FROM audit_entry ORDER BY seq ASC LIMIT 1";
        let first = match ask(&self.session().await?, sql, Vec::new()).await?.first() {
            Some(row) => statements::whole(row, 0)?,
            None => return Ok(()),
        };
        if first > to {
            return Ok(());
        }
        let owner = self.store.owner().await?;
        let (three, one) = if self.is_sqlite() { (["?", "?", "?"], "?") } else { (["$1", "$2", "$3"], "$1") };
        let [low, high, place] = three;
        let sql = format!("DELETE FROM audit_trace WHERE trace >= {low} AND trace <= {high} AND seq <= {place}");
        for byte in 0..=u8::MAX {
            let (mut least, mut most) = ([0; 16], [u8::MAX; 16]);
            (least[0], most[0]) = (byte, byte);
            delete(&owner, &sql, vec![bytes(&Bytes(least)), bytes(&Bytes(most)), number(to)]).await?;
        }
        let sql = format!("DELETE FROM audit_entry WHERE seq <= {one}");
        let mut upto = first;
        while upto < to {
            upto = to.min(upto + AT_ONCE);
            delete(&owner, &sql, vec![number(upto)]).await?;
        }
        if first == to {
            delete(&owner, &sql, vec![number(to)]).await?;
        }
        Ok(())
    }
}

/// The last head of those that were signed before a moment, beginning with the oldest, between the start and the last
/// record, which stays: the chain has to go on from something. One signed by a clock that was behind ends nothing.
fn end_of_older(heads: &[Head], before: DateTime<Utc>, (start, last): (u64, u64)) -> Option<Head> {
    let mut ends: Vec<Head> =
        heads.iter().filter(|head| head.mark == Mark::Head && head.seq > start).copied().collect();
    ends.sort_by_key(|head| head.seq);
    ends.into_iter().take_while(|head| head.time < before).filter(|head| head.seq < last).last()
}

/// The moments before and after the last long pause since records were rolled away. A clock that is far ahead makes one,
/// even when it has signed heads by that time already.
fn jump(heads: &[Head], now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let since = heads.iter().rposition(|head| head.mark == Mark::Start).unwrap_or_default();
    let times = heads.iter().skip(since).map(|head| head.time).filter(|time| *time <= now);
    let times: Vec<_> = times.chain([now]).collect();
    let pauses = times.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    pauses.rev().find(|(earlier, later)| *later - *earlier > PAUSE)
}

/// Runs one deletion, which only the owner of the tables may do.
async fn delete(owner: &Connections, sql: &str, values: Vec<Value>) -> Result<(), AuditError> {
    let transaction = owner.owner(None).await?;
    run(&transaction, sql, values).await?;
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(day)
    }

    fn head(mark: Mark, seq: u64, on: i64) -> Head {
        Head { mark, seq, hash: crate::audit::GENESIS, time: day(on) }
    }

    #[test]
    fn a_clock_that_is_far_ahead_is_found_before_and_after_it_has_signed() {
        let heads = [1, 30, 100].map(|on| head(Mark::Head, on as u64, on));
        assert_eq!(jump(&heads, day(150)), None);
        assert_eq!(jump(&heads, day(4_000)), Some((day(100), day(4_000))));
        let served = [&heads[..], &[head(Mark::Head, 101, 4_000), head(Mark::Head, 102, 4_001)]].concat();
        assert_eq!(jump(&served, day(4_001)), Some((day(100), day(4_000))));
        assert_eq!(jump(&served, day(150)), None, "the clock was set right again");
        let confirmed = [&served[..], &[head(Mark::Start, 30, 4_001)]].concat();
        assert_eq!(jump(&confirmed, day(4_002)), None);
        assert_eq!(jump(&[], day(4_000)), None);
    }

    #[test]
    fn a_head_signed_by_a_clock_that_was_behind_rolls_nothing_away() {
        let heads = [head(Mark::Head, 10, 5_000), head(Mark::Head, 20, 0), head(Mark::Head, 30, 5_001)];
        assert_eq!(end_of_older(&heads, day(3_000), (0, 40)), None);
        assert_eq!(end_of_older(&heads, day(5_001), (0, 40)).unwrap().seq, 20);
        assert_eq!(end_of_older(&heads, day(6_000), (0, 30)).unwrap().seq, 20, "the last record stays");
        assert_eq!(end_of_older(&heads, day(6_000), (20, 40)).unwrap().seq, 30);
    }
}
