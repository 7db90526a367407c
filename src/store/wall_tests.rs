//! PostgreSQL alone keeps authorities apart: with the program's own filter taken away, and whoever asks.

use std::cell::Cell;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait};

use super::{
    ErasureOutcome, Store, StoreError,
    connect::open,
    databases::{self, Database, databases},
    records::tests::scope_of,
    session::Connections,
    wall_filled_tests::{BRENT, HARROW, day, filled},
};
use crate::access::{Level, Role};

thread_local! {
    static FILTER_IS_OFF: Cell<bool> = const { Cell::new(false) };
}

/// Whether the program's own filter has been taken away on this thread, which runs one test.
pub(super) fn filter_is_off() -> bool {
    FILTER_IS_OFF.get()
}

const EALING: &str = "E09000009";

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

/// How many rows each query of records gives, and the load.
async fn counts(store: &Store, authority: &str) -> Vec<(&'static str, usize)> {
    let scope = &scope_of(Role::Analyst, Level::Identified, authority);
    let agency = &scope_of(Role::AdoptionAgency, Level::Pseudonymous, authority);
    let (children, on) = (ids(&["1", "2", "3"]), day("2023-03-01"));
    let households = ids(&["H-E09000015", "H-E09000005"]);
    let filled = store.filled_places(scope, &households, on).await.unwrap();
    let loaded = store.load(authority, None).await.unwrap();
    vec![
        ("episodes", store.episodes(scope, &children).await.unwrap().len()),
        ("placements", store.placements(scope, &children).await.unwrap().len()),
        ("reviews", store.reviews(scope, &children).await.unwrap().len()),
        ("missing episodes", store.missing_episodes(scope, &children).await.unwrap().len()),
        ("carers", store.carers(scope, on, None, 100).await.unwrap().rows.len()),
        ("carers counted", usize::try_from(store.count_carers(scope, on).await.unwrap()).unwrap()),
        ("households", store.households(scope, &households).await.unwrap().len()),
        ("filled places", filled.iter().map(|filled| usize::try_from(filled.children).unwrap()).sum()),
        ("shared children", store.shared_children(agency, on).await.unwrap().len()),
        ("episodes loaded", loaded.children.iter().map(|child| child.episodes.len()).sum()),
        ("returns loaded", loaded.returns.len()),
        ("files loaded", loaded.files.len()),
    ]
}

#[tokio::test]
async fn without_the_program_s_filter_postgresql_alone_returns_no_foreign_row() {
    for database in databases() {
        let store = filled(&database).await;
        let (harrow, nobody) = (counts(&store, HARROW).await, counts(&store, EALING).await);
        assert!(harrow.iter().all(|(_, rows)| *rows > 0), "{harrow:?}");
        assert!(nobody.iter().all(|(_, rows)| *rows == 0), "{nobody:?}");
        FILTER_IS_OFF.set(true);
        let mut unfiltered = Vec::new();
        for authority in [HARROW, BRENT, EALING] {
            unfiltered.push(counts(&store, authority).await);
        }
        FILTER_IS_OFF.set(false);
        if store.connections.is_postgres() {
            // Harrow's rows with the setting of Harrow, as many of Brent's with that of Brent, none with another.
            assert_eq!(unfiltered, [harrow.clone(), harrow, nobody]);
        } else {
            // Where there is no wall, every query without its filter gives the rows of both.
            let both: Vec<_> = harrow.into_iter().map(|(query, rows)| (query, 2 * rows)).collect();
            assert_eq!(unfiltered, [both.clone(), both.clone(), both]);
        }
    }
}

/// A filled PostgreSQL database; none, with a printed note, where the machine has no PostgreSQL.
async fn on_postgres() -> Option<(Database, Store)> {
    let database = databases::postgres()?;
    let store = filled(&database).await;
    Some((database, store))
}

async fn ask<C: ConnectionTrait>(db: &C, sql: &str) -> Result<Vec<String>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    rows.iter().map(|row| row.try_get_by_index::<Option<String>>(0).map(Option::unwrap_or_default)).collect()
}

