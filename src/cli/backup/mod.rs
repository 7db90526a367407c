//! `lookedafter backup` and `restore`: everything that is needed to go on elsewhere, in one file.

mod archive;
mod copies;
mod manifest;
mod restore;

use std::path::{Path, PathBuf};

use chrono::Utc;

use super::output::{say, tell};
use super::{Failure, audit, database, logging, operator, words};
use crate::audit::{Act, Administration};
use crate::config::Config;
use crate::store::MigrationState;
use copies::Copies;
use manifest::{FORM, Manifest, Member};
pub use restore::{RestoreArgs, run as restore};

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write; it must not be there yet.
    file: PathBuf,
    /// Why, for the record.
    #[arg(long, default_value = "backup", value_parser = words)]
    reason: String,
}

/// Writes a backup, once the copy has been proved whole.
///
/// # Errors
/// The settings are wrong, the file is there already, a copy is not whole or cannot be made.
pub async fn run(args: Args) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    let file = &args.file;
    if file.exists() {
        return Err(Failure::Nothing(format!("{} is there already; nothing was done", file.display())));
    }
    if let Some(database) = config.database_file().filter(|database| !database.exists()) {
        return Err(Failure::Nothing(format!("there is no database {}; nothing was done", database.display())));
    }
    let store = database::connect(&config).await?;
    let log = audit::open(&config, &store).await?;
    // Recorded first, so that the copy itself says that it was made.
    let act = Administration::new(Act::Backup, operator(), &args.reason);
    log.append(act.to(file.display().to_string())).await?;
    let begun_at = Utc::now();
    let withdrawals = log.withdrawn()?.len();
    log.end().await?;
    let mut changes = store.changes().await?.into_iter().filter(|change| change.applied == MigrationState::Yes);
    let last_change = changes.next_back().map(|change| change.name);
    let latest_import = store.latest_import().await?;
    let parent = folder_of(file);
    let failed = |error| Failure::Io(parent.display().to_string(), error);
    let folder = tempfile::Builder::new().prefix("lookedafter-backup-").tempdir_in(&parent).map_err(failed)?;
    let copies = Copies::made(&config, &store, folder.path()).await?;
    let files = copies.files.iter().map(|name| Member::of(folder.path(), name));
    let manifest = Manifest {
        form: FORM,
        program: concat!("lookedafter ", env!("CARGO_PKG_VERSION")).to_owned(),
        begun_at,
        database: copies.database,
        last_change,
        latest_import,
        audit: copies.audit,
        withdrawals,
        files: files.collect::<Result<_, _>>().map_err(failed)?,
        rows: copies.rows,
    };
    save(folder.path(), &manifest, file)?;
    let children = manifest.rows.get("child").copied().unwrap_or_default();
    tell!(
        "{children} children, imports up to {latest_import}, audit records up to {}, all of them proved whole. It holds the \
         keys: keep it as closed as the data folder.",
        manifest.audit.last
    );
    say!("{}", file.display())
}

/// Writes the file whole, or not at all.
fn save(folder: &Path, manifest: &Manifest, file: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::Io(file.display().to_string(), error);
    let parent = folder_of(file);
    let mut draft = tempfile::NamedTempFile::new_in(&parent).map_err(failed)?;
    archive::pack(folder, manifest, &mut std::io::BufWriter::new(draft.as_file_mut())).map_err(failed)?;
    draft.as_file().sync_all().map_err(failed)?;
    draft.persist_noclobber(file).map_err(|error| failed(error.error))?;
    #[cfg(unix)]
    std::fs::File::open(&parent).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(())
}

/// The folder that a file is in.
fn folder_of(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}
