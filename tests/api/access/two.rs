//! Two authorities with the same identifiers for their children, and beside their database one in which only the first of
//! them exists: what the first's people are answered must be the same from both.

use async_graphql::{Executor, Request, Variables};
use lookedafter::access::{Grant, Limits, Purpose, Role, Suspension, Viewer};
use lookedafter::figures::Figures;
use lookedafter::graphql::{self, Api};
use lookedafter::store::Store;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, Statement};
use serde_json::Value;

use super::{OTHER, OWN, marked::Marked};
use crate::helpers::{TestApp, policy, valid_grant};

/// The two databases.
pub struct Two {
    /// A server over both authorities.
    pub app: TestApp,
    /// Both authorities.
    pub both: Api,
    /// The first of them alone.
    pub alone: Api,
    _folder: tempfile::TempDir,
}

impl Two {
    /// Loads both, and takes the second out of a copy.
    pub async fn load() -> Two {
        let app = TestApp::spawn().await;
        Marked { authority: OWN, salt: 0 }.load(&app.store).await;
        Marked { authority: OTHER, salt: 1 }.load(&app.store).await;
        // The secret behind pseudonyms is made when it is first needed, and must be the same in both.
        app.store.secret("pseudonyms").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = app.config.data.join("records.sqlite");
        for end in ["", "-wal", "-shm"] {
            let from = std::path::PathBuf::from(format!("{}{end}", path.display()));
            if from.exists() {
                std::fs::copy(from, folder.path().join(format!("records.sqlite{end}"))).unwrap();
            }
        }
        let url = format!("sqlite://{}", folder.path().join("records.sqlite").display());
        take_out(&url, OTHER).await;
        let alone = Store::connect(&url).await.unwrap();
        alone.migrate().await.unwrap();
        Two {
            both: graphql::schema(Figures::new(app.store.clone(), policy()), None),
            alone: graphql::schema(Figures::new(alone, policy()), None),
            app,
            _folder: folder,
        }
    }
}

/// Deletes every row of an authority, whatever its table.
async fn take_out(url: &str, authority: &str) {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1);
    let db = Database::connect(options).await.unwrap();
    db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    let sql = "SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name = 'authority_id'";
    let tables = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    assert!(tables.len() > 20);
    for table in tables {
        let name: String = table.try_get("", "name").unwrap();
        db.execute_unprepared(&format!("DELETE FROM \"{name}\" WHERE authority_id = '{authority}'")).await.unwrap();
    }
    // The checksums are of what was there before; they are made again with their table.
    let again = "DROP TABLE checksum; DELETE FROM seaql_migrations WHERE version = 'm0015_checksums'";
    db.execute_unprepared(again).await.unwrap();
    db.close().await.unwrap();
}

/// Someone in a role for an authority, as they come out of signing in.
pub fn viewer(role: Role, authority: &str) -> Viewer {
    let subject = if role == Role::Public { "public".to_owned() } else { format!("{}@{authority}", role.code()) };
    let row = valid_grant(&subject, role, authority);
    let grant = Grant {
        id: row.grant_id,
        authority: row.authority_id,
        role,
        organisation: row.organisation,
        agreement: row.agreement,
        agreement_ends: None,
        from: row.starts_on,
        to: row.ends_on,
        records: row.records_from.zip(row.records_to),
        commissions: row.commissions.into_iter().collect(),
        inspection: row.inspection_number,
        suspended: Suspension::Active,
    };
    let signed = role != Role::Public;
    Viewer {
        issuer: if signed { "lookedafter-development".to_owned() } else { String::new() },
        subject,
        role,
        purpose: signed.then_some(Purpose::PerformanceMonitoring),
        grants: vec![grant],
        limits: Limits::default(),
    }
}

/// What someone is answered, without the moment at which they asked.
pub async fn answer(api: &Api, viewer: &Viewer, document: &str, variables: Value) -> Value {
    let request = Request::new(document).variables(Variables::from_json(variables)).data(viewer.clone());
    let mut response = api.execute(request).await;
    response.extensions.remove("asKnownOn");
    // Fields are answered side by side, so which error comes first is chance.
    response.errors.sort_by_key(|error| format!("{error:?}"));
    serde_json::to_value(&response).unwrap()
}