async fn count<C: ConnectionTrait>(db: &C, table: &str) -> Result<i64, String> {
    let found = ask(db, &format!("SELECT count(*)::text FROM \"{table}\"")).await;
    found.map(|rows| rows[0].parse().unwrap()).map_err(|error| StoreError::from(error).code().to_owned())
}

/// The same in a transaction with a role and an authority of its own.
async fn count_as(connections: &Connections, role: &str, authority: &str, table: &str) -> Result<i64, String> {
    count(&acting(connections, role, authority).await, table).await
}

async fn acting(connections: &Connections, role: &str, authority: &str) -> DatabaseTransaction {
    let transaction = connections.raw().begin().await.unwrap();
    transaction.execute_unprepared(&format!("SET LOCAL ROLE postgres_{role}")).await.unwrap();
    let set = format!("SELECT set_config('lookedafter.authority', '{authority}', true)");
    transaction.execute_unprepared(&set).await.unwrap();
    transaction
}

/// Every table but the list of changes.
async fn tables(owner: &Store) -> Vec<String> {
    let sql = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'";
    ask(owner.connections.raw(), sql).await.unwrap()
}

/// The tables that have a column.
async fn with_column(owner: &Store, column: &str) -> Vec<String> {
    let sql = format!(
        "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = '{column}'"
    );
    ask(owner.connections.raw(), &sql).await.unwrap()
}

#[tokio::test]
async fn every_table_of_children_and_authorities_has_forced_row_security_or_is_reference_data() {
    let Some((database, _store)) = on_postgres().await else { return };
    let owner = Store::connect(&database.url).await.unwrap();
    let forced = "SELECT relname::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity";
    let forced = ask(owner.connections.raw(), forced).await.unwrap();
    let children = with_column(&owner, "child_id").await;
    assert!(children.len() > 20);
    for table in &children {
        assert!(forced.contains(table), "{table} names children, and has no row security: see row_security::TABLES");
    }
    let reference =
        ["authority", "authority_detail", "comparator_member", "population", "published_value", "target", "commentary"];
    for table in with_column(&owner, "authority_id").await {
        assert_ne!(forced.contains(&table), reference.contains(&table.as_str()), "{table}");
    }
    for table in tables(&owner).await {
        assert!(migration::row_security::shown(&table).is_some(), "{table} has no place in row_security::TABLES");
    }
}

#[tokio::test]
async fn the_login_that_serves_has_no_right_of_its_own_and_owns_nothing() {
    let Some((database, store)) = on_postgres().await else { return };
    let owner = Store::connect(&database.url).await.unwrap();
    let db = store.connections.raw();
    for table in tables(&owner).await {
        assert_eq!(count(db, &table).await, Err("DATABASE_NOT_PERMITTED".to_owned()), "{table}");
    }
    let owned = "SELECT relname::text FROM pg_class WHERE pg_get_userbyid(relowner) = session_user";
    assert_eq!(ask(db, owned).await.unwrap(), Vec::<String>::new());
    let made = db.execute_unprepared("CREATE TABLE mine (x int)").await.unwrap_err();
    assert_eq!(StoreError::from(made).code(), "DATABASE_NOT_PERMITTED");
    // The owner itself sees no child while no authority is set.
    for table in with_column(&owner, "child_id").await {
        assert_eq!(count(owner.connections.raw(), &table).await, Ok(0), "{table}");
    }
}

#[tokio::test]
async fn who_reads_children_sees_those_of_the_authority_that_is_set_and_none_without() {
    let Some((_database, store)) = on_postgres().await else { return };
    let db = &store.connections;
    for (table, rows) in [
        ("child", 3),
        ("child_key", 3),
        ("episode", 3),
        ("import_file", 2),
        ("record_share", 1),
        ("carer_household", 1),
    ] {
        for authority in [HARROW, BRENT] {
            assert_eq!(count_as(db, "child", authority, table).await, Ok(rows), "{table}");
        }
        for authority in [EALING, ""] {
            assert_eq!(count_as(db, "child", authority, table).await, Ok(0), "{table}");
        }
    }
    for table in ["grant", "agreement", "secret", "import_issue", "population"] {
        assert!(count_as(db, "child", HARROW, table).await.is_err(), "{table}");
    }
    let written = acting(db, "child", HARROW).await.execute_unprepared("UPDATE episode SET place = 'K2'").await;
    assert_eq!(StoreError::from(written.unwrap_err()).code(), "DATABASE_NOT_PERMITTED");
}

