//! `lookedafter migrate`: changes to the tables, with their way back.

use clap::ValueEnum;

use super::output::say;
use super::{Failure, database, logging};
use crate::config::Config;
use crate::store::Applied;

/// Arguments of `migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[arg(value_enum, default_value_t = Direction::Up)]
    direction: Direction,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    /// Make every change that has not been made.
    Up,
    /// Take back the last change, with what its tables hold.
    Down,
    /// Print every change and whether it has been made.
    Status,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, or the database fails.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::connect(&config).await?;
    match args.direction {
        Direction::Up => store.migrate().await?,
        Direction::Down if store.changes().await?.iter().all(|change| change.applied == Applied::Pending) => {
            return Err(Failure::Nothing("no change has been made that could be taken back".to_owned()));
        }
        Direction::Down => store.migrate_down().await?,
        Direction::Status => {}
    }
    for change in store.changes().await? {
        let state = if change.applied == Applied::Yes { "applied" } else { "pending" };
        say!("{state}  {}", change.name)?;
    }
    Ok(())
}
