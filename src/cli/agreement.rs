//! `lookedafter agreement`: the agreements on which the grants of partners rest.

use super::output::say;
use super::{Failure, audit, database, logging, name, operator, words};
use crate::access::visible;
use crate::audit::{Act, Administration};
use crate::config::Config;
use crate::period::Date;
use crate::store::rows::Agreement;

/// Arguments of `agreement`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Record an agreement, or change what is recorded of it. Once its last day has passed, grants that rest on it open
    /// no rows.
    Add {
        /// Identifier, as grants name it.
        #[arg(value_parser = name)]
        id: String,
        /// Who has agreed.
        #[arg(long, value_parser = name)]
        parties: String,
        /// The law that it rests on.
        #[arg(long, value_parser = words)]
        legal_basis: String,
        /// The day on which it is to be looked at again.
        #[arg(long)]
        review: Option<Date>,
        /// Last day.
        #[arg(long)]
        expires: Option<Date>,
        /// Why, for the record.
        #[arg(long, default_value = "agreement made", value_parser = words)]
        reason: String,
    },
    /// Print every agreement.
    List,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    match args.what {
        Action::Add { id, parties, legal_basis, review, expires, reason } => {
            let last = expires.map_or_else(|| "without a last day".to_owned(), |day| format!("to {day}"));
            let fact = Administration::new(Act::AgreementAdded, operator(), reason).to(&*id).with(last);
            audit::record(&config, &store, fact).await?;
            let agreement = Agreement { agreement_id: id, parties, legal_basis, review_on: review, ends_on: expires };
            store.put_agreement(agreement).await?;
        }
        Action::List => {
            let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            for agreement in store.agreements().await? {
                let (review, ends) = (day(agreement.review_on), day(agreement.ends_on));
                say!(
                    "{}",
                    [agreement.agreement_id, agreement.parties, agreement.legal_basis, review, ends]
                        .map(|text| visible(&text))
                        .join("\t")
                )?;
            }
        }
    }
    Ok(())
}
