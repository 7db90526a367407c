//! Reads, tells, and stores unless it is a dry run; and undoes.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use super::refused;
use crate::cli::Failure;
use crate::import::{Prepared, Request, prepare};
use crate::store::{Outcome, Store};

/// How many issues are printed one by one; `import show` prints them all.
const MOST: usize = 20;

/// Imports, or tells what an import would do.
pub async fn import(store: &Store, request: Request, dry_run: bool) -> Result<(), Failure> {
    let areas = store.authorities(None).await?;
    let names = areas.into_iter().flat_map(|area| {
        let la_code = area.la_code.map(|code| (code, area.authority_id.clone()));
        [(area.name, area.authority_id)].into_iter().chain(la_code)
    });
    let Prepared { report, batch } = prepare(request, names);
    let most = if dry_run || batch.is_err() { usize::MAX } else { MOST };
    eprint!("{}", report.words(most));
    let batch = batch.map_err(refused)?;
    if dry_run {
        eprintln!("This was a dry run: nothing was written.");
        return Ok(());
    }
    let bar = progress_bar();
    let outcome = store
        .write(batch, &|progress| {
            bar.set_length(progress.of as u64);
            bar.set_position(progress.done as u64);
        })
        .await;
    bar.finish_and_clear();
    tell(outcome?);
    Ok(())
}

/// Undoes an import.
pub async fn undo(store: &Store, number: i64) -> Result<(), Failure> {
    tell(store.undo(number).await?);
    Ok(())
}

/// The number goes to standard output, for scripts; the words to people.
fn tell(outcome: Outcome) {
    match outcome {
        Outcome::Written { number, added, retired, unchanged, left_out } => {
            eprintln!("Import {number}: {added} rows added, {retired} retired, {unchanged} unchanged.");
            if left_out > 0 {
                eprintln!("{left_out} rows of children who have been erased were left out.");
            }
            println!("{number}");
        }
        Outcome::Unchanged { rows } => {
            eprintln!("Nothing has changed: all {rows} rows were imported before.");
        }
    }
}

/// Drawn on a terminal only.
fn progress_bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("storing {bar:40} {human_pos} of {human_len} rows, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
