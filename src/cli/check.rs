//! `lookedafter check`: whether what is stored is sound, from the pages of the files to the record of reading.

use super::output::{say, tell};
use super::{Failure, audit, database, logging};
use crate::config::Config;
use crate::store::{Store, StoreError, faults_of_sqlite};

/// Prints what is damaged, one fault a line.
///
/// # Errors
/// The settings are wrong, something is damaged, or the database cannot be opened.
pub async fn run() -> Result<(), Failure> {
    let config = Config::load(&[])?;
    logging::for_people(&config);
    if let Some(file) = config.database_file().filter(|file| !file.exists()) {
        return Err(Failure::Nothing(format!("there is no database {}", file.display())));
    }
    let mut faults = pages(&config).await?;
    // Files whose pages are damaged may not open, and then there is no more to be told.
    match of_records(&config).await {
        Ok(more) => faults.extend(more),
        Err(failure) if faults.is_empty() => return Err(failure),
        Err(failure) => faults.push(failure.to_string()),
    }
    if faults.is_empty() {
        return say!("sound");
    }
    faults.iter().try_for_each(|fault| say!("{fault}"))?;
    Err(Failure::Nothing("not all is sound: stop the server and restore a backup (docs/backup.md)".to_owned()))
}

/// The pages of the files of SQLite, and the order of what is in them.
async fn pages(config: &Config) -> Result<Vec<String>, Failure> {
    let place = config.audit_place();
    let records = place.database().map(std::path::Path::to_owned);
    let files: Vec<_> = config.database_file().into_iter().chain(records).filter(|file| file.exists()).collect();
    let looked = tokio::task::spawn_blocking(move || {
        let faults = files.iter().map(|file| faults_of_sqlite(file).map(|faults| (file.display().to_string(), faults)));
        faults.collect::<Result<Vec<_>, _>>()
    });
    let found = looked.await.map_err(|error| Failure::Nothing(error.to_string()))??;
    let told =
        found.into_iter().flat_map(|(file, faults)| faults.into_iter().map(move |fault| format!("{file}: {fault}")));
    Ok(told.collect())
}

/// The rows of every table, and the audit records with what stands beside them.
async fn of_records(config: &Config) -> Result<Vec<String>, Failure> {
    let store = database::connect(config).await?;
    let mut faults = Vec::new();
    for table in store.damaged_tables().await? {
        faults.push(format!("{table}: the rows do not agree with their checksum"));
    }
    faults.extend(unread(&store).await?);
    if store.has_page_checksums().await? == Some(false) {
        tell!("note: PostgreSQL keeps no checksums of its pages here; pg_checksums --enable switches them on");
    }
    let log = audit::open(config, &store).await?;
    if let Err(broken) = log.verify().await? {
        faults.push(format!("audit record {}: {}", broken.seq, broken.fault));
    }
    match log.withdrawn() {
        Ok(lines) => {
            let there = store.erased_and_there(&lines).await?;
            if there > 0 {
                faults.push(format!("{there} children who were erased are there again; the next start erases them"));
            }
        }
        Err(error) => faults.push(error.to_string()),
    }
    Ok(faults)
}

/// The authorities whose records cannot be read.
async fn unread(store: &Store) -> Result<Vec<String>, Failure> {
    let mut faults = Vec::new();
    for authority in store.authorities(None).await? {
        match store.load(&authority.authority_id, None).await {
            // Told with its table already.
            Ok(_) | Err(StoreError::Damaged(_)) => {}
            Err(error) => faults.push(format!("{}: {error}", authority.authority_id)),
        }
    }
    Ok(faults)
}
