//! `lookedafter migrate`: changes to the tables, with their way back.

use clap::ValueEnum;

use super::output::say;
use super::{Failure, database, logging};
use crate::config::Config;
use crate::store::{Loss, MigrationState, Store};

/// Arguments of `migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[arg(value_enum, default_value_t = Direction::Up)]
    direction: Direction,
    /// Take a change back although records or audit records would be lost.
    #[arg(long)]
    yes: bool,
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
        Direction::Down if store.changes().await?.iter().all(|change| change.applied == MigrationState::Pending) => {
            return Err(Failure::Nothing("no change has been made that could be taken back".to_owned()));
        }
        Direction::Down => {
            if !args.yes {
                ask(&store).await?;
            }
            store.migrate_down().await?;
        }
        Direction::Status => {}
    }
    for change in store.changes().await? {
        let state = if change.applied == MigrationState::Yes { "applied" } else { "pending" };
        say!("{state}  {}", change.name)?;
    }
    Ok(())
}

/// Refuses to lose anything that nobody has said may be lost.
async fn ask(store: &Store) -> Result<(), Failure> {
    let losses = store.lost_by_migrating_down().await?;
    if losses.is_empty() {
        return Ok(());
    }
    let last = store.changes().await?.into_iter().rfind(|change| change.applied == MigrationState::Yes);
    let name = last.map(|change| change.name).unwrap_or_default();
    let lines: Vec<String> = losses.iter().map(words).collect();
    Err(Failure::Nothing(format!(
        "taking back {name} would destroy for good:\n  {}\nNothing was done. Make a backup; if it is meant, add --yes",
        lines.join("\n  ")
    )))
}

fn words(Loss { table, column, rows }: &Loss) -> String {
    let what = match (table.as_str(), column) {
        (_, Some(column)) => return format!("what {rows} rows of the table {table} have in the column {column}"),
        ("audit_entry", _) => "audit records: who read what",
        ("audit_trace", _) => "entries of the index that finds audit records by child",
        ("child_key", _) => "keys of children: without them nobody can tell any more whom audit records are about",
        ("erasure", _) => "marks of erased children: without them an import brings the children back",
        ("unfinished_erasure", _) => "notes of erasures that are not finished",
        ("grant", _) => "grants",
        ("agreement", _) => "agreements",
        ("record_share", _) => "shared records",
        ("import", _) => "imports in the book of imports",
        (table, _) => return format!("{rows} rows of the table {table}"),
    };
    format!("{rows} {what}")
}
