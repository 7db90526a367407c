//! `lookedafter audit`: proves the record of reading to be whole, tells who read about a child, and rolls old records
//! away.

mod log;
mod subject;
pub(super) mod words;

use clap::Subcommand;

use super::output::{say, tell};
use super::{Failure, database, logging, operator, token};
use crate::audit::{Act, Administration};
use crate::config::Config;
use crate::store::{AuditLog, Clock, Store};
pub use log::{keep_rolling, open, record, record_withdrawal, start};

/// Arguments of `audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Prove that no record was changed, removed, inserted or swapped.
    Verify,
    /// Print who read what about a child, when, why and under which agreement.
    Subject(Subject),
    /// Roll records away that are older than LOOKEDAFTER_AUDIT_YEARS.
    Roll(Roll),
}

/// Whether the clock was looked at.
#[derive(Debug, clap::Args)]
struct Roll {
    /// The clock is right, although the records have a long pause.
    #[arg(long)]
    yes: bool,
}

/// Whom it is about.
#[derive(Debug, clap::Args)]
pub struct Subject {
    /// The authority's identifier of the child.
    child: String,
    /// ONS code of the authority, such as E09000015.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// Why you ask; without names.
    #[arg(long, default_value = "subject access", value_parser = super::words)]
    reason: String,
    /// Print JSON in place of a table.
    #[arg(long)]
    json: bool,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, the records are not whole or cannot be read, or there is no such child.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    match args.what {
        Action::Verify => verify(&config, &store).await,
        Action::Subject(args) => subject::tell(&config, &store, &args).await,
        Action::Roll(Roll { yes }) => roll(&config, &store, if yes { Clock::Confirmed } else { Clock::Doubted }).await,
    }
}

/// A chain that is broken is left as it is found: nothing is added to it.
async fn verify(config: &Config, store: &Store) -> Result<(), Failure> {
    // Not as others open them: what is wrong with the heads is told in the outcome.
    let log = AuditLog::open(store, config.audit_place()).await?;
    let torn = log.torn_head()?.map(|(file, line)| {
        format!("torn: line {line} of {}: its end was never written, and it was passed over", file.display())
    });
    match log.verify().await? {
        Ok(whole) => {
            let act = Administration::new(Act::Verification, operator(), "audit verify");
            log.append(act.with(format!("whole from {} to {}", whole.first, whole.last))).await?;
            log.close().await;
            let signed = match (whole.records, whole.signed) {
                (1.., 0) => "not signed yet".to_owned(),
                (_, signed) => format!("signed up to {signed}"),
            };
            say!("whole: {} records, {} to {}, {signed}", whole.records, whole.first, whole.last)?;
            torn.map_or(Ok(()), |torn| say!("{torn}"))
        }
        Err(broken) => {
            // That they are not whole is the outcome, read or not.
            let _ = say!("broken: record {}: {}", broken.seq, broken.fault);
            let _ = torn.map(|torn| say!("{torn}"));
            Err(Failure::Nothing("the audit records are not whole".to_owned()))
        }
    }
}

async fn roll(config: &Config, store: &Store, clock: Clock) -> Result<(), Failure> {
    let log = open(config, store).await?;
    let rolled = log::roll(&log, config, &operator(), clock).await?;
    log.close().await;
    match rolled {
        Some(rolled) => say!("{} records rolled away, up to {}", rolled.records, rolled.to)?,
        None => tell!("No whole signed segment is older than {} years.", config.audit_years),
    }
    Ok(())
}
