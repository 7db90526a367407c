//! What proves records to be whole: signed heads, and the edits that they find.

use chrono::Utc;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::audit::{Fault, Mark, Verifier};

async fn fault(log: &AuditLog) -> (u64, Fault) {
    let broken = log.verify().await.unwrap().unwrap_err();
    (broken.seq, broken.fault)
}

/// The places whose heads were signed, in their order.
pub(super) fn signed(database: &Database, folder: &Path) -> Vec<u64> {
    let heads = Heads::open(&AuditPlace::new(folder, &database.url), false).unwrap().read().unwrap();
    heads.iter().map(|signed| signed.head.seq).collect()
}

async fn roll(log: &AuditLog, before: chrono::DateTime<Utc>) -> Result<Option<RollResult>, AuditError> {
    log.roll(before, Utc::now(), Clock::Doubted).await
}

#[tokio::test]
async fn the_head_is_signed_after_the_first_record_every_thousand_and_the_last() {
    on_both!(|log, database, folder| {
        append_at_once(&log, 50, 41).await;
        log.close().await;
        let signed = signed(&database, folder);
        assert!(signed[0] <= 50, "{signed:?}");
        assert!(signed.windows(2).all(|pair| pair[1] - pair[0] < 1_064), "{signed:?}");
        assert_eq!(signed.last(), Some(&2_050), "{}", database.url);
        assert_eq!(whole(&log).await.records, 2_050, "{}", database.url);
    });
}

#[tokio::test]
async fn a_head_is_signed_once_and_by_those_who_have_written() {
    on_both!(|log, database, folder| {
        let url = &database.url;
        log.append(read(&[])).await.unwrap();
        log.close().await;
        assert_eq!(signed(&database, folder), [1], "{url}: the first is the last, and was signed already");
        let (writes, looks) = (open(&database, folder).await, open(&database, folder).await);
        append_at_once(&writes, 1, 2).await;
        whole(&looks).await;
        looks.close().await;
        drop(looks);
        assert_eq!(signed(&database, folder), [1, 2], "{url}: who has written nothing signs nothing");
        writes.close().await;
        assert_eq!(signed(&database, folder), [1, 2, 3], "{url}");
    });
}

#[tokio::test]
async fn records_cut_off_before_the_last_signed_head_and_a_changed_index_are_found() {
    on_both!(|log, database, _folder| {
        append_at_once(&log, 3, 4).await;
        log.close().await;
        let sql = async |sql: &str| {
            log.store.connections.raw().execute_unprepared(sql).await.unwrap();
        };
        sql("DELETE FROM audit_trace WHERE seq = 2").await;
        assert_eq!(fault(&log).await, (1, Fault::Index), "{}", database.url);
        let forged = "INSERT INTO audit_entry SELECT 0, at, text, prev, hash FROM audit_entry WHERE seq = 1";
        sql(forged).await;
        assert_eq!(fault(&log).await, (0, Fault::Inserted), "{}", database.url);
        sql("DELETE FROM audit_entry WHERE seq = 0").await;
        sql("DELETE FROM audit_entry WHERE seq = 12").await;
        assert_eq!(fault(&log).await, (12, Fault::CutOff), "{}", database.url);
    });
}

#[tokio::test]
async fn a_head_is_signed_once_it_has_waited_long_enough() {
    for database in databases() {
        let folder = tempfile::tempdir().unwrap();
        let sign_every = Duration::from_millis(100);
        let mut place = AuditPlace::new(folder.path(), &database.url);
        place.sign_every = sign_every;
        let log = AuditLog::open(&database.store().await, place).await.unwrap();
        for place in [2, 4] {
            append_at_once(&log, 1, 2).await;
            eventually(|| signed(&database, folder.path()).last() == Some(&place)).await;
        }
        let times = signed(&database, folder.path()).len();
        tokio::time::sleep(3 * sign_every).await;
        assert_eq!(signed(&database, folder.path()).len(), times, "{}: nothing was added", database.url);
        log.close().await;
    }
}

#[tokio::test]
async fn heads_that_cannot_be_read_are_never_taken_for_none() {
    on_both!(|log, database, folder| {
        log.append(read(&[])).await.unwrap();
        log.close().await;
        let path = AuditPlace::new(folder, &database.url).heads;
        let line = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{line}no head\n")).unwrap();
        let error = log.verify().await.unwrap_err();
        assert!(matches!(error, AuditError::NotAHead(_, 2)), "{}: {error}", database.url);
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert_eq!(log.verify().await.unwrap_err().code(), "AUDIT_HEADS", "{}", database.url);
    });
}

