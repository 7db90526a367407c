//! Rolling records away that are older than they have to be kept: whole segments, each up to a signed head.

use chrono::{DateTime, Utc};
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
pub struct Rolled {
    /// How many records.
    pub records: u64,
    /// The last of them.
    pub to: u64,
}

impl AuditLog {
    /// Rolls away the records up to the last head that was signed before a moment; none if there is no such head. The
    /// chain goes on from the last of them, whose digest is signed as the new start before anything is deleted.
    ///
    /// # Errors
    /// The records or their heads cannot be read or written.
    pub async fn roll(&self, before: DateTime<Utc>) -> Result<Option<Rolled>, AuditError> {
        let (last, _) = statements::head(&self.session().await?).await?;
        let start = self.heads.start()?;
        // The last record stays, or the chain would have nothing to go on from.
        let heads = self.heads.read()?.into_iter().filter(|signed| signed.is_signed_by(&self.heads.public()));
        let older = heads.map(|signed| signed.head).filter(|head| head.time < before && head.seq < last);
        let Some(end) = older.max_by_key(|head| head.seq).filter(|head| head.seq > start) else {
            // An earlier time may have been broken off after its start was signed.
            self.delete(start).await?;
            return Ok(None);
        };
        self.heads.add(Head { mark: Mark::Start, time: Utc::now(), ..end })?;
        self.delete(end.seq).await?;
        Ok(Some(Rolled { records: end.seq - start, to: end.seq }))
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

/// Runs one deletion, which only the owner of the tables may do.
async fn delete(owner: &Connections, sql: &str, values: Vec<Value>) -> Result<(), AuditError> {
    let transaction = owner.owner(None).await?;
    run(&transaction, sql, values).await?;
    Ok(transaction.commit().await?)
}
