//! The commands that people type.
//!
//! Results go to standard output, messages for people to standard error. The exit status is 0 when the work was done
//! (rows that were refused are told as issues), 1 when nothing was done, 2 when the command was used wrongly.

mod agreement;
pub mod audit;
mod backup;
mod check;
mod child;
pub mod database;
pub mod demo;
mod erase;
mod export;
mod failure;
mod folders;
mod grant;
mod health;
mod import;
pub mod logging;
mod migrate;
mod output;
mod private;
mod retention;
mod schema;
pub mod serve;
mod share;
mod synthesise;
pub mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::access::{check_name, check_reason};
use crate::authorities;
use crate::config::Config;
pub use failure::Failure;
use output::tell;

/// A GraphQL data API for corporate parenting.
#[derive(Debug, Parser)]
#[command(name = "lookedafter", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API.
    Serve(serve::Args),
    /// Ask the server on this machine whether it is ready.
    Health(health::Args),
    /// Change the database's tables: up to date, one step back, or tell how they stand.
    Migrate(migrate::Args),
    /// Read files into records; list, show and undo imports.
    Import(import::Args),
    /// Print a token of the development issuer, and write the grant that it needs.
    Token(token::Args),
    /// Give, list, suspend and end grants.
    Grant(grant::Args),
    /// Share a child's records with an organisation, or end it.
    Share(share::Args),
    /// Record and list agreements on sharing information.
    Agreement(agreement::Args),
    /// Print the schema.
    Schema(schema::Args),
    /// Print the settings in force and where each came from.
    Config,
    /// Make an embedded database with invented authorities, print tokens and a first query, and serve.
    Demo(demo::Args),
    /// Prove the record of reading to be whole; tell who read about a child; roll old records away.
    Audit(audit::Args),
    /// Write database, audit records, signed heads and keys into one file, while others use them.
    Backup(backup::Args),
    /// Fill an empty data folder or database from a backup, and withdraw again what was withdrawn since.
    Restore(backup::RestoreArgs),
    /// Tell whether everything that is stored is sound.
    Check,
    /// Write out all that is stored about a child.
    Export(export::Args),
    /// Remove a child from every table, for good.
    Erase(erase::Args),
    /// Print or erase the children whose records are past retention.
    Retention(retention::Args),
    /// Write invented children as return folders, with how to import them.
    Synthesise(synthesise::Args),
}

/// Reads the arguments of this process, does what they say and tells how it ended.
pub fn main() -> ExitCode {
    private::from_now_on();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results too, and end with 0.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match actix_web::rt::System::new().block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Unread) {
                tell!("lookedafter: {failure}");
            }
            failure.status()
        }
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    private::outlive_limits();
    match command {
        Command::Serve(args) => serve::run(args).await,
        Command::Health(args) => health::run(&args),
        Command::Migrate(args) => migrate::run(args).await,
        Command::Import(args) => import::run(args).await,
        Command::Token(args) => token::run(args).await,
        Command::Grant(args) => grant::run(args).await,
        Command::Share(args) => share::run(args).await,
        Command::Agreement(args) => agreement::run(args).await,
        Command::Schema(args) => schema::run(&args),
        Command::Config => output::print(Config::load(&[])?.describe()),
        Command::Demo(args) => demo::run(args).await,
        Command::Audit(args) => audit::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::Check => check::run().await,
        Command::Export(args) => export::run(args).await,
        Command::Erase(args) => erase::run(args).await,
        Command::Retention(args) => retention::run(args).await,
        Command::Synthesise(args) => synthesise::run(&args),
    }
}

/// Who runs the command, as the operating system says: for the records of what was changed.
pub(crate) fn operator() -> String {
    let user = whoami::username().unwrap_or_else(|_| "unknown".to_owned());
    // Anyone can set a variable, but only root is believed.
    match std::env::var("SUDO_USER") {
        Ok(by) if user == "root" => format!("root for {by}"),
        _ => user,
    }
}

