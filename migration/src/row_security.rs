//! PostgreSQL's own wall: who may read and write each table, and which rows of it.
//!
//! Every table has one place in the list below. Five roles, which nobody can log in as, have the rights; a session takes
//! one of them, and names an authority in the setting `lookedafter.authority`. Rows of authorities are shown to the
//! authority that is set and to nobody while none is, the owner of the tables included. Roles belong to a whole
//! server, so their names begin with the name of the database: a login of one database is nobody in the next.

use sea_orm_migration::{prelude::*, sea_orm::Statement};

/// Which rows of a table are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Those of the authority that is set.
    OfTheAuthority,
    /// Imports: of the authority that is set, or of reference data while none is; all of them to those who keep the
    /// book or only look how new it is, and to the owner, who numbers erasures.
    Imports,
    /// What hangs from imports: what hangs from those that are the authority's.
    OfItsImports,
    /// All to the role that keeps grants, none to anyone else.
    ToAccess,
    /// All of them: reference data, by which authorities are compared, and what has no authority. Rights alone decide.
    All,
}

use Shown::{All, Imports, OfItsImports, OfTheAuthority, ToAccess};

impl Shown {
    /// The condition that a row must meet to be read or written; none where there is no row security.
    fn condition(self) -> Option<&'static str> {
        match self {
            OfTheAuthority => Some("authority_id = (SELECT current_setting('lookedafter.authority', true))"),
            Imports => Some(
                "authority_id IS NOT DISTINCT FROM \
                 (SELECT nullif(current_setting('lookedafter.authority', true), ''))",
            ),
            OfItsImports => Some(
                "EXISTS (SELECT FROM import WHERE number = import_number AND authority_id IS NOT DISTINCT FROM \
                 (SELECT nullif(current_setting('lookedafter.authority', true), '')))",
            ),
            ToAccess => Some("(SELECT current_user = current_database() || '_access')"),
            All => None,
        }
    }
}

/// What each role may do: the end of its name, and PostgreSQL's words.
type Rights = &'static [(&'static str, &'static str)];

/// The tables, a list for each kind: which rows are shown, and the rights of each role.
const TABLES: &[(&[&str], Shown, Rights)] = &[
    (&["authority"], All, &[("agg", "SELECT"), ("importer", "SELECT, INSERT")]),
    (
        &[
            "authority_detail",
            "region",
            "comparator_set",
            "comparator_member",
            "population",
            "published_value",
            "target",
            "commentary",
        ],
        All,
        &[("agg", "SELECT"), ("importer", KEPT)],
    ),
    (&["child"], OfTheAuthority, &[("child", "SELECT"), ("importer", "SELECT, INSERT")]),
    (
        &[
            "child_detail",
            "uasc_status",
            "deprivation_of_liberty",
            "episode",
            "period_of_care",
            "placement",
            "review",
            "missing_episode",
            "previous_permanence",
            "health_event",
            "sdq_score",
            "substance_misuse",
            "oc2_return",
            "adoption_record",
            "worker_allocation",
            "leaver",
            "oc3_return",
            "leaver_contact",
            "carer_household",
            "carer",
            "carer_application",
            "placement_link",
        ],
        OfTheAuthority,
        &[("child", "SELECT"), ("importer", KEPT)],
    ),
    (
        &["import"],
        Imports,
        &[
            ("agg", "SELECT (number, authority_id, received_at)"),
            ("child", "SELECT"),
            ("importer", "SELECT, INSERT, UPDATE (undone_by)"),
        ],
    ),
    (&["import_file"], OfItsImports, &[("child", "SELECT"), ("importer", "SELECT, INSERT")]),
    (&["import_issue"], OfItsImports, &[("importer", "SELECT, INSERT")]),
    (&["record_share"], OfTheAuthority, &[("child", "SELECT"), ("access", "SELECT, INSERT, UPDATE (ends_on), DELETE")]),
    (&["grant"], ToAccess, &[("access", "SELECT, INSERT, UPDATE")]),
    (&["agreement"], All, &[("access", "SELECT, INSERT, UPDATE")]),
    (&["secret"], All, &[("access", "SELECT, INSERT")]),
    (&["child_key"], OfTheAuthority, &[("child", "SELECT"), ("importer", "SELECT, INSERT")]),
    (&["erasure"], OfTheAuthority, &[("importer", "SELECT")]),
    (&["unfinished_erasure"], All, &[("importer", "SELECT")]),
    (&["audit_entry", "audit_trace"], All, &[("auditor", "SELECT, INSERT")]),
];

/// Rows that are brought and retired, and never changed otherwise or destroyed.
const KEPT: &str = "SELECT, INSERT, UPDATE (known_to)";

/// The roles.
const ROLES: [&str; 5] = ["agg", "child", "importer", "auditor", "access"];

/// The table that says which changes have been made.
const CHANGES: &str = "seaql_migrations";

/// Which rows of a table are shown; none if the table has no place in the list.
pub fn shown(table: &str) -> Option<Shown> {
    TABLES.iter().find(|(tables, ..)| tables.contains(&table)).map(|(_, shown, _)| *shown)
}

