//! The migrated tables and the entities that name them agree, on both databases.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable, Statement, sea_query::Iden};

use super::{Store, databases::databases};

/// A column as table, name, kind, and whether it may be empty and is part of the key.
type Column = (String, String, String, bool, bool);

/// Calls a macro with the name of every table.
macro_rules! every_table {
    ($each:ident!($($given:tt)*)) => {
        $each!($($given)* authority authority_detail region comparator_set comparator_member population
            child child_detail uasc_status deprivation_of_liberty episode period_of_care placement review missing_episode
            previous_permanence health_event sdq_score substance_misuse oc2_return adoption_record
            worker_allocation leaver oc3_return leaver_contact carer_household carer carer_application
            placement_link published_value target commentary import import_file import_issue
            grant agreement record_share secret child_key erasure
            unfinished_erasure)
    };
}

/// The columns of entities, in the words of the database.
macro_rules! columns_of {
    ($db:expr; $($table:ident)+) => {{
        let mut all = BTreeSet::new();
        $(all.extend(declared::<entity::$table::Entity>($db));)+
        all
    }};
}

fn declared<E: EntityTrait>(backend: DbBackend) -> Vec<Column> {
    let key: Vec<String> = E::PrimaryKey::iter().map(|column| column.unquoted().to_string()).collect();
    E::Column::iter()
        .map(|column| {
            let definition = column.def();
            let name = column.unquoted().to_string();
            let kind = kind(backend, &format!("{:?}", definition.get_column_type()));
            let empty = definition.is_null();
            let in_key = key.contains(&name);
            (E::default().table_name().to_owned(), name, kind, empty, in_key)
        })
        .collect()
}

/// The database's word for a column type.
fn kind(backend: DbBackend, declared: &str) -> String {
    let words = match declared.split('(').next().unwrap_or_default() {
        "String" => ("varchar", "character varying"),
        "Integer" => ("integer", "integer"),
        "BigInteger" => ("integer", "bigint"),
        "Blob" => ("blob", "bytea"),
        "Double" => ("double", "double precision"),
        "Boolean" => ("boolean", "boolean"),
        "Date" => ("date_text", "date"),
        "TimestampWithTimeZone" => ("timestamp_with_timezone_text", "timestamp with time zone"),
        other => panic!("no word for {other}"),
    };
    if backend == DbBackend::Sqlite { words.0 } else { words.1 }.to_owned()
}

async fn migrated(store: &Store) -> BTreeSet<Column> {
    let backend = store.connections.raw().get_database_backend();
    let sql = if backend == DbBackend::Sqlite {
        "SELECT t.name, c.name, lower(c.type), c.\"notnull\" = 0, c.pk > 0 FROM sqlite_master t \
         JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name <> 'seaql_migrations'"
    } else {
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text, c.is_nullable = 'YES', EXISTS (\
         SELECT 1 FROM information_schema.key_column_usage k JOIN information_schema.table_constraints p \
         USING (constraint_name, table_name) WHERE p.constraint_type = 'PRIMARY KEY' \
         AND k.table_name = c.table_name AND k.column_name = c.column_name) \
         FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'"
    };
    let rows = store.connections.raw().query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |index| row.try_get_by_index::<String>(index).unwrap();
            let flag = |index| row.try_get_by_index::<bool>(index).unwrap();
            (text(0), text(1), text(2), flag(3), flag(4))
        })
        .collect()
}

/// The columns of the audit records, which PostgreSQL keeps beside the others and SQLite in a file of their own.
fn of_records(backend: DbBackend) -> BTreeSet<Column> {
    columns_of!(backend; audit_entry audit_trace)
}

/// Those of the checksums, which PostgreSQL has of its own.
fn of_checksums(backend: DbBackend) -> BTreeSet<Column> {
    columns_of!(backend; checksum)
}

fn differences(left: &BTreeSet<Column>, right: &BTreeSet<Column>) -> Vec<Column> {
    left.symmetric_difference(right).cloned().collect()
}

#[tokio::test]
async fn the_migrated_tables_are_those_of_the_entities_and_every_change_has_a_way_back() {
    for database in databases() {
        let store = Store::connect(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        let mut expected = every_table!(columns_of!(store.connections.raw().get_database_backend();));
        if store.connections.raw().get_database_backend() == DbBackend::Postgres {
            expected.extend(of_records(DbBackend::Postgres));
        } else {
            expected.extend(of_checksums(DbBackend::Sqlite));
        }
        assert_eq!(differences(&migrated(&store).await, &expected), [], "{}", database.url);

        Migrator::down(store.connections.raw(), None).await.unwrap();
        assert_eq!(migrated(&store).await, BTreeSet::new(), "{}", database.url);

        store.migrate().await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(differences(&migrated(&store).await, &expected), [], "{}", database.url);
    }
}

#[tokio::test]
async fn the_key_of_every_fact_begins_with_the_authority_and_ends_with_the_import() {
    for database in databases() {
        let store = Store::connect(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        let keys = every_table!(keys_of!());
        let facts: Vec<_> = keys.iter().filter(|key| key.contains(&"known_from".to_owned())).collect();
        assert_eq!(facts.len(), 30);
        for key in facts {
            assert_eq!(key.last().map(String::as_str), Some("known_from"), "{key:?}");
            let reference = key.iter().any(|column| column == "region_id") || key.len() == 2 && key[0] == "edition";
            assert!(reference || key[0] == "authority_id", "{key:?}");
        }
    }
}

/// The key columns of entities, in order.
macro_rules! keys_of {
    ($($table:ident)+) => {
        vec![$(
            <entity::$table::Entity as EntityTrait>::PrimaryKey::iter()
                .map(|column| column.unquoted().to_string())
                .collect::<Vec<String>>(),
        )+]
    };
}
use keys_of;

#[tokio::test]
async fn the_file_of_audit_records_has_the_tables_of_its_entities() {
    let database = super::databases::sqlite();
    let store = Store::connect(&database.url).await.unwrap();
    for _ in 0..2 {
        migration::make_audit_tables(&migration::SchemaManager::new(store.connections.raw())).await.unwrap();
        assert_eq!(differences(&migrated(&store).await, &of_records(DbBackend::Sqlite)), []);
    }
}
