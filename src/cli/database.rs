//! The database of a command: the embedded one is brought up to date by whichever command comes first.

use super::{Failure, erase, private};
use crate::config::Config;
use crate::store::{MigrationState, Store, StoreError, make_room};

/// Opens the database; makes the data folder, and the tables of an embedded database, where they are missing.
///
/// # Errors
/// The folder cannot be made or is open to others, or the database cannot be opened or changed.
pub async fn open(config: &Config) -> Result<Store, Failure> {
    let store = connect(config).await?;
    if config.embedded() {
        store.migrate().await?;
        erase::finish(&store).await;
    } else if store.changes().await?.iter().any(|change| change.applied == MigrationState::Pending) {
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
    if config.embedded() {
        make_room(&config.audit_place());
    }
    let store = Store::connect_waiting(&config.database_url(), config.command_waits()).await;
    Ok(store.map_err(|error| unreachable(config, error))?.owned_by(config.database_owner_url()))
}

/// Opens the database for requests, which wait for it no longer than those who ask would.
///
/// # Errors
/// It cannot be opened.
pub async fn for_requests(config: &Config) -> Result<Store, Failure> {
    let store = Store::connect_waiting(&config.database_url(), config.request_waits()).await;
    Ok(store.map_err(|error| unreachable(config, error))?.owned_by(config.database_owner_url()))
}

/// What to look at, besides what the database says.
fn unreachable(config: &Config, error: StoreError) -> Failure {
    if !matches!(error, StoreError::Unreachable(_) | StoreError::BadAddress) {
        return error.into();
    }
    let cause = Failure::from(error);
    let place = config.database_shown();
    let advice = match (config.embedded(), config.origin("database_url").as_str()) {
        (true, "default") => "is its folder there, and may you write to it? LOOKEDAFTER_DATA names another",
        (true, _) => "DATABASE_URL names it: is its folder there, may you write to it, and is it a database of SQLite?",
        (false, _) => "DATABASE_URL names it: does PostgreSQL run there, and are login, password and name right?",
    };
    Failure::Nothing(format!("{cause}\n{place}: {advice}"))
}
