//! Reads, tells, and stores unless it is a dry run; and undoes.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use super::refused;
use crate::audit::{Act, Administration};
use crate::cli::output::{note, say, tell};
use crate::cli::{Failure, audit, database, operator};
use crate::config::Config;
use crate::import::error::ImportError;
use crate::import::report::Report;
use crate::import::{Confirmations, Form, PreparedImport, Request, Words, prepare};
use crate::store::rows::{ImportFile, ImportIssue};
use crate::store::{Batch, Findings, ImportReport, Outcome, Store};

/// Imports, or tells what an import would do.
pub async fn import(config: &Config, request: Request, confirmed: Confirmations, dry_run: bool) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let import = recorded(&request, confirmed);
    let (authority, year) = request.scope();
    let held = store.held(authority, year).await?;
    let PreparedImport { report, batch } = prepare(request, &held, confirmed);
    if dry_run {
        return rehearse(&store, &report, batch).await;
    }
    let batch = match batch {
        Ok(batch) => batch,
        Err(error) => {
            note(report.words(Form::Ending));
            return Err(refused(error));
        }
    };
    store.check_room(&batch)?;
    audit::record(config, &store, import).await?;
    let bar = progress_bar();
    let outcome = store
        .write(batch, &|progress| {
            bar.set_length(progress.of as u64);
            bar.set_position(progress.done as u64);
        })
        .await;
    bar.finish_and_clear();
    let outcome = outcome?;
    let printed = summary(outcome);
    match outcome {
        // As it was stored: what it replaced is known only then.
        Outcome::Written { number, .. } => {
            let ImportReport { files, issues, .. } = store.import(number).await?;
            note(Words { files: &files, issues: &issues, form: Form::Ending });
        }
        Outcome::Unchanged { .. } => note(report.words(Form::Ending)),
    }
    printed
}

/// Tells all that an import would tell, and what it would change.
async fn rehearse(store: &Store, report: &Report, batch: Result<Batch, ImportError>) -> Result<(), Failure> {
    let tell = |files: &[ImportFile], issues: &[ImportIssue]| {
        note(Words { files, issues, form: Form::Whole });
    };
    let rehearsed = match batch {
        Ok(batch) => store.rehearse(batch).await.map_err(Failure::from),
        Err(error) => Err(refused(error)),
    };
    match rehearsed {
        Ok((outcome, Findings { files, issues })) => {
            tell(&files, &issues);
            if let Outcome::Written { added, retired, .. } = outcome {
                tell!("The import would add {added} rows and retire {retired}.");
            }
            tell!("This was a dry run: nothing was written.");
            Ok(())
        }
        Err(failure) => {
            tell(&report.stored_files(), &report.stored_issues());
            Err(failure)
        }
    }
}

/// Undoes an import.
pub async fn undo(config: &Config, number: i64) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let authority = store.import(number).await?.import.authority_id;
    let act = Administration::new(Act::ImportUndone, operator(), "import undo").to(number.to_string());
    audit::record(config, &store, Administration { authority, ..act }).await?;
    summary(store.undo(number).await?)
}

/// What is recorded of an import, before it is made.
fn recorded(request: &Request, confirmed: Confirmations) -> Administration {
    let (what, authority) = match request {
        Request::Return { authority, year, .. } => (format!("ssda903 {}", year.ending), Some(authority)),
        Request::List { kind, authority, .. } => (kind.name().to_owned(), authority.as_ref()),
    };
    let act = Administration::new(Act::Import, operator(), "import").to(what);
    let act = match confirmed.words() {
        words if words.is_empty() => act,
        words => act.with(format!("confirmed: {}", words.join(", "))),
    };
    Administration { authority: authority.cloned(), ..act }
}

/// The number goes to standard output, for scripts; the words to people.
fn summary(outcome: Outcome) -> Result<(), Failure> {
    match outcome {
        Outcome::Written { number, added, retired, unchanged, left_out } => {
            tell!("Import {number}: {added} rows added, {retired} retired, {unchanged} unchanged.");
            if left_out > 0 {
                tell!("{left_out} rows of children who have been erased were left out.");
            }
            say!("{number}")
        }
        Outcome::Unchanged { rows } => {
            tell!("Nothing has changed: all {rows} rows were imported before.");
            Ok(())
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
