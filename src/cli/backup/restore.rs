//! `lookedafter restore`: everything is made ready beside the place where it goes, and put there last.
//!
//! What has outlived the database stays: where the data folder still has newer audit records, signed heads or withdrawals,
//! the record grows on from these, and what was withdrawn since the backup is withdrawn again.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::archive;
use super::copies::{self, DATABASE, DEVELOPMENT_KEY, DUMP, lines, place};
use super::manifest::{DatabaseKind, Manifest};
use crate::audit::{Act, Administration, SignedHead};
use crate::cli::output::{say, tell};
use crate::cli::{Failure, logging, operator, private, words};
use crate::config::Config;
use crate::store::{AuditLog, Store, WithdrawnAgain, check_postgres_empty, copy_sqlite, restore_postgres};

/// Arguments of `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The file that `backup` wrote.
    file: PathBuf,
    /// Why, for the record.
    #[arg(long, default_value = "restore", value_parser = words)]
    reason: String,
}

/// Restores a backup.
///
/// # Errors
/// The settings are wrong, there is a database already, the backup is damaged, of another kind, or does not go with what is
/// left in the data folder.
pub async fn run(args: RestoreArgs) -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    private::folder(&config)?;
    if let Some(file) = in_the_way(&config) {
        return Err(Failure::Nothing(format!(
            "there is a database already: {}. Stop the server and move it away, with what ends in -wal and -shm, but leave \
             the audit records, heads and withdrawals beside it; nothing was done",
            file.display()
        )));
    }
    let failed = |error| Failure::Io(config.data.display().to_string(), error);
    let folder = tempfile::Builder::new().prefix("restoring-").tempdir_in(&config.data).map_err(failed)?;
    let manifest = archive::unpack(&args.file, folder.path())?;
    if (manifest.database == DatabaseKind::Sqlite) != config.embedded() {
        let of = if config.embedded() { "PostgreSQL: set DATABASE_URL" } else { "SQLite: leave DATABASE_URL out" };
        return Err(Failure::Nothing(format!("the backup is of {of}; nothing was done")));
    }
    let again = match config.embedded() {
        true => sqlite(&config, &manifest, folder.path(), &args.reason).await?,
        false => postgresql(&config, &manifest, folder.path(), &args.reason).await?,
    };
    let WithdrawnAgain { erased, ended } = again;
    tell!(
        "Restored as of {}: imports up to {}, audit records up to {}. Withdrawn again: {erased} children erased, {ended} \
         grants and shares ended.",
        manifest.begun_at.format("%Y-%m-%d %H:%M:%S UTC"),
        manifest.latest_import,
        manifest.audit.last
    );
    say!("{}", config.database_shown())
}

/// A file of a database that is there already. What SQLite keeps beside a file that is gone would be read into the new one.
fn in_the_way(config: &Config) -> Option<PathBuf> {
    let database = config.database_file()?;
    let beside = |file: &Path| ["-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", file.display())));
    let records = config.audit_place().database().filter(|records| !records.exists()).map(beside);
    let all = beside(&database).into_iter().chain(records.into_iter().flatten()).chain([database]);
    all.into_iter().find(|file| file.exists())
}

/// Files of SQLite are finished in the folder, and then put into their places.
async fn sqlite(config: &Config, manifest: &Manifest, folder: &Path, reason: &str) -> Result<WithdrawnAgain, Failure> {
    outlived(config, folder)?;
    let (place, left) = (place(config, folder), config.audit_place());
    let (Some(records), Some(left_records)) = (place.database(), left.database()) else {
        return Err(Failure::Nothing("there are no audit records in a file".to_owned()));
    };
    if left_records.exists() {
        longer_records(config, folder, records, left_records).await?;
    }
    let store = Store::connect(&copies::url(config, folder)).await?;
    store.migrate().await?;
    let log = AuditLog::open(&store, place.clone()).await?;
    prove(&log).await?;
    let again = withdraw_again(&store, &log, manifest, reason).await?;
    log.end().await?;
    store.clean().await?;
    store.close().await?;
    copies::settle(vec![folder.join(DATABASE), records.to_owned()]).await?;
    put_beside(config, folder)?;
    put(records, left_records)?;
    // Last: without it there is no database, and restoring can begin again.
    let to = config.database_file().unwrap_or_default();
    put(&folder.join(DATABASE), &to)?;
    Ok(again)
}

/// PostgreSQL is filled at once or not at all, and shows nobody anything before its roles have their rights.
async fn postgresql(
    config: &Config,
    manifest: &Manifest,
    folder: &Path,
    reason: &str,
) -> Result<WithdrawnAgain, Failure> {
    let owner = config.database_owner_url().map_or_else(|| config.database_url(), str::to_owned);
    check_postgres_empty(&owner).await?;
    let signed = heads(config.audit_place().heads())?;
    if let Some(beyond) = signed.filter(|seq| *seq > manifest.audit.last) {
        return Err(Failure::Nothing(format!(
            "heads are signed up to record {beyond}, and the audit records of the backup end with {}: the record would be \
             shorter. {EVIDENCE}; nothing was done",
            manifest.audit.last
        )));
    }
    outlived(config, folder)?;
    // In their places first: a server that is started on the restored database withdraws what they name.
    put_beside(config, folder)?;
    restore_postgres(&owner, &folder.join(DUMP)).await?;
    let store = Store::connect(&owner).await?;
    store.give_rights().await?;
    store.close().await?;
    let store = Store::connect(&config.database_url()).await?.owned_by(config.database_owner_url());
    store.migrate().await?;
    let log = AuditLog::open(&store, config.audit_place()).await?;
    prove(&log).await?;
    let again = withdraw_again(&store, &log, manifest, reason).await?;
    log.end().await?;
    store.clean().await?;
    Ok(again)
}

