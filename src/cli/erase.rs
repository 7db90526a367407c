//! `lookedafter erase`: removes a child from every table, and the key that the audit records knew the child by.

use super::output::{say, tell};
use super::{Failure, audit, child, database, logging, operator, token, words};
use crate::audit::{Act, Administration, Withdrawal};
use crate::config::Config;
use crate::store::{AuditLog, ErasureOutcome, Store, StoreError};

/// Arguments of `erase`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The authority's identifier of the child.
    child: String,
    /// ONS code of the authority, such as E09000015.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// Why; it stays in the audit records, so it must not name the child.
    #[arg(long, value_parser = words)]
    reason: String,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, there is no such child, the erasure cannot be recorded, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    if args.reason.to_lowercase().contains(&args.child.trim().to_lowercase()) {
        return Err(Failure::Usage(
            "the reason stays in the audit records and must not hold the identifier".to_owned(),
        ));
    }
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    let log = audit::open(&config, &store).await?;
    let child = child::find(&store, &args.authority, &args.child).await?;
    let erased = on_record(&store, &log, &args.authority, &child, &args.reason).await;
    log.close().await;
    tell(&store, erased?).await
}

/// Erases a child, and records it.
///
/// # Errors
/// It cannot be recorded, or the database fails; then nothing was removed.
pub(super) async fn on_record(
    store: &Store,
    log: &AuditLog,
    authority: &str,
    child: &str,
    reason: &str,
) -> Result<ErasureOutcome, Failure> {
    let act = Administration::new(Act::Erasure, operator(), reason).at(authority);
    let mark = store.mark(authority, child).await?;
    // Recorded first: an erasure that nobody can be held to account for must not happen.
    if let Some(trace) = store.trace(authority, child).await? {
        log.append(act.clone().about(trace)).await?;
        log.withdraw(Withdrawal::Erasure { authority: authority.to_owned(), mark }).await?;
    }
    let erased = store.erase(authority, child).await;
    if erased.is_err() {
        log.append(act.with("failed: nothing was removed")).await?;
        log.withdraw(Withdrawal::ErasureFailed { authority: authority.to_owned(), mark }).await?;
    }
    Ok(erased?)
}

/// Finishes erasures that were broken off before the database was cleaned, and says so. If that fails, the next start tries
/// again.
pub(super) async fn finish(store: &Store) {
    let finished = async {
        let unfinished = store.unfinished_erasures().await?;
        if unfinished > 0 {
            tracing::warn!(
                erasures = unfinished,
                "an erasure was broken off before its end: what the database still holds in freed pages is overwritten now"
            );
            store.clean().await?;
            tracing::warn!(erasures = unfinished, "the erasure is finished");
        }
        Ok(())
    };
    let outcome: Result<(), StoreError> = finished.await;
    match outcome {
        Err(StoreError::NotPermitted(_)) => tracing::warn!(
            "the login may not overwrite freed pages: run `lookedafter migrate up` with DATABASE_OWNER_URL to finish the erasure"
        ),
        Err(error) => {
            tracing::warn!(code = error.code(), %error, "the erasure is not finished yet; the next start tries again")
        }
        Ok(()) => {}
    }
}

async fn tell(store: &Store, erased: ErasureOutcome) -> Result<(), Failure> {
    match erased {
        ErasureOutcome::Now { number, rows } => {
            tell!("Import {number}: {rows} rows removed.");
            store.clean().await?;
            say!("{number}")?;
        }
        ErasureOutcome::Before => {
            store.clean().await?;
            tell!("The child was erased before; the database has been cleaned again.");
        }
        ErasureOutcome::Unknown => return Err(Failure::Nothing("this authority has no such child".to_owned())),
    }
    tell!("Older backups still hold the records until they expire; restoring one erases the child again.");
    Ok(())
}