/// Says on standard error what there is to say about the code of an authority: that none has it, or that it is a former
/// one. Work goes on, since a list of areas may bring codes of its own.
fn remark_on(authority: &str) {
    if let Some(remark) = authorities::remark(authority) {
        tell!("lookedafter: note: {remark}");
    }
}

/// A text that says something, and can be kept for years and read.
fn words(text: &str) -> Result<String, String> {
    check_reason(text).map(|()| text.to_owned()).map_err(|problem| format!("it {problem}"))
}

/// A name that is what it looks like.
fn name(text: &str) -> Result<String, String> {
    check_name(text).map(|()| text.to_owned()).map_err(|problem| format!("it {problem}"))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_reason_says_something() {
        let grant = |reason| Cli::try_parse_from(["lookedafter", "grant", "end", "G-1", "--reason", reason]);
        assert!(grant("left the council").is_ok() && grant(" ").is_err());
    }

    #[test]
    fn a_reason_has_at_most_500_letters_and_none_that_cannot_be_seen_wherever_it_is_given() {
        let (most, long) = ("é".repeat(500), "é".repeat(501));
        let child = ["CH1", "--authority", "E09000015"];
        let with = |command: &[&str], reason: &str| {
            let all = [&["lookedafter"], command, &["--reason", reason]].concat();
            Cli::try_parse_from(all).map(|_| ()).map_err(|error| error.to_string())
        };
        let days = ["--from", "2024-01-01", "--to", "2024-12-31", "--organisation", "Harrow"];
        let grant = [
            "grant",
            "add",
            "--subject",
            "someone",
            "--role",
            "analyst",
            "--authority",
            "E09000015",
            "--agreement",
            "A",
        ];
        for command in [
            [&["erase"], &child[..]].concat(),
            [&["audit", "subject"], &child[..]].concat(),
            [&["export", "subject"], &child[..], &["--out", "out"]].concat(),
            ["grant", "end", "G-1"].to_vec(),
            ["grant", "suspend", "G-1"].to_vec(),
            [&grant[..], &days].concat(),
            [&["share", "add", "--child", "CH1", "--authority", "E09000015"], &days[..]].concat(),
            ["share", "end", "--child", "CH1", "--authority", "E09000015", "--organisation", "Harrow"].to_vec(),
            ["agreement", "add", "ISA-7", "--parties", "both", "--legal-basis", "Children Act 2004"].to_vec(),
        ] {
            assert_eq!(with(&command, &most), Ok(()), "{command:?}");
            let refusal = with(&command, &long).unwrap_err();
            assert!(refusal.contains("501 letters, and may have 500"), "{command:?}: {refusal}");
            for sign in ['\n', '\t', '\u{1b}', '\u{200b}', '\u{202e}'] {
                let refusal = with(&command, &format!("asked{sign}for")).unwrap_err();
                assert!(refusal.contains("cannot be seen"), "{command:?}: {refusal}");
            }
        }
    }

    #[test]
    fn a_name_that_looks_like_another_is_refused_wherever_it_is_given() {
        let refused = |command: &[&str]| {
            let all = [&["lookedafter"], command].concat();
            let refusal = Cli::try_parse_from(all).map(|_| ()).unwrap_err().to_string();
            assert!(refusal.contains("cannot be seen") || refusal.contains("another alphabet"), "{refusal}");
        };
        refused(&["token", "--role", "analyst", "--authority", "E09000015", "--subject", "some\u{200b}one"]);
        refused(&["token", "--role", "analyst", "--authority", "E09000015", "--subject", "аnalyst"]);
        let share = ["share", "end", "--child", "CH1", "--authority", "E09000015", "--organisation", "Coram\u{2060}"];
        refused(&share);
        refused(&["agreement", "add", "ISA\u{ad}7", "--parties", "both", "--legal-basis", "law"]);
        refused(&["agreement", "add", "ISA-7", "--parties", "Hаrrow", "--legal-basis", "law"]);
    }
}