/// Adds to the heads and withdrawals of the backup what the data folder has more of them.
fn outlived(config: &Config, folder: &Path) -> Result<(), Failure> {
    let (place, left) = (place(config, folder), config.audit_place());
    let read = |file: &Path| std::fs::read(file).map_err(|error| Failure::Io(file.display().to_string(), error));
    if left.key().exists() && read(&left.key())? != read(&place.key())? {
        return Err(Failure::Nothing(format!(
            "{} is another key than that of the backup: the data folder belongs to another database; nothing was done",
            left.key().display()
        )));
    }
    for (file, left) in [(place.heads(), left.heads()), (place.withdrawals(), left.withdrawals())] {
        let (mut all, more) = (lines(file)?, lines(left)?);
        let known: std::collections::HashSet<Vec<u8>> = all.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let new = more.split(|byte| *byte == b'\n').filter(|line| !line.is_empty() && !known.contains(*line));
        for line in new {
            all.extend_from_slice(line);
            all.push(b'\n');
        }
        std::fs::write(file, all).map_err(|error| Failure::Io(file.display().to_string(), error))?;
    }
    Ok(())
}

/// Takes the records that the data folder has in place of those of the backup, if they go on from them.
async fn longer_records(config: &Config, folder: &Path, records: &Path, left: &Path) -> Result<(), Failure> {
    let place = place(config, folder);
    let store = Store::connect(&copies::url(config, folder)).await?;
    let own = AuditLog::open(&store, place.clone()).await?;
    let (last, hash) = own.head().await?;
    own.end().await?;
    let copy = folder.join("left");
    std::fs::create_dir(&copy).map_err(|error| Failure::Io(copy.display().to_string(), error))?;
    let file = copy.join(copies::name(records));
    let (from, to) = (left.to_owned(), file.clone());
    let copied = tokio::task::spawn_blocking(move || copy_sqlite(&from, &to)).await;
    copied.map_err(|error| Failure::Nothing(error.to_string()))??;
    for beside in [place.key().as_path(), place.heads()] {
        let copied = std::fs::copy(beside, copy.join(copies::name(beside)));
        copied.map_err(|error| Failure::Io(copy.display().to_string(), error))?;
    }
    let longer = AuditLog::open(&store, copies::place(config, &copy)).await?;
    let (left_last, _) = longer.head().await?;
    let goes_on = left_last >= last && longer.holds(last, hash).await?;
    longer.end().await?;
    store.close().await?;
    copies::settle(vec![folder.join(DATABASE), records.to_owned(), file.clone()]).await?;
    if goes_on {
        return put(&file, records);
    }
    if left_last >= last {
        return Err(Failure::Nothing(format!(
            "{} does not go on from the audit records of the backup; nothing was done",
            left.display()
        )));
    }
    Ok(())
}

/// The last record that a file of heads covers.
fn heads(file: &Path) -> Result<Option<u64>, Failure> {
    let heads = lines(file)?;
    let heads = heads.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<SignedHead>(line).ok());
    Ok(heads.map(|signed| signed.head.seq).max())
}

/// What to do with heads that have outlived their records.
const EVIDENCE: &str = "Where signed heads have outlived the records that they are of, keep them elsewhere as evidence, and \
                        restore again without them";

/// The record never grows shorter: it must reach every head that was signed, of the backup or later.
async fn prove(log: &AuditLog) -> Result<(), Failure> {
    log.verify().await?.map(|_| ()).map_err(|broken| {
        Failure::Nothing(format!(
            "the audit records would not be whole: record {}: {}. {EVIDENCE}",
            broken.seq, broken.fault
        ))
    })
}

async fn withdraw_again(
    store: &Store,
    log: &AuditLog,
    manifest: &Manifest,
    reason: &str,
) -> Result<WithdrawnAgain, Failure> {
    let again = store.withdraw_again(&log.withdrawn()?, manifest.withdrawals).await?;
    let detail = format!(
        "backup of {}, audit record {}; {} children erased again, {} grants and shares ended again",
        manifest.begun_at.to_rfc3339(),
        manifest.audit.last,
        again.erased,
        again.ended
    );
    log.append(Administration::new(Act::Restore, operator(), reason).with(detail)).await?;
    Ok(again)
}

/// Puts heads, withdrawals and keys into the data folder.
fn put_beside(config: &Config, folder: &Path) -> Result<(), Failure> {
    let (place, left) = (place(config, folder), config.audit_place());
    put(place.heads(), left.heads())?;
    put(place.withdrawals(), left.withdrawals())?;
    put(&place.key(), &left.key())?;
    let key = config.data.join(DEVELOPMENT_KEY);
    let is_new = folder.join(DEVELOPMENT_KEY).exists() && !key.exists();
    if is_new { put(&folder.join(DEVELOPMENT_KEY), &key) } else { Ok(()) }
}

/// Moves a file to its place, on the disk, also to another file system.
fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::Io(to.display().to_string(), error);
    if std::fs::rename(from, to).is_ok() {
        return std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(failed);
    }
    let mut draft = tempfile::NamedTempFile::new_in(super::folder_of(to)).map_err(failed)?;
    let mut source = std::fs::File::open(from).map_err(failed)?;
    std::io::copy(&mut source, draft.as_file_mut()).map_err(failed)?;
    draft.as_file_mut().flush().and_then(|()| draft.as_file().sync_all()).map_err(failed)?;
    draft.persist(to).map(|_| ()).map_err(|error| failed(error.error))
}
