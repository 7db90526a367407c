//! `lookedafter export subject`: all that is stored about a child, for the one who asks what is held about them.

mod words;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{SecondsFormat, Utc};
use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::audit::{self, words as readings};
use super::output::say;
use super::{Failure, child, database, logging, operator, token};
use crate::audit::{Act, Administration, Entry};
use crate::config::Config;
use crate::signing::private;
use crate::store::{Search, StoredRows};

/// Names of the files within the folder.
const FILES: [&str; 2] = ["subject.json", "subject.txt"];

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// All that is stored about a child, and who read it: one JSON file and one to read.
    Subject(Subject),
}

#[derive(Debug, clap::Args)]
struct Subject {
    /// The authority's identifier of the child.
    child: String,
    /// ONS code of the authority, such as E09000015.
    #[arg(long, value_parser = token::authority)]
    authority: String,
    /// Folder for the two files; made where it is missing.
    #[arg(long)]
    out: PathBuf,
    /// Why; without names.
    #[arg(long, default_value = "subject access", value_parser = super::words)]
    reason: String,
}

/// Does it.
///
/// # Errors
/// The settings are wrong, there is no such child, the files are there already or cannot be written.
pub async fn run(args: Args) -> Result<(), Failure> {
    let Action::Subject(args) = args.what;
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let store = database::open(&config).await?;
    let args = Subject { child: child::find(&store, &args.authority, &args.child).await?, ..args };
    let Some(trace) = store.trace(&args.authority, &args.child).await? else {
        return Err(Failure::Nothing("this authority has no such child".to_owned()));
    };
    let log = audit::open(&config, &store).await?;
    let act = Administration::new(Act::Export, operator(), &args.reason).at(&args.authority).about(trace);
    log.append(act).await?;
    let stored = store.stored(&args.authority, &args.child).await?;
    let reads = log.page(&Search { trace: Some(trace), ..Search::default() }, u64::MAX).await?;
    log.close().await;
    let at = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let tables: Map<String, Value> = stored.iter().map(|rows| (rows.table.to_owned(), json!(rows.rows))).collect();
    let whole = json!({
        "authority": args.authority,
        "child": args.child,
        "exportedAt": at,
        "records": tables,
        "readings": readings::json(&reads),
    });
    let opening = format!("All that lookedafter holds about child {} of {}, at {at}.\n", args.child, args.authority);
    save(&args.out, &[format!("{whole:#}\n"), opening + &text(&stored, &reads)])
}

/// Both files, for their owner alone.
fn save(folder: &Path, texts: &[String; 2]) -> Result<(), Failure> {
    let failed = |path: &Path, error| Failure::Io(path.display().to_string(), error);
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (name, text) in FILES.iter().zip(texts) {
        let path = folder.join(name);
        private(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| failed(&path, error))?;
        say!("{}", path.display())?;
    }
    Ok(())
}

/// The rows, table by table, with the meaning of each code, then who read them.
fn text(stored: &[StoredRows], reads: &[Entry]) -> String {
    let mut text = String::new();
    for StoredRows { table, rows } in stored {
        let _ = write!(text, "\n{}\n", words::title(table));
        for row in rows {
            let filled = row.iter().filter(|(_, value)| !value.is_null());
            for (column, value) in filled.filter(|(name, _)| !matches!(name.as_str(), "authority_id" | "child_id")) {
                let _ = writeln!(text, "  {}: {}", words::heading(column), words::value(table, column, value));
            }
            text.push('\n');
        }
    }
    let _ = write!(text, "\nWHO READ IT, NEWEST FIRST\n{}", readings::table(reads));
    text
}
