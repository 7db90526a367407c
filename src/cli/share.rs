//! `lookedafter share`: children whose records are shared with an organisation, such as an adoption agency.

use chrono::Utc;

use super::output::tell;
use super::{Failure, audit, child, database, logging, name, operator, token, words};
use crate::audit::{Act, Administration, Withdrawal};
use crate::config::Config;
use crate::period::Date;
use crate::store::rows::RecordShare;

/// Arguments of `share`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Share a child with an organisation.
    Add {
        #[command(flatten)]
        whom: Recipient,
        /// First day.
        #[arg(long)]
        from: Date,
        /// Last day.
        #[arg(long)]
        to: Date,
    },
    /// End the sharing of a child with an organisation at once.
    End {
        #[command(flatten)]
        whom: Recipient,
    },
}

#[derive(Debug, clap::Args)]
struct Recipient {
    /// ONS code of the authority.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// The authority's own identifier of the child.
    #[arg(long)]
    child: String,
    /// The organisation, exactly as its grants name it.
    #[arg(long, value_parser = name)]
    organisation: String,
    /// Why, for the record.
    #[arg(long, value_parser = words)]
    reason: Option<String>,
}

/// Does it.
///
/// # Errors
/// The days are the wrong way round, there is no such child or share, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    match args.what {
        Action::Add { from, to, .. } if to < from => Err(Failure::Usage("--to must not lie before --from".to_owned())),
        Action::Add { mut whom, from, to } => {
            whom.child = child::find(&store, &whom.authority, &whom.child).await?;
            let trace = store.trace(&whom.authority, &whom.child).await?;
            let trace = trace.ok_or(crate::store::StoreError::NoSuchChild)?;
            let reason = whom.reason.unwrap_or_else(|| "child shared".to_owned());
            let fact = Administration::new(Act::ShareAdded, operator(), reason).at(&*whom.authority);
            let fact = fact.to(&*whom.organisation).about(trace).with(format!("{from} to {to}"));
            audit::record(&config, &store, fact).await?;
            let (authority_id, child_id, organisation) = (whom.authority, whom.child, whom.organisation);
            store.share(RecordShare { authority_id, child_id, organisation, starts_on: from, ends_on: to }).await?;
            tell!("shared from {from} to {to}");
            Ok(())
        }
        Action::End { whom: Recipient { authority, child, organisation, reason } } => {
            let child = child::find(&store, &authority, &child).await?;
            let yesterday = Utc::now().date_naive().pred_opt().unwrap_or_default();
            if store.is_shared(&authority, &child, &organisation, yesterday).await?
                && let Some(trace) = store.trace(&authority, &child).await?
            {
                let reason = reason.unwrap_or_else(|| "sharing ended".to_owned());
                let fact = Administration::new(Act::ShareEnded, operator(), reason).at(&*authority);
                let mark = store.mark(&authority, &child).await?;
                let (of, with) = (authority.clone(), organisation.clone());
                let withdrawal = Withdrawal::ShareEnded { authority: of, mark, organisation: with };
                audit::record_withdrawal(&config, &store, fact.to(&*organisation).about(trace), withdrawal).await?;
            }
            match store.end_share(&authority, &child, &organisation, yesterday).await? {
                0 => Err(Failure::Nothing("no such share is in force".to_owned())),
                _ => Ok(()),
            }
        }
    }
}