/// Makes the roles, and gives every table that is there its rights and row security: after a restore, and by each later
/// change that makes a table. A later change that moves rows must first let the owner see them (`NO FORCE ROW LEVEL
/// SECURITY`), and call this at its end.
pub async fn raise(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(&make_roles()).await?;
    for (tables, shown, rights) in TABLES {
        for table in *tables {
            if manager.has_table(*table).await? {
                db.execute_unprepared(&secure(table, *shown, rights)).await?;
            }
        }
    }
    // Anyone may see how far the tables are, or a program could not say that they are out of date.
    db.execute_unprepared(&format!("GRANT SELECT ON {CHANGES} TO PUBLIC")).await.map(|_| ())
}

/// Takes row security, rights and roles away.
pub(crate) async fn raze(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for table in TABLES.iter().flat_map(|(tables, ..)| *tables) {
        if manager.has_table(*table).await? {
            let sql = format!(
                "DROP POLICY IF EXISTS shown ON \"{table}\"; DROP POLICY IF EXISTS book ON \"{table}\"; \
                 ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
            );
            db.execute_unprepared(&sql).await?;
        }
    }
    let each = "EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), role); \
                EXECUTE format('DROP ROLE %I', role);";
    let sql = each_role("IF EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN", each, "END IF;");
    db.execute_unprepared(&sql).await?;
    db.execute_unprepared(&format!("REVOKE SELECT ON {CHANGES} FROM PUBLIC")).await.map(|_| ())
}

/// Whether a login may take every role. It may be asked by anyone.
pub async fn is_let_in<C: ConnectionTrait>(db: &C, login: &str) -> Result<bool, DbErr> {
    // From version 16 on a role can be held without the right to take it.
    let sql = format!(
        "SELECT count(*) FILTER (WHERE pg_has_role($1, oid, \
         CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)) = {} \
         FROM pg_roles WHERE rolname IN ({})",
        ROLES.len(),
        ROLES.map(|role| format!("current_database() || '_{role}'")).join(", "),
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [login.into()]);
    let row = db.query_one_raw(statement).await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0))
}

/// Lets a login take the roles; by itself it has no right of theirs. To be called by the owner of the tables.
pub async fn let_in<C: ConnectionTrait>(db: &C, login: &str) -> Result<(), DbErr> {
    let name = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT set_config('lookedafter.login', $1, true)",
        [login.into()],
    );
    db.query_one_raw(name).await?;
    let login = "current_setting('lookedafter.login')";
    let each = format!(
        "IF current_setting('server_version_num')::int >= 160000 THEN \
           EXECUTE format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', role, {login}); \
         ELSE EXECUTE format('GRANT %I TO %I', role, {login}); END IF;"
    );
    // Before version 16 it is the login that inherits, or not, from all its roles.
    let end = format!(
        "IF current_setting('server_version_num')::int < 160000 AND {login} <> current_user THEN \
           EXECUTE format('ALTER ROLE %I NOINHERIT', {login}); END IF;"
    );
    db.execute_unprepared(&each_role_and("", &each, "", &end)).await.map(|_| ())
}

fn make_roles() -> String {
    let make = "BEGIN EXECUTE format('CREATE ROLE %I NOLOGIN', role); \
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;";
    each_role("IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN", make, "END IF;")
}

/// A block that does something for each role.
fn each_role(before: &str, each: &str, after: &str) -> String {
    each_role_and(before, each, after, "")
}

fn each_role_and(before: &str, each: &str, after: &str, end: &str) -> String {
    let roles = ROLES.map(|role| format!("'{role}'")).join(", ");
    format!(
        "DO $$ DECLARE part text; role text; BEGIN \
         IF octet_length(current_database()) > 50 THEN \
           RAISE EXCEPTION 'the name of the database is too long: roles are named after it'; END IF; \
         FOREACH part IN ARRAY ARRAY[{roles}] LOOP role := current_database() || '_' || part; \
         {before} {each} {after} END LOOP; {end} END $$"
    )
}

/// The statements that give a table its rights and row security, whatever it had of ours before.
fn secure(table: &str, shown: Shown, rights: Rights) -> String {
    let mut sql = String::new();
    if let Some(condition) = shown.condition() {
        sql += &format!(
            "ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
             DROP POLICY IF EXISTS shown ON \"{table}\"; \
             CREATE POLICY shown ON \"{table}\" USING ({condition}) WITH CHECK ({condition});"
        );
    }
    if shown == Imports {
        sql += &format!(
            "DROP POLICY IF EXISTS book ON \"{table}\"; CREATE POLICY book ON \"{table}\" FOR SELECT USING \
             ((SELECT current_user::text IN (current_database() || '_agg', current_database() || '_importer', \
             (SELECT tableowner::text FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{table}'))));"
        );
    }
    let revoke = format!("EXECUTE format('REVOKE ALL ON \"{table}\" FROM %I', role);");
    sql += &each_role("", &revoke, "");
    sql.push(';');
    let grants = rights.iter().map(|(role, rights)| {
        format!("EXECUTE format('GRANT {rights} ON \"{table}\" TO %I', current_database() || '_{role}');")
    });
    sql + &format!("DO $$ BEGIN {} END $$;", grants.collect::<String>())
}