#[tokio::test]
async fn a_last_head_that_is_torn_is_named_passed_over_and_gone_with_the_next() {
    on_both!(|log, database, folder| {
        log.append(read(&[])).await.unwrap();
        log.close().await;
        let path = AuditPlace::new(folder, &database.url).heads;
        let line = std::fs::read_to_string(&path).unwrap();
        for cut in [1, line.len() / 2, line.len() - 1] {
            let before = signed(&database, folder);
            let lines = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, format!("{lines}{}", &line[..cut])).unwrap();
            let log = open(&database, folder).await;
            assert_eq!(log.torn_head().unwrap(), Some((path.as_path(), before.len() + 1)), "{}", database.url);
            assert!(whole(&log).await.records > 0);
            let place = log.append(read(&[])).await.unwrap();
            log.close().await;
            assert_eq!(log.torn_head().unwrap(), None, "{}", database.url);
            assert_eq!(signed(&database, folder), [before, vec![place]].concat(), "{}", database.url);
        }
    });
}

#[tokio::test]
async fn no_key_is_made_beside_records_or_heads_that_another_has_signed() {
    on_both!(|log, database, folder| {
        log.append(read(&[])).await.unwrap();
        log.close().await;
        let (place, key) = (AuditPlace::new(folder, &database.url), folder.join("audit-key.pem"));
        let kept = std::fs::read(&key).unwrap();
        std::fs::remove_file(&key).unwrap();
        let refused = AuditLog::open(&log.store, place.clone()).await.err().unwrap();
        assert!(matches!(refused, AuditError::KeyMissing(_)), "{}", database.url);
        std::fs::remove_file(&place.heads).unwrap();
        if log.is_sqlite() {
            let refused = AuditLog::open(&log.store, place).await.err().unwrap();
            assert_eq!(refused.code(), "AUDIT_KEY");
            assert!(!key.exists());
            std::fs::write(&key, kept).unwrap();
            std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            let found = whole(&open(&database, folder).await).await;
            assert_eq!((found.records, found.signed), (1, 0), "not signed yet, as far as this machine knows");
        }
    });
}

#[tokio::test]
async fn a_clock_that_is_far_ahead_rolls_nothing_away_unless_it_is_confirmed() {
    on_both!(|log, database, folder| {
        log.append(read(&[])).await.unwrap();
        log.close().await;
        let log = open(&database, folder).await;
        log.append(read(&[])).await.unwrap();
        let ahead = Utc::now() + chrono::TimeDelta::days(3_000);
        let error = log.roll(ahead, ahead, Clock::Doubted).await.unwrap_err();
        assert!(error.to_string().contains(&ahead.date_naive().to_string()), "{}: {error}", database.url);
        assert_eq!((error.code(), whole(&log).await.records), ("AUDIT_CLOCK", 2), "{}", database.url);
        let confirmed = log.roll(ahead, ahead, Clock::Confirmed).await.unwrap();
        assert_eq!(confirmed, Some(RollResult { records: 1, to: 1 }), "{}", database.url);
    });
}

#[tokio::test]
async fn a_record_can_be_tried_without_being_written() {
    on_both!(|log, database, _folder| {
        log.try_writing().await.unwrap();
        log.append(read(&[])).await.unwrap();
        log.try_writing().await.unwrap();
        assert_eq!(whole(&log).await.records, 1, "{}", database.url);
        log.store.connections.raw().execute_unprepared("ALTER TABLE audit_entry RENAME TO elsewhere").await.unwrap();
        if !log.is_sqlite() {
            assert_eq!(log.try_writing().await.unwrap_err().code(), "AUDIT_UNAVAILABLE");
        }
        log.close().await;
    });
}