#[tokio::test]
async fn who_reads_aggregates_reads_reference_data_of_all_and_no_table_of_children() {
    let Some((database, store)) = on_postgres().await else { return };
    let owner = Store::connect(&database.url).await.unwrap();
    for authority in [HARROW, BRENT, ""] {
        for table in with_column(&owner, "child_id").await {
            assert!(count_as(&store.connections, "agg", authority, &table).await.is_err(), "{table}");
        }
        for table in ["carer_household", "carer", "carer_application", "grant", "secret", "import_issue"] {
            assert!(count_as(&store.connections, "agg", authority, table).await.is_err(), "{table}");
        }
        for (table, rows) in [("authority", 2), ("population", 1), ("target", 1)] {
            assert_eq!(count_as(&store.connections, "agg", authority, table).await, Ok(rows), "{table}");
        }
    }
    // Of imports, how many there are and when they came; not what was in them.
    let transaction = acting(&store.connections, "agg", "").await;
    assert_eq!(ask(&transaction, "SELECT max(number)::text FROM import").await.unwrap(), ["7"]);
    assert!(ask(&transaction, "SELECT summary FROM import").await.is_err());
}

#[tokio::test]
async fn an_importer_writes_no_foreign_row_and_destroys_none() {
    let Some((_database, store)) = on_postgres().await else { return };
    let attempt = async |authority: &str, sql: &str| {
        let done = acting(&store.connections, "importer", authority).await.execute_unprepared(sql).await;
        done.map(|done| done.rows_affected()).map_err(|error| StoreError::from(error).code())
    };
    let refused = Err("DATABASE_NOT_PERMITTED");
    let child = format!("INSERT INTO child VALUES ('{BRENT}', '4')");
    assert_eq!(attempt(BRENT, &child).await, Ok(1));
    assert_eq!(attempt(HARROW, &child).await, refused);
    assert_eq!(attempt("", &child).await, refused);
    let import = |authority: &str| {
        format!(
            "INSERT INTO import (number, authority_id, kind, received_at, summary) VALUES (99, {authority}, '', now(), '')"
        )
    };
    assert_eq!(attempt(HARROW, &import(&format!("'{BRENT}'"))).await, refused);
    assert_eq!(attempt(HARROW, &import("NULL")).await, refused);
    assert_eq!(attempt("", &import("NULL")).await, Ok(1));
    let issue = |import: i32| {
        format!(
            "INSERT INTO import_issue (import_number, issue_number, file, rule, severity, message) VALUES ({import}, 9, '', '', '', '')"
        )
    };
    // The first import is Harrow's.
    assert_eq!(attempt(HARROW, &issue(1)).await, Ok(1));
    assert_eq!(attempt(BRENT, &issue(1)).await, refused);
    // Rows are retired, those of the authority alone, and neither changed otherwise nor deleted.
    assert_eq!(attempt(HARROW, "UPDATE episode SET known_to = 9").await, Ok(3));
    assert_eq!(attempt(EALING, "UPDATE episode SET known_to = 9").await, Ok(0));
    assert_eq!(attempt(HARROW, &format!("UPDATE episode SET authority_id = '{BRENT}'")).await, refused);
    assert_eq!(attempt(HARROW, "DELETE FROM episode").await, refused);
    assert_eq!(attempt(HARROW, "SELECT FROM \"grant\"").await, refused);
}

