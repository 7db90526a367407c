//! Records in the database: the only place that speaks SQL.

mod audit;
mod backup;
mod batch;
mod checksum;
mod connect;
mod disk;
mod down;
mod embedded;
mod error;
mod grants;
mod held;
mod imports;
mod load;
mod pool;
mod records;
mod reference;
mod room;
mod row;
pub mod rows;
mod secrets;
mod session;
mod shares;
mod subject;
mod touched;
mod waits;
mod write;

#[cfg(test)]
#[path = "../../tests/api/helpers/databases.rs"]
mod databases;
#[cfg(test)]
use crate::needs;
#[cfg(test)]
mod embedded_tests;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod touched_tests;
#[cfg(test)]
mod wall_filled_tests;
#[cfg(test)]
mod wall_tests;

pub use audit::{AuditError, AuditLog, AuditPlace, Clock, RollResult, Search, make_room};
pub use backup::{
    BackupError, RowCounts, check_postgres_empty, copy_sqlite, dump_postgres, faults_of_sqlite, restore_postgres,
    settle_sqlite,
};
pub use batch::{Batch, Findings, Outcome, Progress};
pub use connect::{Change, MigrationState, Pool, Store, sqlite_at};
pub use disk::{Shortage, free};
pub use down::Loss;
pub use embedded::WrongFile;
pub use error::StoreError;
pub use grants::GrantAndAgreement;
pub use held::{HeldReturn, StoredState};
pub use imports::ImportReport;
pub use load::{LoadedFile, LoadedRecords};
pub use records::{HouseholdPlacements, More, Page};
pub use subject::{ErasureOutcome, StoredRows, WithdrawnAgain};
pub use touched::ReferenceChanges;
pub use waits::Waits;
pub use write::Listener;

#[cfg(test)]
impl databases::Database {
    /// Migrated, and open as in production: one login owns the tables, and another, with no right of its own, asks.
    async fn store(&self) -> Store {
        let store = Store::connect(&self.login).await.unwrap().owned_by(Some(&self.url));
        store.migrate().await.unwrap();
        store
    }
}