#[tokio::test]
async fn whole_signed_segments_are_rolled_away_and_the_chain_goes_on() {
    on_both!(|log, database, folder| {
        let url = &database.url;
        let stored = async |log: &AuditLog| log.count(&Search::default()).await.unwrap();
        log.append(read(&[1])).await.unwrap();
        log.close().await;
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), None, "{url}: the last record stays");
        let log = open(&database, folder).await;
        log.append(read(&[1])).await.unwrap();
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), Some(RollResult { records: 1, to: 1 }), "{url}");
        assert_eq!(stored(&log).await, 1, "{url}");
        append_at_once(&log, 1, 18).await;
        assert_eq!(roll(&log, chrono::DateTime::UNIX_EPOCH).await.unwrap(), None, "{url}");
        let begun = Utc::now();
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), Some(RollResult { records: 1, to: 2 }), "{url}");
        let start = log.heads.read().unwrap().pop().unwrap().head;
        assert!(start.time >= begun && (start.mark, start.seq) == (Mark::Start, 2), "{url}");
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), None, "{url}: it is gone already");
        let found = whole(&log).await;
        assert_eq!((found.first, found.last, stored(&log).await), (3, 20, 18), "{url}");
        let of_child = Search { trace: Some(child(1)), ..Search::default() };
        assert_eq!(log.count(&of_child).await.unwrap(), 0, "{url}");
        log.close().await;
        let log = open(&database, folder).await;
        assert_eq!(log.append(read(&[])).await.unwrap(), 21, "{url}");
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), Some(RollResult { records: 18, to: 20 }), "{url}");
        assert_eq!(stored(&log).await, 1, "{url}");
    });
}

#[tokio::test]
async fn a_record_cut_off_after_the_start_of_what_is_left_is_found() {
    on_both!(|log, database, folder| {
        log.append(read(&[])).await.unwrap();
        log.close().await;
        let log = open(&database, folder).await;
        append_at_once(&log, 1, 3).await;
        assert_eq!(roll(&log, Utc::now()).await.unwrap(), Some(RollResult { records: 2, to: 2 }), "{}", database.url);
        log.store.connections.raw().execute_unprepared("DELETE FROM audit_entry WHERE seq = 3").await.unwrap();
        assert_eq!(fault(&log).await, (4, Fault::Removed), "{}", database.url);
    });
}

/// One edit of the stored records before the last signed head.
fn edit(dice: &mut ChaCha8Rng, last: u64) -> Vec<String> {
    let place = dice.random_range(1..=last);
    let other = (place + dice.random_range(0..last - 1)) % last + 1;
    match dice.random_range(0..5) {
        0 => {
            vec![format!("UPDATE audit_entry SET text = replace(text, '\"rows\":0', '\"rows\":7') WHERE seq = {place}")]
        }
        1 => vec![format!("UPDATE audit_entry SET hash = prev WHERE seq = {place}")],
        2 => vec![format!("DELETE FROM audit_entry WHERE seq = {place}")],
        3 => vec![
            format!("UPDATE audit_entry SET seq = -seq WHERE seq >= {place}"),
            "UPDATE audit_entry SET seq = 1 - seq WHERE seq < 0".to_owned(),
            format!(
                "INSERT INTO audit_entry SELECT {place}, at, text, prev, hash FROM audit_entry WHERE seq = {}",
                place + 1
            ),
        ],
        _ => vec![
            format!("UPDATE audit_entry SET seq = 0 WHERE seq = {place}"),
            format!("UPDATE audit_entry SET seq = {place} WHERE seq = {other}"),
            format!("UPDATE audit_entry SET seq = {other} WHERE seq = 0"),
        ],
    }
}

#[tokio::test]
async fn of_a_thousand_edits_of_the_stored_records_a_thousand_are_found() {
    on_both!(|log, database, _folder| {
        append_at_once(&log, 3, 10).await;
        log.close().await;
        let sql = async |sql: &str| {
            log.store.connections.raw().execute_unprepared(sql).await.unwrap();
        };
        sql("CREATE TABLE kept AS SELECT * FROM audit_entry").await;
        // The records are the same in both databases; PostgreSQL need not do all of it again.
        let edits = if log.is_sqlite() { 1_000 } else { 100 };
        let fresh = Verifier::new(log.heads.read().unwrap(), &log.heads.public()).unwrap();
        let (mut dice, mut found) = (ChaCha8Rng::seed_from_u64(9), 0);
        for _ in 0..edits {
            for step in edit(&mut dice, 30) {
                sql(&step).await;
            }
            found += u32::from(log.proved(fresh.clone()).await.unwrap().is_err());
            sql("DELETE FROM audit_entry").await;
            sql("INSERT INTO audit_entry SELECT * FROM kept").await;
        }
        assert_eq!(found, edits, "{}", database.url);
        assert_eq!(whole(&log).await.records, 30, "{}", database.url);
    });
}
