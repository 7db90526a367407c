//! The database of a command: the embedded one is brought up to date by whichever command comes first.

use super::{Failure, private};
use crate::config::Config;
use crate::store::{Applied, Store};

/// Opens the database; makes the data folder, and the tables of an embedded database, where they are missing.
///
/// # Errors
/// The folder cannot be made or is open to others, or the database cannot be opened or changed.
pub async fn open(config: &Config) -> Result<Store, Failure> {
    let store = connect(config).await?;
    if config.embedded() {
        store.migrate().await?;
    } else if store.changes().await?.iter().any(|change| change.applied == Applied::Pending) {
        let advice = "the database's tables are not up to date: run `lookedafter migrate up` (or `lookedafter serve`)";
        return Err(Failure::Nothing(advice.to_owned()));
    }
    Ok(store)
}

/// Opens the database as it is.
///
/// # Errors
/// The folder cannot be made or is open to others, or the database cannot be opened.
pub async fn connect(config: &Config) -> Result<Store, Failure> {
    private::folder(config)?;
    Ok(Store::connect(&config.database_url()).await?.owned_by(config.database_owner_url()))
}
