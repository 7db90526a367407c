//! The changes to the database, one a file, each with its way back.
//!
//! They run on SQLite and on PostgreSQL 15 or newer.

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::prelude::{MigratorTrait, SchemaManager};

mod draft;
mod m0001_places;
mod m0002_children;
mod m0003_health;
mod m0004_permanence;
mod m0005_visits_and_plans;
mod m0006_leavers;
mod m0007_carers;
mod m0008_published;
mod m0009_running;
mod m0010_access;
mod m0011_audit;
mod m0012_row_security;
mod m0013_import_reports;
mod m0014_unfinished_erasures;
mod m0015_checksums;
pub mod row_security;

pub use m0011_audit::make_audit_tables;

/// All changes, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_places::Migration),
            Box::new(m0002_children::Migration),
            Box::new(m0003_health::Migration),
            Box::new(m0004_permanence::Migration),
            Box::new(m0005_visits_and_plans::Migration),
            Box::new(m0006_leavers::Migration),
            Box::new(m0007_carers::Migration),
            Box::new(m0008_published::Migration),
            Box::new(m0009_running::Migration),
            Box::new(m0010_access::Migration),
            Box::new(m0011_audit::Migration),
            Box::new(m0012_row_security::Migration),
            Box::new(m0013_import_reports::Migration),
            Box::new(m0014_unfinished_erasures::Migration),
            Box::new(m0015_checksums::Migration),
        ]
    }
}
