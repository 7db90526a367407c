//! `lookedafter retention`: which children's records nobody needs any more, and their erasure.

use super::output::{say, tell};
use super::{Failure, audit, database, erase, logging, token};
use crate::config::Config;
use crate::store::{AuditLog, Store};

/// Arguments of `retention`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// ONS code of the authority, such as E09000015.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// Erase them, in place of printing their identifiers.
    #[arg(long)]
    erase: bool,
}

/// Prints or erases the children whom none of the last LOOKEDAFTER_RECORD_YEARS returns names, and no list.
///
/// # Errors
/// The settings are wrong, an erasure cannot be recorded, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    let children = store.past_retention(&args.authority, config.record_years).await?;
    if !args.erase {
        children.iter().try_for_each(|child| say!("{child}"))?;
        tell!("{} children are past retention; --erase removes them for good.", children.len());
        return Ok(());
    }
    let log = audit::open(&config, &store).await?;
    let reason = format!("past retention: in none of the last {} returns", config.record_years);
    let erased = erase_all(&store, &log, &args.authority, &children, &reason).await;
    log.close().await;
    erased?;
    if !children.is_empty() {
        store.clean().await?;
    }
    tell!(
        "{} children erased. Older backups still hold the records until they expire; restoring one erases them again.",
        children.len()
    );
    say!("{}", children.len())
}

async fn erase_all(
    store: &Store,
    log: &AuditLog,
    authority: &str,
    children: &[String],
    reason: &str,
) -> Result<(), Failure> {
    for child in children {
        erase::on_record(store, log, authority, child, reason).await?;
    }
    Ok(())
}