#[tokio::test]
async fn the_owner_of_the_tables_erases_a_child_of_one_authority_and_numbers_it_after_the_imports_of_all() {
    let Some((database, store)) = on_postgres().await else { return };
    let serving = Store::connect(&database.login).await.unwrap();
    assert_eq!(serving.erase(HARROW, "1").await.unwrap_err().code(), "DATABASE_NOT_PERMITTED");
    let ErasureOutcome::Now { number, .. } = store.erase(HARROW, "1").await.unwrap() else { panic!("not erased") };
    assert_eq!(number, 8);
    for (authority, children) in [(HARROW, 2), (BRENT, 3)] {
        assert_eq!(store.load(authority, None).await.unwrap().children.len(), children, "{authority}");
    }
}

#[tokio::test]
async fn grants_are_found_before_an_authority_is_known_and_by_nobody_else() {
    let Some((_database, store)) = on_postgres().await else { return };
    assert_eq!(store.grants_of("one").await.unwrap().len(), 1);
    for role in ["agg", "child", "importer", "auditor"] {
        for table in ["grant", "agreement", "secret"] {
            assert!(count_as(&store.connections, role, HARROW, table).await.is_err(), "{role} {table}");
        }
    }
    for table in ["child", "episode", "import", "population"] {
        assert!(count_as(&store.connections, "access", HARROW, table).await.is_err(), "{table}");
    }
}

#[tokio::test]
async fn an_auditor_adds_and_reads_and_changes_nothing() {
    let Some((database, store)) = on_postgres().await else { return };
    let owner = Store::connect(&database.url).await.unwrap();
    for table in ["child", "episode", "grant", "secret", "import", "population"] {
        assert!(count_as(&store.connections, "auditor", HARROW, table).await.is_err(), "{table}");
    }
    let tables: Vec<String> = tables(&owner).await.into_iter().filter(|table| table.starts_with("audit_")).collect();
    let held = "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) \
                FROM information_schema.role_table_grants WHERE grantee = 'postgres_auditor' GROUP BY table_name";
    let held = ask(owner.connections.raw(), held).await.unwrap();
    assert_eq!(held, vec!["INSERT SELECT"; tables.len()]);
    for table in &tables {
        let delete = format!("DELETE FROM {table}");
        let auditor = acting(&store.connections, "auditor", "").await;
        assert!(auditor.execute_unprepared(&delete).await.is_err(), "{table}");
    }
}

#[tokio::test]
async fn role_and_authority_end_with_the_transaction_on_the_same_connection() {
    let Some(database) = databases::postgres() else { return };
    filled(&database).await;
    let connections = open(&database.login, 1, crate::store::Waits::default()).await.unwrap();
    let who = "SELECT pg_backend_pid() || ' ' || current_user || ' ' || coalesce(current_setting('lookedafter.authority', true), '')";
    let seen = async |committed: bool| {
        let session = connections.records(HARROW).await.unwrap();
        let inside = ask(&session, who).await.unwrap().remove(0);
        if committed {
            session.commit().await.unwrap();
        } else {
            drop(session);
        }
        (inside, ask(connections.raw(), who).await.unwrap().remove(0))
    };
    for committed in [true, false, true] {
        let (inside, after) = seen(committed).await;
        let (pid, within) = inside.split_once(' ').unwrap();
        assert_eq!(within, format!("postgres_child {HARROW}"));
        assert_eq!(after, format!("{pid} records_api "));
    }
    let refused = count(connections.raw(), "episode").await;
    assert_eq!(refused, Err("DATABASE_NOT_PERMITTED".to_owned()));
}

#[tokio::test]
async fn only_a_login_that_row_security_holds_is_fit_to_serve() {
    let Some((database, store)) = on_postgres().await else { return };
    store.check_login().await.unwrap();
    Store::connect(&database.url).await.unwrap().check_login().await.unwrap();
    assert_eq!(database.unbound.len(), 2);
    for login in &database.unbound {
        let unbound = Store::connect(login).await.unwrap();
        assert_eq!(unbound.check_login().await.unwrap_err().code(), "DATABASE_LOGIN_UNBOUND", "{login}");
    }
}
