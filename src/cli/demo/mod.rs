//! `lookedafter demo`: an embedded database with invented authorities, tokens to ask with, and a server.
//!
//! Nothing but this command knows that it is a demonstration: the records come in through the importers and are
//! served like any others.

mod greeting;
mod records;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::output::tell;
use super::{Failure, database, grant, logging, private, serve};
use crate::audit::Act;
use crate::config::Config;
use crate::store::sqlite_at;

pub use records::bring;

/// The folder of a demonstration where none is given.
const FOLDER: &str = "lookedafter-demo";

/// Its database; the name is its own, so that no other database is ever replaced.
const DATABASE: &str = "demo.sqlite";

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port to listen on.
    #[arg(long, value_parser = serve::address)]
    listen: Option<SocketAddr>,
    /// Folder for the database and the key; made where it is missing.
    #[arg(long, default_value = FOLDER)]
    data: PathBuf,
}

/// Makes a new database, prints tokens and a first query, and serves until it is asked to stop.
///
/// # Errors
/// The address is taken, the folder cannot be written, or the records cannot be imported.
pub async fn run(args: Args) -> Result<(), Failure> {
    let database = args.data.join(DATABASE);
    let config = settings(&args, &database)?;
    logging::for_people(&config);
    // First the address, so that nothing is replaced under a demonstration that is running.
    let listener = serve::listen(&config)?;
    let metrics = serve::listen_for_metrics(&config)?;
    private::folder(&config)?;
    remove(&database)?;
    config.audit_place().files().try_for_each(remove)?;
    let store = database::open(&config).await?;
    let files = tempfile::tempdir().map_err(|error| Failure::Io("temporary folder".to_owned(), error))?;
    bring(&store, files.path(), |what| tell!("importing {what}")).await?;
    drop(files);
    for grant in store.grants(None).await? {
        grant::record(&config, &store, Act::GrantAdded, &grant, "lookedafter demo").await?;
    }
    let address = listener.local_addr().unwrap_or(config.listen);
    greeting::print(&config, &store, &database, address).await?;
    drop(store);
    serve::serve(&config, listener, metrics).await
}

/// Settings as everywhere, but for the database and the tokens, which are the demonstration's own whatever the
/// environment says.
fn settings(args: &Args, database: &Path) -> Result<Config, Failure> {
    let mut given = vec![
        ("data", args.data.display().to_string()),
        ("database_url", sqlite_at(database)),
        ("issuers", String::new()),
    ];
    given.extend(args.listen.map(|listen| ("listen", listen.to_string())));
    Ok(Config::load(&given)?)
}

/// Removes a file of an earlier demonstration with those that SQLite keeps beside it.
fn remove(database: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{ending}", database.display()));
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::Io(path.display().to_string(), error));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_the_demonstration_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let kept = ["lookedafter.sqlite", "development-key.pem", "demo.sqlite.bak"];
        let gone = ["demo.sqlite", "demo.sqlite-wal"];
        for name in kept.iter().chain(&gone) {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        remove(&folder.path().join(DATABASE)).unwrap();
        assert!(kept.iter().all(|name| folder.path().join(name).exists()));
        assert!(gone.iter().all(|name| !folder.path().join(name).exists()));
        remove(&folder.path().join(DATABASE)).unwrap();
    }

    #[test]
    fn the_database_is_its_own_whatever_else_is_set() {
        let args = Args { listen: "127.0.0.1:0".parse().ok(), data: "somewhere".into() };
        let config = settings(&args, &args.data.join(DATABASE)).unwrap();
        assert_eq!(config.database_url(), "sqlite://somewhere/demo.sqlite?mode=rwc");
        assert!(config.accepts_development_tokens());
    }
}
