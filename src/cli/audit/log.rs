//! The record of reading as commands and the server open it, and what they record of themselves.

use std::time::Duration;

use chrono::{DateTime, Months, Utc};

use super::{Failure, operator};
use crate::audit::{Act, Administration, Withdrawal, digest_of};
use crate::config::Config;
use crate::store::{AuditError, AuditLog, Clock, RollResult, Store};

/// How often a server looks whether records have become old enough to be rolled away.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Opens the records that belong to the database.
///
/// # Errors
/// The file, its key or its heads cannot be used, or the database fails.
pub async fn open(config: &Config, store: &Store) -> Result<AuditLog, Failure> {
    let log = AuditLog::open(store, config.audit_place()).await?;
    if let Some((file, line)) = log.torn_head()? {
        tracing::warn!(
            file = %file.display(), line, "the last signed head is torn: its end was never written; it is passed over"
        );
    }
    Ok(log)
}

/// Records that a server starts, with the settings and the policy in force.
///
/// # Errors
/// The policy cannot be read, or the record cannot be stored.
pub async fn start(log: &AuditLog, config: &Config) -> Result<(), Failure> {
    let policy = match &config.policy {
        Some(path) => std::fs::read_to_string(path).map_err(|error| Failure::Io(path.display().to_string(), error))?,
        None => include_str!("../../../policy/access.toml").to_owned(),
    };
    let detail = format!("policy {}\n{}", digest_of(&[&policy]), config.describe());
    let version = concat!("lookedafter ", env!("CARGO_PKG_VERSION"));
    if !log.make_withdrawals().await? {
        let file = config.audit_place().withdrawals().display().to_string();
        tracing::warn!(
            file,
            "there is no list of withdrawals beside the audit records: if this is a copy made by hand, children who were \
             erased and grants that were ended since are there again; see docs/backup.md"
        );
    }
    log.append(Administration::new(Act::Start, operator(), "serve").to(version).with(detail)).await?;
    Ok(())
}

/// The moment from which records are kept.
fn kept_since(config: &Config, now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(config.audit_years.saturating_mul(12))).unwrap_or_default()
}

/// Records one act of a command, and signs it.
///
/// # Errors
/// The record cannot be stored.
pub async fn record(config: &Config, store: &Store, act: Administration) -> Result<(), Failure> {
    let log = open(config, store).await?;
    log.append(act).await?;
    log.close().await;
    Ok(())
}

/// Records that something is withdrawn, and notes it in the list for whoever restores an older backup.
///
/// # Errors
/// The record cannot be stored, or the list not be written.
pub async fn record_withdrawal(
    config: &Config,
    store: &Store,
    act: Administration,
    withdrawal: Withdrawal,
) -> Result<(), Failure> {
    let log = open(config, store).await?;
    log.append(act).await?;
    log.withdraw(withdrawal).await?;
    log.close().await;
    Ok(())
}

/// Rolls away what is older than it has to be kept, and records that.
pub(super) async fn roll(
    log: &AuditLog,
    config: &Config,
    actor: &str,
    clock: Clock,
) -> Result<Option<RollResult>, AuditError> {
    let now = Utc::now();
    let rolled = log.roll(kept_since(config, now), now, clock).await?;
    if let Some(RollResult { records, to }) = rolled {
        let reason = format!("older than {} years", config.audit_years);
        log.append(Administration::new(Act::Roll, actor, reason).with(format!("{records} records, up to {to}")))
            .await?;
    }
    Ok(rolled)
}

/// Rolls once a day, beginning now, for as long as the server runs.
pub async fn keep_rolling(log: AuditLog, config: Config) {
    let mut tick = tokio::time::interval(DAY);
    loop {
        tick.tick().await;
        if let Err(error) = roll(&log, &config, &operator(), Clock::Doubted).await {
            tracing::warn!(%error, "audit records cannot be rolled away");
        }
    }
}
